//! `GET /api/v1/dual-control`.

use nengce_shared::api::dual_control::DualControl;
use nengce_tests::support::city::{CITY_DAY, City, TARGET_TCE};
use nengce_tests::support::figures::{check_near, check_some};

use super::city;

fn view(query: &str) -> DualControl {
    city().app.get(&format!("/api/v1/dual-control?{query}")).read()
}

#[test]
fn the_year_against_the_year_before() {
    let view = view("from=2025&to=2025&basis=equivalent");
    check_some(view.total.value, 365.0 * 20_880.12, "2025");
    check_some(view.total.previous, 366.0 * 20_708.4, "2024");
    check_some(view.total.change, 7_621_243.8 / 7_579_274.4 - 1.0, "change");
    assert_eq!((view.scope.units, view.scope.units_reporting), (5, 5));
    check_some(view.scope.completeness, 1.0, "every day came");
    assert_eq!(
        (view.scope.compare_from.as_str(), view.scope.compare_to.as_str()),
        ("2024-01-01", "2024-12-31")
    );
}

#[test]
fn nine_months_are_compared_with_the_same_nine() {
    let view = view("from=2025-01&to=2025-09");
    check_some(view.total.value, 273.0 * CITY_DAY[1], "January to September 2025");
    check_some(view.total.previous, 274.0 * CITY_DAY[0], "January to September 2024, a leap year");
    assert_eq!(view.scope.basis.as_str(), "equivalent", "the default basis");
}

#[test]
fn days_inside_a_month_are_counted_as_days() {
    let view = view("from=2025-01-16&to=2025-02-10");
    check_some(view.total.value, 26.0 * CITY_DAY[1], "16 January to 10 February");
    check_some(view.total.previous, 26.0 * CITY_DAY[0], "the same days a year earlier");
}

#[test]
fn the_calorific_basis_counts_electricity_lower() {
    let view = view("from=2025&to=2025&basis=calorific");
    // 960 · (2.85 − 1.229) tce a day less.
    check_some(view.total.value, 365.0 * (20_880.12 - 960.0 * 1.621), "2025, calorific");
}

#[test]
fn intensity_uses_regional_value_added_and_judges_by_the_rule() {
    let view = view("from=2025&to=2025");
    assert_eq!(view.intensity.denominator, "gdp");
    let (now, before) = (7_621_243.8 / 12_600_000.0, 7_579_274.4 / 12_000_000.0);
    check_some(view.intensity.value, now, "2025");
    check_some(view.intensity.previous, before, "2024");
    check_some(view.intensity.change, now / before - 1.0, "change");
    check_some(view.intensity.required_fall, 0.03, "required");
    check_some(view.intensity.gap, now / before - 1.0 + 0.03, "gap");
    assert_eq!(
        view.intensity_warning.level.as_str(),
        "level3",
        "it fell by 4.2 %, 3 % were required"
    );
}

#[test]
fn the_total_is_assessed_against_its_trajectory() {
    let view = view("from=2025&to=2025");
    let target = view.target.expect("a target");
    check_near(target.target_tce, TARGET_TCE, "target");
    check_near(target.consumed_tce, 7_621_243.8, "consumed");
    check_near(
        target.trajectory_tce,
        TARGET_TCE,
        "at the end of the year the trajectory is the target",
    );
    check_near(target.over_tce, 21_243.8, "over");
    // 0.28 % over: above the trajectory, within the 1 % band.
    assert_eq!(view.total_warning.level.as_str(), "level2");
}

#[test]
fn months_add_up_to_the_year_and_are_split_by_energy() {
    let view = view("from=2025&to=2025");
    assert_eq!(view.months.len(), 12);
    let lengths = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];
    for (month, length) in view.months.iter().zip(lengths) {
        check_some(month.tce, length * CITY_DAY[1], &month.period);
        let parts: f64 = month.by_energy.iter().map(|part| part.tce).sum();
        check_near(parts, length * CITY_DAY[1], &month.period);
    }
    let by = |group: &str| {
        view.composition.iter().find(|share| share.group.as_str() == group).expect("a group").tce
    };
    check_near(by("electricity"), 365.0 * 2736.0, "electricity");
    check_near(by("gas"), 365.0 * 2430.0, "gas");
    check_near(by("coal"), 365.0 * (9714.0 + 3928.65 + 642.87 + 1428.6), "coal and coke");
    let shares: f64 = view.composition.iter().map(|share| share.share).sum();
    check_near(shares, 1.0, "shares");
}

#[test]
fn districts_and_industries_stand_for_their_units() {
    let view = view("from=2025&to=2025");
    let region =
        |code: &str| view.regions.iter().find(|row| row.name.code == code).expect("a district");
    check_some(region("120116").total.value, 365.0 * 14_880.0, "Binhai");
    check_some(region("120119").total.value, 365.0 * 3928.65, "Jizhou");
    check_some(region("120119").total.previous, 366.0 * 3571.5, "Jizhou a year before");
    check_some(
        region("120119").pull,
        (365.0 * 3928.65 - 366.0 * 3571.5) / 7_579_274.4,
        "pull of Jizhou",
    );
    // Without an economy of their own, districts are assessed by their units' value added.
    assert_eq!(region("120116").intensity.denominator, "unit_value_added");
    check_some(
        region("120116").intensity.value,
        5_431_200.0 / 2_292_000.0,
        "ΣE/ΣVA, not a mean of ratios",
    );
    let levels = ["120119", "120118", "120116"].map(|code| region(code).warning.level.as_str());
    assert_eq!(levels, ["level1", "level2", "level3"], "rose; fell by 0.27 %; fell by 6.7 %");
    let sum: f64 = view.regions.iter().filter_map(|row| row.total.value).sum();
    check_near(sum, 7_621_243.8, "districts add up");
    let sum: f64 = view.industries.iter().filter_map(|row| row.total.value).sum();
    check_near(sum, 7_621_243.8, "industries add up");
    let steel = view.industries.iter().find(|row| row.name.code == "C31").expect("steel");
    check_some(steel.total.value, 365.0 * 12_450.0, "C31");
}

#[test]
fn the_largest_rise_comes_first() {
    let view = view("from=2025&to=2025");
    assert_eq!(view.largest_rises[0].unit.name, "蓟北水泥");
    check_near(view.largest_rises[0].delta_tce, 365.0 * 3928.65 - 366.0 * 3571.5, "its rise");
}

#[test]
fn filters_narrow_every_figure() {
    let binhai = view("from=2025&to=2025&region=120116");
    check_some(binhai.total.value, 365.0 * 14_880.0, "one district");
    let cement = view("from=2025&to=2025&industry=C30");
    check_some(cement.total.value, 365.0 * (3928.65 + 642.87 + 1428.6), "one industry");
    let both = view("from=2025&to=2025&region=120119&industry=C31");
    assert_eq!(both.scope.units, 0);
    assert!(both.total.value.is_none_or(|value| value == 0.0), "{:?}", both.total);
    let gas = view("from=2025&to=2025&energy=gas");
    check_some(gas.total.value, 365.0 * 2430.0, "one energy");
    let hundred = view("from=2025&to=2025&class=hundred");
    check_some(hundred.total.value, 365.0 * 12_450.0, "one class");
}

#[test]
fn without_an_economy_the_units_own_value_added_is_the_denominator() {
    let city = City::of_units();
    let view: DualControl = city.app.get("/api/v1/dual-control?from=2025&to=2025").read();
    assert_eq!(view.intensity.denominator, "unit_value_added");
    check_some(view.intensity.value, 7_621_243.8 / 2_708_400.0, "2025");
    assert!(view.target.is_none(), "no target, no trajectory");
    assert_eq!(view.intensity_warning.level.as_str(), "pending", "no target, no assessment");
}

#[test]
fn the_defaults_follow_the_data() {
    let view = view("");
    assert_eq!((view.scope.from.as_str(), view.scope.to.as_str()), ("2025-01-01", "2025-12-31"));
    assert_eq!(view.scope.data_until.as_deref(), Some("2025-12-31"));
}
