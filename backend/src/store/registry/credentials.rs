//! Keys, passwords and access keys of units: in memory for every message, on disk for the next start.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::data_key::{self, DataKey};
use crate::store::registry::old_secret::Generation;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    SecretKey,
    /// What passwords are encrypted with.
    WorkingKey,
    /// Its SHA-256.
    Password,
    /// Its SHA-256.
    AccessKey,
    /// What a rotation put out of force, and what is accepted for a while.
    OldSecretKey,
    OldWorkingKey,
    OldPassword,
    OldAccessKey,
}

impl Kind {
    /// Each kind with that under which its value is kept after a rotation.
    pub(crate) const GENERATIONS: [(Self, Self); 4] = [
        (Self::SecretKey, Self::OldSecretKey),
        (Self::WorkingKey, Self::OldWorkingKey),
        (Self::Password, Self::OldPassword),
        (Self::AccessKey, Self::OldAccessKey),
    ];

    fn all() -> impl Iterator<Item = Self> {
        Self::GENERATIONS.into_iter().flat_map(|(current, old)| [current, old])
    }

    /// The kind of this one in a generation.
    pub fn of(self, generation: Generation) -> Self {
        let found = Self::GENERATIONS.into_iter().find(|it| it.0 == self);
        match (generation, found) {
            (Generation::Old, Some((_, old))) => old,
            _ => self,
        }
    }

    /// The generation of an access key; `None` for every other kind.
    fn generation_of_access_key(self) -> Option<Generation> {
        match self {
            Self::AccessKey => Some(Generation::Current),
            Self::OldAccessKey => Some(Generation::Old),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::SecretKey => "secret_key",
            Self::WorkingKey => "working_key",
            Self::Password => "password",
            Self::AccessKey => "access_key",
            Self::OldSecretKey => "old_secret_key",
            Self::OldWorkingKey => "old_working_key",
            Self::OldPassword => "old_password",
            Self::OldAccessKey => "old_access_key",
        }
    }
}

/// One credential of a unit; a new one of the same kind replaces it.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    pub enterprise_code: String,
    pub kind: Kind,
    pub value: String,
    pub expires_at: Option<DateTime>,
}

#[derive(Debug, Default)]
pub struct Credentials {
    by_unit: HashMap<(String, Kind), Credential>,
    /// Enterprise and generation by access key.
    access: HashMap<String, (String, Generation)>,
}

impl Credentials {
    pub fn load(conn: &Connection, key: Option<&DataKey>) -> Result<Self> {
        let (mut it, mut stored) = (Self::default(), Vec::new());
        each(conn, include_str!("sql/credentials.sql"), [], |row| {
            let kind: String = row.get(1)?;
            let expires: Option<String> = row.get(3)?;
            if let Some(kind) = Kind::all().find(|it| it.as_str() == kind) {
                stored.push(Credential {
                    enterprise_code: row.get(0)?,
                    kind,
                    value: row.get(2)?,
                    expires_at: expires.as_deref().and_then(clock::read),
                });
            }
            Ok(())
        })?;
        for mut found in stored {
            let place = data_key::place(&found.enterprise_code, found.kind.as_str());
            found.value = data_key::decrypted(key, &place, found.value)?;
            it.put(found);
        }
        Ok(it)
    }

    pub fn put(&mut self, it: Credential) {
        self.remove(&it.enterprise_code, it.kind);
        if let Some(generation) = it.kind.generation_of_access_key() {
            self.access.insert(it.value.clone(), (it.enterprise_code.clone(), generation));
        }
        self.by_unit.insert((it.enterprise_code.clone(), it.kind), it);
    }

    pub fn remove(&mut self, enterprise_code: &str, kind: Kind) {
        let gone = self.by_unit.remove(&(enterprise_code.to_owned(), kind));
        if let Some(it) = gone.filter(|it| it.kind.generation_of_access_key().is_some()) {
            self.access.remove(&it.value);
        }
    }

    /// Removes all credentials of an enterprise.
    pub fn clear(&mut self, enterprise_code: &str) {
        for kind in Kind::all() {
            self.remove(enterprise_code, kind);
        }
    }

    pub fn get(&self, enterprise_code: &str, kind: Kind) -> Option<&str> {
        self.whole(enterprise_code, kind).map(|it| it.value.as_str())
    }

    /// A credential with the time at which it expires.
    pub fn whole(&self, enterprise_code: &str, kind: Kind) -> Option<&Credential> {
        self.by_unit.get(&(enterprise_code.to_owned(), kind))
    }

    /// The enterprise that an access key was given to, and the generation of the key, unless it expired.
    pub fn holder(&self, access_key: &str, now: DateTime) -> Option<(&str, Generation)> {
        let (code, generation) = self.access.get(access_key)?;
        let it = self.whole(code, Kind::AccessKey.of(*generation))?;
        (it.expires_at? > now).then_some((code.as_str(), *generation))
    }
}

/// Writes a credential over the one of its kind, encrypted when there is a data key.
pub(crate) fn write(
    conn: &Connection,
    it: &Credential,
    key: Option<&DataKey>,
    now: DateTime,
) -> Result<()> {
    let kind = it.kind.as_str();
    let value = match key {
        Some(key) => key.encrypt(&data_key::place(&it.enterprise_code, kind), &it.value)?,
        _ => it.value.clone(),
    };
    delete(conn, &it.enterprise_code, it.kind)?;
    conn.execute(
        include_str!("sql/credential_insert.sql"),
        params![it.enterprise_code, kind, value, clock::text(now), it.expires_at.map(clock::text)],
    )?;
    Ok(())
}

/// Deletes the credential of a kind.
pub(crate) fn delete(conn: &Connection, enterprise_code: &str, kind: Kind) -> Result<()> {
    let sql = include_str!("sql/credential_delete.sql");
    conn.execute(sql, params![enterprise_code, kind.as_str()])?;
    Ok(())
}

/// Deletes all credentials of an enterprise.
pub(crate) fn clear(conn: &Connection, enterprise_code: &str) -> Result<()> {
    conn.execute(include_str!("sql/credential_clear.sql"), params![enterprise_code])?;
    Ok(())
}
