//! `nengce serve`: opens the store, listens, and stops in order.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use nengce_core::audit::{Algorithm, SignatureAlgorithm};
use nengce_messages::profile::Proof;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use super::accounts::first_account;
use super::{account_flush, configuration_change};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::profile_bindings;
use crate::credit_push;
use crate::http::programmes::monthly;
use crate::http::router::{router, terminal_router};
use crate::http::state::bulk_uploads::BulkUploads;
use crate::http::state::import_jobs::ImportJobs;
use crate::http::state::message_budget::MessageBudget;
use crate::http::state::password_pool::PasswordPool;
use crate::http::state::publication::Publication;
use crate::http::state::{AppState, Services};
use crate::http::terminal::registration::register::random_id;
use crate::http::transport::address_quota::AddressQuota;
use crate::http::transport::certificate_renewal;
use crate::http::transport::client_address::Proxies;
use crate::http::transport::connection_limits::ConnectionLimits;
use crate::http::transport::listen;
use crate::http::transport::response_limits::ResponseLimits;
use crate::http::transport::tls::Tls;
use crate::http::views::CubeCache;
use crate::link::{self, Link};
use crate::maintenance_schedule;
use crate::oidc::Oidc;
use crate::panics::{self, GaveUp, Parts};
use crate::quality_worker;
use crate::server_file::ServerFile;
use crate::store::audit::AuditConfig;
use crate::store::commit::sender_limits::SenderLimits;
use crate::store::registry::cipher::Cipher;
use crate::store::registry::data_key::DataKey;
use crate::store::{Store, StoreConfig};

/// A server that listens; stops when asked.
pub struct Running {
    pub address: SocketAddr,
    pub state: AppState,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    quality_worker: JoinHandle<()>,
    /// Tasks that end with the server at once.
    helpers: Vec<JoinHandle<()>>,
}

impl Running {
    /// Opens the data folder and listens; other commands find the server by DATA/server.json.
    pub async fn start(config: Config) -> Result<Self> {
        let clock = Clock::new(&config.time_zone)
            .with_context(|| format!("time_zone: no zone {}", config.time_zone))?;
        let store = open(&config).await?;
        let bindings = profile_bindings::parse(&config.profiles)?;
        let tls = Tls::of(&config, false)?;
        let listener = bind(config.listen).await?;
        let address = listener.local_addr()?;
        let (stop, closing) = watch::channel(false);
        let state = services(config, (store, clock), address, closing)?;
        state.publication.load(&state.store).await?;
        state.sign_in_failures.restore(state.store.sign_in_failures().await?);
        configuration_change::record(&state).await;
        let quality_worker = tokio::spawn(assess_quality(state.clone(), stop.clone()));
        let app = router(state.clone(), &bindings)?;
        let mut parts = Vec::new();
        let mut local = address;
        if tls.is_some() {
            // Commands on this machine do not know the server's authority.
            let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
            local = listener.local_addr()?;
            parts.push((listener, app.clone(), None));
        }
        parts.push((listener, app, tls));
        for binding in &bindings {
            let Some(listen) = binding.listen else { continue };
            let listener = bind(listen).await?;
            let bound = listener.local_addr()?;
            let mutual = binding.profile.proof == Proof::Certificate;
            let tls = Tls::of(&state.config, mutual)?;
            tracing::info!(profile = binding.profile.name, address = %bound, "listening");
            let app = terminal_router(state.clone(), binding, bound)?;
            parts.push((listener, app, tls));
        }
        let token = Arc::clone(&state.local_token);
        let with_tls = parts.iter().filter_map(|it| it.2.clone()).collect();
        let mut helpers = vec![
            announce(state.config.data.clone(), local, token)?,
            tokio::spawn(maintain(state.clone())),
            tokio::spawn(push_credit_list(state.clone())),
            tokio::spawn(keep_monthly_ranking(state.clone())),
            tokio::spawn(account_flush::flush_sessions(state.clone())),
            tokio::spawn(certificate_renewal::run(Arc::clone(&state.config), with_tls)),
        ];
        let names = state.link.uppers.iter().map(|it| it.config.name.clone());
        helpers.extend(names.map(|it| tokio::spawn(keep_link_upward(state.clone(), it))));
        let tasks = parts
            .into_iter()
            .map(|(listener, app, tls)| {
                let listener = Arc::new(listener);
                tokio::spawn(accept(state.clone(), stop.clone(), listener, app, tls))
            })
            .collect();
        Ok(Self { address, state, stop, tasks, quality_worker, helpers })
    }

    /// Waits until something that the server cannot be without could not be kept running.
    pub async fn given_up(&self) -> GaveUp {
        tokio::select! {
            it = self.state.parts.given_up() => it,
            why = self.state.store.ended() => GaveUp { part: panics::WRITER, why },
        }
    }

    /// Finishes what is under way, as far as its time goes, commits what is queued, closes the store.
    pub async fn stop(self) -> Result<()> {
        self.stop.send_replace(true);
        self.helpers.iter().for_each(JoinHandle::abort);
        account_flush::keep_failures(&self.state).await;
        let grace = Duration::from_secs(u64::from(self.state.config.shutdown_grace_seconds));
        let deadline = tokio::time::Instant::now() + grace;
        for task in self.tasks {
            let end = task.abort_handle();
            match tokio::time::timeout_at(deadline, task).await {
                Ok(done) => done??,
                Err(_) => {
                    end.abort();
                    tracing::warn!(?grace, "requests were still under way after the grace");
                }
            }
        }
        ServerFile::remove(&self.state.config.data);
        let quality_worker = self.quality_worker.abort_handle();
        if tokio::time::timeout_at(deadline, self.quality_worker).await.is_err() {
            quality_worker.abort();
        }
        let store = self.state.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await?;
        Ok(())
    }
}

async fn open(config: &Config) -> Result<Store> {
    let (folder, limits) = (config.data.clone(), store_config(config)?);
    Ok(tokio::task::spawn_blocking(move || Store::open(&folder, &limits)).await??)
}

/// Everything that handlers share.
fn services(
    config: Config,
    (store, clock): (Store, Clock),
    address: SocketAddr,
    closing: watch::Receiver<bool>,
) -> Result<AppState> {
    let public = Config { listen: address, ..config.clone() }.public_address();
    let proxies = Proxies::of(&config)?;
    if config.tls_ends_in_front && proxies.trusted().is_empty() {
        tracing::warn!(
            "tls_ends_in_front without trusted_proxies: all clients count as one address, so that addresses prove \
             nothing and one client's wrong tokens slow everybody's; name the proxy in trusted_proxies"
        );
    }
    let connections = ConnectionLimits::of(&config, &proxies, clock.clone())?;
    let services = Services {
        store,
        clock,
        local_token: random_id().into(),
        rates: Default::default(),
        registrations: Default::default(),
        connections: Arc::new(connections),
        proxies: Arc::new(proxies),
        failures: Default::default(),
        passwords: PasswordPool::of(&config)?,
        sign_in_failures: Default::default(),
        oidc: Oidc::of(&config)?,
        message_budget: MessageBudget::new(
            config.max_bytes_in_flight,
            config.max_bytes_in_flight_per_address,
        ),
        response_limits: ResponseLimits::of(&config),
        snapshots: Default::default(),
        filling: Arc::default(),
        cubes: CubeCache::new(config.cube_cache_bytes),
        listeners: Arc::new(Semaphore::new(config.max_event_streams)),
        listeners_by_address: AddressQuota::new(config.max_event_streams_per_address),
        closing,
        jobs: Arc::new(ImportJobs::new(&config.data, config.max_imports_at_once)),
        bulk: BulkUploads::new(&config.data, config.max_bulk_uploads),
        parts: Parts::default(),
        audited: Default::default(),
        submission_turns: Default::default(),
        link: Arc::new(Link::of(&config)?),
        publication: Publication::of(&config),
        metrics: recorder(),
        config: Arc::new(config),
    };
    Ok(AppState::new(services, public))
}

/// Keeps the quality rules running until the server stops.
async fn assess_quality(state: AppState, stop: watch::Sender<bool>) {
    let assess = || {
        let (store, config) = (state.store.clone(), Arc::clone(&state.config));
        quality_worker::run(store, config, state.clock.clone(), stop.subscribe())
    };
    state.parts.keep(panics::QUALITY, assess).await;
}

/// Keeps the maintenance schedule running.
async fn maintain(state: AppState) {
    let (store, config, clock) = (&state.store, &state.config, &state.clock);
    let maintain = || maintenance_schedule::run(store.clone(), Arc::clone(config), clock.clone());
    state.parts.keep(panics::MAINTENANCE, maintain).await;
}

/// Keeps the credit list going to its platform.
async fn push_credit_list(state: AppState) {
    let (store, config, clock) = (&state.store, &state.config, &state.clock);
    let push = || credit_push::run(store.clone(), Arc::clone(config), clock.clone());
    state.parts.keep(panics::CREDIT_PUSH, push).await;
}

/// Keeps the link to one platform above.
async fn keep_link_upward(state: AppState, upper: String) {
    let keep = || {
        let (link, store) = (Arc::clone(&state.link), state.store.clone());
        let (config, clock) = (Arc::clone(&state.config), state.clock.clone());
        link::run(link, upper.clone(), store, config, clock)
    };
    state.parts.keep(panics::LINK, keep).await;
}

/// Keeps the ranking of each month being kept.
async fn keep_monthly_ranking(state: AppState) {
    state.parts.keep(panics::MONTHLY_RANKING, || monthly::run(state.clone())).await;
}

/// Keeps one listener accepting connections until the server stops.
async fn accept(
    state: AppState,
    stop: watch::Sender<bool>,
    listener: Arc<TcpListener>,
    app: Router,
    tls: Option<Tls>,
) -> std::io::Result<()> {
    let listen = || {
        let (listener, app, tls) = (Arc::clone(&listener), app.clone(), tls.clone());
        let (limits, mut stopped) = (Arc::clone(&state.config), stop.subscribe());
        let connections = Arc::clone(&state.connections);
        let stopped = async move { drop(stopped.wait_for(|it| *it).await) };
        listen::serve(listener, app, limits, tls, connections, stopped)
    };
    state.parts.keep(panics::LISTENER, listen).await.unwrap_or(Ok(()))
}

/// Writes DATA/server.json; on a full disk later, once there is room: questions are answered meanwhile.
fn announce(data: PathBuf, local: SocketAddr, token: Arc<str>) -> Result<JoinHandle<()>> {
    let written = ServerFile::write(&data, local, &token);
    let is_full = |error: &std::io::Error| error.kind() == std::io::ErrorKind::StorageFull;
    match written {
        Ok(()) => return Ok(tokio::spawn(std::future::ready(()))),
        Err(error) if is_full(&error) => {
            tracing::warn!(%error, "server.json is written once there is room: commands do not find the server until then");
        }
        Err(error) => return Err(error).context("server.json cannot be written"),
    }
    Ok(tokio::spawn(async move {
        while ServerFile::write(&data, local, &token).is_err() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }))
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: the port is in use or not permitted"))
}

pub async fn run(config: Config) -> Result<()> {
    let running = Running::start(config).await?;
    let scheme = if running.state.config.speaks_tls() { "https" } else { "http" };
    println!("Nengce on {scheme}://{}", running.address);
    tracing::info!(address = %running.address, "listening");
    if let Some(link) = first_account::invitation(&running.state).await? {
        println!(
            "No account is in use yet. The security administrator {} sets a password at\n  {}{link}",
            first_account::NAME,
            running.state.public_address
        );
    }
    let given_up = tokio::select! {
        () = interrupted() => None,
        it = running.given_up() => Some(it),
    };
    let stopped = running.stop().await;
    match given_up {
        Some(it) => Err(it.into()),
        None => stopped,
    }
}

/// Ctrl-C or SIGTERM.
pub async fn interrupted() {
    let term = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut it) => drop(it.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = term => {}
    }
}

/// The store's part of the configuration.
pub fn store_config(config: &Config) -> Result<StoreConfig> {
    let cipher = Cipher::parse(&config.data_cipher).unwrap_or_default();
    let data_key = match config.data_key_text()? {
        None => None,
        Some(text) => Some(DataKey::parse(&text, cipher).context(
            "the data key (data_key, data_key_file) is not 64 hexadecimal digits, such as openssl rand -hex 32 prints",
        )?),
    };
    Ok(StoreConfig {
        memory_limit_mib: config.memory_limit_mib,
        read_connections: config.read_connections,
        queue_messages: config.ingest_queue_messages,
        group_readings: config.group_readings,
        rollup_interval_ms: config.rollup_interval_ms,
        free_space_floor_mib: config.store_free_space_floor_mib,
        checkpoint_interval_seconds: config.checkpoint_interval_seconds,
        checkpoint_log_mib: config.checkpoint_log_mib,
        replacement_window_days: config.replacement_window_days,
        writer_stall_seconds: config.writer_stall_seconds,
        reopen_patience_seconds: config.store_reopen_patience_seconds,
        data_key,
        cipher,
        audit: audit_config(config),
        limits: limits(config),
    })
}

/// How the audit log is kept; the configuration was checked.
fn audit_config(config: &Config) -> AuditConfig {
    let file = &config.audit_key_file;
    AuditConfig {
        algorithm: Algorithm::parse(&config.audit_hash).unwrap_or_default(),
        signature: SignatureAlgorithm::parse(&config.audit_signature).unwrap_or_default(),
        key_file: (!file.as_os_str().is_empty()).then(|| file.clone()),
    }
}

/// What the store takes of any sender.
fn limits(config: &Config) -> SenderLimits {
    SenderLimits {
        rejected_limits: config.rejected_limits(),
        rejected_bytes_per_day: config.max_rejected_bytes_per_device_per_day,
        pending_rejected_bytes_per_day: config.max_rejected_bytes_per_pending_device_per_day,
        pending_rejected_bytes_per_day_in_all: config.max_rejected_bytes_of_pending_devices_per_day,
        pending_readings_per_device: config.max_pending_readings_per_device,
        pending_readings: config.max_pending_readings,
        pending_messages_per_day: config.max_messages_per_pending_device_per_day,
        pending_messages_per_day_in_all: config.max_messages_of_pending_devices_per_day,
        pending_config_bytes: config.max_pending_config_bytes,
        pending_config_bytes_in_all: config.max_pending_config_bytes_in_all,
        meters_per_unit: config.max_meters_per_unit,
        meter_bytes: config.max_meter_bytes,
        items_per_unit: config.max_items_per_unit,
        replaced_per_day: config.max_replaced_per_device_per_day,
    }
}

/// One recorder per process; a second server of the same process shares none.
fn recorder() -> Option<metrics_exporter_prometheus::PrometheusHandle> {
    metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .inspect_err(|error| tracing::debug!(%error, "metrics are recorded elsewhere"))
        .ok()
}
