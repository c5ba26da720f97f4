//! The registration in force of each enterprise: from where its terminal registered, and what proved its last
//! registration. In memory for every message, on disk for the next start. Claims of strangers never change it.

use std::collections::HashMap;
use std::net::IpAddr;

use duckdb::{Connection, Row, params};
use jiff::civil::DateTime;
use nengce_shared::api::claim;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::old_secret::{Generation, OldSecret, RotationAsked};

/// Where a registration came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Registrant {
    /// Name of the profile.
    pub profile: String,
    pub address: Option<IpAddr>,
    /// Whether the address tells one client from another.
    pub address_proves: bool,
    /// SHA-256 of the client certificate.
    pub certificate: Option<String>,
    pub subject: Option<String>,
}

impl Registrant {
    /// The address, if it may serve as a proof.
    pub fn proven_address(&self) -> Option<IpAddr> {
        self.address.filter(|_| self.address_proves)
    }

    /// Whether its certificate or its address distinguishes it from all other clients.
    pub fn is_told_apart(&self) -> bool {
        self.certificate.is_some() || self.proven_address().is_some()
    }

    /// Reads profile, address, whether the address proves, certificate and subject from column `at` on.
    pub(crate) fn read(row: &Row<'_>, at: usize) -> duckdb::Result<Self> {
        let address: Option<String> = row.get(at + 1)?;
        Ok(Self {
            profile: row.get(at)?,
            address: address.and_then(|it| it.parse().ok()),
            address_proves: row.get(at + 2)?,
            certificate: row.get(at + 3)?,
            subject: row.get(at + 4)?,
        })
    }
}

#[cfg(test)]
impl Registrant {
    /// A registrant by profile and address, without a certificate. A text that is no address gives none.
    pub fn example(profile: &str, address: &str, address_proves: bool) -> Self {
        Self {
            profile: profile.to_owned(),
            address: address.parse().ok(),
            address_proves,
            certificate: None,
            subject: None,
        }
    }
}

impl From<&Registrant> for claim::Registrant {
    fn from(it: &Registrant) -> Self {
        Self {
            profile: it.profile.clone(),
            address: it.address.map(|it| it.to_string()),
            certificate: it.certificate.clone(),
            subject: it.subject.clone(),
        }
    }
}

/// What a registration was proved with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvedBy {
    /// The enterprise had no registration yet.
    First,
    Certificate,
    Secret,
    Address,
    Network,
    /// A one-time code.
    Code,
    /// An operator confirmed the claim.
    Operator,
    /// The token of the platform below that registered the unit.
    Platform,
}

impl ProvedBy {
    const ALL: [Self; 8] = [
        Self::First,
        Self::Certificate,
        Self::Secret,
        Self::Address,
        Self::Network,
        Self::Code,
        Self::Operator,
        Self::Platform,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Certificate => "certificate",
            Self::Secret => "secret",
            Self::Address => "address",
            Self::Network => "network",
            Self::Code => "code",
            Self::Operator => "operator",
            Self::Platform => "platform",
        }
    }

    /// Whether this proof is stronger than an address in a network.
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::Address | Self::Network)
    }

    fn parse(text: &str) -> Self {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == text);
        known.unwrap_or(Self::First)
    }
}

/// The registration in force of an enterprise.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    pub enterprise_code: String,
    /// Empty between a working key of Yunnan and the application that names the region.
    pub device_id: String,
    pub from: Registrant,
    pub registered_at: DateTime,
    pub proof: ProvedBy,
    pub proved_at: DateTime,
    /// The secret before the present one.
    pub old: Option<OldSecret>,
    /// Set while the terminal has still to fetch a new secret.
    pub rotation_asked: Option<RotationAsked>,
}

impl Registration {
    /// The secret before the present one, while it is accepted.
    pub fn accepted_old(&self, now: DateTime) -> Option<&OldSecret> {
        self.old.as_ref().filter(|it| it.is_accepted(now))
    }

    /// Whose secret a device id is; `None` where it is neither the present nor an accepted old one.
    pub fn generation_of(&self, device_id: &str, now: DateTime) -> Option<Generation> {
        if self.device_id == device_id {
            return Some(Generation::Current);
        }
        let old = self.accepted_old(now)?;
        (old.device_id == device_id).then_some(Generation::Old)
    }

    /// The device id of one of its secrets.
    pub fn device_of(&self, generation: Generation) -> &str {
        match (generation, &self.old) {
            (Generation::Old, Some(old)) => &old.device_id,
            _ => &self.device_id,
        }
    }

    /// The client certificate that one of its secrets is bound to.
    pub fn certificate_of(&self, generation: Generation) -> Option<&str> {
        match (generation, &self.old) {
            (Generation::Old, Some(old)) => old.certificate.as_deref(),
            _ => self.from.certificate.as_deref(),
        }
    }
}

#[derive(Debug, Default)]
pub struct Registrations {
    by_enterprise: HashMap<String, Registration>,
    /// Enterprises by certificate.
    by_certificate: HashMap<String, Vec<String>>,
}

impl Registrations {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut it = Self::default();
        each(conn, include_str!("sql/registrations.sql"), [], |row| {
            let proof: String = row.get(8)?;
            it.put(Registration {
                enterprise_code: row.get(0)?,
                device_id: row.get(1)?,
                from: Registrant::read(row, 2)?,
                registered_at: moment(row.get(7)?).unwrap_or_default(),
                proof: ProvedBy::parse(&proof),
                proved_at: moment(row.get(9)?).unwrap_or_default(),
                old: old_secret(row)?,
                rotation_asked: rotation_asked(row)?,
            });
            Ok(())
        })?;
        Ok(it)
    }

    pub fn get(&self, enterprise_code: &str) -> Option<&Registration> {
        self.by_enterprise.get(enterprise_code)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Registration> {
        self.by_enterprise.values()
    }

    /// Whether a certificate belongs to the registration of another enterprise.
    pub fn is_of_another(&self, certificate: &str, enterprise_code: &str) -> bool {
        self.by_certificate
            .get(certificate)
            .is_some_and(|it| it.iter().any(|it| it != enterprise_code))
    }

    pub fn put(&mut self, it: Registration) {
        self.end(&it.enterprise_code);
        if let Some(certificate) = &it.from.certificate {
            self.by_certificate
                .entry(certificate.clone())
                .or_default()
                .push(it.enterprise_code.clone());
        }
        self.by_enterprise.insert(it.enterprise_code.clone(), it);
    }

    /// The address of the terminal, unless its present device is another one by now.
    pub fn note_address(&mut self, of: &Registration, address: IpAddr) {
        let known = self.by_enterprise.get_mut(&of.enterprise_code);
        if let Some(it) = known.filter(|it| it.device_id == of.device_id) {
            it.from.address = Some(address);
            it.from.address_proves = true;
        }
    }

    /// From now on the old secret of an enterprise is not accepted, unless its present device is another one by now.
    pub fn close_overlap(&mut self, enterprise_code: &str, device_id: &str, now: DateTime) {
        let known = self.by_enterprise.get_mut(enterprise_code);
        let known = known.filter(|it| it.device_id == device_id);
        if let Some(old) = known.and_then(|it| it.old.as_mut()) {
            old.accepted_until = old.accepted_until.min(now);
        }
    }

    /// Enterprises whose old secret is over and not ended yet.
    pub fn with_old_over(&self, now: DateTime) -> Vec<String> {
        let is_over = |it: &&Registration| it.old.as_ref().is_some_and(|it| !it.is_accepted(now));
        self.iter().filter(is_over).map(|it| it.enterprise_code.clone()).collect()
    }

    pub fn end(&mut self, enterprise_code: &str) {
        let Some(old) = self.by_enterprise.remove(enterprise_code) else {
            return;
        };
        let Some(certificate) = old.from.certificate else {
            return;
        };
        if let Some(all) = self.by_certificate.get_mut(&certificate) {
            all.retain(|it| it != enterprise_code);
            if all.is_empty() {
                self.by_certificate.remove(&certificate);
            }
        }
    }
}

fn old_secret(row: &Row<'_>) -> duckdb::Result<Option<OldSecret>> {
    let (device_id, certificate): (Option<String>, _) = (row.get(10)?, row.get(11)?);
    let until = moment(row.get(12)?);
    let read = |(device_id, accepted_until)| OldSecret { device_id, certificate, accepted_until };
    Ok(device_id.zip(until).map(read))
}

fn rotation_asked(row: &Row<'_>) -> duckdb::Result<Option<RotationAsked>> {
    let (asked_at, by): (_, Option<String>) = (moment(row.get(13)?), row.get(14)?);
    Ok(asked_at.zip(by).map(|(at, by)| RotationAsked { at, by }))
}

/// A moment as the store prints it.
pub(crate) fn moment(text: Option<String>) -> Option<DateTime> {
    clock::read(&text?)
}

/// Ends the registration in force, if there is one.
pub(crate) fn write_end(conn: &Connection, enterprise_code: &str, now: DateTime) -> Result<()> {
    conn.execute(
        include_str!("sql/registration_end.sql"),
        params![clock::text(now), enterprise_code],
    )?;
    Ok(())
}

pub(crate) fn insert(conn: &Connection, it: &Registration) -> Result<()> {
    conn.execute(
        include_str!("sql/registration_insert.sql"),
        params![
            it.enterprise_code,
            it.device_id,
            it.from.profile,
            it.from.address.map(|it| it.to_string()),
            it.from.address_proves,
            it.from.certificate,
            it.from.subject,
            clock::text(it.registered_at),
            it.proof.as_str(),
            clock::text(it.proved_at),
            it.old.as_ref().map(|it| it.device_id.as_str()),
            it.old.as_ref().and_then(|it| it.certificate.as_deref()),
            it.old.as_ref().map(|it| clock::text(it.accepted_until)),
            it.rotation_asked.as_ref().map(|it| clock::text(it.at)),
            it.rotation_asked.as_ref().map(|it| it.by.as_str())
        ],
    )?;
    Ok(())
}

/// Writes what changes of the registration in force: its device, address and last proof, and its rotation.
pub(crate) fn update(conn: &Connection, it: &Registration) -> Result<()> {
    conn.execute(
        include_str!("sql/registration_update.sql"),
        params![
            it.device_id,
            it.from.address.map(|it| it.to_string()),
            it.from.address_proves,
            it.from.certificate,
            it.from.subject,
            it.proof.as_str(),
            clock::text(it.proved_at),
            it.old.as_ref().map(|it| it.device_id.as_str()),
            it.old.as_ref().and_then(|it| it.certificate.as_deref()),
            it.old.as_ref().map(|it| clock::text(it.accepted_until)),
            it.rotation_asked.as_ref().map(|it| clock::text(it.at)),
            it.rotation_asked.as_ref().map(|it| it.by.as_str()),
            it.enterprise_code
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(enterprise: &str, certificate: Option<&str>) -> Registration {
        Registration {
            enterprise_code: enterprise.to_owned(),
            device_id: "d".to_owned(),
            from: Registrant {
                profile: "anhui".to_owned(),
                address: None,
                address_proves: false,
                certificate: certificate.map(str::to_owned),
                subject: None,
            },
            registered_at: DateTime::default(),
            proof: ProvedBy::First,
            proved_at: DateTime::default(),
            old: None,
            rotation_asked: None,
        }
    }

    #[test]
    fn a_certificate_is_known_as_long_as_it_stands_for_someone() {
        let mut all = Registrations::default();
        all.put(registration("a", Some("ab")));
        assert!(all.is_of_another("ab", "b"));
        assert!(!all.is_of_another("ab", "a"));
        assert!(!all.is_of_another("cd", "b"));
        all.put(registration("a", Some("cd")));
        assert!(!all.is_of_another("ab", "b"));
        all.end("a");
        assert!(!all.is_of_another("cd", "b"));
    }
}
