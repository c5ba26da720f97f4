//! Meters of a unit: what they measure, and when they were last calibrated.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::unit::{CityUnit, Meter, Role};

/// One meter at the gate for each metered energy, more inside for a large unit.
pub(super) fn meters(unit: &mut CityUnit, random: &mut ChaCha8Rng) {
    let inside = match unit.gross_tce {
        it if it >= 500_000.0 => 5,
        it if it >= 100_000.0 => 3,
        _ => 1,
    };
    let mut meters = Vec::new();
    let metered = unit.items.iter().filter(|it| matches!(it.role, Role::Energy { .. }));
    for item in metered {
        for level in std::iter::once(1u8).chain(std::iter::repeat_n(2, inside)) {
            let number = meters.len() + 1;
            let energy_type = item.data_code[13..17].to_owned();
            let cycle_days = if energy_type == "3300" { 730 } else { 365 };
            meters.push(Meter {
                code: format!("M{number:03}"),
                name: format!(
                    "{}{}计量",
                    item.name,
                    if level == 1 { "进出用能单位" } else { "次级用能单位" }
                ),
                level,
                state: if random.random_range(0..60) == 0 { 2 } else { 1 },
                accuracy_class: if energy_type == "3300" { "0.5S" } else { "1.0" },
                energy_type,
                calibrated: -random.random_range(5..cycle_days - 20),
                cycle_days,
                data_code: item.data_code.clone(),
            });
        }
    }
    unit.meters = meters;
}
