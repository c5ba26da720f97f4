//! Checks the whole chain in the database, from the newest anchor of retention to the last entry.

use duckdb::Connection;
use nengce_core::audit::{Broken, Verification, Why, signed_by_its_key};
use nengce_shared::api::audit::AuditHead;

use super::entries::span;
use crate::store::database::each;

/// Entries that are read at a time.
const STEP: u64 = 20_000;

/// The answer to a check of the chain.
#[derive(Debug, Default)]
pub struct Verified {
    pub entries: u64,
    pub broken: Option<Broken>,
    /// The last entry that retention removed.
    pub removed_up_to: Option<u64>,
}

/// Checks the chain; the caller sees to it that the connection sees one snapshot.
pub fn verify(conn: &Connection) -> duckdb::Result<Verified> {
    let mut at = Verification::default();
    let mut found = Verified::default();
    if let Some(anchor) = anchor(conn)? {
        found.removed_up_to = Some(anchor.number);
        if !signed_by_its_key(&anchor) {
            found.broken = Some(Broken { number: anchor.number, why: Why::Signature });
            return Ok(found);
        }
        at = Verification { number: anchor.number, hash: anchor.hash };
    }
    let highest: u64 =
        conn.query_row(include_str!("sql/audit_highest.sql"), [], |row| row.get(0))?;
    // An entry that stands before the anchor is wrong too.
    let mut from = i64::MIN;
    while found.broken.is_none() && (at.number < highest || from == i64::MIN) {
        let rows = span(conn, from, at.number.saturating_add(STEP))?;
        found.broken = rows.iter().find_map(|row| {
            found.entries += 1;
            at.take(row).err()
        });
        if rows.is_empty() && at.number < highest {
            found.broken = Some(Broken { number: at.number + 1, why: Why::Number });
        }
        from = i64::try_from(at.number).unwrap_or(i64::MAX);
    }
    Ok(found)
}

fn anchor(conn: &Connection) -> duckdb::Result<Option<AuditHead>> {
    let mut found = None;
    each(conn, include_str!("sql/audit_anchor.sql"), [], |row| {
        found = Some(AuditHead {
            number: row.get(0)?,
            hash: row.get(1)?,
            at: row.get(2)?,
            public_key: row.get(3)?,
            signature: row.get(4)?,
        });
        Ok(())
    })?;
    Ok(found)
}
