//! A unit among its peers: closed years only, in groups that are the same whatever is asked.

use nengce_tests::support::city::City;

#[test]
fn peers_are_told_in_groups_or_not_at_all_and_nothing_narrows_them() {
    let city = City::new();
    let path = format!("/api/v1/units/{}/peers", city.units[1].code);
    let view = city.app.get(&path).ok();
    assert_eq!(view["min_members"], 5);
    let rows = view["rows"].as_array().expect("rows");
    assert!(!rows.is_empty(), "{view}");
    for row in rows {
        let year = row["year"].as_i64().expect("a year");
        assert!((2024..=2025).contains(&year), "{row}");
        assert!(row["own"].is_f64(), "{row}");
        // Five units in all, three of them of one industry: no group of six can be made.
        assert_eq!(row["groups"].as_array().map(Vec::len), Some(0), "{row}");
        assert!(row["own_group"].is_null(), "{row}");
    }
    for filter in ["region=120119", "class=thousand", "from=2024-01", "basis=calorific", "units=1"]
    {
        city.app.get(&format!("{path}?{filter}")).problem(400, "parameter_unknown");
    }
    city.app.get("/api/v1/units/911200000000000000/peers").problem(404, "not_found");
}
