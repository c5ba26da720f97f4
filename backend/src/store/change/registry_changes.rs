//! What a change means for the registry in memory, applied after the commit.

use nengce_core::reference::Dictionaries;

use crate::store::registry::claims::Claim;
use crate::store::registry::codes::Code;
use crate::store::registry::credentials::{Credential, Kind};
use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceEntry, UnitEntry};
use crate::store::state::Shared;

/// Changes of the registry in memory, applied after the commit.
#[derive(Default)]
pub struct RegistryChanges {
    pub(crate) units: Vec<UnitEntry>,
    pub(super) devices: Vec<DeviceEntry>,
    pub(crate) credentials: Vec<CredentialChange>,
    pub(crate) registrations: Vec<RegistrationChange>,
    pub(crate) claims: Vec<Claim>,
    /// The code in force of an enterprise, or none any more.
    pub(crate) codes: Vec<(String, Option<Code>)>,
    pub(super) dictionaries: Option<Dictionaries>,
}

/// A change of credentials.
pub(crate) enum CredentialChange {
    Put(Credential),
    /// The credential of one kind is deleted.
    Remove(String, Kind),
    /// All credentials of an enterprise are deleted.
    Clear(String),
}

/// A change of the registration of an enterprise.
pub(crate) enum RegistrationChange {
    Put(Box<Registration>),
    End(String),
}

impl RegistryChanges {
    pub fn apply(self, shared: &Shared) {
        let mut registry = shared.registry_mut();
        self.units.into_iter().for_each(|it| registry.put_unit(it));
        self.devices.into_iter().for_each(|it| registry.put_device(it));
        for it in self.credentials {
            match it {
                CredentialChange::Put(it) => registry.credentials.put(it),
                CredentialChange::Remove(code, kind) => registry.credentials.remove(&code, kind),
                CredentialChange::Clear(code) => registry.credentials.clear(&code),
            }
        }
        for it in self.registrations {
            match it {
                RegistrationChange::Put(it) => registry.registrations.put(*it),
                RegistrationChange::End(code) => registry.registrations.end(&code),
            }
        }
        for (enterprise, code) in self.codes {
            match code {
                Some(it) => registry.codes.put(it),
                None => registry.codes.take(&enterprise),
            }
        }
        let mut claims = shared.claims();
        self.claims.into_iter().for_each(|it| claims.put(it));
        drop(claims);
        if let Some(it) = self.dictionaries {
            shared.set_dictionaries(it);
        }
    }
}
