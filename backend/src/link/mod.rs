//! The link upward: this platform is a client of the platforms above. A task for each registers the units, uploads what changed
//! with the same messages as a terminal, and fetches dictionaries.

mod content;
pub mod dictionaries;
mod failure;
mod noted;
mod registering;
mod registration;
mod round;
pub mod rules;
mod unit;
mod work;
mod works;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nengce_client::{Centre, CentreSettings, ClientError};
use nengce_messages::profile;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;
use crate::config::link_file::{self, UpperConfig};
use crate::rest;
use crate::store::Store;
use crate::store::link::upper as standings;
use crate::store::registry::UnitEntry;

/// The platforms above.
pub struct Link {
    pub uppers: Vec<Upper>,
}

/// A platform above, and what is known of it only while the server runs.
pub struct Upper {
    pub config: UpperConfig,
    rules_sha256: String,
    centre: Centre,
    dictionaries_asked: Mutex<Option<Instant>>,
    /// Something changed that should not wait for the next round.
    wake: Notify,
}

impl Link {
    /// # Errors
    /// The file of the link, or one that it names, cannot be read.
    pub fn of(config: &Config) -> Result<Self> {
        let uppers = link_file::read(&config.link_file)?;
        Ok(Self { uppers: uppers.into_iter().map(Upper::new).collect::<Result<_>>()? })
    }

    /// The platform above with a name.
    pub fn upper(&self, name: &str) -> Option<&Upper> {
        self.uppers.iter().find(|it| it.config.name == name)
    }
}

impl Upper {
    fn new(config: UpperConfig) -> Result<Self> {
        let file = |it: &Path| (!it.as_os_str().is_empty()).then(|| it.to_owned());
        let settings = CentreSettings {
            name: config.name.clone(),
            url: config.url.clone(),
            profile: profile::by_name(&config.profile).context("profile")?,
            enterprise_code: String::new(),
            region: String::new(),
            authorities: file(&config.authorities),
            certificate: file(&config.certificate).zip(file(&config.certificate_key)),
            registration_code: None,
            application: None,
            platform_token: Some(config.token.clone()).filter(|it| !it.is_empty()),
            timeout: Duration::from_secs(config.timeout_seconds),
            max_answer_bytes: config.max_answer_bytes,
        };
        let centre =
            Centre::new(settings).with_context(|| format!("link_file: {}", config.name))?;
        Ok(Self {
            rules_sha256: rules::sha256(&config),
            centre,
            dictionaries_asked: Mutex::default(),
            wake: Notify::new(),
            config,
        })
    }

    /// The platform above as a unit speaks to it; one that is not registered shows its one-time code, where it has one.
    fn centre_for(&self, unit: &UnitEntry, is_registered: bool) -> Result<Centre> {
        let (code, region) = (&unit.enterprise_code, &unit.region_code);
        match self.config.registration_codes.get(code).filter(|_| !is_registered) {
            None => Ok(self.centre.for_unit(code, region)),
            Some(one_time) => Centre::new(CentreSettings {
                enterprise_code: code.clone(),
                region: region.clone(),
                registration_code: Some(one_time.clone()),
                ..self.centre.settings().clone()
            }),
        }
    }

    /// The next round begins now.
    pub fn wake(&self) {
        *self.dictionaries_asked.lock() = None;
        self.wake.notify_one();
    }
}

/// Sends to one platform above until the server ends.
pub async fn run(link: Arc<Link>, name: String, store: Store, config: Arc<Config>, clock: Clock) {
    let Some(upper) = link.upper(&name) else { return };
    let usual = Duration::from_secs(u64::from(config.link_round_seconds.max(1)));
    let mut failures: u32 = 0;
    loop {
        let done = round::once(upper, &store, &config, &clock).await;
        let rest = match &done {
            Ok(true) => Duration::ZERO,
            Ok(false) => usual,
            Err(error) => {
                note_failure(upper, &store, &clock, error).await;
                rest_after(error, &config, failures)
            }
        };
        failures = if done.is_ok() { 0 } else { failures.saturating_add(1) };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = upper.wake.notified() => {}
        }
    }
}

/// The rest after a failed round: as long as the platform above asks for, or doubled with each failure.
fn rest_after(error: &failure::RoundError, config: &Config, failures: u32) -> Duration {
    let longest = config.link_longest_rest_seconds.max(1);
    let doubled = rest::doubled(config.link_round_seconds, failures, longest.into());
    let asked = match error {
        failure::RoundError::Above(ClientError::Busy { retry_after, .. }) => *retry_after,
        _ => None,
    };
    let rest = asked.unwrap_or(Duration::from_secs(u64::try_from(doubled).unwrap_or(1)));
    rest.min(Duration::from_secs(longest.into()))
}

/// Keeps why a round failed, for the page of the link.
async fn note_failure(upper: &Upper, store: &Store, clock: &Clock, error: &failure::RoundError) {
    let name = upper.config.name.clone();
    let failure = match error {
        failure::RoundError::Above(error) => {
            tracing::warn!(upper = name, %error, "nothing goes up just now");
            failure::of(error, clock.now())
        }
        failure::RoundError::Store(error) => {
            return tracing::warn!(upper = name, %error, "a round of the link failed here");
        }
    };
    let noted = store.write_apart(move |conn| standings::note(conn, &name, Some(failure))).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the failure of a link is not kept");
    }
}
