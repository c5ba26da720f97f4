//! The state that every handler receives: store, configuration, limits, clock.

pub mod audited_lately;
pub mod bulk_uploads;
pub mod demo_filling;
mod hourly_counts;
pub mod import_jobs;
pub mod message_budget;
pub mod password_pool;
pub mod publication;
pub mod registration_limits;
pub mod sign_in_failures;
pub mod token_failures;

use std::ops::Deref;
use std::sync::Arc;

use nengce_core::reference::Dictionaries;
use nengce_messages::profile::Profile;
use nengce_messages::profile::national::NATIONAL;
use nengce_messages::{Bounds, Leniency, stamp};

use self::audited_lately::AuditedLately;
use self::bulk_uploads::BulkUploads;
use self::demo_filling::FillingProgress;
use self::import_jobs::ImportJobs;
use self::message_budget::MessageBudget;
use self::password_pool::PasswordPool;
use self::publication::Publication;
use self::registration_limits::RegistrationLimits;
use self::sign_in_failures::SignInFailures;
use self::token_failures::TokenFailures;
use crate::clock::Clock;
use crate::config::Config;
use crate::http::transport::address_quota::AddressQuota;
use crate::http::transport::client_address::Proxies;
use crate::http::transport::connection_limits::ConnectionLimits;
use crate::http::transport::rate_limit::RateLimiter;
use crate::http::transport::response_limits::ResponseLimits;
use crate::http::views::{CubeCache, Snapshots};
use crate::link::Link;
use crate::oidc::Oidc;
use crate::panics::Parts;
use crate::store::Store;

/// The state of every handler and every layer: the server's services, and how one profile's terminals see the server.
#[derive(Clone)]
pub struct AppState {
    services: Arc<Services>,
    /// How the terminals of these routes speak.
    pub profile: &'static Profile,
    /// The address that terminals are told; it is known when the server listens.
    pub public_address: Arc<str>,
}

impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

/// The parts of the server that all requests share.
pub struct Services {
    pub store: Store,
    pub config: Arc<Config>,
    pub clock: Clock,
    /// The token of the commands on this machine, valid beside the configured one.
    pub local_token: Arc<str>,
    pub rates: RateLimiter,
    pub registrations: RegistrationLimits,
    /// The proxies that may name the client of a request.
    pub proxies: Arc<Proxies>,
    /// Invalid tokens, counted by address.
    pub failures: Arc<TokenFailures>,
    /// Threads that hash passwords.
    pub passwords: PasswordPool,
    /// Wrong passwords, by account and address.
    pub sign_in_failures: SignInFailures,
    /// The provider of an organisation where people sign in.
    pub oidc: Option<Oidc>,
    /// Bytes of terminals' messages held at once.
    pub message_budget: MessageBudget,
    /// Files written at once, and bytes of large responses.
    pub response_limits: ResponseLimits,
    pub snapshots: Snapshots,
    pub cubes: CubeCache,
    /// How far the first filling of an invented city has come.
    pub filling: Arc<FillingProgress>,
    /// Pages that listen for new data.
    pub listeners: Arc<tokio::sync::Semaphore>,
    /// The same, by address.
    pub listeners_by_address: Arc<AddressQuota>,
    /// True once the server stops, so that streams end.
    pub closing: tokio::sync::watch::Receiver<bool>,
    /// Imports under way.
    pub jobs: Arc<ImportJobs>,
    /// Uploads of industry systems under way.
    pub bulk: BulkUploads,
    /// Connections by address, and those that failed.
    pub connections: Arc<ConnectionLimits>,
    /// Parts that run as long as the server.
    pub parts: Parts,
    /// Looks and refusals that the audit log holds already.
    pub audited: AuditedLately,
    /// Held by whoever takes a step in an answer or a submission.
    pub submission_turns: tokio::sync::Mutex<()>,
    /// What anybody may read.
    /// The platforms above.
    pub link: Arc<Link>,
    pub publication: Publication,
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

impl AppState {
    /// The server as it is without a province's profile.
    pub fn new(services: Services, public_address: String) -> Self {
        let public_address = public_address.into();
        Self { services: Arc::new(services), profile: &NATIONAL, public_address }
    }

    /// The same server as the terminals of a profile see it.
    pub fn for_profile(&self, profile: &'static Profile, address: String) -> Self {
        Self { profile, public_address: address.into(), ..self.clone() }
    }

    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        self.store.dictionaries()
    }

    pub fn bounds(&self) -> Bounds {
        Bounds {
            now: stamp::seconds(self.clock.now()),
            future_skew_seconds: i64::from(self.config.future_skew_minutes) * 60,
            value_abs_max: self.config.value_abs_max,
            max_entries: self.config.max_entries_per_message,
            ends: None,
            rejected_limits: self.config.rejected_limits(),
            retired_before: self
                .store
                .retired_before()
                .map(|it| it.map_or(i64::MIN, |it| stamp::seconds(it.at(0, 0, 0, 0)))),
            leniency: Leniency {
                offset_minutes: self.clock.fixed_offset_minutes(),
                absent_is_valid: self.config.missing_valid_is_valid,
            },
        }
    }
}
