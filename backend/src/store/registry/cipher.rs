//! The ciphers of secrets at rest: AES-256-GCM, or SM4-GCM (GB/T 32907) where a review asks for national algorithms. Each
//! encrypted text begins with the mark of its cipher, so that both are read whichever is configured.

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{AesGcm, Nonce as GcmNonce};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use sm3::{Digest, Sm3};
use sm4::Sm4;

/// What every encrypted text begins with, and no plain one does.
pub(crate) const ENCRYPTED_PREFIX: &str = "sealed:";

/// A cipher that also proves that nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cipher {
    /// AES-256-GCM.
    #[default]
    Aes256Gcm,
    /// SM4-GCM (RFC 8998); its key of 128 bits is the beginning of the SM3 of the data key.
    Sm4Gcm,
}

impl Cipher {
    const ALL: [Self; 2] = [Self::Aes256Gcm, Self::Sm4Gcm];

    /// The cipher of a word of the configuration.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "aes256gcm",
            Self::Sm4Gcm => "sm4gcm",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "sealed:1:",
            Self::Sm4Gcm => "sealed:2:",
        }
    }

    /// Encrypts a text for a place with a fresh nonce; `None` without random numbers.
    pub(super) fn encrypt(self, key: &[u8; 32], place: &str, text: &str) -> Option<String> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let encrypted = match self {
            Self::Aes256Gcm => {
                let mut bytes = text.as_bytes().to_vec();
                let nonce = Nonce::assume_unique_for_key(nonce);
                let aad = Aad::from(place.as_bytes());
                aes(key)?.seal_in_place_append_tag(nonce, aad, &mut bytes).ok()?;
                bytes
            }
            Self::Sm4Gcm => {
                let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
                sm4(key).encrypt(&GcmNonce::from(nonce), payload).ok()?
            }
        };
        let (nonce, encrypted) = (const_hex::encode(nonce), const_hex::encode(encrypted));
        Some(format!("{}{nonce}{encrypted}", self.mark()))
    }
}

/// Decrypts what either cipher encrypted for the place; `None` with another key, for another place, or after a change.
pub(super) fn decrypt(key: &[u8; 32], place: &str, encrypted: &str) -> Option<String> {
    let (cipher, digits) = Cipher::ALL
        .into_iter()
        .find_map(|it| encrypted.strip_prefix(it.mark()).map(|rest| (it, rest)))?;
    let bytes = const_hex::decode(digits).ok()?;
    let (nonce, encrypted) = bytes.split_first_chunk::<NONCE_LEN>()?;
    let plain = match cipher {
        Cipher::Aes256Gcm => {
            let mut bytes = encrypted.to_vec();
            let nonce = Nonce::assume_unique_for_key(*nonce);
            let aad = Aad::from(place.as_bytes());
            aes(key)?.open_in_place(nonce, aad, &mut bytes).ok()?.to_vec()
        }
        Cipher::Sm4Gcm => {
            let payload = Payload { msg: encrypted, aad: place.as_bytes() };
            sm4(key).decrypt(&GcmNonce::from(*nonce), payload).ok()?
        }
    };
    String::from_utf8(plain).ok()
}

fn aes(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key).ok().map(LessSafeKey::new)
}

fn sm4(key: &[u8; 32]) -> AesGcm<Sm4, U12> {
    let mut digest = Sm3::new_with_prefix(b"nengce sm4-gcm key\n");
    digest.update(key);
    let digest = digest.finalize();
    let (half, _) = digest.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    AesGcm::new(half.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8998, appendix A.1.
    #[test]
    fn sm4_gcm_is_the_one_of_the_standard() {
        let hex = |digits: &str| const_hex::decode(digits).expect("hexadecimal digits");
        let key: [u8; 16] = hex("0123456789abcdeffedcba9876543210").try_into().expect("16 bytes");
        let nonce: [u8; 12] = hex("00001234567800000000abcd").try_into().expect("12 bytes");
        let text = ["aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"].map(|it| it.repeat(8)).concat();
        let payload =
            Payload { msg: &hex(&text), aad: &hex("feedfacedeadbeeffeedfacedeadbeefabaddad2") };
        let cipher = AesGcm::<Sm4, U12>::new(&key.into());
        let made = cipher.encrypt(&GcmNonce::from(nonce), payload).expect("it is encrypted");
        let expected = concat!(
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
            "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
            "83de3541e4c2b58177e065a9bf7b62ec"
        );
        assert_eq!(const_hex::encode(made), expected);
        for it in Cipher::ALL {
            assert_eq!(Cipher::parse(it.as_str()), Some(it));
        }
    }
}
