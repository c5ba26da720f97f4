//! The sub-units of some units: processes, workshops and equipment with electricity meters of their own. They draw from no
//! random stream, so that the rest of the city does not depend on them.

use super::patterns::DemoPattern;
use super::unit::{CityUnit, Item, Line, Meter, Role};

/// Every twelfth unit has sub-meters, and the first one.
const EVERY: usize = 12;
const PLANT_ELECTRICITY: &str = "00-00-0000-023300-11";
const RATED_DAYS: i32 = 730;

/// A place in a unit (`PP-UU-DDDD`), its name, and its part of the plant's electricity.
type Place = (&'static str, &'static str, f64);

/// Of a plant whose processes send monthly energy.
const OF_PROCESSES: [Place; 6] = [
    ("02-00-0000", "烧结工序", 0.16),
    ("06-00-0000", "轧钢工序", 0.38),
    ("06-01-0000", "热轧线", 0.23),
    ("06-02-0000", "冷轧线", 0.14),
    ("06-01-0101", "粗轧主电机", 0.07),
    ("00-01-0000", "动力站", 0.20),
];
/// Of any other plant.
const OF_WORKSHOPS: [Place; 5] = [
    ("00-01-0000", "一车间", 0.50),
    ("00-02-0000", "二车间", 0.26),
    ("00-03-0000", "动力站", 0.18),
    ("00-03-0101", "空压机组", 0.10),
    ("00-03-0201", "制冷机组", 0.06),
];

/// Adds the items and meters of the sub-units.
pub(super) fn add(units: &mut [CityUnit]) {
    let has_them = |it: &&mut CityUnit| it.index == 0 || it.index % EVERY == 3;
    for unit in units.iter_mut().filter(has_them).filter(|it| it.uploads && !it.monthly) {
        let plant = unit.items.iter().position(|it| it.data_code == PLANT_ELECTRICITY);
        let Some(plant) = plant else { continue };
        let is_process = |it: &Item| matches!(it.role, Role::Process { .. });
        let places: &[Place] =
            if unit.items.iter().any(is_process) { &OF_PROCESSES } else { &OF_WORKSHOPS };
        for (nth, (place, name, share)) in places.iter().enumerate() {
            let item = item(place, name, plant, *share, unit.items[plant].base);
            // A process that sends its energy by the month is measured already.
            if unit.items.iter().any(|it| it.data_code == item.data_code) {
                continue;
            }
            unit.meters.push(meter(nth, &item));
            unit.items.push(item);
        }
    }
}

fn item(place: &str, name: &str, plant: usize, share: f64, base: f64) -> Item {
    let scope = match (&place[6..], &place[3..5]) {
        ("0000", "00") => 2,
        ("0000", _) => 3,
        _ => 4,
    };
    Item {
        data_code: format!("{place}-023300-11"),
        name: format!("{name}电力"),
        role: Role::SubUnit { plant, share },
        scope,
        base: base * share,
        line: Line::None,
        heating: 0.0,
        cooling: 0.0,
        pattern: DemoPattern::None,
        input_type: 4,
    }
}

fn meter(nth: usize, item: &Item) -> Meter {
    Meter {
        code: format!("S{:03}", nth + 1),
        name: format!("{}计量", item.name),
        level: if item.scope == 4 { 3 } else { 2 },
        state: 1,
        energy_type: "3300".to_owned(),
        accuracy_class: "0.5S",
        calibrated: -100 - 20 * nth as i32,
        cycle_days: RATED_DAYS,
        data_code: item.data_code.clone(),
    }
}
