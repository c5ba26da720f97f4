//! The API document of this server as JSON and as a page; each is written when somebody first asks for it.

use std::sync::OnceLock;

use crate::config::profile_bindings::ProfileBinding;

/// The texts of the document, and the profiles whose addresses it describes.
pub struct ApiDocument {
    bindings: Vec<ProfileBinding>,
    json: OnceLock<String>,
    page: OnceLock<String>,
}

impl ApiDocument {
    pub fn new(bindings: &[ProfileBinding]) -> Self {
        Self { bindings: bindings.to_vec(), json: OnceLock::new(), page: OnceLock::new() }
    }

    pub fn json(&self, write: impl FnOnce(&[ProfileBinding]) -> String) -> &str {
        self.json.get_or_init(|| write(&self.bindings))
    }

    pub fn page(&self, write: impl FnOnce(&[ProfileBinding]) -> String) -> &str {
        self.page.get_or_init(|| write(&self.bindings))
    }
}
