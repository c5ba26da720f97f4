//! The place of a unit in its industry by energy per value added, and the order of a search.

use nengce_shared::api::benchmark::BenchmarkView;
use nengce_shared::api::unit::{UnitDetail, UnitList};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, day};

#[test]
fn the_card_says_what_the_industrys_ranking_says() {
    let city = City::of_units();
    let code = &city.unit("静海水泥").code;
    let card: UnitDetail = city.app.get(&format!("/api/v1/units/{code}?from=2025&to=2025")).read();
    let place = card.industry_place.expect("a place");
    check_near(place.value, 365.0 * 1428.6 / 108_000.0, "tce per 10^4 yuan");
    assert_eq!((place.industry.code.as_str(), place.rank, place.of), ("C30", 2, 3));
    let path = format!("/api/v1/benchmarks/C30?from=2025&to=2025&unit={code}");
    let ranking: BenchmarkView = city.app.get(&path).read();
    let row = ranking.rows.iter().find(|it| it.unit.enterprise_code == *code).expect("a row");
    assert_eq!((place.rank, place.of), (row.rank, ranking.rows.len() as u32));
    check_near(place.potential_tce, row.potential_tce, "what it could save");
    assert!(place.potential_tce > 0.0);
    assert_eq!(Some(place.reference_value), ranking.reference_value);
}

#[test]
fn without_value_added_there_is_no_place() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("无增加值"));
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    let path = format!("/api/v1/units/{}?from=2025&to=2025", terminal.enterprise.code);
    let card: UnitDetail = app.get(&path).read();
    assert!(card.industry_place.is_none(), "{:?}", card.industry_place);
}

#[test]
fn a_search_lists_the_best_match_first() {
    let app = TestApp::new();
    for (number, name, amount) in
        [(1, "滨海宏图二厂", 900.0), (2, "宏图", 1.0), (3, "宏图一厂", 5.0)]
    {
        let terminal = app.terminal(&Enterprise::numbered(9800 + number, name));
        terminal.upload(&[day(ELECTRICITY, "2025-03-01", amount)]).received();
    }
    let list: UnitList = app.get("/api/v1/units?q=宏图").read();
    let names: Vec<&str> = list.rows.iter().map(|it| it.unit.name.as_str()).collect();
    assert_eq!(names, ["宏图", "宏图一厂", "滨海宏图二厂"]);
}
