//! `GET /api/v1/inspection-targets`: a sum that can be redone by hand.

use nengce_analysis::targets::score::{arithmetic, degree, with_criteria};
use nengce_shared::api::targets::{InspectionTargets, Reason};
use nengce_shared::lang::Lang;
use nengce_tests::support::figures::check_near;

use super::city;

#[test]
fn scores_are_the_sums_of_their_parts() {
    let view: InspectionTargets =
        city().app.get("/api/v1/inspection-targets?from=2025&to=2025").read();
    for row in &view.rows {
        let sum: f64 = row.parts.iter().map(|part| part.points).sum();
        check_near(row.score, sum, &row.unit.name);
        for part in &row.parts {
            let criterion = view
                .criteria
                .iter()
                .find(|it| it.reason == part.reason)
                .expect("the criterion of the part");
            let points = criterion.weight * degree(criterion, part.value).min(1.0);
            check_near(part.points, points, &row.unit.name);
            let shown = format!("{points:.1}");
            assert!(arithmetic(criterion, part.value, Lang::En).ends_with(&shown), "{part:?}");
            assert!(!part.link.is_empty(), "{part:?}");
        }
        assert!(!row.sentence(Lang::Zh).is_empty() && !row.sentence(Lang::En).is_empty());
    }
    let scores: Vec<f64> = view.rows.iter().map(|row| row.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "highest first: {scores:?}");
}

#[test]
fn a_unit_beyond_its_baseline_is_among_them_with_the_reason() {
    let view: InspectionTargets =
        city().app.get("/api/v1/inspection-targets?from=2025&to=2025").read();
    let jinghai = view
        .rows
        .iter()
        .find(|row| row.unit.name == "静海水泥")
        .expect("beyond the baseline of clinker");
    let part =
        jinghai.parts.iter().find(|part| part.reason == Reason::AboveLimit).expect("the reason");
    assert!(part.evidence_zh.contains("125.0"), "the evidence is the figure: {part:?}");
    assert!(!view.rows.iter().any(|row| row.unit.name == "武清水泥"
        && row.parts.iter().any(|p| p.reason == Reason::AboveLimit)));
}

#[test]
fn a_unit_that_never_uploaded_comes_first_of_all() {
    let app = nengce_tests::support::app::TestApp::new();
    let silent = nengce_tests::support::enterprise::Enterprise::new("从未上报厂");
    app.terminal(&silent);
    let view: InspectionTargets = app.get("/api/v1/inspection-targets").read();
    let row = view.rows.first().expect("a target");
    assert_eq!(row.unit.enterprise_code, silent.code);
    assert_eq!(row.parts[0].reason, Reason::NeverUploaded, "{row:?}");
}

/// Other weights give the places that the browser gives to the same evidence; what cannot be read is refused with its place.
#[test]
fn criteria_of_the_address_change_the_ranking() {
    let app = &city().app;
    let usual: InspectionTargets = app.get("/api/v1/inspection-targets?from=2025&to=2025").read();
    let path =
        "/api/v1/inspection-targets?from=2025&to=2025&criteria=above_limit:0,completeness:30:100:0";
    let other: InspectionTargets = app.get(path).read();
    let in_browser = with_criteria(&usual, other.criteria.clone());
    let seen = |it: &InspectionTargets| -> Vec<_> {
        let rows = it.rows.iter().chain(&it.others);
        rows.map(|row| (row.unit.name.clone(), row.rank, row.score, row.sentence(Lang::Zh)))
            .collect()
    };
    assert_eq!(seen(&other), seen(&in_browser));
    let units = |it: &InspectionTargets| it.reasons.iter().map(|it| it.units).collect::<Vec<_>>();
    assert_eq!(units(&other), units(&in_browser));
    let points = |it: &InspectionTargets, reason| -> f64 {
        it.rows.iter().map(|row| row.points_of(reason)).sum()
    };
    assert!(points(&usual, Reason::AboveLimit) > 0.0, "the usual criteria see the limit");
    assert_eq!(points(&other, Reason::AboveLimit), 0.0);
    let wrong = app
        .get("/api/v1/inspection-targets?criteria=silent:5,above_limit:x")
        .problem(400, "parameter_invalid");
    assert!(wrong.to_string().contains("above_limit:x"), "{wrong}");
}
