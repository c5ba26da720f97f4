//! Changes of registrations, claims and one-time codes, inside the writer's transaction.

use jiff::civil::DateTime;

use crate::store::change::{CredentialChange, RegistrationChange, Transaction};
use crate::store::error::Result;
use crate::store::registry::DeviceEntry;
use crate::store::registry::claims::{self, Claim, ClaimState, Claimant};
use crate::store::registry::codes::{self, Code};
use crate::store::registry::credentials;
use crate::store::registry::lapse::PendingLifetime;
use crate::store::registry::registrations::{self, Registration};

/// Who ends registrations that lapsed.
const LAPSED_BY: &str = "pending_device_days";

impl Transaction<'_> {
    /// The registration in force, one that this change made included.
    pub fn registration(&self, enterprise_code: &str) -> Option<Registration> {
        for it in self.after.registrations.iter().rev() {
            match it {
                RegistrationChange::Put(it) if it.enterprise_code == enterprise_code => {
                    return Some(Registration::clone(it));
                }
                RegistrationChange::End(it) if it == enterprise_code => return None,
                _ => {}
            }
        }
        let registry = self.shared.registry();
        registry.registrations.get(enterprise_code).cloned()
    }

    /// Whether a certificate belongs to the registration of another enterprise.
    pub fn is_certificate_of_another(&self, certificate: &str, enterprise_code: &str) -> bool {
        let registry = self.shared.registry();
        registry.registrations.is_of_another(certificate, enterprise_code)
    }

    /// Whether a registration lapsed.
    pub(crate) fn is_lapsed(
        &self,
        it: &Registration,
        now: DateTime,
        lifetime: PendingLifetime,
    ) -> bool {
        self.shared.registry().is_lapsed(it, now, lifetime)
    }

    /// A new registration; the one before ends.
    pub fn put_registration(&mut self, it: Registration, now: DateTime) -> Result<()> {
        registrations::write_end(self.conn, &it.enterprise_code, now)?;
        registrations::insert(self.conn, &it)?;
        self.after.registrations.push(RegistrationChange::Put(Box::new(it)));
        Ok(())
    }

    /// Another device, address or proof of the registration in force.
    pub fn update_registration(&mut self, it: Registration) -> Result<()> {
        registrations::update(self.conn, &it)?;
        self.after.registrations.push(RegistrationChange::Put(Box::new(it)));
        Ok(())
    }

    /// Undoes what binds an enterprise: registration, keys, password, certificate, code; its device is revoked.
    pub fn release(&mut self, enterprise_code: &str, by: &str, now: DateTime) -> Result<()> {
        if let Some(old) = self.registration(enterprise_code) {
            self.revoke(&old.device_id, by, now)?;
        }
        registrations::write_end(self.conn, enterprise_code, now)?;
        let ended = RegistrationChange::End(enterprise_code.to_owned());
        self.after.registrations.push(ended);
        credentials::clear(self.conn, enterprise_code)?;
        let cleared = CredentialChange::Clear(enterprise_code.to_owned());
        self.after.credentials.push(cleared);
        self.use_up_code(enterprise_code, now)
    }

    /// A device that existed before this change.
    pub fn device(&self, device_id: &str) -> Option<DeviceEntry> {
        self.shared.registry().device(device_id).cloned()
    }

    /// A device of a unit, approved by someone or waiting.
    pub fn new_device(
        &mut self,
        device: DeviceEntry,
        approved_by: Option<&str>,
        now: DateTime,
    ) -> Result<()> {
        self.create_device(device.clone(), now)?;
        match approved_by {
            Some(by) => self.approve_new(device, by, now),
            None => Ok(()),
        }
    }

    /// A claim that is in memory.
    pub fn claim(&self, claim_id: i32) -> Option<Claim> {
        self.shared.claims().by_id(claim_id).cloned()
    }

    /// The claim of a claimant.
    pub fn claim_of(&self, claimant: &Claimant) -> Option<Claim> {
        self.shared.claims().get(claimant).cloned()
    }

    /// Writes a claim, a new one or a changed one.
    pub fn put_claim(&mut self, mut it: Claim) -> Result<i32> {
        claims::write(self.conn, &mut it)?;
        let id = it.claim_id;
        self.after.claims.push(it);
        Ok(id)
    }

    /// Ends the claims of an enterprise that are in a state, except one claim.
    pub fn end_claims(
        &mut self,
        enterprise_code: &str,
        state: ClaimState,
        but: i32,
        reason: &str,
        now: DateTime,
    ) -> Result<()> {
        let ending: Vec<Claim> = self
            .shared
            .claims()
            .iter()
            .filter(|claim| {
                claim.enterprise_code == enterprise_code
                    && claim.state == state
                    && claim.claim_id != but
            })
            .cloned()
            .collect();
        for it in ending {
            self.put_claim(Claim {
                state: ClaimState::Expired,
                decided_at: Some(now),
                reason: Some(reason.to_owned()),
                ..it
            })?;
        }
        Ok(())
    }

    /// Ends a claim that still waits, in favour of a later one.
    pub fn give_way(&mut self, claim_id: i32, now: DateTime) -> Result<()> {
        let waits = self.claim(claim_id);
        if let Some(it) = waits.filter(|it| it.state == ClaimState::Pending) {
            self.put_claim(Claim {
                state: ClaimState::Expired,
                decided_at: Some(now),
                reason: Some("gave way to a later claim".to_owned()),
                ..it
            })?;
        }
        Ok(())
    }

    /// Ends a claim whose time is over, unless it was decided meanwhile.
    pub fn end_claim_over_time(&mut self, claim_id: i32, now: DateTime, days: u32) -> Result<()> {
        let over = self.claim(claim_id).filter(|it| it.is_over(now, days));
        if let Some(it) = over {
            self.put_claim(Claim { state: ClaimState::Expired, ..it })?;
        }
        Ok(())
    }

    /// The code in force.
    pub fn code(&self, enterprise_code: &str, now: DateTime) -> Option<Code> {
        let registry = self.shared.registry();
        registry.codes.get(enterprise_code, now).cloned()
    }

    /// A new code in place of the one in force.
    pub fn put_code(&mut self, it: Code, now: DateTime) -> Result<()> {
        codes::write_used(self.conn, &it.enterprise_code, now)?;
        codes::insert(self.conn, &it, now)?;
        self.after.codes.push((it.enterprise_code.clone(), Some(it)));
        Ok(())
    }

    /// No code is in force any more.
    pub fn use_up_code(&mut self, enterprise_code: &str, now: DateTime) -> Result<()> {
        codes::write_used(self.conn, enterprise_code, now)?;
        self.after.codes.push((enterprise_code.to_owned(), None));
        Ok(())
    }

    /// Ends a registration that lapsed; true if the enterprise has no registration now.
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
        self.release(enterprise_code, LAPSED_BY, now)?;
        Ok(true)
    }
}
