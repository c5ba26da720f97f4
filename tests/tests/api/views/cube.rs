//! `GET /api/v1/cube`, `/slice`, `/events` and a unit's `/series`.

use std::io::{BufRead, BufReader};

use nengce_analysis::cube::{Cube, Dim, Filter, Level, MEDIA_TYPE, Measure, Totals};
use nengce_shared::api::cube::CubeFrame;
use nengce_shared::api::slice::SliceView;
use nengce_shared::api::unit::LoadDuration;
use nengce_shared::api::unit_series::SeriesView;
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::CITY_DAY;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_some};
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, day, quarters};

use super::city;

const YEAR: &str = "from=2025&to=2025";

fn plain(answer: &Answer) -> Cube<'_> {
    assert_eq!((answer.status, answer.header("content-type")), (200, MEDIA_TYPE));
    Cube::decode(&answer.body).expect("a cube")
}

fn of_2025(cube: &Cube<'_>, dims: &[Dim]) -> Vec<(Vec<String>, Totals)> {
    let filter = Filter::all(cube).during(cube, DayRange::year(2025));
    let grouped = cube.group(&filter, dims);
    let rows = grouped.rows.iter();
    rows.map(|it| (grouped.label(it).map(str::to_owned).collect(), it.totals)).collect()
}

#[test]
fn all_months_by_unit_with_a_tag_and_packed_once() {
    let app = &city().app;
    let answer = app.get_with("/api/v1/cube", &[("accept-encoding", "identity")]);
    let cube = plain(&answer);
    assert_eq!((cube.level, answer.header("x-nengce-level")), (Level::Unit, "unit"));
    let all = of_2025(&cube, &[]);
    check_some(all[0].1.tce(Basis::Equivalent), 365.0 * CITY_DAY[1], "2025");
    check_some(all[0].1.completeness(), 1.0, "every day came");
    // 津海钢铁: 960 a day × 0.285 × 10 + 10,000 × 0.9714, over 125,000 × 12 10^4 yuan.
    let units = of_2025(&cube, &[Dim::Unit]);
    let steel = units.iter().find(|it| it.0 == [city().unit("津海钢铁").code.clone()]);
    let steel = steel.expect("a unit").1;
    check_some(steel.intensity(Basis::Equivalent), 365.0 * 12_450.0 / 1_500_000.0, "intensity");
    let types = of_2025(&cube, &[Dim::EnergyType]);
    let electricity = types.iter().find(|it| it.0 == ["3300"]).expect("electricity").1;
    check_some(electricity.quantity(), 365.0 * 960.0, "10^4 kWh");
    assert_eq!(electricity.value_added(), None, "value added is of no energy type");
    let products = of_2025(&cube, &[Dim::Product]);
    check_some(products[0].1.output(), 365.0 * 40_800.0, "clinker of three works");

    let packed = app.get_with("/api/v1/cube", &[("accept-encoding", "gzip, br")]);
    assert_eq!(packed.header("content-encoding"), "br");
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut unpacked).expect("brotli");
    assert_eq!(unpacked, answer.body);
    assert!(packed.body.len() < answer.body.len(), "{}", packed.body.len());
    let held = [("accept-encoding", "br"), ("if-none-match", packed.header("etag"))];
    assert_eq!(app.get_with("/api/v1/cube", &held).status, 304);
}

#[test]
fn days_of_a_window_make_up_its_months() {
    let app = &city().app;
    let answer = app.get_with(
        "/api/v1/cube?grain=day&from=2025-01-30&to=2025-02-02",
        &[("accept-encoding", "identity")],
    );
    let cube = plain(&answer);
    assert_eq!(cube.axis.len(), 4);
    let days = of_2025(&cube, &[Dim::Period]);
    for (key, totals) in &days {
        check_some(totals.tce(Basis::Equivalent), CITY_DAY[1], &key[0]);
        assert_eq!((totals.received, totals.expected), (6, 6), "whole-plant items of five units");
    }
    let cut =
        app.get_with("/api/v1/cube?from=2025-03&to=2025-04", &[("accept-encoding", "identity")]);
    assert_eq!(plain(&cut).axis.len(), 2);
}

#[test]
fn too_many_cells_make_it_coarser_and_too_many_days_are_refused() {
    let limits = [("NENGCE_MAX_CUBE_CELLS_SENT", "30"), ("NENGCE_MAX_CUBE_CELLS", "400")];
    let app = TestApp::with_environment(&limits);
    for number in 1..=4 {
        let terminal = app.terminal(&Enterprise::numbered(100 + number, "同类"));
        terminal.upload(&[day(RAW_COAL, "2025-03-04", 10.0)]).received();
    }
    let get = |query: &str| {
        app.get_with(&format!("/api/v1/cube?{query}"), &[("accept-encoding", "identity")])
    };
    let answer = get("grain=day&from=2025-03-01&to=2025-03-10");
    let cube = plain(&answer);
    assert_eq!((cube.level, cube.members.len()), (Level::IndustryRegion, 1));
    assert_eq!(answer.header("x-nengce-level"), "industry_region");
    check_some(of_2025(&cube, &[])[0].1.tce(Basis::Calorific), 4.0 * 7.143, "four units");
    let frame: CubeFrame = app.get("/api/v1/cube/frame").read();
    assert_eq!(frame.level, Level::IndustryRegion);
    assert_eq!(frame.groups.iter().map(|it| it.units).sum::<u32>(), 4);
    assert_eq!(frame.units.len(), frame.groups.len());
    get("grain=day&from=2025-03-01&to=2025-03-10&level=unit").problem(400, "parameter_invalid");
    get("grain=day&from=2025-03-01&to=2025-04-30").problem(400, "parameter_invalid");
    app.get("/api/v1/slice?grain=day&from=2025&to=2025").problem(400, "parameter_invalid");
    get("level=town").problem(400, "parameter_invalid");
}

#[test]
fn a_slice_says_what_the_cube_says() {
    let app = &city().app;
    let answer = app.get_with("/api/v1/cube", &[("accept-encoding", "identity")]);
    let cube = plain(&answer);
    let view: SliceView = app.get(&format!("/api/v1/slice?group=region,energy&{YEAR}")).read();
    assert_eq!(view.dims, [Dim::Region, Dim::Energy]);
    let rows = of_2025(&cube, &[Dim::Region, Dim::Energy]);
    assert_eq!(rows.len(), view.received.len());
    for (at, (key, totals)) in rows.iter().enumerate() {
        assert_eq!([&view.keys[0][at], &view.keys[1][at]], [&key[0], &key[1]]);
        assert_eq!(view.tce_equivalent[at], Measure::Tce(Basis::Equivalent).of(totals));
        assert_eq!((view.received[at], view.expected[at]), (totals.received, totals.expected));
    }
    let day: SliceView = app.get("/api/v1/slice?group=period&grain=day&from=2025-02-27&to=2025-03-02&region=120119,120114&energy=coal").read();
    assert_eq!(day.keys[0], ["2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02"]);
    for tce in &day.tce_calorific {
        check_some(*tce, 3928.65 + 642.87, "two cement works");
    }
    let csv = app.get(&format!("/api/v1/slice?group=year&{YEAR}&format=csv")).text();
    assert!(csv.contains("2025"), "{csv}");
    app.get("/api/v1/slice?group=regoin").problem(400, "parameter_invalid");
    app.get("/api/v1/slice?group=month,year").problem(400, "parameter_invalid");
    app.get("/api/v1/slice?class=large").problem(400, "parameter_invalid");
}

#[test]
fn peaks_survive_thinning() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("曲线"));
    let mut entries = quarters(ELECTRICITY, "2025-03-01", |at| if at == 37 { 99.0 } else { 5.0 });
    entries.extend(quarters(ELECTRICITY, "2025-03-02", |at| if at == 50 { -3.0 } else { 6.0 }));
    terminal.upload(&entries).received();
    let view: SeriesView = terminal.get("/series?from=2025-03-01&to=2025-03-02&width=4").read();
    assert_eq!((view.readings, view.data_code.as_str()), (192, ELECTRICITY));
    assert_eq!(view.items, [ELECTRICITY]);
    assert!(view.values.len() <= 16, "{:?}", view.values);
    let at = |value: f64| {
        let place = view.values.iter().position(|it| *it == value).expect("the peak");
        view.seconds[place]
    };
    assert_eq!((at(99.0), at(-3.0)), (37 * 900, 86_400 + 50 * 900));
    assert!(view.seconds.is_sorted());
    assert_eq!((view.seconds[0], view.seconds.last()), (0, Some(&(2 * 86_400 - 900))));
    let whole: SeriesView =
        terminal.get("/series?item=0000000002330011&from=2025-03-01&to=2025-03-01&width=96").read();
    assert_eq!(whole.values.len(), 96, "a point a column is drawn once");
    check_near(whole.values.iter().sum::<f64>(), 95.0 * 5.0 + 99.0, "all of the day");
    terminal.get(&format!("/series?item={RAW_COAL}")).problem(404, "not_found");
    terminal.get("/series?width=0").problem(400, "parameter_invalid");
}

#[test]
fn a_load_duration_curve_falls_and_keeps_both_ends() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("持续曲线"));
    let mut entries = quarters(ELECTRICITY, "2025-03-01", |at| (at * 7 % 96) as f64);
    entries.extend(quarters(ELECTRICITY, "2025-03-02", |at| {
        if at == 50 { -3.0 } else { 200.0 - at as f64 }
    }));
    terminal.upload(&entries).received();
    let days = "from=2025-03-01&to=2025-03-02";
    let whole: LoadDuration = terminal.get(&format!("/load-duration?{days}")).read();
    assert_eq!((whole.readings, whole.points_per_day), (192, 96));
    assert!(whole.places.iter().copied().eq(0..192), "nothing to thin");
    assert!(whole.values.is_sorted_by(|a, b| a >= b));
    let sum = 95.0 * 200.0 + 50.0 - 3.0;
    check_near(whole.values.iter().sum(), sum, "all of both days");
    for points in [2_usize, 3, 7, 100, 191] {
        let thin: LoadDuration =
            terminal.get(&format!("/load-duration?{days}&points={points}")).read();
        let kept = thin.values.len();
        assert!(kept == points || kept == points - 1, "{kept} of {points}");
        assert_eq!(thin.readings, 192);
        assert_eq!((thin.values[0], thin.values[kept - 1]), (200.0, -3.0));
        for (place, value) in thin.places.iter().zip(&thin.values) {
            assert_eq!(whole.values[*place as usize], *value);
        }
    }
    let none: LoadDuration = terminal.get("/load-duration?from=2024-01-01&to=2024-01-02").read();
    assert_eq!((none.readings, none.values.len()), (0, 0));
    terminal.get(&format!("/load-duration?item={RAW_COAL}")).problem(404, "not_found");
    terminal.get("/load-duration?points=1001").problem(400, "parameter_invalid");
}

/// The data version of the next event.
fn next_event(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> u64 {
    let id = lines
        .find_map(|line| line.expect("the stream is open").strip_prefix("id: ").map(str::to_owned));
    id.expect("an event").parse().expect("a version")
}

#[test]
fn pages_of_one_address_leave_places_to_others() {
    let app = TestApp::with_config(
        "max_event_streams_per_address = 2\ntrusted_proxies = [\"127.0.0.1\"]\ntls_ends_in_front = true\n",
    );
    let client = reqwest::blocking::Client::new();
    let open = |address: &str| {
        let url = format!("{}/api/v1/events", app.url());
        let sent = client.get(url).header("x-forwarded-for", address).send();
        sent.expect("an answer")
    };
    let held = [open("203.0.113.1"), open("203.0.113.1")];
    assert!(held.iter().all(|it| it.status() == 200));
    assert_eq!(open("203.0.113.1").status(), 503, "two of one address");
    let log = app.server.log();
    // The bare number may stand in any time or port.
    let is_told = |it: &&str| it.contains(" ERROR ") || it.contains("503 Service");
    assert_eq!(log.lines().find(is_told), None, "whoever is told to come again fills no log");
    assert_eq!(open("203.0.113.2").status(), 200, "another address");
}

#[test]
fn pages_are_told_of_new_data_and_released_at_the_end() {
    let mut app = TestApp::with_environment(&[("NENGCE_MAX_EVENT_STREAMS", "1")]);
    let url = format!("{}/api/v1/events", app.url());
    let stream = reqwest::blocking::get(url).expect("a stream");
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let mut lines = BufReader::new(stream).lines();
    let first = next_event(&mut lines);
    app.get("/api/v1/events").problem(503, "overloaded");
    let terminal = app.terminal(&Enterprise::numbered(77, "新数据"));
    terminal.upload(&[day(RAW_COAL, "2025-03-04", 10.0)]).received();
    let second = next_event(&mut lines);
    assert!(second > first, "{first}, {second}");
    app.server.stop();
    assert!(lines.all(|it| it.is_ok()), "the stream ends in order");
}
