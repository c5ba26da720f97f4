//! Signed heads (Ed25519): the number and hash of an entry with a time, which prove the chain up to that entry.

use nengce_shared::api::audit::AuditHead;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// Hexadecimal digits of a key's secret part.
pub const SEED_DIGITS: usize = 64;

/// The key that signs heads.
pub struct HeadKey(Ed25519KeyPair);

impl HeadKey {
    /// The key of 64 hexadecimal digits; `None` where the text is something else.
    pub fn parse(digits: &str) -> Option<Self> {
        let seed: [u8; SEED_DIGITS / 2] = const_hex::decode_to_array(digits).ok()?;
        Ed25519KeyPair::from_seed_unchecked(&seed).ok().map(Self)
    }

    /// The public part, 64 hexadecimal digits.
    pub fn public_key(&self) -> String {
        const_hex::encode(self.0.public_key())
    }

    /// Signs a head.
    pub fn sign(&self, number: u64, hash: &str, at: &str) -> AuditHead {
        let signature = const_hex::encode(self.0.sign(&message(number, hash, at)));
        AuditHead {
            number,
            hash: hash.to_owned(),
            at: at.to_owned(),
            public_key: self.public_key(),
            signature,
        }
    }
}

fn message(number: u64, hash: &str, at: &str) -> Vec<u8> {
    format!("nengce audit head\n{number}\n{hash}\n{at}\n").into_bytes()
}

/// Whether the key that a head names has signed it. Whose key it is, the reader has to know.
pub fn signed_by_its_key(it: &AuditHead) -> bool {
    let (Ok(key), Ok(signature)) =
        (const_hex::decode(&it.public_key), const_hex::decode(&it.signature))
    else {
        return false;
    };
    let message = message(it.number, &it.hash, &it.at);
    UnparsedPublicKey::new(&ED25519, key).verify(&message, &signature).is_ok()
}
