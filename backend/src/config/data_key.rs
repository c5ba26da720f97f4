//! The data key: where it is read from, and which servers may start without one.

use anyhow::{Result, bail};

use nengce_messages::profile::Proof;

use super::Config;
use super::profile_bindings::{self, ProfileBinding};
use super::secrets;

impl Config {
    /// The digits of the data key, if there is one.
    pub fn data_key_text(&self) -> Result<Option<String>> {
        secrets::read("data_key", &self.data_key, &self.data_key_file)
    }

    /// Whether the server is reached from elsewhere, by itself or through a proxy in front of it.
    fn is_exposed(&self, bindings: &[ProfileBinding]) -> bool {
        let listeners = bindings.iter().filter_map(|it| it.listen);
        self.tls_ends_in_front
            || std::iter::once(self.listen).chain(listeners).any(|it| !it.ip().is_loopback())
    }

    pub(super) fn check_data_key(&self) -> Result<()> {
        if !["aes256gcm", "sm4gcm"].contains(&self.data_cipher.as_str()) {
            bail!("data_cipher: {} is neither aes256gcm nor sm4gcm", self.data_cipher);
        }
        let bindings = profile_bindings::parse(&self.profiles)?;
        let keeps_keys =
            |it: &&ProfileBinding| matches!(it.profile.proof, Proof::SecretKey | Proof::AccessKey);
        let Some(binding) = bindings.iter().find(keeps_keys) else {
            return Ok(());
        };
        if !self.data_key.is_empty() || !self.data_key_file.as_os_str().is_empty() {
            return Ok(());
        }
        if self.is_exposed(&bindings) {
            bail!(
                "profiles: {binding} keeps keys of enterprises, and the server is reached from elsewhere: set \
                 NENGCE_DATA_KEY or data_key_file to 64 hexadecimal digits (openssl rand -hex 32), and keep them apart \
                 from the backups"
            );
        }
        tracing::warn!(
            profile = binding.profile.name,
            "keys of enterprises lie unencrypted in the data folder and its backups: set NENGCE_DATA_KEY or data_key_file"
        );
        Ok(())
    }
}
