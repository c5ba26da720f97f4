//! Laws that hold for every city: energy is additive over units, energies and periods; ratios of a
//! group lie between those of its members; shares add up to one.

use nengce_shared::api::dual_control::DualControl;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::warning::TotalThresholds;
use proptest::prelude::*;

use super::dual_control::dual_control;
use super::evaluation::Evaluation;
use super::query::Filter;
use super::ratio::of_span;
use super::sample::{builder, month, query};
use super::snapshot::Snapshot;
use super::spans::Comparison;

/// Figures of three units, two energies and 21 months; a missing one is a gap.
fn figures() -> impl Strategy<Value = Vec<Option<f64>>> {
    proptest::collection::vec(proptest::option::weighted(0.9, 0.0..1000.0), 3 * 2 * 21)
}

fn city(figures: &[Option<f64>]) -> Snapshot {
    let mut builder = builder();
    let mut figures = figures.iter();
    for unit in 1..=3 {
        for group in [EnergyGroup::Gas, EnergyGroup::Heat] {
            for at in 0..21 {
                let value = figures.next().copied().flatten();
                builder.energy(unit, month(2024, 1).plus(at), group, [value, value]);
            }
        }
    }
    builder.build()
}

fn view(snapshot: &Snapshot, from: &str, to: &str, filter: Filter) -> DualControl {
    let mut query = query(from, to);
    query.filter = filter;
    dual_control(&Evaluation::new(snapshot, &query, &[]), TotalThresholds::default())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    #[test]
    fn energy_is_additive_over_units_energies_and_periods(figures in figures()) {
        let snapshot = city(&figures);
        let whole = view(&snapshot, "2025-01", "2025-09", Filter::default());
        let total = whole.total.value.unwrap_or(0.0);
        let sum = |parts: &mut dyn Iterator<Item = Option<f64>>| parts.flatten().sum::<f64>();
        prop_assert!(near(sum(&mut whole.regions.iter().map(|it| it.total.value)), total));
        prop_assert!(near(sum(&mut whole.industries.iter().map(|it| it.total.value)), total));
        prop_assert!(near(sum(&mut whole.composition.iter().map(|it| Some(it.tce))), total));
        prop_assert!(near(sum(&mut whole.composition.iter().map(|it| Some(it.share))), 1.0));
        prop_assert!(near(sum(&mut whole.months.iter().map(|it| it.tce)), total));
        let first = view(&snapshot, "2025-01", "2025-04", Filter::default());
        let second = view(&snapshot, "2025-05", "2025-09", Filter::default());
        prop_assert!(near(sum(&mut [first.total.value, second.total.value].into_iter()), total));
        let by_energy = EnergyGroup::ALL.iter().map(|energy| {
            let filter = Filter { energy: vec![*energy], ..Filter::default() };
            view(&snapshot, "2025-01", "2025-09", filter).total.value
        });
        prop_assert!(near(by_energy.flatten().sum(), total));
    }

    #[test]
    fn a_district_compared_with_itself_does_not_differ(figures in figures()) {
        let snapshot = city(&figures);
        let mut query = query("2025-01", "2025-09");
        query.filter.region = vec!["120101".to_owned()];
        query.comparison = Some(Comparison::District("120101".to_owned()));
        let evaluation = Evaluation::new(&snapshot, &query, &[]);
        let view = dual_control(&evaluation, TotalThresholds::default());
        let same = |it: Option<f64>| it.is_none_or(|it| it == 0.0);
        prop_assert_eq!(view.total.value, view.total.previous);
        prop_assert!(same(view.total.change) && same(view.intensity.change));
        prop_assert!(view.composition.iter().all(|it| Some(it.tce) == it.previous_tce && same(it.change)));
        prop_assert!(view.months.iter().all(|it| it.tce == it.previous_tce));
        let groups = view.regions.iter().chain(&view.industries);
        prop_assert!(groups.into_iter().all(|it| same(it.total.change) && same(it.intensity.change)));
        prop_assert_eq!(view.scope.compare_region.as_deref(), Some("120101"));
    }

    #[test]
    fn a_district_is_more_than_another_by_what_the_other_is_less(figures in figures()) {
        let snapshot = city(&figures);
        let total = |of: &str, comparison: &str| {
            let mut query = query("2025-01", "2025-09");
            query.filter.region = vec![of.to_owned()];
            query.comparison = Some(Comparison::District(comparison.to_owned()));
            dual_control(&Evaluation::new(&snapshot, &query, &[]), TotalThresholds::default()).total
        };
        let (here, there) = (total("120101", "120102"), total("120102", "120101"));
        prop_assert_eq!((here.value, here.previous), (there.previous, there.value));
        if let (Some(more), Some(less)) = (here.change, there.change) {
            prop_assert!(near((1.0 + more) * (1.0 + less), 1.0));
        }
    }

    #[test]
    fn peers_are_the_average_of_the_same_industry(figures in figures()) {
        let snapshot = city(&figures);
        let code = |at: usize| snapshot.units[at].code.clone();
        let total = |units: Vec<String>| {
            let mut query = query("2025-01", "2025-09");
            query.filter.unit = units;
            query.comparison = Some(Comparison::Peers);
            let evaluation = Evaluation::new(&snapshot, &query, &[]);
            (dual_control(&evaluation, TotalThresholds::default()).total, evaluation.compared_units)
        };
        // A and B make up their industry, C is alone in its own.
        let ((a, peers), (b, _)) = (total(vec![code(0)]), total(vec![code(1)]));
        prop_assert_eq!(peers, Some(vec![1]));
        prop_assert_eq!((a.value, a.previous), (b.previous, b.value));
        let (alone, none) = total(vec![code(2)]);
        prop_assert_eq!((alone.previous, none), (None, Some(Vec::new())));
    }

    #[test]
    fn a_set_of_districts_is_the_sum_of_its_districts(figures in figures()) {
        let snapshot = city(&figures);
        let of = |codes: &[&str]| {
            let region = codes.iter().map(|it| (*it).to_owned()).collect();
            view(&snapshot, "2025-01", "2025-09", Filter { region, ..Filter::default() }).total.value
        };
        let parts = [of(&["120101"]), of(&["120102"])];
        prop_assert!(near(parts.into_iter().flatten().sum(), of(&["120101", "120102"]).unwrap_or(0.0)));
    }

    #[test]
    fn group_intensity_lies_between_its_members(figures in figures()) {
        let (snapshot, query) = (city(&figures), query("2025-01", "2025-09"));
        let evaluation = Evaluation::new(&snapshot, &query, &[]);
        let group = of_span(&evaluation, &[0, 1], &[]).now.value();
        let members = [0, 1].map(|it| of_span(&evaluation, &[it], &[]).now.value());
        let (Some(group), [Some(a), Some(b)]) = (group, members) else {
            return Err(TestCaseError::fail("every unit has value added"));
        };
        let slack = 1e-12 * a.max(b);
        prop_assert!(group >= a.min(b) - slack && group <= a.max(b) + slack);
    }
}
