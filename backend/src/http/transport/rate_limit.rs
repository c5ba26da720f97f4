//! Limits requests per device and minute in fixed windows. Ids are hashed into a table of fixed size, so that invented
//! ids fill no memory; two rows with different hashes keep devices apart.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

const SLOTS: usize = 1 << 16;

pub struct RateLimiter {
    hashers: [RandomState; 2],
    window: Mutex<Window>,
}

struct Window {
    minute: i64,
    counts: [Vec<u32>; 2],
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self {
            hashers: [RandomState::new(), RandomState::new()],
            window: Mutex::new(Window {
                minute: i64::MIN,
                counts: [vec![0; SLOTS], vec![0; SLOTS]],
            }),
        }
    }
}

impl RateLimiter {
    /// Counts a request at `now` (seconds); `Err` holds the seconds until the next window.
    pub fn take(&self, id: &str, now: i64, per_minute: u32) -> Result<(), u32> {
        self.count(&(id, "any"), now, per_minute)
    }

    /// The same for a device that is not approved, whose pace is a slower one.
    pub fn take_pending(&self, id: &str, now: i64, per_minute: u32) -> Result<(), u32> {
        self.count(&(id, "pending"), now, per_minute)
    }

    fn count(&self, key: &(&str, &str), now: i64, per_minute: u32) -> Result<(), u32> {
        let places = [0, 1].map(|row| self.hashers[row].hash_one(key) as usize % SLOTS);
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.div_euclid(60);
        if window.minute != minute {
            window.minute = minute;
            window.counts.iter_mut().for_each(|it| it.fill(0));
        }
        let mut least = u32::MAX;
        for (counts, place) in window.counts.iter_mut().zip(places) {
            counts[place] = counts[place].saturating_add(1);
            least = least.min(counts[place]);
        }
        if least > per_minute {
            return Err(60 - now.rem_euclid(60) as u32);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimiter;
    use super::SLOTS;

    #[test]
    fn each_device_has_its_minute() {
        let it = RateLimiter::default();
        assert_eq!(it.take("a", 90, 1), Ok(()));
        assert_eq!(it.take("a", 91, 1), Err(29));
        assert_eq!(it.take("b", 91, 1), Ok(()));
        assert_eq!(it.take_pending("a", 91, 1), Ok(()));
        assert_eq!(it.take("a", 120, 1), Ok(()));
    }

    /// Made-up ids take no room, and known devices go on.
    #[test]
    fn ids_made_up_slow_nobody_down() {
        let it = RateLimiter::default();
        for at in 0..4 * SLOTS {
            assert_eq!(it.take(&format!("made up {at}"), 60, 6_000), Ok(()));
        }
        assert_eq!(it.take("a", 61, 200), Ok(()));
    }
}
