//! Remembers, for item-days written lately, which quarter-hours of the day have a reading. A quarter-hour without a
//! mark is free for certain, so its reading is new without a look into the database. A mark may be wrong; a missing
//! mark never is.

use nengce_shared::stat_type::StatType;

use crate::store::commit::columnar_batch::FastMap;

/// Item-days of one generation; two are kept, 35 MB in all.
const ITEM_DAYS_PER_GENERATION: usize = 1 << 18;

/// (item, stat type, day) in one word.
pub type ItemDayKey = u64;

pub fn item_day(item_id: i32, stat_type: StatType, day: i32) -> ItemDayKey {
    (item_id as u32 as u64) << 32
        | u64::from(stat_type.code()) << 30
        | (day as u32 as u64 & 0x3fff_ffff)
}

#[derive(Debug, Default)]
pub struct OccupiedQuarterHours {
    young: FastMap<ItemDayKey, u128>,
    old: FastMap<ItemDayKey, u128>,
}

impl OccupiedQuarterHours {
    pub fn get(&mut self, key: ItemDayKey) -> Option<u128> {
        if let Some(it) = self.young.get(&key) {
            return Some(*it);
        }
        let it = self.old.remove(&key)?;
        self.young.insert(key, it);
        Some(it)
    }

    pub fn put(&mut self, key: ItemDayKey, slots: u128) {
        self.young.insert(key, slots);
    }

    /// Marks more of an item-day that is remembered.
    pub fn mark(&mut self, key: ItemDayKey, slots: u128) {
        if let Some(it) = self.young.get_mut(&key).or_else(|| self.old.get_mut(&key)) {
            *it |= slots;
        }
    }

    /// Between groups: forgets what was not asked for since the generation before.
    pub fn age(&mut self) {
        if self.young.len() >= ITEM_DAYS_PER_GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
    }

    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_outlives_its_generation() {
        let mut it = OccupiedQuarterHours::default();
        for item in 0..ITEM_DAYS_PER_GENERATION as i32 {
            it.put(item_day(item, StatType::RealTime, 20_000), 1);
        }
        it.age();
        assert_eq!(it.get(item_day(7, StatType::RealTime, 20_000)), Some(1));
        it.mark(item_day(7, StatType::RealTime, 20_000), 2);
        it.mark(item_day(8, StatType::RealTime, 20_000), 2);
        for item in 0..ITEM_DAYS_PER_GENERATION as i32 {
            it.put(item_day(item, StatType::Day, 20_000), 1);
        }
        it.age();
        assert_eq!(it.get(item_day(7, StatType::RealTime, 20_000)), Some(3));
        assert_eq!(it.get(item_day(8, StatType::RealTime, 20_000)), None);
    }
}
