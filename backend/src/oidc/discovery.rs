//! What the provider says of itself (its addresses and keys): asked for when it is first needed, kept for a while, and
//! asked for again a bounded number of times where the provider is down.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use openidconnect::{IssuerUrl, ProviderMetadataWithLogout};
use parking_lot::RwLock;
use tokio::sync::Mutex;

use super::error::{OidcError, chain};
use crate::config::Config;
use crate::https_client::Https;

/// A provider that did not answer is not asked again within this time, and keys are not fetched anew more often.
const PAUSE: Duration = Duration::from_secs(5);
/// Between two tries of one request.
const BETWEEN_TRIES: Duration = Duration::from_millis(250);

type Metadata = Arc<ProviderMetadataWithLogout>;

pub(super) struct Discovery {
    issuer: IssuerUrl,
    http: Https,
    keep: Duration,
    tries: u32,
    known: RwLock<Option<(Instant, Metadata)>>,
    /// Held while the provider is asked; when it failed last, and why.
    failed: Mutex<Option<(Instant, OidcError)>>,
}

impl Discovery {
    pub(super) fn of(config: &Config) -> Result<Self> {
        let timeout = Duration::from_secs(config.oidc_timeout_seconds.into());
        let authorities = &config.oidc_authorities_file;
        Ok(Self {
            issuer: IssuerUrl::new(config.oidc_issuer.clone()).context("oidc_issuer")?,
            http: Https::new(
                ("oidc_authorities_file", authorities),
                timeout,
                ("max_oidc_answer_bytes", config.max_oidc_answer_bytes),
            )?,
            keep: Duration::from_secs(u64::from(config.oidc_metadata_minutes) * 60),
            tries: config.oidc_tries,
            known: RwLock::new(None),
            failed: Mutex::new(None),
        })
    }

    pub(super) fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    pub(super) fn http(&self) -> &Https {
        &self.http
    }

    /// What is known, however old.
    pub(super) fn known(&self) -> Option<Metadata> {
        self.known.read().as_ref().map(|it| Arc::clone(&it.1))
    }

    pub(super) async fn metadata(&self) -> Result<Metadata, OidcError> {
        self.not_older_than(self.keep).await
    }

    /// What the provider says now, for a key that was not known.
    pub(super) async fn renewed(&self) -> Result<Metadata, OidcError> {
        self.not_older_than(PAUSE).await
    }

    fn fresh(&self, age: Duration) -> Option<Metadata> {
        let known = self.known.read();
        known.as_ref().filter(|it| it.0.elapsed() < age).map(|it| Arc::clone(&it.1))
    }

    /// Where the provider fails, what was known before still serves.
    async fn not_older_than(&self, age: Duration) -> Result<Metadata, OidcError> {
        if let Some(it) = self.fresh(age) {
            return Ok(it);
        }
        let mut failed = self.failed.lock().await;
        // Whoever held the lock may have asked.
        if let Some(it) = self.fresh(age) {
            return Ok(it);
        }
        if let Some((at, why)) = failed.as_ref().filter(|it| it.0.elapsed() < PAUSE) {
            tracing::debug!(ago = ?at.elapsed(), "the sign-in provider failed just now");
            return self.known().ok_or_else(|| why.clone());
        }
        match self.ask().await {
            Ok(it) => {
                let metadata = Arc::new(it);
                *self.known.write() = Some((Instant::now(), Arc::clone(&metadata)));
                *failed = None;
                Ok(metadata)
            }
            Err(why) => {
                tracing::warn!(issuer = %self.issuer.as_str(), %why, "the sign-in provider does not answer");
                *failed = Some((Instant::now(), why.clone()));
                self.known().ok_or(why)
            }
        }
    }

    async fn ask(&self) -> Result<ProviderMetadataWithLogout, OidcError> {
        let mut tried = 0;
        loop {
            let issuer = self.issuer.clone();
            match ProviderMetadataWithLogout::discover_async(issuer, &self.http).await {
                Ok(it) => return Ok(it),
                Err(error) => {
                    tried += 1;
                    if tried >= self.tries {
                        return Err(OidcError::Unavailable(chain(&error)));
                    }
                }
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
    }
}
