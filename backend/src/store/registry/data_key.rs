//! Encrypts the keys of enterprises at rest with the operator's data key. Each is bound to its enterprise and kind, so that a
//! row cannot be copied into another's place. Memory holds them in the clear; disk, log and backups encrypted.

use std::fmt;

use duckdb::{Connection, params};

pub(crate) use super::cipher::ENCRYPTED_PREFIX;
use super::cipher::{self, Cipher};
use crate::store::database::each;
use crate::store::database::meta::{meta, set_meta};
use crate::store::error::{Result, StoreError};

/// The row that is encrypted at the first start with a key: it tells the right key from any other.
const CHECK_KEY: &str = "data_key_check";
const CHECK_TEXT: &str = "nengce data key";

/// The 32 bytes with which the keys of enterprises are encrypted on disk, and the cipher of what is encrypted from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey {
    bytes: [u8; 32],
    cipher: Cipher,
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str, cipher: Cipher) -> Option<Self> {
        let bytes = const_hex::decode(text.trim()).ok()?;
        Some(Self { bytes: bytes.try_into().ok()?, cipher })
    }

    /// Encrypts a text for a place, each time with another nonce.
    pub fn encrypt(&self, place: &str, text: &str) -> Result<String> {
        let encrypted = self.cipher.encrypt(&self.bytes, place, text);
        encrypted.ok_or_else(|| broken("a key could not be encrypted"))
    }

    /// Decrypts what was encrypted for the place; `None` with another key, for another place, or after a change.
    pub fn decrypt(&self, place: &str, encrypted: &str) -> Option<String> {
        cipher::decrypt(&self.bytes, place, encrypted)
    }
}

/// The place that the encryption of a credential is bound to.
pub fn place(enterprise_code: &str, kind: &str) -> String {
    format!("credential/{enterprise_code}/{kind}")
}

/// The plain text of a value from the disk, encrypted or not.
pub fn decrypted(key: Option<&DataKey>, place: &str, stored: String) -> Result<String> {
    if !stored.starts_with(ENCRYPTED_PREFIX) {
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
    each(conn, include_str!("sql/credentials_plain.sql"), params![ENCRYPTED_PREFIX], |row| {
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

    fn key(digits: &str, cipher: Cipher) -> DataKey {
        DataKey::parse(&digits.repeat(32), cipher).expect("a key")
    }

    #[test]
    fn what_is_encrypted_opens_with_its_key_in_its_place_alone_whichever_cipher_is_configured() {
        let here = place("911201120000000191", "secret_key");
        for (cipher, another) in
            [(Cipher::Aes256Gcm, Cipher::Sm4Gcm), (Cipher::Sm4Gcm, Cipher::Aes256Gcm)]
        {
            let key_of = key("0f", cipher);
            let encrypted = key_of.encrypt(&here, "0123456789abcdef").expect("it is encrypted");
            assert!(!encrypted.contains("0123456789abcdef"));
            assert_ne!(encrypted, key_of.encrypt(&here, "0123456789abcdef").expect("again"));
            for reader in [cipher, another] {
                let read = key("0f", reader).decrypt(&here, &encrypted);
                assert_eq!(read.as_deref(), Some("0123456789abcdef"));
            }
            assert_eq!(key("0e", cipher).decrypt(&here, &encrypted), None);
            let elsewhere = place("911201120000000191", "password");
            assert_eq!(key_of.decrypt(&elsewhere, &encrypted), None);
            let moved = encrypted.replacen("sealed:1:", "sealed:3:", 1).replacen(
                "sealed:2:",
                "sealed:1:",
                1,
            );
            assert_eq!(key_of.decrypt(&here, &moved), None);
            let mut damaged = encrypted.into_bytes();
            let last = damaged.len() - 1;
            damaged[last] ^= 1;
            assert_eq!(key_of.decrypt(&here, &String::from_utf8_lossy(&damaged)), None);
        }
        for short in ["sealed:1:00", "sealed:2:00", "sealed:", ""] {
            assert_eq!(key("0f", Cipher::Sm4Gcm).decrypt(&here, short), None);
        }
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        let parse = |text: &str| DataKey::parse(text, Cipher::default());
        assert!(parse(&format!(" {}\n", "Aa".repeat(32))).is_some());
        for text in ["", "00", &"0".repeat(63), &"0".repeat(66), &"g".repeat(64)] {
            assert_eq!(parse(text), None);
        }
        assert!(!format!("{:?}", key("07", Cipher::default())).contains('7'));
    }
}
