//! Which edition of the dictionaries each terminal downloaded last, in memory since the server started. Only devices that
//! were let in are noted, so there are no more rows than devices.

use std::collections::HashMap;

use parking_lot::Mutex;

/// What is known of one device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Downloads {
    /// Edition and local time.
    pub downloaded: Option<(String, String)>,
    pub asked_at: Option<String>,
}

#[derive(Debug, Default)]
pub struct DictionaryDownloads(Mutex<HashMap<String, Downloads>>);

impl DictionaryDownloads {
    /// A device asked which edition is in force.
    pub fn note_question(&self, device_id: &str, at: String) {
        self.0.lock().entry(device_id.to_owned()).or_default().asked_at = Some(at);
    }

    /// A device downloaded an edition.
    pub fn note_download(&self, device_id: &str, edition: &str, at: String) {
        self.0.lock().entry(device_id.to_owned()).or_default().downloaded =
            Some((edition.to_owned(), at));
    }

    pub fn of(&self, device_id: &str) -> Downloads {
        self.0.lock().get(device_id).cloned().unwrap_or_default()
    }
}
