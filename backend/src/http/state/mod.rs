//! The state that every handler receives: store, configuration, limits, clock.

pub mod api_document;
pub mod bulk_uploads;
pub mod demo_filling;
pub mod import_jobs;
pub mod message_budget;
pub mod registration_limits;

use std::ops::Deref;
use std::sync::Arc;

use nengce_core::ingest::profile::Profile;
use nengce_core::ingest::{Bounds, Leniency, stamp};
use nengce_core::reference::Dictionaries;

use self::api_document::ApiDocument;
use self::bulk_uploads::BulkUploads;
use self::demo_filling::FillingProgress;
use self::import_jobs::ImportJobs;
use self::message_budget::MessageBudget;
use self::registration_limits::RegistrationLimits;
use crate::clock::Clock;
use crate::config::Config;
use crate::http::access::token_failures::TokenFailures;
use crate::http::transport::address_quota::AddressQuota;
use crate::http::transport::client_address::Proxies;
use crate::http::transport::connection_limits::ConnectionLimits;
use crate::http::transport::rate_limit::RateLimiter;
use crate::http::transport::response_limits::ResponseLimits;
use crate::http::views::{CubeCache, Snapshots};
use crate::panics::Parts;
use crate::store::Store;

/// What every handler and every layer receives. Each of them takes a copy for each request, so a copy is one pointer.
#[derive(Clone)]
pub struct AppState(Arc<Services>);

impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

impl From<Services> for AppState {
    fn from(it: Services) -> Self {
        Self(Arc::new(it))
    }
}

#[derive(Clone)]
pub struct Services {
    pub store: Store,
    pub config: Arc<Config>,
    pub clock: Clock,
    /// Address terminals are told; known when the server listens.
    pub public_address: Arc<str>,
    /// How the terminals of this part of the surface speak.
    pub profile: &'static Profile,
    /// Token of the commands on this machine, beside the configured one.
    pub local_token: Arc<str>,
    pub rates: Arc<RateLimiter>,
    pub registrations: Arc<RegistrationLimits>,
    /// Which proxies may say where a request came from.
    pub proxies: Arc<Proxies>,
    /// Tokens that were not valid, by address.
    pub failures: Arc<TokenFailures>,
    /// Bytes of terminals' messages held at once.
    pub message_budget: MessageBudget,
    /// Files written at once, and bytes of large responses.
    pub response_limits: Arc<ResponseLimits>,
    pub snapshots: Arc<Snapshots>,
    pub cubes: Arc<CubeCache>,
    /// How far the first filling of an invented city has come.
    pub filling: Arc<FillingProgress>,
    /// Pages that listen for new data.
    pub listeners: Arc<tokio::sync::Semaphore>,
    /// The same of one address.
    pub listeners_by_address: Arc<AddressQuota>,
    /// True once the server stops: streams end by it.
    pub closing: tokio::sync::watch::Receiver<bool>,
    /// Imports under way.
    pub jobs: Arc<ImportJobs>,
    /// Uploads of industry systems under way.
    pub bulk: Arc<BulkUploads>,
    /// Connections by address, and those that failed.
    pub connections: Arc<ConnectionLimits>,
    /// The API's document, of the routes that are mounted.
    pub api_document: Arc<ApiDocument>,
    /// Parts that run as long as the server.
    pub parts: Parts,
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

impl AppState {
    /// The same server as the terminals of a profile see it.
    pub fn for_profile(&self, profile: &'static Profile, address: String) -> Self {
        Services { profile, public_address: address.into(), ..Services::clone(self) }.into()
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
