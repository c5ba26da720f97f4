//! `GET /api/v1/benchmarks` and `/benchmarks/{product or industry}`.

use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_tests::support::figures::{check_near, check_some};

use super::city;

#[test]
fn clinker_by_hand() {
    let city = city();
    let view: BenchmarkView = city.app.get("/api/v1/benchmarks/0201?period=2025").read();
    let rows: Vec<_> = view.rows.iter().map(|row| (row.unit.name.as_str(), row.rank)).collect();
    assert_eq!(rows, [("武清水泥", 1), ("蓟北水泥", 2), ("静海水泥", 3)], "best first");
    let [wuqing, jizhou, jinghai] = &view.rows[..] else { panic!("three rows") };
    // Raw coal of the kiln · 714.3 kgce/t over clinker.
    check_near(wuqing.value, 800.0 * 714.3 / 5800.0, "Wuqing");
    check_near(jizhou.value, 114.288, "Jizhou");
    check_near(jinghai.value, 125.0025, "Jinghai");
    for (row, percentile) in view.rows.iter().zip([1.0 / 3.0, 2.0 / 3.0, 1.0]) {
        check_near(row.percentile, percentile, &row.unit.name);
    }
    check_some(jizhou.gap, 0.14288, "(114.288 − 100) / 100");
    assert_eq!([wuqing, jizhou, jinghai].map(|row| row.beyond_baseline), [false, false, true]);
    assert_eq!([wuqing.grade, jizhou.grade], [Some(1), Some(3)]);
    check_near(wuqing.potential_tce, 0.0, "better than the benchmark");
    check_near(jizhou.potential_tce, 14.288 * 25_000.0 * 365.0 / 1000.0, "Jizhou's potential");
    check_near(view.total_potential_tce, 130_378.0 + 91_259.125, "total potential");
    let distribution = view.distribution.expect("a distribution");
    let group = 6550.0 * 714.3 / 40_800.0;
    check_near(distribution.group_value, group, "ΣE/Σoutput");
    assert_eq!(view.reference, "benchmark");
    let limits = view.limits.expect("limits");
    assert!(
        !limits.edition.is_empty() && !limits.certainty.is_empty(),
        "source and certainty: {limits:?}"
    );
}

#[test]
fn a_chosen_unit_is_marked() {
    let city = city();
    let code = &city.unit("静海水泥").code;
    let view: BenchmarkView =
        city.app.get(&format!("/api/v1/benchmarks/0201?period=2025&unit={code}")).read();
    assert_eq!(view.selected.as_ref(), Some(code));
    assert!(view.months.iter().any(|month| month.unit_value.is_some()), "its own months");
}

#[test]
fn an_industry_is_ranked_by_energy_per_value_added() {
    let view: BenchmarkView = city().app.get("/api/v1/benchmarks/C30?period=2025").read();
    assert_eq!(view.subject.kind, "industry");
    let first = &view.rows[0];
    assert_eq!(first.unit.name, "武清水泥");
    check_near(first.value, 234_647.55 / 62_400.0, "tce per 10^4 yuan");
}

#[test]
fn the_subjects_are_listed_and_others_not_found() {
    let city = city();
    let subjects: BenchmarkSubjects = city.app.get("/api/v1/benchmarks").read();
    assert!(
        subjects.subjects.iter().any(|s| s.name.code == "0201" && s.units == 3),
        "{subjects:?}"
    );
    city.app.get("/api/v1/benchmarks/9999").problem(404, "not_found");
}
