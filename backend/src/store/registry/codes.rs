//! One-time codes that an operator hands to a plant: only their hashes, one in force per enterprise.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::registrations::moment;

#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    pub enterprise_code: String,
    /// The device it was made for.
    pub device_id: String,
    /// SHA-256.
    pub hash: String,
    pub made_by: String,
    pub expires_at: DateTime,
}

#[derive(Debug, Default)]
pub struct Codes {
    by_enterprise: HashMap<String, Code>,
}

impl Codes {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut it = Self::default();
        each(conn, include_str!("sql/registration_codes.sql"), [], |row| {
            it.put(Code {
                enterprise_code: row.get(0)?,
                device_id: row.get(1)?,
                hash: row.get(2)?,
                made_by: row.get(3)?,
                expires_at: moment(row.get(4)?).unwrap_or_default(),
            });
            Ok(())
        })?;
        Ok(it)
    }

    /// The code in force.
    pub fn get(&self, enterprise_code: &str, now: DateTime) -> Option<&Code> {
        self.by_enterprise.get(enterprise_code).filter(|it| it.expires_at > now)
    }

    pub fn put(&mut self, it: Code) {
        self.by_enterprise.insert(it.enterprise_code.clone(), it);
    }

    pub fn take(&mut self, enterprise_code: &str) {
        self.by_enterprise.remove(enterprise_code);
    }
}

pub(crate) fn insert(conn: &Connection, it: &Code, now: DateTime) -> Result<()> {
    conn.execute(
        include_str!("sql/registration_code_insert.sql"),
        params![
            it.enterprise_code,
            it.device_id,
            it.hash,
            clock::text(now),
            it.made_by,
            clock::text(it.expires_at)
        ],
    )?;
    Ok(())
}

/// The code in force is used up.
pub(crate) fn write_used(conn: &Connection, enterprise_code: &str, now: DateTime) -> Result<()> {
    conn.execute(
        include_str!("sql/registration_code_used.sql"),
        params![clock::text(now), enterprise_code],
    )?;
    Ok(())
}
