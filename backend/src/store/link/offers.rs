//! Editions of the dictionaries that platforms above gave, and what was decided on them.

use std::collections::BTreeMap;

use duckdb::{Connection, Row, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::link::OfferState;

use crate::clock;
use crate::store::database::{day_of, each, parsed};
use crate::store::error::Result;
use crate::store::json;

/// An edition from a platform above.
#[derive(Debug, Clone)]
pub struct Offer {
    pub offer_id: u64,
    pub upper: String,
    pub version: String,
    /// The text of each dictionary by its name.
    pub content: BTreeMap<String, String>,
    pub received_at: String,
    pub state: OfferState,
    pub effective_on: Option<Date>,
    pub decided_by: Option<String>,
    pub decided_at: Option<String>,
}

/// Keeps a new edition; one of the same platform above that waits for a decision gives way.
pub fn put(
    conn: &Connection,
    upper: &str,
    version: &str,
    content: &BTreeMap<String, String>,
    now: DateTime,
) -> Result<()> {
    conn.execute(include_str!("sql/offer_supersede.sql"), params![upper])?;
    let row = params![upper, version, json::text(content)?, clock::text(now)];
    conn.execute(include_str!("sql/offer_insert.sql"), row)?;
    Ok(())
}

/// The newest editions.
pub fn newest(conn: &Connection, most: u32) -> Result<Vec<Offer>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/offers.sql"), params![most], |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// The scheduled editions whose day has come.
pub fn due(conn: &Connection, today: Date) -> Result<Vec<Offer>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/offers_due.sql"), params![today.to_string()], |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// One edition.
pub fn by_id(conn: &Connection, offer_id: u64) -> Result<Option<Offer>> {
    let mut found = None;
    each(conn, include_str!("sql/offer.sql"), params![offer_id], |row| {
        found = Some(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn read(row: &Row<'_>) -> duckdb::Result<Offer> {
    let content: String = row.get(3)?;
    Ok(Offer {
        offer_id: row.get(0)?,
        upper: row.get(1)?,
        version: row.get(2)?,
        content: serde_json::from_str(&content).unwrap_or_default(),
        received_at: row.get(4)?,
        state: parsed(row, 5, OfferState::parse)?,
        effective_on: day_of(row.get(6)?),
        decided_by: row.get(7)?,
        decided_at: row.get(8)?,
    })
}

/// Keeps a decision, or that a scheduled edition was applied.
pub fn decide(
    conn: &Connection,
    offer_id: u64,
    state: OfferState,
    effective_on: Option<Date>,
    by: &str,
    now: DateTime,
) -> Result<()> {
    let day = effective_on.map(|it| it.to_string());
    let row = params![offer_id, state.as_str(), day, by, clock::text(now)];
    conn.execute(include_str!("sql/offer_decide.sql"), row)?;
    Ok(())
}
