//! Encrypts what platforms above gave to units, with the data key where there is one; what was kept before there was one is
//! encrypted at the first start with it.

use duckdb::{Connection, params};

use super::units;
use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::registry::data_key::{self, DataKey};

/// Encrypts the registrations that lie plain, in one transaction; how many.
pub(crate) fn encrypt_plain(conn: &Connection, key: &DataKey) -> Result<usize> {
    let mut plain: Vec<(String, i32, String, String)> = Vec::new();
    let begins = params![data_key::ENCRYPTED_PREFIX];
    each(conn, include_str!("sql/registrations_plain.sql"), begins, |row| {
        plain.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        Ok(())
    })?;
    if plain.is_empty() {
        return Ok(0);
    }
    conn.execute_batch("BEGIN")?;
    let done = (|| {
        for (upper, unit_id, enterprise_code, text) in &plain {
            let encrypted = key.encrypt(&units::place(upper, enterprise_code), text)?;
            let row = params![upper, unit_id, encrypted];
            conn.execute(include_str!("sql/registration_encrypt.sql"), row)?;
        }
        Ok(conn.execute_batch("COMMIT")?)
    })();
    if done.is_err() {
        conn.execute_batch("ROLLBACK")?;
    }
    done.map(|()| plain.len())
}

impl Store {
    /// A text as it is kept for a place.
    pub(crate) fn encrypted(&self, place: &str, text: &str) -> Result<String> {
        match self.inner.shared.data_key() {
            Some(key) => key.encrypt(place, text),
            None => Ok(text.to_owned()),
        }
    }

    /// The plain text of what is kept for a place.
    pub(crate) fn decrypted(&self, place: &str, stored: String) -> Result<String> {
        data_key::decrypted(self.inner.shared.data_key(), place, stored)
    }
}
