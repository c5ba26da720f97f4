//! Random noise that can be computed for any place and time, because it is a hash and not a stream.

/// A well-mixed 64-bit number from a seed and three keys.
pub(super) fn hash(seed: u64, a: u64, b: u64, c: u64) -> u64 {
    let mut x = seed ^ a.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for key in [b, c] {
        x = mix(x.wrapping_add(key.wrapping_mul(0xD1B5_4A32_D192_ED03)));
    }
    mix(x)
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Roughly normal with mean 0 and deviation 1, never beyond ±3.5.
pub(super) fn normal(seed: u64, a: u64, b: u64, c: u64) -> f64 {
    let h = hash(seed, a, b, c);
    let sum: u64 = (0..4).map(|it| (h >> (16 * it)) & 0xFFFF).sum();
    (sum as f64 / 65_535.0 - 2.0) * 1.732
}

/// A smooth curve through random knots every `step` days, mean 0, deviation about 1.
pub(super) fn smooth(seed: u64, a: u64, b: u64, day: i32, step: i32) -> f64 {
    let knot = day.div_euclid(step);
    let part = f64::from(day.rem_euclid(step)) / f64::from(step);
    let ease = part * part * (3.0 - 2.0 * part);
    let at = |k: i32| normal(seed, a, b, k as u32 as u64);
    at(knot) * (1.0 - ease) + at(knot + 1) * ease
}

#[cfg(test)]
mod tests {
    use super::{normal, smooth};

    #[test]
    fn noise_is_centred_and_repeatable() {
        let n = 20_000;
        let values: Vec<f64> = (0..n).map(|it| normal(7, 1, 2, it)).collect();
        let mean = values.iter().sum::<f64>() / n as f64;
        let variance = values.iter().map(|it| it * it).sum::<f64>() / n as f64;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        assert_eq!(normal(7, 1, 2, 3), normal(7, 1, 2, 3));
        assert!((smooth(7, 1, 2, 100, 20) - smooth(7, 1, 2, 101, 20)).abs() < 0.5);
    }
}
