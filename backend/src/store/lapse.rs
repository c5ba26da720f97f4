//! Registrations that nobody approved and whose terminal fell silent: they no longer count against the bounds, give way
//! to a new registration, and are deleted at night.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::Store;
use super::error::Result;
use super::registrations::Registration;
use super::registry::{DeviceState, Registry};
use super::write::Write;
use crate::config::Config;

/// Registrations that end in one transaction, so that uploads get in between.
const STEP: usize = 100;
/// Who ends them.
const BY: &str = "pending_device_days";

/// How long what nobody approved is waited for.
#[derive(Debug, Clone, Copy)]
pub struct PendingLifetime {
    /// Days without a sign of the terminal.
    pub days: u32,
    /// Minutes between a working key and the application that makes the device.
    pub without_device_minutes: u32,
}

impl PendingLifetime {
    pub fn of(config: &Config) -> Self {
        Self {
            days: config.pending_device_days,
            without_device_minutes: config.pending_without_device_minutes,
        }
    }
}

impl Registry {
    /// Whether it has no device yet, or one that nobody ever approved.
    fn is_waiting(&self, it: &Registration) -> bool {
        let is_pending =
            |id: &str| self.device(id).is_some_and(|it| it.state == DeviceState::Pending);
        it.device_id.is_empty() || is_pending(&it.device_id)
    }

    /// Whether nobody approved it, no code waits for its terminal, and that gave no sign for too long.
    pub fn is_lapsed(&self, it: &Registration, now: DateTime, lifetime: PendingLifetime) -> bool {
        if !self.is_waiting(it) || self.codes.get(&it.enterprise_code, now).is_some() {
            return false;
        }
        if it.device_id.is_empty() {
            let minutes = i64::from(lifetime.without_device_minutes);
            return it.registered_at.saturating_add(minutes.minutes()) < now;
        }
        let seen = self.device(&it.device_id).and_then(|it| it.last_seen);
        let last = it.registered_at.max(it.proved_at);
        let last = seen.map_or(last, |it| it.max(last));
        last.saturating_add(i64::from(lifetime.days).days()) < now
    }

    /// Enterprises that registered and that an operator has still to approve.
    pub fn pending_count(&self, now: DateTime, lifetime: PendingLifetime) -> usize {
        self.registrations
            .iter()
            .filter(|it| self.is_waiting(it) && !self.is_lapsed(it, now, lifetime))
            .count()
    }

    fn lapsed(&self, now: DateTime, lifetime: PendingLifetime) -> Vec<String> {
        self.registrations
            .iter()
            .filter(|it| self.is_lapsed(it, now, lifetime))
            .map(|it| it.enterprise_code.clone())
            .collect()
    }
}

impl Write<'_> {
    /// Ends a registration that lapsed; whether nobody stands for the enterprise now.
    pub fn end_lapsed(
        &mut self,
        enterprise_code: &str,
        now: DateTime,
        lifetime: PendingLifetime,
    ) -> Result<bool> {
        let Some(known) = self.registration(enterprise_code) else {
            return Ok(true);
        };
        if !self.is_lapsed(&known, now, lifetime) {
            return Ok(false);
        }
        self.release(enterprise_code, BY, now)?;
        Ok(true)
    }
}

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
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::super::registrations::{ProvedBy, Registrant};
    use super::super::registry::{DeviceEntry, UnitEntry};
    use super::*;

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
        }
    }

    /// An approved device, one that waits, and a registration without one.
    fn fill(write: &mut Write<'_>) -> Result<()> {
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
        let config = Config { data: folder.path().to_owned(), ..Config::default() };
        let limits = crate::commands::serve::store_config(&config).expect("limits");
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
