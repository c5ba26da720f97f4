//! Claims, each beside the terminal that the enterprise has.

use duckdb::{Connection, Row, params};
use jiff::civil::DateTime;
use nengce_shared::api::claim::{ClaimRow, StandingDevice};

use super::each;
use crate::clock;
use crate::store::registry::registrations::Registrant;

pub struct ClaimQuery {
    /// Empty: any.
    pub state: String,
    pub q: String,
    /// The number before which the page begins.
    pub before: i32,
    pub limit: u32,
    /// From when on uploads of the terminal in place are counted.
    pub since: DateTime,
    /// One claim by its number.
    pub claim_id: Option<i32>,
}

/// A claim, and what its flags are found by.
pub struct Found {
    pub row: ClaimRow,
    pub from: Registrant,
    /// Region of the unit; none where there is no unit.
    pub unit_region: Option<String>,
}

/// A page, newest first. What only memory knows of the terminal in place is not filled in.
pub fn page(conn: &Connection, it: &ClaimQuery) -> duckdb::Result<Vec<Found>> {
    let mut rows = Vec::new();
    each(
        conn,
        include_str!("sql/claims_page.sql"),
        params![
            it.state,
            it.q,
            it.before,
            it.limit,
            clock::text(it.since),
            it.claim_id.unwrap_or(-1)
        ],
        |row| {
            rows.push(found(row)?);
            Ok(())
        },
    )?;
    Ok(rows)
}

pub fn count(conn: &Connection, state: &str, q: &str) -> duckdb::Result<u64> {
    conn.query_row(include_str!("sql/claims_count.sql"), params![state, q], |row| row.get(0))
}

fn found(row: &Row<'_>) -> duckdb::Result<Found> {
    let from = Registrant::read(row, 2)?;
    let device_id: Option<String> = row.get(20)?;
    let device = match device_id {
        None => None,
        Some(device_id) => Some(StandingDevice {
            device_id,
            state: row.get(21)?,
            registrant: (&from).into(),
            proof: String::new(),
            proved_at: String::new(),
            registered_at: row.get(22)?,
            approved_at: row.get(23)?,
            approved_by: row.get(24)?,
            last_seen: row.get(25)?,
            uploads: row.get(26)?,
            readings_stored: row.get(27)?,
            entries_rejected: row.get(28)?,
        }),
    };
    Ok(Found {
        row: ClaimRow {
            claim_id: row.get(0)?,
            enterprise_code: row.get(1)?,
            unit_name: row.get(18)?,
            state: row.get(11)?,
            claimant: (&from).into(),
            region: row.get(7)?,
            first_at: row.get(8)?,
            last_at: row.get(9)?,
            attempts: row.get(10)?,
            flags: Vec::new(),
            decided_at: row.get(12)?,
            decided_by: row.get(13)?,
            reason: row.get(14)?,
            pickup_until: row.get(15)?,
            picked_up_at: row.get(16)?,
            given_device_id: row.get(17)?,
            device,
        },
        from,
        unit_region: row.get(19)?,
    })
}
