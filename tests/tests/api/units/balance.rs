//! `GET /api/v1/units/{code}/balance`: the tree of sub-units and the balance of each level, over what is complete alone.

use nengce_shared::api::balance::{BalanceEnergy, BalancePlace, BalanceView};
use nengce_shared::scope::Scope;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, hours, month};
use serde_json::{Value, json};

const KILN: &str = "10-00-0000-023300-11";
const MILL: &str = "10-01-0000-023300-11";
const FAN: &str = "10-01-0101-023300-11";
const PLANT_STEAM: &str = "00-00-0000-023200-11";
const KILN_STEAM: &str = "10-00-0000-023200-11";
const QUERY: &str = "from=2025-03-01&to=2025-04-30";

fn place<'a>(energy: &'a BalanceEnergy, code: &str) -> &'a BalancePlace {
    let found = energy.places.iter().find(|it| it.place == code);
    found.unwrap_or_else(|| panic!("no {code} in {energy:?}"))
}

#[test]
fn levels_are_compared_over_the_days_that_all_have() {
    let app = TestApp::new();
    let mut unit = Enterprise::new("平衡样本").collects(ELECTRICITY, 0).collects(ELECTRICITY, 1);
    for code in [KILN, MILL, FAN, PLANT_STEAM, KILN_STEAM] {
        unit = unit.collects(code, 1);
    }
    let terminal = app.terminal(&unit);
    let mut config = unit.config_message(&terminal.device_id);
    config["processUnit"] = json!([{"code": "01", "name": "生料磨", "processCode": "10"}]);
    terminal.upload_configuration(&config).received();
    let mut all: Vec<Value> = Vec::new();
    for at in 1..=6 {
        let date = format!("2025-03-{at:02}");
        all.push(day(ELECTRICITY, &date, 100.0));
        all.push(day(KILN, &date, 90.0));
        // The mill has no value on the sixth, and the fan only on the first.
        if at != 6 {
            all.push(day(MILL, &date, 50.0));
        }
    }
    all.push(day(FAN, "2025-03-01", 60.0));
    // Of the seventh only twenty hours of the plant came: that day is not whole.
    all.extend(hours(ELECTRICITY, "2025-03-07", |_| 4.0).into_iter().take(20));
    all.push(day(KILN, "2025-03-07", 90.0));
    for at in ["2025-03", "2025-04"] {
        all.extend([month(PLANT_STEAM, at, 30.0), month(KILN_STEAM, at, 28.0)]);
    }
    terminal.upload(&all).received();
    let view: BalanceView = app.get(&format!("/api/v1/units/{}/balance?{QUERY}", unit.code)).read();
    let [electricity, steam] = &view.energies[..] else { panic!("{view:?}") };
    assert_eq!((electricity.grain.as_str(), electricity.periods), ("day", 61));
    let codes: Vec<&str> = electricity.places.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(codes, ["00-00-0000", "10-00-0000", "10-01-0000", "10-01-0101"]);
    let plant = place(electricity, "00-00-0000");
    assert_eq!(
        (plant.supplied, plant.used, plant.difference),
        (Some(600.0), Some(540.0), Some(60.0))
    );
    assert_eq!((plant.balanced_periods, plant.known_periods, plant.has_hours), (6, 6, true));
    let kiln = place(electricity, "10-00-0000");
    assert_eq!((kiln.supplied, kiln.used, kiln.balanced_periods), (Some(450.0), Some(250.0), 5));
    assert_eq!((kiln.quantity, kiln.known_periods), (Some(630.0), 7));
    let mill = place(electricity, "10-01-0000");
    assert_eq!((mill.name.as_str(), mill.scope), ("生料磨", Scope::ProcessUnit));
    // A part that exceeds its place shows as a negative difference.
    assert_eq!((mill.difference, mill.balanced_periods), (Some(-10.0), 1));
    let steam_plant = place(steam, "00-00-0000");
    assert_eq!((steam.grain.as_str(), steam.periods), ("month", 2));
    assert_eq!((steam_plant.difference, steam_plant.balanced_periods), (Some(4.0), 2));
    let csv = app.get(&format!("/api/v1/units/{}/balance?{QUERY}&format=csv", unit.code)).text();
    assert!(csv.contains("生料磨") && csv.lines().count() == 7, "{csv}");
}

#[test]
fn a_unit_without_sub_meters_has_no_tree() {
    let app = TestApp::new();
    let unit = Enterprise::new("无下级样本").collects(ELECTRICITY, 1);
    app.terminal(&unit).upload(&[day(ELECTRICITY, "2025-03-01", 5.0)]).received();
    let view: BalanceView = app.get(&format!("/api/v1/units/{}/balance", unit.code)).read();
    assert!(view.energies.is_empty(), "{view:?}");
}
