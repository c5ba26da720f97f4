//! Energy intensity and unit product consumption, their change, and what a target requires.
//! Ratios are fractions throughout: 0.135 is 13.5 %.

/// Energy per output (E in tce over value added in 10^4 yuan at comparable prices, or kgce over
/// tonnes). `None` without a positive output.
pub fn ratio(energy: f64, output: f64) -> Option<f64> {
    (output > 0.0 && energy.is_finite()).then(|| energy / output)
}

/// Intensity of a group: ΣE / Σoutput, never the mean of the members' ratios.
pub fn group_ratio(members: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (energy, output) =
        members.into_iter().fold((0.0, 0.0), |(e, o), (energy, output)| (e + energy, o + output));
    ratio(energy, output)
}

/// Change of intensity from the growth of energy and of value added:
/// (1 + g_E)/(1 + g_GDP) − 1. `None` when value added vanished.
pub fn change(growth_energy: f64, growth_output: f64) -> Option<f64> {
    let base = 1.0 + growth_output;
    (base > 0.0).then(|| (1.0 + growth_energy) / base - 1.0)
}

/// Growth from `before` to `now` as a fraction; `None` without a positive base.
pub fn growth(now: f64, before: f64) -> Option<f64> {
    (before > 0.0 && now.is_finite()).then(|| now / before - 1.0)
}

/// Change of intensity between two periods from energies and outputs (outputs at the same
/// comparable prices).
pub fn intensity_change(
    energy_now: f64,
    energy_before: f64,
    output_now: f64,
    output_before: f64,
) -> Option<f64> {
    growth(ratio(energy_now, output_now)?, ratio(energy_before, output_before)?)
}

/// Cumulative fall required after `years` of a five-year target `fall`: 1 − (1 − D)^(t/5).
pub fn required_cumulative_fall(fall: f64, years: f64) -> f64 {
    1.0 - (1.0 - fall).powf(years / 5.0)
}

/// Fall required each year of a five-year target: the cumulative fall after one year.
pub fn required_annual_fall(fall: f64) -> f64 {
    required_cumulative_fall(fall, 1.0)
}

/// Cumulative fall achieved by yearly changes: 1 − Π(1 + change).
pub fn achieved_cumulative(changes: impl IntoIterator<Item = f64>) -> f64 {
    1.0 - changes.into_iter().map(|change| 1.0 + change).product::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn change_from_growths() {
        // Energy +2 %, value added +5 %: 1.02/1.05 − 1 = −3/105.
        assert!(close(change(0.02, 0.05).unwrap(), -3.0 / 105.0));
        assert_eq!(change(0.02, -1.0), None);
        let from_figures = intensity_change(102.0, 100.0, 210.0, 200.0).unwrap();
        assert!(close(from_figures, -3.0 / 105.0));
        assert_eq!(intensity_change(1.0, 0.0, 1.0, 1.0), None);
        assert_eq!(ratio(1.0, 0.0), None);
    }

    #[test]
    fn a_five_year_target_of_13_5_percent() {
        assert!(close(required_cumulative_fall(0.135, 5.0), 0.135));
        assert!(close(required_cumulative_fall(0.135, 0.0), 0.0));
        // 0.865^0.2 = 0.971411457…
        assert!((required_annual_fall(0.135) - 0.028_588_543).abs() < 1e-7);
        let same_each_year = achieved_cumulative([-required_annual_fall(0.135); 5]);
        assert!(close(same_each_year, 0.135));
        assert!(close(achieved_cumulative([-0.1, 0.1]), 0.01));
    }

    #[test]
    fn a_group_is_not_the_mean_of_its_members() {
        // 10 tce on 100 and 90 tce on 100 give 0.5; 10 on 900 and 90 on 100 give 0.1, mean 0.4556.
        assert!(close(group_ratio([(10.0, 900.0), (90.0, 100.0)]).unwrap(), 0.1));
        assert_eq!(group_ratio([]), None);
    }

    proptest! {
        #[test]
        fn a_group_lies_between_its_members(
            members in proptest::collection::vec((0.0..1e7f64, 1e-3..1e7f64), 1..30),
        ) {
            let ratios = members.iter().map(|(e, o)| e / o);
            let low = ratios.clone().fold(f64::INFINITY, f64::min);
            let high = ratios.fold(0.0, f64::max);
            let group = group_ratio(members).unwrap();
            prop_assert!(low * (1.0 - 1e-9) <= group && group <= high * (1.0 + 1e-9));
        }
    }
}
