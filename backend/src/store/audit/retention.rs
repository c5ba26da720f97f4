//! Removes the oldest entries. The signed anchor of the last one removed is written in the same transaction, so that the
//! rest of the chain still verifies.

use std::sync::Arc;

use duckdb::{Connection, params};

use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;

impl Store {
    /// Removes the entries that happened before a local time, `YYYY-MM-DD HH:MM:SS`, and that nothing newer precedes.
    pub async fn retire_audit(&self, before: String, now: String) -> Result<()> {
        let shared = Arc::clone(&self.inner.shared);
        let step = move |conn: &Connection| {
            let mut last: Option<(u64, String)> = None;
            each(conn, include_str!("sql/audit_removable.sql"), params![before], |row| {
                last = Some((row.get(0)?, row.get(1)?));
                Ok(())
            })?;
            let Some((number, hash)) = last else {
                return Ok(());
            };
            let it = shared.audit.key.sign_head(number, &hash, &now);
            let anchor = params![it.number, it.hash, it.at, it.public_key, it.signature];
            conn.execute(include_str!("sql/audit_anchor_insert.sql"), anchor)?;
            let removed = conn.execute(include_str!("sql/audit_remove.sql"), params![number])?;
            tracing::info!(removed, up_to = number, "the oldest entries of the audit log are gone");
            Ok(())
        };
        self.run_maintenance_step(false, step).await.map(|_| ())
    }
}
