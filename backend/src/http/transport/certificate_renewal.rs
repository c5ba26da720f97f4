//! Takes up new certificates without a restart: when their files change, and when the process gets SIGHUP. Files that do
//! not go together are left aside until they change again, and the certificates in use stay.

use std::os::unix::fs::MetadataExt;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::tls::Tls;
use crate::config::Config;

/// How often the files are looked at.
const INTERVAL: Duration = Duration::from_secs(10);

/// Device, inode, size and time of change of each file, as far as it is there.
type Stamps = Vec<Option<(u64, u64, u64, i64, i64)>>;

fn stamps(config: &Config) -> Stamps {
    let files = [&config.tls_certificate, &config.tls_key, &config.tls_client_authorities];
    let stamp =
        |it: std::fs::Metadata| (it.dev(), it.ino(), it.size(), it.mtime(), it.mtime_nsec());
    files.iter().map(|it| std::fs::metadata(it).ok().map(stamp)).collect()
}

/// Looks after the listeners for as long as the server runs.
pub async fn run(config: Arc<Config>, listeners: Vec<Tls>) {
    if listeners.is_empty() {
        return;
    }
    let mut seen = stamps(&config);
    let mut hang_ups = signal(SignalKind::hangup()).ok();
    loop {
        let hang_up = async {
            match &mut hang_ups {
                Some(it) => drop(it.recv().await),
                None => std::future::pending().await,
            }
        };
        let is_told = tokio::select! {
            () = tokio::time::sleep(INTERVAL) => false,
            () = hang_up => true,
        };
        let now = stamps(&config);
        if !is_told && now == seen {
            continue;
        }
        seen = now;
        match listeners.iter().try_for_each(|it| it.renew(&config)) {
            Ok(()) => tracing::info!("the certificates were read again"),
            Err(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "new certificates cannot be used; the earlier ones stay"
                );
            }
        }
    }
}
