//! `GET /api/v1/inspection-targets`: a sum that can be redone by hand.

use nengce_shared::api::targets::{InspectionTargets, Reason};
use nengce_tests::support::figures::check_near;

use super::city;

#[test]
fn scores_are_the_sums_of_their_parts() {
    let view: InspectionTargets =
        city().app.get("/api/v1/inspection-targets?from=2025&to=2025").read();
    assert!(!view.rules.is_empty());
    for row in &view.rows {
        let sum: f64 = row.parts.iter().map(|part| part.points).sum();
        check_near(row.score, sum, &row.unit.name);
        for part in &row.parts {
            let rule = view
                .rules
                .iter()
                .find(|rule| rule.reason == part.reason)
                .expect("the rule of the part");
            assert!(part.points > 0.0 && part.points <= rule.cap, "{part:?}");
            assert!(
                !part.arithmetic_zh.is_empty()
                    && !part.arithmetic_en.is_empty()
                    && !part.link.is_empty(),
                "{part:?}"
            );
        }
        assert!(!row.sentence_zh.is_empty() && !row.sentence_en.is_empty());
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
