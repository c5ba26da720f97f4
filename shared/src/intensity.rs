//! Energy intensity and unit product consumption, their change, and what a target requires.
//! Ratios are fractions throughout: 0.135 is 13.5 %.

/// Energy per output (E in tce over value added in 10^4 yuan at comparable prices, or kgce over
/// tonnes). `None` without a positive output.
pub fn ratio(energy: f64, output: f64) -> Option<f64> {
    (output > 0.0 && energy.is_finite()).then(|| energy / output)
}

/// Intensity of a group: ΣE / Σoutput, never the mean of the members' ratios.
pub fn group_ratio(members: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (energy, output) = members
        .into_iter()
        .fold((0.0, 0.0), |(e, o), (energy, output)| {
            (e + energy, o + output)
        });
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
    growth(
        ratio(energy_now, output_now)?,
        ratio(energy_before, output_before)?,
    )
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
    1.0 - changes
        .into_iter()
        .map(|change| 1.0 + change)
        .product::<f64>()
}
