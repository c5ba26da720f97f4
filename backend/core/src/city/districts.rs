//! What the invented city intends for each district: the size of its economy, its growth, its change of intensity and
//! the required fall, chosen so that every warning level occurs.

/// Intentions for one district.
#[derive(Debug, Clone, Copy)]
pub(super) struct District {
    /// Last two digits of the code.
    pub code: u8,
    /// GDP of 2024 in 10^8 yuan at 2020 prices.
    pub gdp: f64,
    pub gdp_growth: f64,
    /// Yearly change of energy per GDP.
    pub intensity_change: f64,
    /// Yearly fall required.
    pub required_fall: f64,
}

const fn d(
    code: u8,
    gdp: f64,
    gdp_growth: f64,
    intensity_change: f64,
    required_fall: f64,
) -> District {
    District { code, gdp, gdp_growth, intensity_change, required_fall }
}

pub(super) const DISTRICTS: [District; 16] = [
    d(1, 940.0, 0.046, -0.023, 0.022),
    d(2, 418.0, 0.045, -0.034, 0.026),
    d(3, 1235.0, 0.052, -0.031, 0.026),
    d(4, 892.0, 0.047, -0.047, 0.026),
    d(5, 524.0, 0.044, -0.029, 0.024),
    d(6, 231.0, 0.042, -0.021, 0.024),
    d(10, 912.0, 0.050, -0.024, 0.031),
    d(11, 1218.0, 0.061, -0.046, 0.031),
    d(12, 705.0, 0.043, -0.010, 0.031),
    d(13, 846.0, 0.054, -0.041, 0.032),
    d(14, 986.0, 0.058, -0.038, 0.030),
    d(15, 472.0, 0.049, -0.036, 0.029),
    d(16, 7420.0, 0.055, -0.0295, 0.033),
    d(17, 396.0, 0.040, 0.013, 0.031),
    d(18, 668.0, 0.041, 0.008, 0.033),
    d(19, 262.0, 0.038, -0.019, 0.024),
];

/// Fall required of the city each year, and over five years.
pub(super) const CITY_ANNUAL_FALL: f64 = 0.031;
pub(super) const CITY_FIVE_YEAR_FALL: f64 = 0.145;
