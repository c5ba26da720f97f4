//! Signed heads: the number and hash of an entry with a time, which prove the chain up to that entry.

use nengce_shared::api::audit::AuditHead;

use super::signature::{HeadKey, is_signed};

impl HeadKey {
    /// Signs a head.
    pub fn sign_head(&self, number: u64, hash: &str, at: &str) -> AuditHead {
        AuditHead {
            number,
            hash: hash.to_owned(),
            at: at.to_owned(),
            public_key: self.public_key(),
            signature: self.sign(&message(number, hash, at)),
        }
    }
}

fn message(number: u64, hash: &str, at: &str) -> Vec<u8> {
    format!("nengce audit head\n{number}\n{hash}\n{at}\n").into_bytes()
}

/// Whether the key that a head names has signed it. Whose key it is, the reader has to know.
pub fn signed_by_its_key(it: &AuditHead) -> bool {
    is_signed(&it.public_key, &message(it.number, &it.hash, &it.at), &it.signature)
}
