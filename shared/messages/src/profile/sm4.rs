//! The block cipher of the provinces, SM4 (GB/T 32907): ECB with PKCS7 padding as hexadecimal text, and one CBC block.

use std::fmt;

use ecb::cipher::block_padding::Pkcs7;
use ecb::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit,
};

/// Bytes of a block and of a key (GB/T 32907).
pub const BLOCK: usize = 16;

/// A key of SM4 (GB/T 32907); it is never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; BLOCK]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// The key made of these bytes.
    pub const fn new(bytes: [u8; BLOCK]) -> Self {
        Self(bytes)
    }

    /// The key that 32 hexadecimal digits write.
    pub fn from_hex(text: &str) -> Option<Self> {
        Some(Self(const_hex::decode(text).ok()?.try_into().ok()?))
    }

    /// The key made of the first 16 bytes of a text.
    pub fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.as_bytes().get(..BLOCK)?.try_into().ok()?))
    }

    /// Encrypts a text by ECB with PKCS7 padding, as lower-case hexadecimal digits.
    pub fn encrypt(&self, text: &str) -> String {
        let cipher = ecb::Encryptor::<sm4::Sm4>::new(&self.0.into());
        const_hex::encode(cipher.encrypt_padded_vec::<Pkcs7>(text.as_bytes()))
    }

    /// The text of what [`encrypt`](Self::encrypt) made; `None` for another key, a damaged padding, or no text.
    pub fn decrypt(&self, encrypted: &str) -> Option<String> {
        let bytes = const_hex::decode(encrypted.trim()).ok().filter(|it| !it.is_empty())?;
        let cipher = ecb::Decryptor::<sm4::Sm4>::new(&self.0.into());
        let plain = cipher.decrypt_padded_vec::<Pkcs7>(&bytes).ok()?;
        String::from_utf8(plain).ok()
    }

    /// Encrypts one block by CBC, as hexadecimal digits.
    pub fn encrypt_block(&self, block: [u8; BLOCK], iv: [u8; BLOCK]) -> String {
        let mut block = xor(block, iv).into();
        sm4::Sm4::new(&self.0.into()).encrypt_block(&mut block);
        const_hex::encode(block)
    }

    /// The inverse of [`Key::encrypt_block`]; `None` where the text is no block.
    pub fn decrypt_block(&self, encrypted: &str, iv: [u8; BLOCK]) -> Option<[u8; BLOCK]> {
        let bytes: [u8; BLOCK] = const_hex::decode(encrypted).ok()?.try_into().ok()?;
        let mut block = bytes.into();
        sm4::Sm4::new(&self.0.into()).decrypt_block(&mut block);
        Some(xor(block.into(), iv))
    }
}

fn xor(a: [u8; BLOCK], b: [u8; BLOCK]) -> [u8; BLOCK] {
    std::array::from_fn(|at| a[at] ^ b[at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of the standard (GB/T 32907-2016, appendix A.1).
    #[test]
    fn the_standard_s_example() {
        let key = Key::from_hex("0123456789abcdeffedcba9876543210").unwrap();
        let block = [
            0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54,
            0x32, 0x10,
        ];
        assert_eq!(key.encrypt_block(block, [0; BLOCK]), "681edf34d206965e86b3e94f536e4246");
    }

    /// Encrypted by another implementation (openssl enc -sm4-ecb).
    #[test]
    fn another_implementation_s_texts() {
        let key = Key::from_hex("000102030405060708090a0b0c0d0e0f").unwrap();
        for (text, encrypted) in [
            ("123.45", "015ca0374b21229dc900ae7e389b8808"),
            ("0", "28259d1aeb1f119a62d714d3d2c4a5dc"),
            (
                "2021-10-08 00:00:00",
                "fd998296d546950a90beff73fc291644da64d8bef1b82b2d78313eb9c31a9e67",
            ),
        ] {
            assert_eq!(key.encrypt(text), encrypted);
            assert_eq!(key.decrypt(&encrypted.to_uppercase()).as_deref(), Some(text));
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_again(key: [u8; BLOCK], text in ".{0,40}") {
            let key = Key::new(key);
            prop_assert_eq!(key.decrypt(&key.encrypt(&text)), Some(text));
        }

        #[test]
        fn a_block_opens_again(key: [u8; BLOCK], block: [u8; BLOCK], iv: [u8; BLOCK]) {
            let key = Key::new(key);
            prop_assert_eq!(key.decrypt_block(&key.encrypt_block(block, iv), iv), Some(block));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(key: [u8; BLOCK], text in ".{0,70}") {
            let _any = Key::new(key).decrypt(&text);
        }
    }
}
