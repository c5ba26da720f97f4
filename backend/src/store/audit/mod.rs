//! The audit log in the database: changes add their entry in their own transaction, everything else waits in a queue
//! that the writer empties between uploads. Entries are added and never changed.

mod append;
mod entries;
mod key;
pub mod looks;
pub(crate) mod queue;
mod retention;
pub mod scope;
mod verify;

use std::path::PathBuf;

use duckdb::Connection;
use nengce_core::audit::{Algorithm, SignatureAlgorithm};
use nengce_shared::api::audit::{AuditEvent, AuditHead};

pub use entries::{AuditQuery, count, page};
pub use verify::{Verified, verify};

use crate::store::Store;
use crate::store::database::meta::{meta, set_meta};
use crate::store::error::{Result, StoreError};

pub(crate) use append::append;
pub(crate) use key::load_or_make;

/// How the log is kept.
#[derive(Debug, Clone, Default)]
pub struct AuditConfig {
    pub algorithm: Algorithm,
    pub signature: SignatureAlgorithm,
    /// The file of the signing key; `None`: in the data folder.
    pub key_file: Option<PathBuf>,
}

/// The name under which the configuration of the last start is kept.
const CONFIGURATION: &str = "audit_configuration";

/// Keeps the configuration of this start; the one of the last start.
pub fn swap_configuration(conn: &Connection, now: &str) -> Result<Option<String>> {
    let last = meta(conn, CONFIGURATION)?;
    if last.as_deref() != Some(now) {
        set_meta(conn, CONFIGURATION, now)?;
    }
    Ok(last)
}

impl Store {
    /// Records an event without waiting for the disk. When the queue is full, the caller waits. While the disk is full too,
    /// the event stands in the server's log alone.
    pub async fn record(&self, event: AuditEvent) {
        let shared = &self.inner.shared;
        if let Err(it) = shared.audit.put(event, || shared.space().is_some()).await {
            metrics::counter!("nengce_audit_events_lost_total").increment(1);
            let AuditEvent { action, object, actor, address, outcome, .. } = it;
            tracing::error!(action, object, actor, address, outcome, "the audit log has no room");
        }
    }

    /// Why nothing can be recorded: the disk is full, and as many events wait as may.
    pub fn audit_trouble(&self) -> Option<StoreError> {
        let shared = &self.inner.shared;
        shared.space().filter(|_| shared.audit.is_full()).map(StoreError::Full)
    }

    /// The signed head of the chain, or of one of its entries; `None` where there is no such entry.
    pub async fn audit_head(&self, number: Option<u64>, at: String) -> Result<Option<AuditHead>> {
        self.flush_audit().await?;
        let found = self.read(move |conn| Ok(entries::place(conn, number)?)).await?;
        let key = &self.inner.shared.audit.key;
        Ok(found.map(|(number, hash)| key.sign_head(number, &hash, &at)))
    }
}
