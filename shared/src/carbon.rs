//! Carbon dioxide of purchased electricity. The grid factors themselves are dictionary data.

/// Emissions in t CO2 of electricity in 10^4 kWh at a grid factor in kg/kWh
/// (1 kg/kWh = 10 t per 10^4 kWh).
pub fn electricity_co2_t(quantity_1e4_kwh: f64, kg_per_kwh: f64) -> f64 {
    quantity_1e4_kwh * kg_per_kwh * 10.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_gigawatt_hour_at_the_national_factor_of_2022() {
        let t = super::electricity_co2_t(100.0, 0.5366);
        assert!((t - 536.6).abs() < 1e-9);
    }
}
