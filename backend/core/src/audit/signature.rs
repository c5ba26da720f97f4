//! The key that signs heads, by Ed25519 (RFC 8032) or by SM2 (GB/T 32918.2), and the check of a signature by the public
//! key that stands with it.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sm2::dsa::signature::{Signer, Verifier};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};

/// Hexadecimal digits of a key's secret part, whichever the algorithm.
pub const SEED_DIGITS: usize = 64;

/// What a public key of SM2 begins with; one of Ed25519 stands bare, as it did before there was another.
const SM2_PREFIX: &str = "sm2:";

/// The name of the signer that a signature of SM2 covers: the default of GB/T 35276.
const SM2_SIGNER_ID: &str = "1234567812345678";

/// How heads are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignatureAlgorithm {
    /// Ed25519 (RFC 8032).
    #[default]
    Ed25519,
    /// SM2 with SM3 (GB/T 32918.2).
    Sm2,
}

impl SignatureAlgorithm {
    /// The word that the configuration holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::Sm2 => "sm2",
        }
    }

    /// The algorithm of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Ed25519, Self::Sm2].into_iter().find(|it| it.as_str() == word)
    }
}

/// The key that signs heads.
pub struct HeadKey(Secret);

enum Secret {
    Ed25519(Ed25519KeyPair),
    Sm2(Box<SigningKey>),
}

impl HeadKey {
    /// The key of 64 hexadecimal digits; `None` where the text is something else, or no key of the algorithm.
    pub fn parse(algorithm: SignatureAlgorithm, digits: &str) -> Option<Self> {
        let seed: [u8; SEED_DIGITS / 2] = const_hex::decode_to_array(digits).ok()?;
        Some(Self(match algorithm {
            SignatureAlgorithm::Ed25519 => {
                Secret::Ed25519(Ed25519KeyPair::from_seed_unchecked(&seed).ok()?)
            }
            SignatureAlgorithm::Sm2 => {
                Secret::Sm2(Box::new(SigningKey::from_slice(SM2_SIGNER_ID, &seed).ok()?))
            }
        }))
    }

    /// The public part in hexadecimal digits; of SM2 with its mark, as the uncompressed point.
    pub fn public_key(&self) -> String {
        match &self.0 {
            Secret::Ed25519(key) => const_hex::encode(key.public_key()),
            Secret::Sm2(key) => {
                format!("{SM2_PREFIX}{}", const_hex::encode(key.verifying_key().to_sec1_bytes()))
            }
        }
    }

    /// The signature of a message, 128 hexadecimal digits; of SM2 its numbers r and s.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        match &self.0 {
            Secret::Ed25519(key) => const_hex::encode(key.sign(message)),
            Secret::Sm2(key) => const_hex::encode(key.sign(message).to_bytes()),
        }
    }
}

/// Whether the key of this public part signed a message.
pub(super) fn is_signed(public_key: &str, message: &[u8], signature: &str) -> bool {
    let Ok(signature) = const_hex::decode(signature) else {
        return false;
    };
    match public_key.strip_prefix(SM2_PREFIX) {
        None => const_hex::decode(public_key).is_ok_and(|key| {
            UnparsedPublicKey::new(&ED25519, key).verify(message, &signature).is_ok()
        }),
        Some(point) => {
            let key = const_hex::decode(point).ok();
            let key = key.and_then(|it| VerifyingKey::from_sec1_bytes(SM2_SIGNER_ID, &it).ok());
            let signature = Signature::from_slice(&signature).ok();
            key.zip(signature).is_some_and(|(key, it)| key.verify(message, &it).is_ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use libsm::sm2::signature::SigCtx;
    use libsm::sm2::signature::Signature as Theirs;

    use super::*;

    const MESSAGE: &[u8] = b"nengce audit head\n7\n00\n2026-03-01 08:00:00\n";

    fn key(algorithm: SignatureAlgorithm) -> HeadKey {
        HeadKey::parse(algorithm, &"3b".repeat(32)).expect("a key")
    }

    #[test]
    fn either_algorithm_signs_and_no_signature_fits_another_message_or_key() {
        for algorithm in [SignatureAlgorithm::Ed25519, SignatureAlgorithm::Sm2] {
            assert_eq!(SignatureAlgorithm::parse(algorithm.as_str()), Some(algorithm));
            let it = key(algorithm);
            let signature = it.sign(MESSAGE);
            assert_eq!(signature.len(), 128);
            assert!(is_signed(&it.public_key(), MESSAGE, &signature));
            assert!(!is_signed(&it.public_key(), b"another", &signature));
            let other = HeadKey::parse(algorithm, &"3c".repeat(32)).expect("a key");
            assert!(!is_signed(&other.public_key(), MESSAGE, &signature));
            for damaged in ["", "00", &signature[2..], &"0".repeat(128), &"f".repeat(128)] {
                assert!(!is_signed(&it.public_key(), MESSAGE, damaged), "{damaged}");
            }
        }
        let (one, other) = (key(SignatureAlgorithm::Ed25519), key(SignatureAlgorithm::Sm2));
        assert!(!is_signed(&one.public_key(), MESSAGE, &other.sign(MESSAGE)));
        assert!(!is_signed(&other.public_key(), MESSAGE, &one.sign(MESSAGE)));
        for no_key in ["sm2:", "sm2:00", "sm2:zz", "", "00"] {
            assert!(!is_signed(no_key, MESSAGE, &other.sign(MESSAGE)), "{no_key}");
        }
        for no_key in ["00".repeat(32), "ff".repeat(32)] {
            assert!(HeadKey::parse(SignatureAlgorithm::Sm2, &no_key).is_none(), "{no_key}");
        }
    }

    /// GB/T 32918.5, appendix A.2.
    #[test]
    fn the_signature_of_the_standard_is_right() {
        let secret = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
        let public = concat!(
            "sm2:0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        );
        let signature = concat!(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        );
        let key = HeadKey::parse(SignatureAlgorithm::Sm2, secret).expect("a key");
        assert_eq!(key.public_key(), public);
        assert!(is_signed(public, b"message digest", signature));
    }

    #[test]
    fn another_library_reads_our_signatures_and_we_read_its() {
        let ours = key(SignatureAlgorithm::Sm2);
        let theirs = SigCtx::new();
        let secret = theirs.load_seckey(&[0x3b; 32]).expect("a key");
        let public = theirs.pk_from_sk(&secret).expect("a point");
        let point = theirs.serialize_pubkey(&public, false).expect("a point");
        assert_eq!(ours.public_key(), format!("sm2:{}", const_hex::encode(point)));

        let made = const_hex::decode(ours.sign(MESSAGE)).expect("hexadecimal digits");
        let (r, s) = made.split_at(32);
        assert!(theirs.verify(MESSAGE, &public, &Theirs::new(r, s)).expect("it is looked at"));

        let made = theirs.sign(MESSAGE, &secret, &public).expect("a signature");
        let number = |it: Vec<u8>| [vec![0; 32 - it.len()], it].concat();
        let both = [number(made.get_r().to_bytes_be()), number(made.get_s().to_bytes_be())];
        assert!(is_signed(&ours.public_key(), MESSAGE, &const_hex::encode(both.concat())));
    }
}
