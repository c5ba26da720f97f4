//! `nengce serve`: opens the store, listens, and stops in order.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use nengce_core::ingest::profile::Proof;
use nengce_core::ingest::profile::national::NATIONAL;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::Config;
use crate::http::bulk::Running as BulkRunning;
use crate::http::import_jobs::Jobs;
use crate::http::listen;
use crate::http::router::{router, terminal_router};
use crate::http::state::AppState;
use crate::http::terminal::budget::Budget;
use crate::http::terminal::register::random_id;
use crate::http::tls::Tls;
use crate::http::views::Cubes;
use crate::judging;
use crate::mounts;
use crate::nightly;
use crate::server_file::ServerFile;
use crate::store::{Store, StoreConfig};

/// A server that listens; stops when asked.
pub struct Running {
    pub address: SocketAddr,
    pub state: AppState,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
    nightly: JoinHandle<()>,
    judging: JoinHandle<()>,
}

impl Running {
    /// Opens the data folder and listens; other commands find the server by DATA/server.json.
    pub async fn start(config: Config) -> Result<Self> {
        let clock = Clock::new(&config.time_zone)
            .with_context(|| format!("time_zone: no zone {}", config.time_zone))?;
        let folder = config.data.clone();
        let limits = store_config(&config);
        let store = tokio::task::spawn_blocking(move || Store::open(&folder, &limits)).await??;
        let mounts = mounts::parse(&config.profiles)?;
        let tls = Tls::of(&config, false)?;
        let listener = bind(config.listen).await?;
        let address = listener.local_addr()?;
        let public = Config {
            listen: address,
            ..config.clone()
        }
        .public_address();
        let (stop, closing) = watch::channel(false);
        let state = AppState {
            store,
            clock,
            public_address: public.into(),
            local_token: random_id().into(),
            rates: Arc::default(),
            budget: Budget::new(config.max_bytes_in_flight),
            snapshots: Arc::default(),
            cubes: Arc::new(Cubes::new(config.cube_cache_bytes)),
            listeners: Arc::new(Semaphore::new(config.max_event_streams)),
            closing,
            jobs: Arc::new(Jobs::new(&config.data)),
            bulk: Arc::new(BulkRunning::new(&config.data, config.max_bulk_uploads)),
            metrics: recorder(),
            profile: &NATIONAL,
            config: Arc::new(config),
        };
        let judging = tokio::spawn(judging::watch(state.clone(), stop.subscribe()));
        let app = router(state.clone(), &mounts);
        let mut parts = Vec::new();
        let mut local = address;
        if tls.is_some() {
            // Commands on this machine do not know the server's authority.
            let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
            local = listener.local_addr()?;
            parts.push((listener, app.clone(), None));
        }
        parts.push((listener, app, tls));
        for mount in &mounts {
            let Some(listen) = mount.listen else { continue };
            let listener = bind(listen).await?;
            let bound = listener.local_addr()?;
            let mutual = mount.profile.proof == Proof::Certificate;
            let tls = Tls::of(&state.config, mutual)?;
            tracing::info!(profile = mount.profile.name, address = %bound, "listening");
            parts.push((listener, terminal_router(state.clone(), mount, bound), tls));
        }
        ServerFile::write(&state.config.data, local, &state.local_token)?;
        let nightly = tokio::spawn(nightly::run(
            state.store.clone(),
            Arc::clone(&state.config),
            state.clock.clone(),
        ));
        let tasks = parts
            .into_iter()
            .map(|(listener, app, tls)| {
                let limits = Arc::clone(&state.config);
                let mut stopped = stop.subscribe();
                tokio::spawn(async move {
                    let stopped = async { drop(stopped.wait_for(|it| *it).await) };
                    listen::serve(listener, app, limits, tls, stopped).await
                })
            })
            .collect();
        Ok(Self {
            address,
            state,
            stop,
            tasks,
            nightly,
            judging,
        })
    }

    /// Finishes what is under way, commits what is queued, closes the store.
    pub async fn stop(self) -> Result<()> {
        self.stop.send_replace(true);
        self.nightly.abort();
        let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
        for task in self.tasks {
            match tokio::time::timeout_at(deadline, task).await {
                Ok(done) => done??,
                Err(_) => tracing::warn!("connections were still open after 10 s"),
            }
        }
        ServerFile::remove(&self.state.config.data);
        drop(self.judging.await);
        let store = self.state.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await?;
        Ok(())
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: the port is in use or not permitted"))
}

pub async fn run(config: Config) -> Result<()> {
    let running = Running::start(config).await?;
    let scheme = if running.state.config.speaks_tls() {
        "https"
    } else {
        "http"
    };
    println!("Nengce on {scheme}://{}", running.address);
    tracing::info!(address = %running.address, "listening");
    interrupted().await;
    running.stop().await
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
pub fn store_config(config: &Config) -> StoreConfig {
    StoreConfig {
        memory_limit_mib: config.memory_limit_mib,
        read_connections: config.read_connections,
        queue_messages: config.ingest_queue_messages,
        group_readings: config.group_readings,
        rollup_interval_ms: config.rollup_interval_ms,
        free_space_floor_mib: config.store_free_space_floor_mib,
        checkpoint_interval_seconds: config.checkpoint_interval_seconds,
        checkpoint_log_mib: config.checkpoint_log_mib,
        replacement_window_days: config.replacement_window_days,
    }
}

/// One recorder per process; a second server of the same process shares none.
fn recorder() -> Option<metrics_exporter_prometheus::PrometheusHandle> {
    metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .inspect_err(|error| tracing::debug!(%error, "metrics are recorded elsewhere"))
        .ok()
}
