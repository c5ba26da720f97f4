//! The API document of this server as JSON and as a page; each is written when somebody first asks for it.

use std::sync::OnceLock;

use utoipa::openapi::OpenApi;

use crate::config::profile_bindings::ProfileBinding;

/// The texts of the document, and the profiles whose addresses it describes.
pub struct ApiDocument {
    bindings: Vec<ProfileBinding>,
    operations: fn() -> OpenApi,
    json: OnceLock<String>,
    page: OnceLock<String>,
}

impl ApiDocument {
    /// The document of the `operations` of the router.
    pub fn new(bindings: &[ProfileBinding], operations: fn() -> OpenApi) -> Self {
        Self {
            bindings: bindings.to_vec(),
            operations,
            json: OnceLock::new(),
            page: OnceLock::new(),
        }
    }

    pub fn json(&self, write: impl FnOnce(OpenApi, &[ProfileBinding]) -> String) -> &str {
        self.json.get_or_init(|| write((self.operations)(), &self.bindings))
    }

    pub fn page(&self, write: impl FnOnce(OpenApi, &[ProfileBinding]) -> String) -> &str {
        self.page.get_or_init(|| write((self.operations)(), &self.bindings))
    }
}
