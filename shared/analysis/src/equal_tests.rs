//! Equal figures share a rank, like is compared with like, one bad member does not spoil an answer, and scores keep
//! their order; on the city of `sample`.

use jiff::civil::date;
use nengce_shared::api::targets::Reason;
use nengce_shared::energy_group::EnergyGroup;

use super::benchmark::{Chosen, benchmark};
use super::evaluation::Evaluation;
use super::intensity::{By, decomposition, windows};
use super::query::Query;
use super::sample::{self, UNTIL, month, near, query, target};
use super::snapshot::Points;
use super::targets::{Findings, criteria, targets};
use super::tests::seen;

/// Three who report 66.5 share a place whatever they make; one exactly on its limit is not beyond it.
#[test]
fn equal_figures_are_equal() {
    let mut builder = sample::builder();
    let row = |unit, output, indicator| super::snapshot::ProductMonth {
        unit,
        product: 0,
        month: month(2026, 1).plus(-12 + unit as i32),
        output,
        process_tce: None,
        indicator: Some(indicator),
    };
    let snapshot = {
        let mut snapshot = builder.build();
        snapshot.products = [(0, 5000.0), (1, 1931.0), (2, 1938.0)]
            .into_iter()
            .map(|(unit, output)| row(unit, output, 66.5))
            .collect();
        snapshot
    };
    let query = query("2025-01", "2025-09");
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    let chosen = Chosen::parse(&evaluation, "0102").unwrap();
    let view = benchmark(&evaluation, &chosen, None);
    let seen: Vec<_> = view.rows.iter().map(|it| (it.value, it.rank)).collect();
    assert_eq!(seen, [(66.5, 1), (66.5, 1), (66.5, 1)]);
    assert!(view.rows.iter().all(|it| it.percentile == view.rows[0].percentile));

    // On the limit exactly, on it over months that differ, and a hair beyond it.
    builder = sample::builder();
    let mut snapshot = builder.build();
    snapshot.products = vec![row(0, 1098.0, 390.0), row(1, 333.0, 390.04)];
    let evaluation = Evaluation::new(&snapshot, &query, &[]);
    let view = targets(&evaluation, &sample::statuses(), &Findings::new(), criteria());
    let above = |name: &str| {
        let row = view.rows.iter().find(|it| it.unit.name == name)?;
        row.parts.iter().find(|it| it.reason == Reason::AboveLimit)
    };
    assert!(above("甲钢").is_none());
    let beyond = above("乙钢").expect("a hair beyond is beyond");
    assert!(
        beyond.evidence_zh.contains("390.04 kgce/t，超基准 390 的 0.01%"),
        "{}",
        beyond.evidence_zh
    );
}

/// A unit whose value added is below zero is left out and told; the others are decomposed.
#[test]
fn one_negative_member_stops_no_decomposition() {
    for by in [By::Unit, By::Industry, By::Region] {
        let mut builder = sample::builder();
        for at in 0..9 {
            builder.value_added(2, month(2024, 1).plus(at), if at == 3 { -9_000.0 } else { 100.0 });
        }
        let (snapshot, asked) = (builder.build(), query("2025-01", "2025-09"));
        let (spans, periods) = windows(asked.spans.asked, Some(UNTIL));
        let query = Query { spans, ..asked };
        let evaluation = Evaluation::new(&snapshot, &query, &[]);
        let view = decomposition(&evaluation, by, &periods).expect("the others remain");
        let told: Vec<_> =
            view.left_out.iter().map(|it| (it.name.zh.as_str(), it.reason.as_str())).collect();
        assert_eq!(told, [("乙钢", "negative_value_added")], "{by:?}");
        near(view.total.value, 9.0 * 110.0);
        near(Some(view.left_out_tce), 9.0 * 60.0);
    }
}

/// What caps take off the score still orders those who share it, and then what is at stake.
#[test]
fn caps_do_not_erase_the_order() {
    let (mut snapshot, mut statuses) = (sample::snapshot(), sample::statuses());
    for (unit, overdue) in [(0, 30), (1, 50), (2, 30)] {
        statuses[unit].meters_overdue = overdue;
    }
    snapshot.products.clear();
    let query = query("2025-01", "2025-09");
    let view =
        targets(&Evaluation::new(&snapshot, &query, &[]), &statuses, &Findings::new(), criteria());
    let seen: Vec<_> = view
        .rows
        .iter()
        .map(|it| (it.unit.name.as_str(), it.rank, it.score, it.before_caps))
        .collect();
    assert_eq!(
        seen,
        [
            ("乙钢", Some(1), 6.0, 60.0),
            ("甲钢", Some(2), 6.0, 36.0),
            ("丙大学", Some(3), 6.0, 36.0)
        ]
    );
    near(view.rows[1].at_stake_tce, 990.0);
    let ranks: Vec<_> = [1, 0, 2]
        .into_iter()
        .map(|unit| {
            let evaluation = Evaluation::new(&snapshot, &query, &[]);
            super::targets::score_of(&evaluation, &statuses, &Findings::new(), unit).map(|it| it.1)
        })
        .collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
}

#[test]
fn silence_is_as_long_as_it_is_and_ends_when_it_ends() {
    let (snapshot, mut statuses) = (sample::snapshot(), sample::statuses());
    let mut silent = |unit: usize, days: std::ops::RangeInclusive<usize>| {
        for ago in days {
            statuses[unit].set_recent(ago, Points { received: 0, expected: 24 });
        }
    };
    silent(0, 1..=30);
    silent(1, 2..=10);
    silent(2, 20..=30);
    statuses[0].last_day = Some(date(2024, 8, 26));
    let query = query("2025-01", "2025-09");
    let view =
        targets(&Evaluation::new(&snapshot, &query, &[]), &statuses, &Findings::new(), criteria());
    let found = |name: &str| {
        let row = view.rows.iter().find(|it| it.unit.name == name).unwrap();
        let part = row.parts.iter().find(|it| it.reason == Reason::Silent);
        part.unwrap().evidence_zh.clone()
    };
    assert_eq!(found("甲钢"), "断报 400 天（2024年8月27日–9月30日无日值）");
    assert_eq!(found("乙钢"), "断报 9 天（9月21日–9月29日无日值），已恢复");
    assert_eq!(found("丙大学"), "断报至少 11 天（9月1日–9月11日无日值），已恢复");
    let reason = &view.reasons[1];
    assert_eq!((reason.units, reason.ongoing), (3, Some(1)));
    assert_eq!(reason.note_zh, "其中 2 家已恢复；最长 400 天");
}

/// Two districts have levels, shares and an index between them: no growth, no pull, nothing required.
#[test]
fn districts_are_set_beside_each_other() {
    let mut builder = sample::builder();
    builder.target(target("region", "120101", "annual_fall", 2025, 2025, 0.03));
    let snapshot = builder.build();
    let mut asked = query("2025-01", "2025-09");
    asked.filter.region = vec!["120101".to_owned()];
    asked.comparison = Some(super::spans::Comparison::District("120102".to_owned()));
    let view = seen(&snapshot, &asked);
    near(view.total.value, 9.0 * 160.0);
    near(view.total.previous, 9.0 * 10.0);
    assert_eq!(view.total.change, None);
    near(view.total.index, 16.0);
    assert_eq!((view.intensity.required_fall, view.intensity.gap), (None, None));
    assert!(view.regions.iter().chain(&view.industries).all(|it| it.pull.is_none()));
    let electricity = view.composition.iter().find(|it| it.group == EnergyGroup::Electricity);
    let electricity = electricity.expect("a share");
    near(Some(electricity.share), 50.0 / 160.0);
    near(electricity.previous_share, 1.0);
    assert_eq!(electricity.change, None);
}

/// Over two years the comparison is two years, and two years' falls are required.
#[test]
fn several_years_are_assessed_by_what_several_years_require() {
    let mut builder = sample::builder();
    builder.target(target("region", "120000", "annual_fall", 2024, 2025, 0.03));
    let (snapshot, mut asked) = (builder.build(), query("2024-01", "2025-09"));
    let view = seen(&snapshot, &asked);
    assert_eq!(view.scope.compare_to, "2023-09-30");
    near(view.intensity.required_fall, 1.0 - 0.97 * 0.97);
    asked = query("2025-01", "2025-09");
    near(seen(&snapshot, &asked).intensity.required_fall, 0.03);
    assert!(seen(&snapshot, &asked).projection.is_some());
    // A year that is over is not projected.
    assert!(seen(&snapshot, &query("2024", "2024")).projection.is_none());
}
