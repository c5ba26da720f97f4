//! The daily model against OpenDSM and statsmodels on shared days, and what it refuses to say.

use jiff::ToSpan;
use serde_json::Value;

use super::*;
use crate::savings::Verdict;

const BASELINE: usize = 365;
const ANY: Weather = Weather { heating: Wanted::IfBetter, cooling: Wanted::IfBetter };

/// A day of the fixture: its temperature, its output, the energy of a building and of a works.
type Row = (Date, f64, f64, f64, f64);

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("../fixtures/days.csv").as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What OpenDSM and statsmodels make of these days; `fixtures/by_opendsm.py` writes both files.
fn oracle() -> Value {
    serde_json::from_str(include_str!("../fixtures/opendsm.json")).unwrap()
}

fn building() -> Vec<DayFacts> {
    let day = |(day, celsius, _, energy, _): Row| DayFacts {
        day,
        energy,
        drivers: Vec::new(),
        mean_celsius: Some(celsius),
    };
    rows().into_iter().map(day).collect()
}

fn works() -> Vec<DayFacts> {
    let weekend = |day: Date| f64::from(u8::from(is_weekend(day)));
    let day = |(day, celsius, output, _, energy): Row| DayFacts {
        day,
        energy,
        drivers: vec![output, weekend(day)],
        mean_celsius: Some(celsius),
    };
    rows().into_iter().map(day).collect()
}

fn figure(it: &Value) -> f64 {
    it.as_f64().unwrap_or_else(|| panic!("{it} is no figure"))
}

fn check_near(name: &str, mine: f64, theirs: f64, share: f64) {
    assert!((mine - theirs).abs() <= share * theirs.abs(), "{name}: {mine}, oracle: {theirs}");
}

#[test]
fn the_figures_are_those_of_statsmodels() {
    for (name, days) in [("building", building()), ("works", works())] {
        let truth = &oracle()[name];
        let found = measure(&days[..BASELINE], &days[BASELINE..], ANY).unwrap();
        assert_eq!(found.balance.heating, Some(figure(&truth["heating_balance_point"])));
        assert_eq!(found.balance.cooling, Some(figure(&truth["cooling_balance_point"])));
        let it = &found.savings;
        let coefficients = std::iter::once(&it.intercept).chain(&it.drivers);
        assert_eq!(1 + it.drivers.len(), truth["coefficients"].as_array().unwrap().len());
        for (at, mine) in coefficients.enumerate() {
            check_near("coefficient", mine.value, figure(&truth["coefficients"][at]), 1e-9);
            let theirs = figure(&truth["standard_errors"][at]);
            check_near("standard error", mine.standard_error, theirs, 1e-9);
        }
        for (name, mine) in [
            ("cv_rmse", it.cv_rmse),
            ("autocorrelation", it.autocorrelation),
            ("adjusted_baseline", it.adjusted_baseline),
            ("saved", it.saved),
            ("half_width_68", it.half_widths[0]),
            ("half_width_90", it.half_widths[1]),
        ] {
            check_near(name, mine, figure(&truth[name]), 1e-8);
        }
        assert_eq!(it.verdict(), Verdict::Saving);
    }
}

/// OpenDSM moves its balance points freely, and ours are whole degrees: a balance point may differ by half a degree, and a
/// slope with it. What both say of the report differs by far less. Its own model smooths the bends.
#[test]
fn the_balance_points_and_the_savings_are_those_of_opendsm() {
    let days = building();
    let found = measure(&days[..BASELINE], &days[BASELINE..], ANY).unwrap();
    let it = &found.savings;
    for name in ["building_legacy", "building_current"] {
        let truth = &oracle()[name];
        check_near(name, it.adjusted_baseline, figure(&truth["adjusted_baseline"]), 0.001);
        check_near(name, it.saved, figure(&truth["saved"]), 0.01);
        let model = &truth["models"]["fw-su_sh_wi"];
        let celsius = |name: &str| (figure(&model[name]) - 32.0) / 1.8;
        for (mine, theirs) in
            [(found.balance.heating, celsius("hdd_bp")), (found.balance.cooling, celsius("cdd_bp"))]
        {
            assert!((mine.unwrap() - theirs).abs() <= 0.5, "{mine:?} {theirs}");
        }
        check_near("intercept", it.intercept.value, figure(&model["intercept"]), 0.005);
        check_near("heating", it.drivers[0].value, figure(&model["hdd_beta"]) * 1.8, 0.02);
        check_near("cooling", it.drivers[1].value, figure(&model["cdd_beta"]) * 1.8, 0.02);
    }
}

#[test]
fn too_few_days_and_days_that_follow_each_other_say_so() {
    let days = building();
    let short = measure(&days[..300], &days[BASELINE..], ANY);
    assert_eq!(short.unwrap_err(), NoSavings::BaselineTooShort(LEAST_BASELINE_DAYS));
    assert_eq!(measure(&days[..BASELINE], &[], ANY).unwrap_err(), NoSavings::NothingToReport);
    // One slow swing over the whole year, without weather: the days hold little more than one observation.
    let swing = |(at, it): (usize, DayFacts)| DayFacts {
        energy: 100.0 + 10.0 * (at as f64 / 60.0).sin(),
        ..it
    };
    let slow: Vec<DayFacts> = days.into_iter().enumerate().map(swing).collect();
    let none = Weather { heating: Wanted::No, cooling: Wanted::No };
    let refused = measure(&slow[..BASELINE], &slow[BASELINE..], none);
    assert_eq!(refused.unwrap_err(), NoSavings::TooFewIndependent(1));
}

#[test]
fn a_saving_within_the_noise_is_below_what_the_days_can_show() {
    let mut days = building();
    // Eight parts of a hundred were saved: nearly all of it is put back.
    days[BASELINE..].iter_mut().for_each(|it| it.energy /= 0.922);
    let found = measure(&days[..BASELINE], &days[BASELINE..], ANY).unwrap();
    assert_eq!(found.savings.verdict(), Verdict::BelowUncertainty);
    assert!(found.savings.independent < 0.6 * BASELINE as f64, "{:?}", found.savings);
}

#[test]
fn weather_that_does_not_drive_the_days_is_not_found() {
    let mut days = building();
    let noise = |at: usize| ((at * 7_919) % 101) as f64 / 10.0;
    days.iter_mut()
        .enumerate()
        .for_each(|(at, it)| it.energy = 50.0 - noise(at) + it.mean_celsius.unwrap().min(0.0));
    let heats = Weather { heating: Wanted::Yes, cooling: Wanted::No };
    // Less is used where it is colder: this is no heating.
    let refused = measure(&days[..BASELINE], &days[BASELINE..], heats);
    assert_eq!(refused.unwrap_err(), NoSavings::DriverSaysNothing(0));
    let still: Vec<DayFacts> = works()
        .into_iter()
        .map(|it| DayFacts { drivers: vec![3.0, it.drivers[1]], ..it })
        .collect();
    let refused = measure(&still[..BASELINE], &still[BASELINE..], ANY);
    assert_eq!(refused.unwrap_err(), NoSavings::DriverSaysNothing(0));
}

#[test]
fn a_weekend_is_saturday_and_sunday() {
    let monday = Date::constant(2023, 1, 2);
    let week = (0..7).map(|at| is_weekend(monday + at.days())).collect::<Vec<_>>();
    assert_eq!(week, [false, false, false, false, false, true, true]);
}
