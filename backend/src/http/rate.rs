//! Requests per device and minute, in fixed windows.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub struct RateLimiter {
    window: Mutex<(i64, HashMap<String, u32>)>,
}

impl RateLimiter {
    /// Counts a request at `now` (seconds); `Err` holds the seconds until the next window.
    pub fn take(&self, device_id: &str, now: i64, per_minute: u32) -> Result<(), u32> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.div_euclid(60);
        if window.0 != minute {
            *window = (minute, HashMap::new());
        }
        let count = window.1.entry(device_id.to_owned()).or_insert(0);
        *count += 1;
        if *count > per_minute {
            return Err(60 - now.rem_euclid(60) as u32);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimiter;

    #[test]
    fn each_device_has_its_minute() {
        let it = RateLimiter::default();
        assert_eq!(it.take("a", 90, 1), Ok(()));
        assert_eq!(it.take("a", 91, 1), Err(29));
        assert_eq!(it.take("b", 91, 1), Ok(()));
        assert_eq!(it.take("a", 120, 1), Ok(()));
    }
}
