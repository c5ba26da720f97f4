//! The decomposition against hand-computed figures and its laws.

use super::*;
use proptest::prelude::*;

fn period(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|&(energy, activity)| Point { energy, activity }).collect()
}

fn assert_close(found: Effects, expected: [f64; 3]) {
    let found = [found.activity, found.structure, found.intensity];
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
}

/// Two industries, worked by hand: 30 + 20 tce on 10 + 40 become 80 + 16 tce on 40 + 40.
/// Additive: L(80, 30) = 50/ln(8/3) = 50.97660…, L(16, 20) = 4/ln(5/4) = 17.92568…; structure
/// shares 0.2 → 0.5 and 0.8 → 0.5, intensities 3 → 2 and 0.5 → 0.4.
#[test]
fn two_industries_by_hand() {
    let it =
        decompose(&[period(&[(30.0, 10.0), (20.0, 40.0)]), period(&[(80.0, 40.0), (16.0, 40.0)])])
            .unwrap();
    assert_close(it.effects, [32.384_637_910_917, 38.284_867_350_226, -24.669_505_261_142]);
    assert_close(it.members[0], [23.959_503_032_895, 46.710_002_228_247, -20.669_505_261_142]);
    assert_close(it.members[1], [8.425_134_878_022, -8.425_134_878_022, -4.0]);
    assert_close(it.indices[0], [1.0, 1.0, 1.0]);
    assert_close(it.indices[1], [1.6, 1.712_647_150_752, 0.700_669_720_248]);
}

#[test]
fn doubling_everything_is_activity_alone() {
    let before = period(&[(30.0, 10.0), (20.0, 40.0)]);
    let after = period(&[(60.0, 20.0), (40.0, 80.0)]);
    let it = decompose(&[before, after]).unwrap();
    assert_close(it.effects, [50.0, 0.0, 0.0]);
    assert_close(it.indices[1], [2.0, 1.0, 1.0]);
}

#[test]
fn chaining_differs_from_the_ends_alone() {
    let years = [
        period(&[(30.0, 10.0), (20.0, 40.0)]),
        period(&[(90.0, 20.0), (10.0, 20.0)]),
        period(&[(80.0, 40.0), (16.0, 40.0)]),
    ];
    let chained = decompose(&years).unwrap();
    let ends = decompose(&[years[0].clone(), years[2].clone()]).unwrap();
    assert!((chained.indices[2].structure - ends.indices[1].structure).abs() > 1e-3);
    assert!((chained.indices[2].product() - 1.92).abs() < 1e-12);
    assert!((chained.effects.sum() - 46.0).abs() < 1e-12);
}

#[test]
fn zeros_take_their_limit() {
    // The second member opens with its energy; the third keeps producing without any.
    let before = period(&[(50.0, 50.0), (0.0, 0.0), (5.0, 10.0)]);
    let after = period(&[(50.0, 50.0), (20.0, 30.0), (0.0, 10.0)]);
    let it = decompose(&[before.clone(), after.clone()]).unwrap();
    assert_close(it.members[1], [0.0, 20.0, 0.0]);
    assert_close(it.members[2], [0.0, 0.0, -5.0]);
    assert!((it.effects.sum() - 15.0).abs() < 1e-12);
    assert!((it.indices[1].product() - 70.0 / 55.0).abs() < 1e-12);
    // The limit is what ever smaller numbers approach (slowly: the rest falls like 1/ln ε).
    let rest = |tiny: f64| {
        let mut near = before.clone();
        near[1] = Point { energy: tiny, activity: 10.0 * tiny };
        near[2].energy = 5.0;
        (decompose(&[near, after.clone()]).unwrap().members[1].structure - 20.0).abs()
    };
    assert!(rest(1e-300) < rest(1e-30) && rest(1e-300) < 0.1);
}

#[test]
fn energy_without_activity_counts_as_intensity() {
    let it =
        decompose(&[period(&[(50.0, 50.0), (10.0, 5.0)]), period(&[(50.0, 50.0), (8.0, 0.0)])])
            .unwrap();
    assert_eq!(it.members[1].structure, 0.0);
    assert!((it.effects.sum() + 2.0).abs() < 1e-12);
}

#[test]
fn what_cannot_be_decomposed_is_refused() {
    let good = period(&[(1.0, 1.0), (1.0, 1.0)]);
    let refuse = |second: &[(f64, f64)]| decompose(&[good.clone(), period(second)]).unwrap_err();
    assert_eq!(decompose(std::slice::from_ref(&good)), Err(LmdiError::TooShort));
    assert_eq!(refuse(&[(1.0, 1.0)]), LmdiError::Ragged { period: 1 });
    assert_eq!(refuse(&[(1.0, 1.0), (-1.0, 1.0)]), LmdiError::Value { period: 1, member: 1 });
    assert_eq!(refuse(&[(0.0, 1.0), (0.0, 1.0)]), LmdiError::EmptyTotal { period: 1 });
    let moved = decompose(&[period(&[(1.0, 1.0), (0.0, 1.0)]), period(&[(0.0, 1.0), (1.0, 1.0)])]);
    assert_eq!(moved, Err(LmdiError::LittleInCommon { period: 1 }));
}

fn years() -> impl Strategy<Value = Vec<Vec<Point>>> {
    let value = prop_oneof![1 => Just(0.0), 6 => 1e-3..1e6f64];
    (1usize..8, 2usize..6).prop_flat_map(move |(members, periods)| {
        let point = (value.clone(), value.clone());
        let one = proptest::collection::vec(point, members).prop_map(|mut it| {
            it.push((1e6, 1e6));
            period(&it)
        });
        proptest::collection::vec(one, periods)
    })
}

proptest! {
    #[test]
    fn nothing_is_left_over(years in years()) {
        let it = decompose(&years).unwrap();
        let energy: Vec<f64> = years.iter().map(|it| Totals::of(it).energy).collect();
        for (index, energy_now) in it.indices.iter().zip(&energy) {
            let expected = energy_now / energy[0];
            prop_assert!((index.product() / expected - 1.0).abs() < 1e-9);
        }
        let (first, last) = (energy[0], energy[energy.len() - 1]);
        let size = energy.iter().sum::<f64>();
        prop_assert!((it.effects.sum() - (last - first)).abs() < 1e-9 * size);
    }

    #[test]
    fn a_log_mean_lies_between_its_ends(a in 1e-6..1e9f64, b in 1e-6..1e9f64, near in -1e-5..1e-5f64) {
        for b in [b, a * (1.0 + near)] {
            let mean = log_mean(a, b);
            prop_assert!(a.min(b) * (1.0 - 1e-12) <= mean && mean <= a.max(b) * (1.0 + 1e-12));
            prop_assert!((mean / log_mean(b, a) - 1.0).abs() < 1e-9);
        }
    }
}
