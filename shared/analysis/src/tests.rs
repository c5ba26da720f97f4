//! The answers for the hand-made city of `sample`, compared with figures computed by hand.

use jiff::civil::date;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::targets::Reason;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::warning::{TotalThresholds, WarningLevel};

use super::benchmark::{Chosen, benchmark};
use super::dual_control::dual_control;
use super::evaluation::Evaluation;
use super::intensity::{By, decomposition, intensity, windows};
use super::query::Query;
use super::sample::{self, TODAY, UNTIL, month, near, query, snapshot, target};
use super::snapshot::{GROUPS, PartialMonth, Points, Snapshot, UnitPartialMonth};
use super::targets::{Findings, UnitFindings, criteria, targets};
use super::timeline::timeline;

pub(super) fn seen(snapshot: &Snapshot, query: &Query) -> DualControl {
    dual_control(&Evaluation::new(snapshot, query, &[]), TotalThresholds::default())
}

#[test]
fn totals_compare_with_the_same_months_of_the_year_before() {
    let view = seen(&snapshot(), &query("2025-01", "2025-09"));
    near(view.total.value, 9.0 * 170.0);
    near(view.total.previous, 9.0 * 160.0);
    near(view.total.change, 0.0625);
    assert_eq!(view.scope.completeness, Some(1.0));
    assert_eq!(view.composition.len(), 2);
    near(Some(view.composition[1].share), 60.0 / 170.0);
    near(view.regions[0].pull, 90.0 / 1440.0);
    assert_eq!(view.largest_rises.len(), 1);
    assert_eq!(view.industries[0].name.code, "C31");
    near(view.industries[0].total.value, 9.0 * 160.0);
}

/// The city in which the university has been connected since 2025 only.
fn with_a_newcomer() -> Snapshot {
    let mut snapshot = snapshot();
    let of_university = 2 * snapshot.months..2 * snapshot.months + 24;
    snapshot.points[of_university.clone()].fill(Points::default());
    for energy in &mut snapshot.energy {
        energy[of_university.start * GROUPS..of_university.end * GROUPS].fill(f64::NAN);
    }
    for whole in &mut snapshot.whole {
        whole[of_university.clone()].fill(f64::NAN);
    }
    snapshot
}

#[test]
fn a_newcomer_is_no_growth() {
    let (snapshot, query) = (with_a_newcomer(), query("2025-01", "2025-09"));
    let view = seen(&snapshot, &query);
    near(view.scope.comparison_coverage, 2.0 / 3.0);
    assert_eq!((view.total.change, view.regions[1].total.change), (None, None));
    assert_eq!((view.regions[1].pull, view.composition[0].change), (None, None));
    near(view.regions[0].total.change, 0.1 * 100.0 / 150.0);
    assert_eq!(view.largest_rises.len(), 1);
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    assert!(evaluation.is_comparable(&[0, 1]) && !evaluation.is_comparable(&[2]));
}

#[test]
fn the_basis_changes_electricity_only() {
    let mut calorific = query("2025-01", "2025-09");
    calorific.basis = Basis::Calorific;
    near(seen(&snapshot(), &calorific).total.value, 9.0 * 134.0);
}

#[test]
fn group_intensity_is_the_ratio_of_sums_over_units_with_value_added() {
    let view = seen(&snapshot(), &query("2025-01", "2025-09"));
    assert_eq!(view.intensity.denominator, "unit_value_added");
    near(view.intensity.value, 160.0 / 170.0);
    near(view.intensity.previous, 1.0);
    near(view.intensity.change, 160.0 / 170.0 - 1.0);
    assert_eq!(view.intensity_warning.level, WarningLevel::Pending);
}

#[test]
fn regional_economy_divides_where_it_covers_both_spans() {
    let mut builder = sample::builder();
    for at in 12..33 {
        let it = month(2023, 1).plus(at);
        builder.economy("120000", it, if it.year() == 2025 { 1100.0 } else { 1000.0 }, Some(2020));
    }
    builder.target(target("region", "120000", "annual_fall", 2025, 2025, 0.03));
    let view = seen(&builder.build(), &query("2025-01", "2025-09"));
    assert_eq!(view.intensity.denominator, "gdp");
    let change = 170.0 / 1100.0 / (160.0 / 1000.0) - 1.0;
    near(view.intensity.change, change);
    near(view.intensity.gap, change + 0.03);
    assert_eq!(view.intensity_warning.level, WarningLevel::Level3);
    assert_eq!(view.scope.price_year, Some(2020));
}

#[test]
fn trajectory_projection_and_its_past_error() {
    let mut builder = sample::builder();
    builder.target(target("region", "120000", "total_tce", 2025, 2025, 2000.0));
    let view = seen(&builder.build(), &query("2025-01", "2025-09"));
    let target = view.target.expect("a target");
    near(Some(target.trajectory_tce), 1500.0);
    near(Some(target.over_tce), 30.0);
    assert_eq!(target.method, "seasonal_last_year");
    assert_eq!(view.total_warning.level, WarningLevel::Level1);
    let projection = view.projection.expect("a projection");
    near(Some(projection.tce), 1530.0 + 3.0 * 170.0);
    near(projection.past_error, 0.0);
    let year_end = view.year_end.expect("a target");
    near(Some(year_end.over), 2040.0 / 2000.0 - 1.0);
    assert!(!year_end.is_final);
    near(view.months[8].cumulative_gap, 30.0);
    near(view.months[11].projected_tce, 170.0);
    near(view.months[11].cumulative_gap, 40.0);
    assert_eq!(view.months[9].tce, None);
}

#[test]
fn a_partial_month_takes_its_days_in_both_spans() {
    let query = query("2025-08", "2025-09-10");
    let day = |tce: f64, expected| UnitPartialMonth {
        tce: [Some(tce), None, None, None, None, None],
        points: Points { received: 1, expected },
    };
    let partial_months: Vec<PartialMonth> = query
        .spans
        .partial_months()
        .into_iter()
        .zip([(33.0, 2), (30.0, 2)])
        .map(|(range, (tce, expected))| PartialMonth {
            range,
            basis: Basis::Equivalent,
            units: [(0, day(tce, expected))].into(),
        })
        .collect();
    let snapshot = snapshot();
    let evaluation = Evaluation::new(&snapshot, &query, &partial_months);
    let total = evaluation.total(&evaluation.selected);
    near(total.value, 170.0 + 33.0);
    near(total.previous, 160.0 + 30.0);
    assert_eq!(evaluation.now[0].expected, 31 * 24 + 2);
}

#[test]
fn energy_and_region_narrow_the_scope() {
    let mut query = query("2025-01", "2025-09");
    query.filter.region = vec!["120101".to_owned()];
    query.filter.energy = vec![EnergyGroup::Electricity];
    let view = seen(&snapshot(), &query);
    near(view.total.value, 9.0 * 50.0);
    assert_eq!(view.scope.units, 2);
    near(view.intensity.value, 0.5);
}

#[test]
fn decomposition_adds_up_and_multiplies_out() {
    let (snapshot, asked) = (snapshot(), query("2023", "2025"));
    let (spans, periods) = windows(asked.spans.asked, Some(UNTIL));
    let query = Query { spans, ..asked };
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    let view = decomposition(&evaluation, By::Unit, &periods).unwrap();
    assert_eq!(view.chain, ["2023-01..2023-09", "2024-01..2024-09", "2025-01..2025-09"]);
    near(Some(view.activity_tce + view.structure_tce + view.intensity_tce), 90.0);
    near(Some(view.activity_index * view.structure_index * view.intensity_index), 160.0 / 150.0);
    near(Some(view.left_out_tce), 90.0);
    near(Some(view.members[1].total.value.unwrap()), 450.0);
}

#[test]
fn intensity_by_unit_leaves_out_those_without_value_added() {
    let (snapshot, query) = (snapshot(), query("2025-01", "2025-09"));
    let view = intensity(&Evaluation::new(&snapshot, &query, &[]), By::Unit);
    assert_eq!(view.groups.len(), 2);
    near(view.groups[0].intensity.value, 110.0 / 70.0);
    let path: Vec<i16> = view.groups[0].path.iter().map(|it| it.year).collect();
    assert_eq!(path, [2023, 2024, 2025]);
    near(view.groups[0].path[2].change, 110.0 / 70.0 / 2.0 - 1.0);
    assert!(view.groups[0].path[2].partial);
    assert_eq!(view.products[0].beyond_baseline, 1);
}

#[test]
fn a_young_plan_shows_the_one_before_it() {
    let mut builder = sample::builder();
    builder.target(target("unit", &snapshot().units[0].code, "five_year_fall", 2021, 2024, 0.19));
    builder.target(target("unit", &snapshot().units[0].code, "five_year_fall", 2025, 2029, 0.145));
    let (snapshot, query) = (builder.build(), query("2025-01", "2025-09"));
    let view = intensity(&Evaluation::new(&snapshot, &query, &[]), By::Unit);
    let path = &view.groups[0].path;
    assert_eq!(path[0].year, 2023, "the data begin after the base year");
    // A quarter of 19 % over four years, then a fifth of 14.5 % over five.
    let (first, second) = (0.81_f64.powf(0.25), 0.855_f64.powf(0.2));
    near(path[1].required, first - 1.0);
    near(path[2].required, first * second - 1.0);
    let status = view.groups[0].intensity.five_year.as_ref().expect("a plan");
    assert_eq!(status.from_year, 2025);
    near(status.achieved_fall, 1.0 - 110.0 / 70.0 / 2.0);
}

#[test]
fn benchmark_ranks_gaps_and_potential() {
    let (snapshot, query) = (snapshot(), query("2025-01", "2025-09"));
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    let chosen = Chosen::parse(&evaluation, "0102").unwrap();
    let view = benchmark(&evaluation, &chosen, Some(&snapshot.units[0].code));
    assert_eq!(view.reference, "benchmark");
    assert_eq!(view.selected.as_ref(), Some(&snapshot.units[0].code));
    let [best, worst] = view.rows.as_slice() else { panic!("two rows") };
    near(Some(best.value), 380.0);
    assert_eq!((best.rank, worst.rank), (1, 2));
    near(Some(best.percentile), 0.5);
    near(worst.gap, 39.0 / 361.0);
    near(Some(worst.potential_tce), 39.0 * 9.0);
    assert!(worst.beyond_baseline && !best.beyond_baseline);
    near(Some(view.distribution.unwrap().group_value), (400.0 * 2.0 + 380.0) / 3.0);
    assert_eq!(view.months.len(), 24);
    near(view.months[0].unit_value, 400.0);
    assert!(
        Chosen::parse(&evaluation, "C31").is_some() && Chosen::parse(&evaluation, "9999").is_none()
    );
}

#[test]
fn the_score_is_a_sum_that_can_be_redone() {
    let (mut snapshot, mut statuses) = (sample::snapshot(), sample::statuses());
    for ago in 2..=10 {
        statuses[1].set_recent(ago, Points { received: 0, expected: 24 });
    }
    snapshot.units[2].last_upload = None;
    statuses[2].last_day = None;
    statuses[2].approved_on = Some(date(2025, 9, 16));
    statuses[0].meters_overdue = 2;
    let query = query("2025-01", "2025-09");
    let view =
        targets(&Evaluation::new(&snapshot, &query, &[]), &statuses, &Findings::new(), criteria());
    let part = |name: &str, reason| {
        let row = view.rows.iter().find(|it| it.unit.name == name).unwrap();
        row.parts
            .iter()
            .find(|it| it.reason == reason)
            .unwrap_or_else(|| panic!("{name} {reason:?}"))
    };
    near(Some(part("丙大学", Reason::NeverUploaded).points), 18.0 * 15.0 / 30.0);
    let silent = part("乙钢", Reason::Silent);
    near(Some(silent.points), 16.0 * (0.12 + 0.88 * 6.0 / 22.0));
    assert!(silent.evidence_zh.contains("9月21日–9月29日"), "{}", silent.evidence_zh);
    near(Some(part("甲钢", Reason::MeterOverdue).points), 6.0 * 2.0 / 5.0);
    let above = 18.0 * (0.5 + 0.5 * (400.0 / 390.0 - 1.0) * 100.0 / 10.0);
    near(Some(part("甲钢", Reason::AboveLimit).points), above);
    assert_eq!(view.rows[0].unit.name, "甲钢");
    let total: f64 = view.rows[0].parts.iter().map(|it| it.points).sum();
    near(Some(view.rows[0].score), total);
    assert_eq!(view.reasons[1].units, 1);
    assert!(view.rows.iter().all(|it| it.daily_completeness.len() == 30));
}

/// Findings give points by their unit; what gives none by these criteria is kept for others.
#[test]
fn findings_and_heavier_criteria_change_the_ranking() {
    let (snapshot, statuses) = (sample::snapshot(), sample::statuses());
    let found = UnitFindings { suspect: 4, overdue: 1, overdue_days: 15, ..Default::default() };
    let findings = Findings::from([(3, found)]);
    let query = query("2025-01", "2025-09");
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    let view = targets(&evaluation, &statuses, &findings, criteria());
    let row = view.rows.iter().find(|it| it.unit.name == "丙大学").expect("it has findings");
    let points: Vec<_> = row.parts.iter().map(|it| (it.reason, it.points)).collect();
    assert_eq!(points, [(Reason::SuspectData, 14.0), (Reason::Unanswered, 3.0)]);
    assert_eq!((view.reasons[3].units, view.reasons[4].units), (1, 1));
    let mut without = criteria();
    super::targets::score::change(&mut without, "suspect_data:0,unanswered:0")
        .expect("two weights");
    let view = targets(&evaluation, &statuses, &findings, without);
    assert!(view.rows.iter().all(|it| it.unit.name != "丙大学"));
    assert!(view.others.iter().any(|it| it.unit.name == "丙大学" && it.rank.is_none()));
}

#[test]
fn the_timeline_has_every_month_and_no_zero_for_a_missing_one() {
    let view = timeline(&snapshot(), &query("2025", "2025").filter, Basis::Equivalent);
    assert_eq!(view.months.len(), 33);
    near(view.months[0].tce, 160.0);
    assert_eq!((view.months[1].days_done, view.months[1].days_total), (28, 28));
    assert!(TODAY > UNTIL);
}

#[test]
fn a_unit_that_runs_ahead_of_its_target_scores_for_it_and_an_unknown_month_says_nothing() {
    let (mut snapshot, statuses) = (sample::snapshot(), sample::statuses());
    let query = query("2025-01", "2025-06");
    let code = snapshot.units[0].code.clone();
    let month = |at: i8| nengce_shared::month::Month::new(2025, at).unwrap();
    let basis = nengce_shared::basis::Basis::Equivalent;
    let done: f64 = (1..=6).map(|at| snapshot.tce_of_all(basis, 0, month(at)).unwrap()).sum();
    let before: [Option<f64>; 12] = std::array::from_fn(|at| {
        let month = nengce_shared::month::Month::new(2024, at as i8 + 1)?;
        snapshot.tce_of_all(basis, 0, month)
    });
    // A target of which the first half is 5 % less than was used.
    let shape = nengce_shared::trajectory::monthly_trajectory(1.0, 2025, &before).unwrap();
    let value = done / 1.05 / shape.months[..6].iter().sum::<f64>();
    let target = crate::snapshot::Target {
        scope: "unit".to_owned(),
        code,
        kind: "total_tce".to_owned(),
        from_year: 2025,
        to_year: 2025,
        value,
        basis,
        source: String::new(),
    };
    snapshot.targets.push(target);
    let of = |snapshot: &crate::snapshot::Snapshot| {
        let evaluation = Evaluation::new(snapshot, &query, &[]);
        let view = targets(&evaluation, &statuses, &Findings::new(), criteria());
        let row = view.rows.iter().chain(&view.others).find(|it| it.unit.name == "甲钢").cloned();
        row.and_then(|it| it.parts.into_iter().find(|it| it.reason == Reason::OverTarget))
    };
    let part = of(&snapshot).expect("it runs ahead");
    near(Some(part.value), 5.0);
    near(Some(part.points), 6.0 * (0.25 + 0.75 * 0.5));
    snapshot.targets.last_mut().unwrap().value *= 1.2;
    assert!(of(&snapshot).is_none(), "within its target");
    snapshot.targets.last_mut().unwrap().from_year = 2026;
    assert!(of(&snapshot).is_none(), "no target of the year");
}
