//! The secrets of the configuration: each stands in a key or in a file, and is shown by no command.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Config;

/// Keys that hold a secret; each has a partner that names a file.
pub const SECRET_KEYS: [&str; 5] =
    ["admin_token", "monitoring_token", "data_key", "oidc_client_secret", "credit_push_token"];

/// A secret from its key or from the file that its partner names.
pub(super) fn read(key: &str, text: &str, file: &Path) -> Result<Option<String>> {
    let text = text.trim();
    match (text.is_empty(), file.as_os_str().is_empty()) {
        (true, true) => Ok(None),
        (false, true) => Ok(Some(text.to_owned())),
        (true, false) => {
            let read = std::fs::read_to_string(file)
                .with_context(|| format!("{key}_file: {} cannot be read", file.display()))?;
            Ok(Some(read.trim().to_owned()))
        }
        (false, false) => bail!("{key} and {key}_file: set one of them, not both"),
    }
}

impl Config {
    /// Puts the tokens and secrets of files into their keys.
    pub(super) fn read_tokens(&mut self) -> Result<()> {
        for (key, text, file) in [
            ("admin_token", &mut self.admin_token, &self.admin_token_file),
            ("monitoring_token", &mut self.monitoring_token, &self.monitoring_token_file),
            ("oidc_client_secret", &mut self.oidc_client_secret, &self.oidc_client_secret_file),
            ("credit_push_token", &mut self.credit_push_token, &self.credit_push_token_file),
        ] {
            *text = read(key, text, file)?.unwrap_or_default();
        }
        Ok(())
    }

    /// The configuration with a word in the place of each secret.
    pub fn without_secrets(mut self) -> Self {
        for text in [
            &mut self.admin_token,
            &mut self.monitoring_token,
            &mut self.data_key,
            &mut self.oidc_client_secret,
            &mut self.credit_push_token,
        ] {
            if !text.is_empty() {
                *text = "(set)".to_owned();
            }
        }
        self
    }
}
