//! Ends claims, registrations and old secrets of terminals whose time is over.

use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::store::Store;
use crate::store::error::Result;
use crate::store::registry::claims;
use crate::store::registry::lapse::PendingLifetime;

/// Registrations that end in one transaction, so that uploads get in between.
const STEP: usize = 100;

impl Store {
    /// Ends every registration that lapsed; how many.
    pub async fn sweep_registrations(
        &self,
        now: DateTime,
        lifetime: PendingLifetime,
    ) -> Result<usize> {
        let lapsed = self.registry().lapsed(now, lifetime);
        for step in lapsed.chunks(STEP) {
            let step = step.to_vec();
            self.write(move |write| {
                for enterprise_code in &step {
                    write.end_lapsed(enterprise_code, now, lifetime)?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(lapsed.len())
    }

    /// Ends every old secret whose time is over.
    pub async fn sweep_old_secrets(&self, now: DateTime) -> Result<()> {
        let over = self.registry().registrations.with_old_over(now);
        for step in over.chunks(STEP) {
            let step = step.to_vec();
            self.write(move |write| {
                for enterprise_code in &step {
                    write.end_old_secret_that_is_over(
                        enterprise_code,
                        "device_overlap_hours",
                        now,
                    )?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    /// Ends claims whose time is over; expired ones leave the disk after the same time again.
    pub async fn sweep_claims(&self, now: DateTime, days: u32) -> Result<()> {
        let over = self.claims().take_over_time(now, days);
        if over.is_empty() {
            return Ok(());
        }
        self.write(move |write| {
            for claim_id in over {
                write.end_claim_over_time(claim_id, now, days)?;
            }
            let long = 2 * i64::from(days);
            claims::delete_expired(write.conn, now.saturating_sub(long.days()))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;
    use crate::store::change::Transaction;
    use crate::store::registry::registrations::{ProvedBy, Registrant, Registration};
    use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};

    const NOW: DateTime = datetime(2026, 3, 1, 12, 0, 0, 0);
    const LIFETIME: PendingLifetime = PendingLifetime { days: 30, without_device_minutes: 60 };

    fn registration(enterprise_code: &str, device_id: &str) -> Registration {
        Registration {
            enterprise_code: enterprise_code.to_owned(),
            device_id: device_id.to_owned(),
            from: Registrant::example("yunnan", "", false),
            registered_at: NOW,
            proof: ProvedBy::First,
            proved_at: NOW,
            old: None,
            rotation_asked: None,
        }
    }

    /// An approved device, one that waits, and a registration without one.
    fn fill(write: &mut Transaction<'_>) -> Result<()> {
        for (code, id, by) in [("a", "approved", Some("somebody")), ("b", "waits", None)] {
            let unit = UnitEntry {
                unit_id: 0,
                enterprise_code: code.to_owned(),
                name: code.to_owned(),
                region_code: "120112".to_owned(),
                industry_code: String::new(),
                class: "ten_thousand".to_owned(),
                approved: false,
            };
            let unit = write.put_unit(unit, NOW)?;
            let device = DeviceEntry {
                device_id: id.to_owned(),
                unit_id: unit.unit_id,
                state: DeviceState::Pending,
                upload_time: String::new(),
                last_seen: None,
            };
            write.new_device(device, by, NOW)?;
            write.put_registration(registration(code, id), NOW)?;
        }
        write.put_registration(registration("c", ""), NOW)
    }

    #[test]
    fn what_nobody_approved_ends_after_its_time_and_stays_ended() {
        let folder = tempfile::tempdir().expect("a folder");
        let limits = crate::store::tests::small();
        let store = Store::open(folder.path(), &limits).expect("the store opens");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let sweep = |store: &Store, now| {
            let swept = runtime.block_on(store.sweep_registrations(now, LIFETIME));
            swept.expect("it is swept")
        };
        let waiting = |store: &Store, now| store.registry().pending_count(now, LIFETIME);
        runtime.block_on(store.write(fill)).expect("it is written");
        assert_eq!((waiting(&store, NOW), sweep(&store, NOW)), (2, 0));
        let later = NOW.saturating_add(61.minutes());
        assert_eq!((waiting(&store, later), sweep(&store, later)), (1, 1));
        let late = NOW.saturating_add(31.days());
        assert_eq!((waiting(&store, late), sweep(&store, late)), (0, 1));
        assert_eq!(sweep(&store, late), 0);
        store.close();
        let store = Store::open(folder.path(), &limits).expect("it opens again");
        let state = |id: &str| store.registry().device(id).map(|it| it.state);
        assert_eq!(state("approved"), Some(DeviceState::Approved));
        assert_eq!(state("waits"), Some(DeviceState::Revoked));
        let standing = store.registry().registrations.iter().count();
        assert_eq!(standing, 1, "the approved one");
        store.close();
    }
}
