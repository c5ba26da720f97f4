//! Checks the keys of the configuration that are about tokens.

use anyhow::{Result, bail};

use nengce_shared::api::meta::DEMO_TOKEN;

use super::Config;

/// Characters of an administrator's token, at least.
const ADMIN_TOKEN_LENGTH: usize = 16;

impl Config {
    pub(super) fn check_tokens(&self) -> Result<()> {
        let length = self.admin_token.trim().chars().count();
        if !self.admin_token.is_empty() && length < ADMIN_TOKEN_LENGTH {
            bail!(
                "admin_token: {length} characters can be guessed; it takes at least {ADMIN_TOKEN_LENGTH} \
                 (openssl rand -hex 24 makes one), or none"
            );
        }
        if self.admin_token.trim() == DEMO_TOKEN {
            bail!("admin_token: {DEMO_TOKEN} is the token of demos, which everybody knows");
        }
        if self.token_failures_waiting == 0 {
            bail!("token_failures_waiting: 0 would refuse every token");
        }
        Ok(())
    }
}
