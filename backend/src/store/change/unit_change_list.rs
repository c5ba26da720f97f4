//! The list of proposed changes of approved units, and an operator's decision about one.

use std::sync::Arc;

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use nengce_messages::identity::Identity;

use crate::store::change::Transaction;
use crate::store::change::unit_change_records::{close, proposed};
use crate::store::change::unit_identity::{self, StoredIdentity, UnitUpdate, profile_with};
use crate::store::database::each;
use crate::store::error::{Result, StoreError};
use crate::store::json;
use crate::store::registry::UnitEntry;

/// One proposed change, with the stored values of its fields, or those at the time of the decision.
#[derive(Debug, Clone)]
pub struct Change {
    pub change_id: i32,
    pub enterprise_code: String,
    pub unit_name: String,
    pub now: Identity,
    pub proposed: Identity,
    pub sent_by: String,
    pub address: Option<String>,
    pub sent_at: String,
    pub state: String,
    pub decided_at: Option<String>,
    pub decided_by: Option<String>,
    pub reason: Option<String>,
}

/// Which records; empty texts mean all.
#[derive(Debug, Clone)]
pub struct UnitChangeQuery {
    pub state: String,
    pub q: String,
    /// 0: any.
    pub id: i32,
    /// Id of the last row of the page before.
    pub before: i32,
    pub limit: u32,
}

impl UnitChangeQuery {
    pub fn of_id(id: i32) -> Self {
        Self { state: String::new(), q: String::new(), id, before: i32::MAX, limit: 1 }
    }
}

pub fn count(conn: &Connection, state: &str, q: &str) -> Result<u64> {
    let sql = include_str!("sql/unit_changes_count.sql");
    Ok(conn.query_row(sql, params![state, q], |row| row.get(0))?)
}

/// A page, newest first.
pub fn page(
    conn: &Connection,
    it: &UnitChangeQuery,
    dictionaries: &Dictionaries,
) -> Result<Vec<Change>> {
    let mut rows = Vec::new();
    let query = params![it.state, it.q, it.id, it.before, it.limit];
    each(conn, include_str!("sql/unit_changes_page.sql"), query, |row| {
        let unit = UnitEntry {
            unit_id: row.get(10)?,
            enterprise_code: row.get(11)?,
            name: row.get(12)?,
            region_code: row.get(13)?,
            industry_code: row.get(14)?,
            class: row.get(15)?,
            approved: true,
        };
        let stored = StoredIdentity::read(&unit, row, 16, dictionaries)?;
        let stood: Option<String> = row.get(2)?;
        let mut change = Change {
            change_id: row.get(0)?,
            enterprise_code: unit.enterprise_code,
            unit_name: unit.name,
            proposed: proposed(&row.get::<_, String>(1)?),
            now: match stood {
                Some(it) => proposed(&it),
                None => stored.identity.clone(),
            },
            sent_by: row.get(3)?,
            address: row.get(4)?,
            sent_at: row.get(5)?,
            state: row.get(6)?,
            decided_at: row.get(7)?,
            decided_by: row.get(8)?,
            reason: row.get(9)?,
        };
        if change.state == "pending" {
            change.proposed = stored.not_stored(&change.proposed);
        }
        rows.push(change);
        Ok(())
    })?;
    Ok(rows)
}

/// Applies a pending change, or leaves the unit as it is; `false` when the change does not wait.
pub fn decide(
    write: &mut Transaction<'_>,
    change_id: i32,
    approve: bool,
    by: &str,
    reason: Option<&str>,
    now: DateTime,
) -> Result<bool> {
    let dictionaries: Arc<Dictionaries> = write.dictionaries();
    let found = page(write.conn, &UnitChangeQuery::of_id(change_id), &dictionaries)?;
    let Some(it) = found.into_iter().find(|it| it.state == "pending") else {
        return Ok(false);
    };
    let unit = write
        .unit(&it.enterprise_code)
        .ok_or_else(|| StoreError::Refused(format!("no unit {}", it.enterprise_code)))?;
    let stored = unit_identity::stored(write.conn, &unit, &dictionaries)?;
    let mut stood = stored.identity.clone();
    stood.retain(|field, _| it.proposed.contains_key(field));
    let stood = json::text(&stood)?;
    let state = if approve {
        let update = UnitUpdate {
            profile: Some(profile_with(&stored, &it.proposed)),
            identity: it.proposed,
            ..UnitUpdate::default()
        };
        unit_identity::update(write, unit, update, now)?;
        "approved"
    } else {
        "refused"
    };
    close(write, change_id, state, Some(&stood), Some(by), reason, now)?;
    Ok(true)
}
