//! Registrations that nobody approved and whose terminal fell silent: they no longer count against the bounds, give way
//! to a new registration, and are deleted at night.

use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceState, Registry};

/// How long a registration may wait for its approval.
#[derive(Debug, Clone, Copy)]
pub struct PendingLifetime {
    /// Days without a sign of the terminal.
    pub days: u32,
    /// Minutes between a working key and the application that makes the device.
    pub without_device_minutes: u32,
}

impl Registry {
    /// Whether it has no device yet, or one that nobody ever approved.
    fn is_waiting(&self, it: &Registration) -> bool {
        let is_pending =
            |id: &str| self.device(id).is_some_and(|it| it.state == DeviceState::Pending);
        it.device_id.is_empty() || is_pending(&it.device_id)
    }

    /// Whether the registration was never approved, has no code for its terminal, and the terminal was silent for too long.
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

    pub fn lapsed(&self, now: DateTime, lifetime: PendingLifetime) -> Vec<String> {
        self.registrations
            .iter()
            .filter(|it| self.is_lapsed(it, now, lifetime))
            .map(|it| it.enterprise_code.clone())
            .collect()
    }
}
