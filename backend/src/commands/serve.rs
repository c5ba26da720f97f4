//! `nengce serve`: opens the store, listens, and stops in order.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::Config;
use crate::http::bulk::Running as BulkRunning;
use crate::http::import_jobs::Jobs;
use crate::http::listen;
use crate::http::router::router;
use crate::http::state::AppState;
use crate::http::terminal::register::random_id;
use crate::server_file::ServerFile;
use crate::store::{Store, StoreConfig};

/// A server that listens; stops when asked.
pub struct Running {
    pub address: SocketAddr,
    pub state: AppState,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Opens the data folder and listens; other commands find the server by DATA/server.json.
    pub async fn start(config: Config) -> Result<Self> {
        let clock = Clock::new(&config.time_zone)
            .with_context(|| format!("time_zone: no zone {}", config.time_zone))?;
        let folder = config.data.clone();
        let limits = store_config(&config);
        let store = tokio::task::spawn_blocking(move || Store::open(&folder, &limits)).await??;
        let listener = TcpListener::bind(config.listen).await.with_context(|| {
            format!(
                "cannot listen on {}: the port is in use or not permitted",
                config.listen
            )
        })?;
        let address = listener.local_addr()?;
        let public = Config {
            listen: address,
            ..config.clone()
        }
        .public_address();
        let state = AppState {
            store,
            clock,
            public_address: public.into(),
            local_token: random_id().into(),
            rates: Arc::default(),
            snapshots: Arc::default(),
            jobs: Arc::new(Jobs::new(&config.data)),
            bulk: Arc::new(BulkRunning::new(&config.data, config.max_bulk_uploads)),
            metrics: recorder(),
            config: Arc::new(config),
        };
        ServerFile::write(&state.config.data, address, &state.local_token)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let app = router(state.clone());
        let limits = Arc::clone(&state.config);
        let task = tokio::spawn(async move { listen::serve(listener, app, limits, stopped).await });
        Ok(Self {
            address,
            state,
            stop,
            task,
        })
    }

    /// Finishes what is under way, commits what is queued, closes the store.
    pub async fn stop(self) -> Result<()> {
        let _stopped_already = self.stop.send(());
        match tokio::time::timeout(std::time::Duration::from_secs(10), self.task).await {
            Ok(done) => done??,
            Err(_) => tracing::warn!("connections were still open after 10 s"),
        }
        ServerFile::remove(&self.state.config.data);
        let store = self.state.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await?;
        Ok(())
    }
}

pub async fn run(config: Config) -> Result<()> {
    let running = Running::start(config).await?;
    println!("Nengce on http://{}", running.address);
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
