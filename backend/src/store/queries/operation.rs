//! Uploads by hour, the reasons of rejected entries over all units, and the approved terminals.

use duckdb::{Connection, params};
use nengce_shared::api::operation::{RejectedReason, TerminalEdition, UploadHour};

use super::each;

/// The 48 hours up to the one of `now` (`YYYY-MM-DD HH:MM:SS`), oldest first.
pub fn hours(conn: &Connection, now: &str) -> duckdb::Result<Vec<UploadHour>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/upload_hours.sql"), params![now], |row| {
        rows.push(UploadHour {
            hour: row.get(0)?,
            uploads: row.get(1)?,
            entries: row.get(2)?,
            rejected: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// The reasons of the last days before `now`, most frequent first.
pub fn reasons(conn: &Connection, now: &str, days: u32) -> duckdb::Result<Vec<RejectedReason>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/rejected_reasons.sql"), params![now, days], |row| {
        rows.push(RejectedReason {
            code: row.get(0)?,
            field: row.get(1)?,
            entries: row.get(2)?,
            units: row.get(3)?,
            reason_zh: row.get(4)?,
            reason_en: row.get(5)?,
            last_at: row.get(6)?,
            upload_id: row.get(7)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// Every approved terminal, by credit code.
pub fn terminals(conn: &Connection) -> duckdb::Result<Vec<TerminalEdition>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/approved_terminals.sql"), [], |row| {
        rows.push(TerminalEdition {
            enterprise_code: row.get(0)?,
            unit_name: row.get(1)?,
            dic_version: row.get(2)?,
            downloaded_at: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
