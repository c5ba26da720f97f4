//! Savings of months whose truth is known, laws of the rule, and what it refuses.

use proptest::prelude::*;

use super::*;

fn months(first: i32, energy: &[(f64, f64)]) -> Vec<MonthFacts> {
    let start = Month::new(2023, 1).unwrap().plus(first);
    energy
        .iter()
        .enumerate()
        .map(|(at, (energy, output))| MonthFacts {
            month: start.plus(at as i32),
            energy: *energy,
            drivers: vec![*output],
        })
        .collect()
}

/// 24 months of 50 tce and 2 tce per unit of output, with errors of one tce that alternate, then 12 months with a part
/// of that saved.
fn plant(saved_share: f64) -> (Vec<MonthFacts>, Vec<MonthFacts>) {
    let output = |at: usize| 100.0 + 10.0 * (at % 12) as f64;
    let error = |at: usize| if (at / 2).is_multiple_of(2) { 1.0 } else { -1.0 };
    let of = |at: usize| 50.0 + 2.0 * output(at) + error(at);
    let before: Vec<_> = (0..24).map(|at| (of(at), output(at))).collect();
    let after: Vec<_> = (24..36).map(|at| (of(at) * (1.0 - saved_share), output(at))).collect();
    (months(0, &before), months(24, &after))
}

#[test]
fn a_saving_is_found_with_an_interval_that_holds_it() {
    let (before, after) = plant(0.08);
    let found = measure(&before, &after).unwrap();
    let truth: f64 = after.iter().map(|it| it.energy).sum::<f64>() / 0.92 * 0.08;
    assert!((found.saved - truth).abs() < found.half_widths[1], "{found:?}");
    assert!((found.drivers[0].value - 2.0).abs() < 0.05, "{found:?}");
    assert_eq!(found.verdict(), Verdict::Saving);
    assert!(found.nmbe.abs() < 1e-9);
    assert_eq!(found.beyond_range, Vec::<usize>::new());
}

#[test]
fn too_small_a_saving_is_below_what_the_data_can_show() {
    let (before, after) = plant(0.0005);
    assert_eq!(measure(&before, &after).unwrap().verdict(), Verdict::BelowUncertainty);
    let (before, after) = plant(-0.05);
    assert_eq!(measure(&before, &after).unwrap().verdict(), Verdict::Increase);
}

#[test]
fn what_cannot_be_computed_is_named() {
    let (before, after) = plant(0.1);
    assert_eq!(measure(&before[..11], &after).unwrap_err(), NoSavings::BaselineTooShort(12));
    assert_eq!(measure(&before, &[]).unwrap_err(), NoSavings::NothingToReport);
    let still: Vec<_> =
        before.iter().map(|it| MonthFacts { drivers: vec![7.0], ..it.clone() }).collect();
    assert_eq!(measure(&still, &after).unwrap_err(), NoSavings::DriverSaysNothing(0));
}

#[test]
fn an_output_that_moves_with_another_has_no_coefficient_of_its_own() {
    let (before, after) = plant(0.1);
    let with_iron = |it: &[MonthFacts]| -> Vec<MonthFacts> {
        let both = it.iter().enumerate().map(|(at, it)| {
            let iron = 0.91 * it.drivers[0] + if at == 5 { 0.5 } else { 0.0 };
            MonthFacts { drivers: vec![it.drivers[0], iron], ..it.clone() }
        });
        both.collect()
    };
    let found = measure(&with_iron(&before), &with_iron(&after));
    assert_eq!(found.unwrap_err(), NoSavings::DriverSaysNothing(1));
}

#[test]
fn a_month_of_an_output_never_seen_is_named() {
    let (before, mut after) = plant(0.1);
    after[3].drivers[0] = 400.0;
    assert_eq!(measure(&before, &after).unwrap().beyond_range, [3]);
}

proptest! {
    /// Energy in other units scales all figures; the verdict stays.
    #[test]
    fn the_unit_of_energy_does_not_matter(scale in 1e-3..1e3f64, share in -0.2..0.2f64) {
        let (before, after) = plant(share);
        let scaled = |it: &[MonthFacts]| -> Vec<MonthFacts> {
            it.iter().map(|it| MonthFacts { energy: it.energy * scale, ..it.clone() }).collect()
        };
        let one = measure(&before, &after).unwrap();
        let other = measure(&scaled(&before), &scaled(&after)).unwrap();
        prop_assert!((other.saved - one.saved * scale).abs() < 1e-6 * (1.0 + one.used * scale));
        prop_assert!((other.cv_rmse - one.cv_rmse).abs() < 1e-9);
        prop_assert_eq!(one.verdict(), other.verdict());
    }

    /// More certainty needs a wider interval.
    #[test]
    fn the_wider_interval_is_the_wider(share in -0.2..0.2f64) {
        let (before, after) = plant(share);
        let found = measure(&before, &after).unwrap();
        prop_assert!(found.half_widths[1] > found.half_widths[0]);
        prop_assert!(found.half_widths[0] > 0.0);
    }
}

/// What statsmodels makes of the same months; `fixtures/by_statsmodels.py` writes both files.
#[test]
fn the_figures_are_those_of_statsmodels() {
    let mut reader = csv::Reader::from_reader(include_str!("fixtures/months.csv").as_bytes());
    let rows: Vec<[f64; 3]> = reader.deserialize().map(Result::unwrap).collect();
    let start = Month::new(2023, 1).unwrap();
    let facts: Vec<MonthFacts> = rows
        .iter()
        .enumerate()
        .map(|(at, [energy, steel, rolled])| MonthFacts {
            month: start.plus(at as i32),
            energy: *energy,
            drivers: vec![*steel, *rolled],
        })
        .collect();
    let truth: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/statsmodels.json")).unwrap();
    let found = measure(&facts[..24], &facts[24..]).unwrap();
    let close = |name: &str, mine: f64, theirs: &serde_json::Value| {
        let theirs = theirs.as_f64().unwrap();
        assert!((mine - theirs).abs() <= 1e-9 * theirs.abs().max(1e-3), "{name}: {mine} {theirs}");
    };
    let coefficients = [found.intercept, found.drivers[0], found.drivers[1]];
    for (at, it) in coefficients.iter().enumerate() {
        close("coefficient", it.value, &truth["coefficients"][at]);
        close("standard error", it.standard_error, &truth["standard_errors"][at]);
    }
    for (name, mine) in [
        ("cv_rmse", found.cv_rmse),
        ("autocorrelation", found.autocorrelation),
        ("adjusted_baseline", found.adjusted_baseline),
        ("saved", found.saved),
        ("half_width_68", found.half_widths[0]),
        ("half_width_90", found.half_widths[1]),
    ] {
        close(name, mine, &truth[name]);
    }
}
