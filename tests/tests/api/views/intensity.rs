//! `GET /api/v1/intensity`.

use nengce_shared::api::intensity::IntensityView;
use nengce_tests::support::figures::{check_near, check_some};

use super::city;

fn view(query: &str) -> IntensityView {
    city().app.get(&format!("/api/v1/intensity?{query}")).read()
}

#[test]
fn by_district() {
    let view = view("by=region&from=2025&to=2025");
    let jizhou = view.groups.iter().find(|group| group.name.code == "120119").expect("Jizhou");
    check_some(jizhou.tce, 1_433_957.25, "energy");
    check_some(jizhou.value_added, 246_000.0, "value added");
    check_some(jizhou.intensity.value, 1_433_957.25 / 246_000.0, "intensity");
    let found = (view.levels.level1, view.levels.level2, view.levels.level3);
    assert_eq!(
        found,
        (1, 1, 2),
        "Jizhou rose, Jinghai fell too little, Binhai and Wuqing met: {:?}",
        view.levels
    );
}

#[test]
fn by_industry_it_is_the_ratio_of_sums() {
    let view = view("by=industry&from=2025&to=2025");
    let cement = view.groups.iter().find(|group| group.name.code == "C30").expect("cement");
    let (e, va) = (365.0 * (3928.65 + 642.87 + 1428.6), 12.0 * (20_500.0 + 5200.0 + 9000.0));
    check_some(cement.intensity.value, e / va, "ΣE/ΣVA");
}

#[test]
fn by_unit_and_the_scatter() {
    let view = view("by=unit&from=2025&to=2025");
    assert_eq!(view.points.len(), 5);
    let steel =
        view.points.iter().find(|point| point.unit.name == "津海钢铁").expect("the steel works");
    check_near(steel.tce, 365.0 * 12_450.0, "energy");
    check_near(steel.value_added, 1_500_000.0, "value added");
    check_near(steel.intensity, 365.0 * 12_450.0 / 1_500_000.0, "intensity");
    assert_eq!(view.groups.len(), 5);
}

#[test]
fn products_stand_against_their_levels() {
    let view = view("by=region&from=2025&to=2025");
    let clinker = view.products.iter().find(|product| product.code == "0201").expect("clinker");
    assert_eq!((clinker.limits.benchmark, clinker.limits.baseline), (Some(100.0), Some(117.0)));
    assert_eq!(clinker.beyond_baseline, 1);
    let jizhou =
        clinker.points.iter().find(|point| point.unit.name == "蓟北水泥").expect("a point");
    check_near(jizhou.value, 114.288, "4000 t · 714.3 kgce over 25,000 t, calorific");
}

#[test]
fn another_grouping_is_refused() {
    city().app.get("/api/v1/intensity?by=colour").problem(400, "parameter_invalid");
}
