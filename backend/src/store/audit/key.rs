//! The key that signs heads: read from its file, or made at the first start in a file that its owner alone can read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nengce_core::audit::{HeadKey, SEED_DIGITS, SignatureAlgorithm};

use crate::store::error::{Result, StoreError};

/// The file of the key in the data folder: each algorithm has its own.
fn file_name(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::Ed25519 => "audit.key",
        SignatureAlgorithm::Sm2 => "audit-sm2.key",
    }
}

/// Reads the key of `file`, or of the data folder; makes one there where there is none. On a full disk the key lasts as
/// long as the process.
pub(crate) fn load_or_make(
    folder: &Path,
    file: Option<&Path>,
    algorithm: SignatureAlgorithm,
) -> Result<HeadKey> {
    let path = file.map_or_else(|| folder.join(file_name(algorithm)), Path::to_owned);
    let digits = match std::fs::read_to_string(&path) {
        Ok(digits) => digits,
        Err(error) if error.kind() == ErrorKind::NotFound => made(&path)?,
        Err(error) => return Err(error.into()),
    };
    HeadKey::parse(algorithm, digits.trim()).ok_or_else(|| {
        StoreError::Refused(format!(
            "{} 不是 {SEED_DIGITS} 位十六进制的审计签名密钥 / {} does not hold {SEED_DIGITS} hexadecimal digits",
            path.display(),
            path.display()
        ))
    })
}

fn made(path: &Path) -> Result<String> {
    let digits = const_hex::encode(rand::random::<[u8; SEED_DIGITS / 2]>());
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut it| it.write_all(digits.as_bytes()).and_then(|()| it.sync_all()));
    match written {
        Err(error) if error.kind() == ErrorKind::StorageFull => {
            drop(std::fs::remove_file(path));
            tracing::warn!(%error, "no room for the key of the audit log; another one is made at the next start");
        }
        Err(error) => return Err(error.into()),
        Ok(()) => {
            tracing::info!(file = %path.display(), "a key that signs heads of the audit log was made")
        }
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        for (algorithm, name) in
            [(SignatureAlgorithm::Ed25519, "audit.key"), (SignatureAlgorithm::Sm2, "audit-sm2.key")]
        {
            let load = || load_or_make(folder.path(), None, algorithm);
            let key = load().expect("a key");
            assert_eq!(key.public_key(), load().expect("the same key").public_key());
            let path = folder.path().join(name);
            let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            std::fs::write(&path, "nonsense").expect("it is ours");
            assert!(load().is_err());
        }
    }
}
