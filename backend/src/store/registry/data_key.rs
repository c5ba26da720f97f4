//! Encrypts the keys of enterprises at rest with the operator's data key (AES-256-GCM). Each is bound to its enterprise
//! and kind, so that a row cannot be copied into another's place. Memory holds them in the clear; disk, log and backups
//! encrypted.

use std::fmt;

use duckdb::{Connection, params};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

use crate::store::database::each;
use crate::store::database::meta::{meta, set_meta};
use crate::store::error::{Result, StoreError};

/// Every encrypted value begins with this mark, and no plain one does.
const SEALED_MARK: &str = "sealed:1:";
/// The row that is encrypted at the first start with a key: it tells the right key from any other.
const CHECK_KEY: &str = "data_key_check";
const CHECK_TEXT: &str = "nengce data key";

/// The 32 bytes with which the keys of enterprises are encrypted on disk.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; 32]);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = const_hex::decode(text.trim()).ok()?;
        let key: [u8; 32] = bytes.try_into().ok()?;
        Some(Self(key))
    }

    fn cipher(&self) -> Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.0).map_err(|_| broken("the data key"))?;
        Ok(LessSafeKey::new(key))
    }

    /// Encrypts a text for a place, each time with another nonce.
    pub fn encrypt(&self, place: &str, text: &str) -> Result<String> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| broken("no random numbers"))?;
        let mut encrypted = text.as_bytes().to_vec();
        let aad = Aad::from(place.as_bytes());
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut encrypted)
            .map_err(|_| broken("a key could not be encrypted"))?;
        Ok(format!("{SEALED_MARK}{}{}", const_hex::encode(nonce), const_hex::encode(&encrypted)))
    }

    /// Decrypts what was encrypted for the place; `None` with another key, for another place, or after a change.
    pub fn decrypt(&self, place: &str, encrypted: &str) -> Option<String> {
        let mut bytes = const_hex::decode(encrypted.strip_prefix(SEALED_MARK)?).ok()?;
        if bytes.len() < NONCE_LEN {
            return None;
        }
        let mut encrypted = bytes.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&bytes).ok()?;
        let aad = Aad::from(place.as_bytes());
        let cipher = self.cipher().ok()?;
        let plain = cipher.open_in_place(nonce, aad, &mut encrypted).ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }
}

/// The place that the encryption of a credential is bound to.
pub fn place(enterprise_code: &str, kind: &str) -> String {
    format!("credential/{enterprise_code}/{kind}")
}

/// The plain text of a value from the disk, encrypted or not.
pub fn decrypted(key: Option<&DataKey>, place: &str, stored: String) -> Result<String> {
    if !stored.starts_with(SEALED_MARK) {
        return Ok(stored);
    }
    let key = key.ok_or_else(missing)?;
    key.decrypt(place, &stored)
        .ok_or_else(|| broken(&format!("{place} cannot be decrypted with the data key")))
}

/// Refuses a folder whose keys are encrypted with another key, or with one that is not given. Changes nothing.
pub fn check(conn: &Connection, key: Option<&DataKey>) -> Result<()> {
    let known: bool =
        conn.query_row(include_str!("../database/sql/meta_exists.sql"), [], |row| row.get(0))?;
    let encrypted = if known { meta(conn, CHECK_KEY)? } else { None };
    match (encrypted, key) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(missing()),
        (Some(encrypted), Some(key)) => match key.decrypt(CHECK_KEY, &encrypted).as_deref() {
            Some(CHECK_TEXT) => Ok(()),
            _ => Err(StoreError::DataKey(
                "数据密钥与封存本文件夹所用的不同 / the data key is not the one that the keys of this data folder are \
                 encrypted with (data_key_file, NENGCE_DATA_KEY); nothing was changed"
                    .to_owned(),
            )),
        },
    }
}

/// Encrypts the plain credentials in one transaction, at the first start with a key, and returns their number.
pub fn encrypt_plain(conn: &Connection, key: &DataKey) -> Result<usize> {
    let mut plain: Vec<(String, String, String)> = Vec::new();
    each(conn, include_str!("sql/credentials_plain.sql"), params![SEALED_MARK], |row| {
        plain.push((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    if plain.is_empty() && meta(conn, CHECK_KEY)?.is_some() {
        return Ok(0);
    }
    conn.execute_batch("BEGIN")?;
    let done = (|| {
        for (code, kind, value) in &plain {
            let encrypted = key.encrypt(&place(code, kind), value)?;
            conn.execute(
                include_str!("sql/credential_encrypt.sql"),
                params![encrypted, code, kind],
            )?;
        }
        set_meta(conn, CHECK_KEY, &key.encrypt(CHECK_KEY, CHECK_TEXT)?)?;
        Ok(conn.execute_batch("COMMIT")?)
    })();
    if done.is_err() {
        conn.execute_batch("ROLLBACK")?;
    }
    done.map(|()| plain.len())
}

fn missing() -> StoreError {
    StoreError::DataKey(
        "本文件夹中的企业密钥已加密封存，需要数据密钥 / the keys of enterprises in this data folder are encrypted: set \
         data_key_file or NENGCE_DATA_KEY to the key they were encrypted with"
            .to_owned(),
    )
}

fn broken(what: &str) -> StoreError {
    StoreError::DataKey(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_in_its_place_alone() {
        let key = DataKey::parse(&"0f".repeat(32)).expect("a key");
        let other = DataKey::parse(&"0e".repeat(32)).expect("a key");
        let here = place("911201120000000191", "secret_key");
        let encrypted = key.encrypt(&here, "0123456789abcdef").expect("it is encrypted");
        assert!(!encrypted.contains("0123456789abcdef"));
        assert_ne!(encrypted, key.encrypt(&here, "0123456789abcdef").expect("again"));
        assert_eq!(key.decrypt(&here, &encrypted).as_deref(), Some("0123456789abcdef"));
        assert_eq!(other.decrypt(&here, &encrypted), None);
        assert_eq!(key.decrypt(&place("911201120000000191", "password"), &encrypted), None);
        let mut damaged = encrypted.into_bytes();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert_eq!(key.decrypt(&here, &String::from_utf8_lossy(&damaged)), None);
        assert_eq!(key.decrypt(&here, "sealed:1:00"), None);
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        assert!(DataKey::parse(&format!(" {}\n", "Aa".repeat(32))).is_some());
        for text in ["", "00", &"0".repeat(63), &"0".repeat(66), &"g".repeat(64)] {
            assert_eq!(DataKey::parse(text), None);
        }
        assert!(!format!("{:?}", DataKey([7; 32])).contains('7'));
    }
}
