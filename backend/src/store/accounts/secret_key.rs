//! The key that encrypts the secrets of second factors on disk: the operator's data key, or a file of the data folder,
//! so that a copy of the database alone does not give them away.

use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom, SystemRandom};

use crate::store::error::{Result, StoreError};
use crate::store::registry::cipher::Cipher;
use crate::store::registry::data_key::DataKey;

const FILE: &str = "account.key";

/// Where the key comes from; the file is made when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct SecretKey {
    file: PathBuf,
    data_key: Option<DataKey>,
    cipher: Cipher,
}

impl SecretKey {
    pub(super) fn of(folder: &Path, data_key: Option<&DataKey>, cipher: Cipher) -> Self {
        Self { file: folder.join(FILE), data_key: data_key.cloned(), cipher }
    }

    fn read(&self) -> Option<DataKey> {
        DataKey::parse(&std::fs::read_to_string(&self.file).ok()?, self.cipher)
    }

    fn make(&self) -> Result<DataKey> {
        let mut bytes = [0; 32];
        let none = || StoreError::DataKey("no random numbers".to_owned());
        SystemRandom::new().fill(&mut bytes).map_err(|_| none())?;
        std::fs::write(&self.file, const_hex::encode(bytes))?;
        self.read().ok_or_else(|| StoreError::DataKey(format!("{} is no key", self.file.display())))
    }

    pub(super) fn encrypt(&self, place: &str, text: &str) -> Result<String> {
        match self.data_key.clone().or_else(|| self.read()) {
            Some(key) => key.encrypt(place, text),
            None if self.file.exists() => {
                Err(StoreError::DataKey(format!("{} is no key", self.file.display())))
            }
            None => self.make()?.encrypt(place, text),
        }
    }

    /// What was encrypted with either key: a data key may be set later.
    pub(super) fn decrypt(&self, place: &str, encrypted: &str) -> Option<String> {
        let keys = self.data_key.clone().into_iter().chain(self.read());
        keys.into_iter().find_map(|key| key.decrypt(place, encrypted))
    }
}
