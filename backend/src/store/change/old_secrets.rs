//! The rotation of a terminal's secret, inside the writer's transaction: who asked for it, the secret that is still accepted
//! after it, and the end of that one.

use jiff::civil::DateTime;
use nengce_core::audit::{ActorKind, Outcome};
use nengce_shared::api::audit::AuditEvent;

use crate::clock;
use crate::store::change::Transaction;
use crate::store::error::Result;
use crate::store::registry::credentials::{Credential, Kind};
use crate::store::registry::old_secret::{OldSecret, RotationAsked};
use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceEntry, DeviceState};

impl Transaction<'_> {
    /// Notes that the terminal of a device is to fetch a new secret; false if the device does not stand for its enterprise.
    pub fn ask_rotation(
        &mut self,
        enterprise_code: &str,
        device_id: &str,
        by: &str,
        now: DateTime,
    ) -> Result<bool> {
        let known = self.registration(enterprise_code);
        let Some(known) = known.filter(|it| it.device_id == device_id) else {
            return Ok(false);
        };
        let asked = RotationAsked { at: now, by: by.to_owned() };
        let rotation_asked = known.rotation_asked.clone().or(Some(asked));
        self.update_registration(Registration { rotation_asked, ..known })?;
        Ok(true)
    }

    /// Keeps the keys in force as the old ones, in place of older ones.
    pub fn keep_keys_as_old(&mut self, enterprise_code: &str, now: DateTime) -> Result<()> {
        for (current, old) in Kind::GENERATIONS {
            self.remove_credential(enterprise_code, old)?;
            let known = {
                let registry = self.shared.registry();
                registry.credentials.whole(enterprise_code, current).cloned()
            };
            if let Some(it) = known {
                self.remove_credential(enterprise_code, current)?;
                self.put_credential(Credential { kind: old, ..it }, now)?;
            }
        }
        Ok(())
    }

    /// Accepts the secret before the registration in force.
    pub fn accept_old_secret(&mut self, enterprise_code: &str, old: OldSecret) -> Result<()> {
        match self.registration(enterprise_code) {
            Some(known) => self.update_registration(Registration { old: Some(old), ..known }),
            None => Ok(()),
        }
    }

    /// Ends the old secret of an enterprise: its device is revoked and its keys are deleted. Returns its device id.
    pub fn end_old_secret(
        &mut self,
        enterprise_code: &str,
        by: &str,
        now: DateTime,
    ) -> Result<Option<String>> {
        let known = self.registration(enterprise_code);
        let Some((known, old)) = known.and_then(|it| it.old.clone().map(|old| (it, old))) else {
            return Ok(None);
        };
        self.update_registration(Registration { old: None, ..known })?;
        for (_, kind) in Kind::GENERATIONS {
            self.remove_credential(enterprise_code, kind)?;
        }
        self.revoke(&old.device_id, by, now)?;
        Ok(Some(old.device_id))
    }

    /// Ends the old secret of an enterprise if it is not accepted any more, and records why in the audit log.
    pub(crate) fn end_old_secret_that_is_over(
        &mut self,
        enterprise_code: &str,
        why: &str,
        now: DateTime,
    ) -> Result<()> {
        let old = self.registration(enterprise_code).and_then(|it| it.old);
        if old.is_none_or(|it| it.is_accepted(now)) {
            return Ok(());
        }
        let Some(device_id) = self.end_old_secret(enterprise_code, why, now)? else {
            return Ok(());
        };
        self.record_event(AuditEvent {
            at: clock::text(now),
            actor_kind: ActorKind::System.as_str().to_owned(),
            action: "device.old_secret_end".to_owned(),
            object_kind: "device".to_owned(),
            object: self.named(&device_id),
            outcome: Outcome::Done.as_str().to_owned(),
            reason: Some(why.to_owned()),
            ..AuditEvent::default()
        })
    }

    /// After the revocation of a device no old secret of it is accepted, and no new one is handed out; where the device is
    /// itself the old one, only that one ends.
    pub(super) fn end_rotation_of(
        &mut self,
        device: &DeviceEntry,
        by: &str,
        now: DateTime,
    ) -> Result<()> {
        let unit = self.unit_of(device.unit_id);
        let Some(known) = unit.and_then(|it| self.registration(&it.enterprise_code)) else {
            return Ok(());
        };
        let is_old = known.old.as_ref().is_some_and(|it| it.device_id == device.device_id);
        let is_current = known.device_id == device.device_id;
        if is_old || is_current {
            self.end_old_secret(&known.enterprise_code, by, now)?;
        }
        let known = self.registration(&known.enterprise_code);
        match known.filter(|it| is_current && it.rotation_asked.is_some()) {
            Some(it) => self.update_registration(Registration { rotation_asked: None, ..it }),
            None => Ok(()),
        }
    }

    /// Revokes a device, unless it is revoked already.
    pub(super) fn revoke(&mut self, device_id: &str, by: &str, now: DateTime) -> Result<()> {
        let changed = self.after.devices.iter().rev().find(|it| it.device_id == device_id);
        let state = changed.map(|it| it.state);
        let state = state.or_else(|| self.device(device_id).map(|it| it.state));
        if state.is_some_and(|it| it != DeviceState::Revoked) {
            self.set_device_state(device_id, DeviceState::Revoked, by, now)?;
        }
        Ok(())
    }
}
