//! `GET /api/v1/snapshot`, its days, `/slice`, `/events` and a unit's `/series`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use nengce_analysis::codec;
use nengce_analysis::cube::{self, Cube, Level};
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::slice::{Dim, SliceView};
use nengce_shared::api::unit_readings::LoadDuration;
use nengce_shared::api::unit_readings::SeriesView;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::CITY_DAY;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_some};
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, day, quarters};

use super::city;

const YEAR: &str = "from=2025&to=2025";

const PLAIN: [(&str, &str); 1] = [("accept-encoding", "identity")];

fn days(answer: &Answer) -> Cube<'_> {
    assert_eq!((answer.status, answer.header("content-type")), (200, cube::MEDIA_TYPE));
    Cube::decode(&answer.body).expect("a cube of days")
}

fn snapshot(answer: &Answer) -> Snapshot {
    assert_eq!((answer.status, answer.header("content-type")), (200, codec::MEDIA_TYPE));
    codec::decode(&answer.body).expect("a snapshot")
}

fn months_of_2025() -> impl Iterator<Item = Month> {
    (1..=12).filter_map(|it| Month::new(2025, it))
}

/// tce of units in 2025.
fn tce(snapshot: &Snapshot, units: &[usize], basis: Basis) -> f64 {
    let of = |unit: &usize| {
        let unit = *unit;
        months_of_2025().filter_map(move |it| snapshot.tce_of_all(basis, unit, it))
    };
    units.iter().flat_map(of).sum()
}

/// Whether figures agree up to the whole steps in which they were sent.
#[track_caller]
fn check_sent(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{what}: {found}, {expected}"
    );
}

#[test]
fn all_months_by_unit_with_a_tag_and_packed_once() {
    let app = &city().app;
    let answer = app.get_with("/api/v1/snapshot", &PLAIN);
    let snapshot = snapshot(&answer);
    assert_eq!((snapshot.is_grouped(), answer.header("x-nengce-level")), (false, "unit"));
    let all: Vec<usize> = (0..snapshot.units.len()).collect();
    check_sent(tce(&snapshot, &all, Basis::Equivalent), 365.0 * CITY_DAY[1], "2025");
    let points =
        all.iter().flat_map(|it| months_of_2025().map(|month| snapshot.points(*it, month)));
    assert!(points.into_iter().all(|it| it.received == it.expected), "every day came");
    // 津海钢铁: 960 a day × 0.285 × 10 + 10,000 × 0.9714, over 125,000 × 12 10^4 yuan.
    let steel = snapshot.unit_of_code(&city().unit("津海钢铁").code).expect("a unit");
    check_sent(tce(&snapshot, &[steel], Basis::Equivalent), 365.0 * 12_450.0, "a year");
    let value_added = months_of_2025().filter_map(|it| snapshot.value_added(steel, it)).sum();
    check_sent(value_added, 1_500_000.0, "10^4 yuan");
    let clinker = snapshot.products.iter().filter(|it| it.month.year() == 2025).map(|it| it.output);
    check_near(clinker.sum(), 365.0 * 40_800.0, "clinker of three works");

    let packed = app.get_with("/api/v1/snapshot", &[("accept-encoding", "gzip, br")]);
    assert_eq!(packed.header("content-encoding"), "br");
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut unpacked).expect("brotli");
    assert_eq!(unpacked, answer.body);
    assert!(packed.body.len() < answer.body.len(), "{}", packed.body.len());
    let held = [("accept-encoding", "br"), ("if-none-match", packed.header("etag"))];
    assert_eq!(app.get_with("/api/v1/snapshot", &held).status, 304);
}

#[test]
fn days_of_a_window_make_up_its_months() {
    let app = &city().app;
    let answer = app.get_with("/api/v1/snapshot/days?from=2025-01-30&to=2025-02-02", &PLAIN);
    let cube = days(&answer);
    assert_eq!(cube.axis.len(), 4);
    let mut found = [(0.0, 0, 0); 4];
    cube.each_energy(|it| {
        let day = &mut found[it.period];
        day.0 += it.tce[1].unwrap_or(0.0);
        day.1 += it.received;
        day.2 += it.expected;
    });
    for (tce, received, expected) in found {
        check_sent(tce, CITY_DAY[1], "a day");
        assert_eq!((received, expected), (6, 6), "whole-plant items of five units");
    }
}

#[test]
fn too_many_cells_make_it_coarser_and_too_many_days_are_refused() {
    let limits = [("NENGCE_MAX_CUBE_CELLS_SENT", "30"), ("NENGCE_MAX_CUBE_CELLS", "400")];
    let app = TestApp::with_environment(&limits);
    for number in 1..=4 {
        let terminal = app.terminal(&Enterprise::numbered(100 + number, "同类"));
        terminal.upload(&[day(RAW_COAL, "2025-03-04", 10.0)]).received();
    }
    let get = |query: &str| app.get_with(&format!("/api/v1/snapshot{query}"), &PLAIN);
    let answer = get("/days?from=2025-03-01&to=2025-03-10");
    let cube = days(&answer);
    assert_eq!((cube.level, cube.members.len()), (Level::IndustryRegion, 1));
    assert_eq!(answer.header("x-nengce-level"), "industry_region");
    let mut calorific = 0.0;
    cube.each_energy(|it| calorific += it.tce[0].unwrap_or(0.0));
    check_sent(calorific, 4.0 * 7.143, "four units");
    let answer = get("");
    let whole = snapshot(&answer);
    assert_eq!(whole.groups.iter().map(|it| it.units).sum::<u32>(), 4);
    assert_eq!(whole.units.len(), whole.groups.len());
    get("/days?from=2025-03-01&to=2025-03-10&level=unit").problem(400, "parameter_invalid");
    get("/days?from=2025-03-01&to=2025-04-30").problem(400, "parameter_invalid");
    app.get("/api/v1/slice?grain=day&from=2025&to=2025").problem(400, "parameter_invalid");
    get("?level=town").problem(400, "parameter_invalid");
}

#[test]
fn since_a_version_only_what_changed_is_sent() {
    let app = TestApp::new();
    let terminals: Vec<_> =
        (1..=20).map(|number| app.terminal(&Enterprise::numbered(200 + number, "增量"))).collect();
    for terminal in &terminals {
        let entries: Vec<_> = (10..=29)
            .map(|at| day(RAW_COAL, &format!("2025-03-{at}"), f64::from(at) * 1.37))
            .collect();
        terminal.upload(&entries).received();
    }
    for path in ["/api/v1/snapshot?", "/api/v1/snapshot/days?from=2025-03-01&to=2025-03-31&"] {
        let whole = || app.get_with(path, &PLAIN);
        let since = |version: &str| app.get_with(&format!("{path}since={version}"), &PLAIN);
        let version = || app.get("/api/v1/meta").ok()["data_version"].to_string();
        let (before, held) = (version(), whole());
        let twice = day(RAW_COAL, "2025-03-04", path.len() as f64);
        terminals[7].upload(&[twice]).received();
        let newer = whole();
        assert_ne!(newer.body, held.body);
        let delta = since(&before);
        assert_eq!((delta.status, delta.header("content-type")), (200, codec::DELTA_MEDIA_TYPE));
        assert_eq!(codec::apply(&held.body, &delta.body), Ok(newer.body.clone()));
        assert!(delta.body.len() * 3 < newer.body.len(), "{} B", delta.body.len());
        // A version that was never sent, or is not known any more, is answered with the whole.
        let unknown = since("999999999");
        assert_eq!(unknown.header("content-type"), newer.header("content-type"));
        assert_eq!(unknown.body, newer.body);
        app.get(&format!("{path}since=yesterday")).problem(400, "parameter_invalid");
    }
}

#[test]
fn a_slice_says_what_the_snapshot_says() {
    let app = &city().app;
    let answer = app.get_with("/api/v1/snapshot", &PLAIN);
    let snapshot = snapshot(&answer);
    let view: SliceView = app.get(&format!("/api/v1/slice?group=region,energy&{YEAR}")).read();
    assert_eq!(view.dims, [Dim::Region, Dim::Energy]);
    let mut sums: BTreeMap<(String, EnergyGroup), f64> = BTreeMap::new();
    for (at, unit) in snapshot.units.iter().enumerate() {
        for group in EnergyGroup::ALL {
            for month in months_of_2025() {
                if let Some(tce) = snapshot.tce(Basis::Equivalent, at, month, *group) {
                    *sums.entry((unit.region.clone(), *group)).or_default() += tce;
                }
            }
        }
    }
    assert_eq!(sums.len(), view.received.len());
    for at in 0..view.received.len() {
        let group = EnergyGroup::parse(&view.keys[1][at]).expect("an energy");
        let expected = sums[&(view.keys[0][at].clone(), group)];
        check_sent(view.tce_equivalent[at].expect("a figure"), expected, &view.keys[0][at]);
        assert_eq!(view.received[at], view.expected[at], "every day came");
    }
    let types: SliceView = app.get(&format!("/api/v1/slice?group=energy_type&{YEAR}")).read();
    let electricity = types.keys[0].iter().position(|it| it == "3300").expect("electricity");
    check_some(types.quantity[electricity], 365.0 * 960.0, "10^4 kWh");
    assert_eq!(types.value_added[electricity], None, "value added is of no energy type");
    let products: SliceView = app.get(&format!("/api/v1/slice?group=product&{YEAR}")).read();
    check_some(products.output[0], 365.0 * 40_800.0, "clinker of three works");
    let steel = city().unit("津海钢铁").code.clone();
    let unit: SliceView = app.get(&format!("/api/v1/slice?unit={steel}&{YEAR}")).read();
    check_some(unit.tce_equivalent[0], 365.0 * 12_450.0, "one unit");
    check_some(unit.value_added[0], 1_500_000.0, "10^4 yuan");
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
    // The bare number may also occur in a time or port.
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
