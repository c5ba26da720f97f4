//! `GET /api/v1/intensity/decomposition`: LMDI between two years, against a computation of its own.

use nengce_shared::api::intensity::Decomposition;
use nengce_tests::support::figures::{check_near, check_some};

use super::city;

/// (E, VA) of 2024 and of 2025 per industry: steel, cement, chemistry.
fn industries() -> [[(f64, f64); 2]; 3] {
    let cement = (3571.5 + 714.3 + 1428.6, 3928.65 + 642.87 + 1428.6);
    [
        [(366.0 * 12_564.0, 1_440_000.0), (365.0 * 12_450.0, 1_500_000.0)],
        [(366.0 * cement.0, 408_000.0), (365.0 * cement.1, 416_400.0)],
        [(366.0 * 2430.0, 720_000.0), (365.0 * 2430.0, 792_000.0)],
    ]
}

fn log_mean(a: f64, b: f64) -> f64 {
    if (a - b).abs() < 1e-15 { a } else { (a - b) / (a / b).ln() }
}

/// A ratio of 2025 to 2024 of one industry.
type Ratio<'a> = dyn Fn(&[(f64, f64); 2]) -> f64 + 'a;

/// Multiplicative indices with normalised log-mean weights of shares: activity, structure, intensity.
fn indices() -> [f64; 3] {
    let rows = industries();
    let sum = |year: usize| {
        rows.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row[year].0, sum.1 + row[year].1))
    };
    let (before, now) = (sum(0), sum(1));
    let weights = rows.map(|row| log_mean(row[1].0 / now.0, row[0].0 / before.0));
    let norm: f64 = weights.iter().sum();
    let effect = |of: &Ratio<'_>| -> f64 {
        rows.iter()
            .zip(weights)
            .map(|(row, weight)| weight / norm * of(row).ln())
            .sum::<f64>()
            .exp()
    };
    [
        now.1 / before.1,
        effect(&|row| (row[1].1 / now.1) / (row[0].1 / before.1)),
        effect(&|row| (row[1].0 / row[1].1) / (row[0].0 / row[0].1)),
    ]
}

#[test]
fn indices_and_effects_are_complete() {
    let view: Decomposition =
        city().app.get("/api/v1/intensity/decomposition?from=2024&to=2025&by=industry").read();
    let [activity, structure, intensity] = indices();
    check_near(view.activity_index, activity, "activity");
    check_near(view.structure_index, structure, "structure");
    check_near(view.intensity_index, intensity, "intensity");
    check_some(view.total.value, 7_621_243.8, "2025");
    check_some(view.total.previous, 7_579_274.4, "2024");
    check_near(
        activity * structure * intensity,
        7_621_243.8 / 7_579_274.4,
        "the indices multiply to the change",
    );
    let effects = view.activity_tce + view.structure_tce + view.intensity_tce;
    assert!((effects - 41_969.4).abs() < 1e-6, "the effects add up to the change: {effects}");
    assert_eq!(view.members.len(), 3);
    let of_members: f64 =
        view.members.iter().map(|m| m.activity_tce + m.structure_tce + m.intensity_tce).sum();
    assert!((of_members - 41_969.4).abs() < 1e-6, "so do the members': {of_members}");
    assert!(view.left_out_tce.abs() < 1e-6, "every unit has value added: {}", view.left_out_tce);
}
