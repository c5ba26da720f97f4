//! Keys, passwords and access keys of units: in memory for every message, on disk for the next start.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::data_key::{self, DataKey};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    SecretKey,
    /// What passwords are encrypted with.
    WorkingKey,
    /// Its SHA-256.
    Password,
    /// Its SHA-256.
    AccessKey,
}

impl Kind {
    const ALL: [Self; 4] = [Self::SecretKey, Self::WorkingKey, Self::Password, Self::AccessKey];

    fn as_str(self) -> &'static str {
        match self {
            Self::SecretKey => "secret_key",
            Self::WorkingKey => "working_key",
            Self::Password => "password",
            Self::AccessKey => "access_key",
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
    /// Enterprise by access key.
    access: HashMap<String, String>,
}

impl Credentials {
    pub fn load(conn: &Connection, key: Option<&DataKey>) -> Result<Self> {
        let (mut it, mut stored) = (Self::default(), Vec::new());
        each(conn, include_str!("sql/credentials.sql"), [], |row| {
            let kind: String = row.get(1)?;
            let expires: Option<String> = row.get(3)?;
            if let Some(kind) = Kind::ALL.into_iter().find(|it| it.as_str() == kind) {
                stored.push(Credential {
                    enterprise_code: row.get(0)?,
                    kind,
                    value: row.get(2)?,
                    expires_at: expires.and_then(|it| it.replace(' ', "T").parse().ok()),
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
        let key = (it.enterprise_code.clone(), it.kind);
        if it.kind == Kind::AccessKey {
            if let Some(old) = self.by_unit.get(&key) {
                self.access.remove(&old.value);
            }
            self.access.insert(it.value.clone(), it.enterprise_code.clone());
        }
        self.by_unit.insert(key, it);
    }

    /// Removes all credentials of an enterprise.
    pub fn clear(&mut self, enterprise_code: &str) {
        for kind in Kind::ALL {
            let gone = self.by_unit.remove(&(enterprise_code.to_owned(), kind));
            if let Some(it) = gone.filter(|it| it.kind == Kind::AccessKey) {
                self.access.remove(&it.value);
            }
        }
    }

    pub fn get(&self, enterprise_code: &str, kind: Kind) -> Option<&str> {
        self.by_unit.get(&(enterprise_code.to_owned(), kind)).map(|it| it.value.as_str())
    }

    /// The enterprise that an access key in force was given to.
    pub fn holder(&self, access_key: &str, now: DateTime) -> Option<&str> {
        let code = self.access.get(access_key)?;
        let it = self.by_unit.get(&(code.clone(), Kind::AccessKey))?;
        (it.expires_at? > now).then_some(code.as_str())
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
    conn.execute(include_str!("sql/credential_delete.sql"), params![it.enterprise_code, kind])?;
    conn.execute(
        include_str!("sql/credential_insert.sql"),
        params![it.enterprise_code, kind, value, clock::text(now), it.expires_at.map(clock::text)],
    )?;
    Ok(())
}

/// Deletes all credentials of an enterprise.
pub(crate) fn clear(conn: &Connection, enterprise_code: &str) -> Result<()> {
    conn.execute(include_str!("sql/credential_clear.sql"), params![enterprise_code])?;
    Ok(())
}
