//! Degree days: how far the days of a month lie below the heating base and above the cooling base.

/// A day colder than this, in the mean, needs heating: °C (HDD18 of JGJ 26, recalled).
pub const HEATING_BASE: f64 = 18.0;
/// A day hotter than this, in the mean, needs cooling: °C (CDD26 of JGJ 26, recalled).
pub const COOLING_BASE: f64 = 26.0;

/// The degree days of a month, °C·d.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DegreeDays {
    /// Sum of `HEATING_BASE` − mean over the days below it.
    pub heating: f64,
    /// Sum of mean − `COOLING_BASE` over the days above it.
    pub cooling: f64,
}
