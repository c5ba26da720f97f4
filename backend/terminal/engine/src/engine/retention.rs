//! Removes what is too old, or what no longer fits: oldest first, and never what a centre has not acknowledged.

use super::facade::Engine;
use crate::calendar::{DAY, day_of};
use crate::error::EngineError;

/// Seconds between two looks at what is too old.
const PAUSE: i64 = 3600;
/// The part of the bound, in percent, above which the oldest acknowledged days go early.
const NEARLY_FULL: u64 = 90;

impl Engine {
    pub(super) fn prune(&mut self, now: i64) -> Result<(), EngineError> {
        let crowded = self.crowded()?;
        if !crowded
            && !self.full
            && now >= self.pruned_at
            && now.saturating_sub(self.pruned_at) < PAUSE
        {
            return Ok(());
        }
        let settled = day_of(self.store.settled_before()?.unwrap_or(i64::MAX / 2)).min(day_of(now));
        let wanted = day_of(now) - i64::from(self.settings.keep_days) * DAY;
        // A clock that is far ahead for an hour must not cost half a year: each look removes one day at most.
        let next = self.store.oldest_bucket()?.map_or(wanted, |it| day_of(it) + DAY);
        self.drop_before(wanted.min(settled).min(next), now)?;
        // Totals of this month are made out of totals of days: buckets of days that are summed may go.
        while self.crowded()? {
            let Some(oldest) = self.store.oldest_bucket()? else { break };
            let next = day_of(oldest) + DAY;
            if next > settled {
                break;
            }
            self.drop_before(next, now)?;
            self.note(
                "store",
                format!(
                    "存储接近上限，{} 及以前的数据已清理（均已确认）",
                    &crate::calendar::stamp(oldest)[..10]
                ),
                format!(
                    "The store is nearly full; data up to {} is removed (all acknowledged)",
                    &crate::calendar::stamp(oldest)[..10]
                ),
                now,
            );
        }
        self.pruned_at = now;
        if self.full {
            self.try_commit(now)?;
        }
        Ok(())
    }

    fn crowded(&self) -> Result<bool, EngineError> {
        Ok(self.store.used()? * 100 > (self.settings.max_disk_mb << 20) * NEARLY_FULL)
    }

    fn drop_before(&mut self, before: i64, now: i64) -> Result<(), EngineError> {
        let batch = self.store.begin()?;
        batch.drop_before(before)?;
        batch.trim(day_of(now) - 2 * i64::from(self.settings.keep_days) * DAY)?;
        batch.commit()
    }
}
