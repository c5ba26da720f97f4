//! Encrypts what platforms above gave to units, with the data key where there is one.

use crate::store::Store;
use crate::store::error::Result;
use crate::store::registry::data_key;

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
