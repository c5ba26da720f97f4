//! `GET /api/v1/energy-flow`: figures by hand from uploaded readings.

use nengce_shared::api::energy_flow::EnergyFlow;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::CITY_DAY;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_some};
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, days};

use super::city;

const ELECTRICITY_MADE: &str = "00-00-0000-023300-30";
const HEAT_MADE: &str = "00-00-0000-023200-30";

fn tce(flow: &EnergyFlow, from: &str, to: &str) -> f64 {
    let link = flow.links.iter().find(|it| it.from == from && it.to == to);
    link.map_or(0.0, |it| it.tce)
}

#[test]
fn a_plant_and_a_mill_by_hand() {
    let app = TestApp::new();
    let send = |name: &str, industry: &str, items: &[(&str, f64)]| {
        let mut enterprise = Enterprise::new(name).industry(industry);
        for (code, _) in items {
            enterprise = enterprise.collects(code, 1);
        }
        let terminal = app.terminal(&enterprise);
        for (code, value) in items {
            let entries = days(code, "2025-01-01", "2025-01-31", |_| *value);
            terminal.upload(&entries).received();
        }
    };
    // A day: 1,000 t raw coal, 150·10^4 kWh and 5,000 GJ out of it; the mill takes 400·10^4 kWh.
    send("津电", "D4411", &[(RAW_COAL, 1000.0), (ELECTRICITY_MADE, 150.0), (HEAT_MADE, 5000.0)]);
    send("津纺", "C1711", &[(ELECTRICITY, 400.0)]);
    let ask = |query: &str| app.get(&format!("/api/v1/energy-flow?{query}")).read::<EnergyFlow>();
    // Whole months are made of months, partial months of days.
    for (query, count) in
        [("from=2025-01&to=2025-01", 31.0), ("from=2025-01-05&to=2025-01-14", 10.0)]
    {
        let flow = ask(&format!("{query}&basis=calorific"));
        let found = |from, to| tce(&flow, from, to) / count;
        let (coal, made, heat, used) = (714.3, 150.0 * 1.229, 5000.0 * 0.03412, 400.0 * 1.229);
        check_near(found("purchase:coal", "conversion"), coal, query);
        check_near(found("conversion", "use:electricity"), made, query);
        check_near(found("purchase:electricity", "use:electricity"), used - made, query);
        check_near(found("conversion", "delivered"), heat, query);
        check_near(found("conversion", "losses"), coal - made - heat, query);
        check_near(found("use:electricity", "industry:C17"), used, query);
        check_some(flow.total_tce.map(|it| it / count), coal - made - heat + used, query);
        assert_eq!((flow.converters, flow.left_out_tce, flow.gain_tce), (1, 0.0, 0.0));
        assert_eq!(flow.scope.completeness, Some(1.0));
    }
    // Electricity counts 2.85 tce per 10^4 kWh: less is lost.
    let equivalent = ask("from=2025-01&to=2025-01");
    let lost = 714.3 - 150.0 * 2.85 - 5000.0 * 0.03412;
    check_near(equivalent.losses_tce / 31.0, lost, "equivalent");
}

#[test]
fn without_conversion_all_is_end_use_and_the_total_is_dual_controls() {
    let city = city();
    let flow: EnergyFlow = city.app.get("/api/v1/energy-flow?from=2025&to=2025").read();
    check_some(flow.total_tce, 365.0 * CITY_DAY[1], "2025");
    check_near(flow.end_use_tce, 365.0 * CITY_DAY[1], "all of it");
    assert_eq!(flow.converters, 0);
    assert!(flow.nodes.iter().all(|it| it.column != 1), "nobody converts");
    let gas: EnergyFlow = city.app.get("/api/v1/energy-flow?from=2025&to=2025&energy=gas").read();
    assert_eq!(gas.links, flow.links, "an energy filter narrows nothing");
    let one: EnergyFlow = city.app.get("/api/v1/energy-flow?from=2025&to=2025&industry=C26").read();
    check_near(tce(&one, "use:gas", "industry:C26"), 365.0 * 2430.0, "chemicals");
    assert_eq!(one.links.len(), 2);
}

#[test]
fn the_links_are_a_table_too() {
    let csv = city().app.get("/api/v1/energy-flow?from=2025&to=2025&format=csv&lang=en");
    let text = String::from_utf8(csv.body.clone()).expect("UTF-8");
    assert!(text.trim_start_matches('\u{feff}').starts_with("From,To,Energy,"), "{text}");
    assert!(text.contains("Electricity purchased,Electricity,Electricity,"), "{text}");
    for format in ["xlsx", "parquet"] {
        let file =
            city().app.get(&format!("/api/v1/energy-flow?from=2025&to=2025&format={format}"));
        assert_eq!(file.status, 200, "{format}");
        assert!(file.body.len() > 500, "{format}");
    }
}
