//! Checks the keys of the configuration that are about tokens.

use anyhow::{Result, bail};

use nengce_shared::api::meta::DEMO_TOKEN;

use super::Config;

/// Characters of a token of the configuration, at least.
const TOKEN_LENGTH: usize = 16;

impl Config {
    pub(super) fn check_tokens(&self) -> Result<()> {
        for (key, token) in
            [("admin_token", &self.admin_token), ("monitoring_token", &self.monitoring_token)]
        {
            let length = token.chars().count();
            if !token.is_empty() && length < TOKEN_LENGTH {
                bail!(
                    "{key}: {length} characters can be guessed; it takes at least {TOKEN_LENGTH} (openssl rand -hex 24 \
                     makes one), or none"
                );
            }
            if token == DEMO_TOKEN {
                bail!("{key}: {DEMO_TOKEN} is the token of demos, which everybody knows");
            }
        }
        if !self.admin_token.is_empty() && self.admin_token == self.monitoring_token {
            bail!("monitoring_token: it is the administrator's token; make another");
        }
        if self.token_failures_waiting == 0 {
            bail!("token_failures_waiting: 0 would refuse every token");
        }
        Ok(())
    }
}
