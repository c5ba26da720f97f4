//! Stores proposed changes of units: the one that waits for an operator, those that a newer one superseded, and those
//! that were decided.

use duckdb::params;
use jiff::civil::DateTime;
use nengce_messages::identity::{self, Identity};
use serde_json::Value;

use super::config_message::{ConfigOutcome, Incoming, unit_of};
use super::{Transaction, unit_identity};
use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json;

/// A change as it is recorded.
struct Record {
    change_id: i32,
    proposed: String,
    state: String,
}

/// The newest record of a unit: the pending one, where there is one.
fn newest(write: &Transaction<'_>, unit_id: i32) -> Result<Option<Record>> {
    let mut found = None;
    let sql = include_str!("sql/unit_change_newest.sql");
    each(write.conn, sql, params![unit_id], |row| {
        found = Some(Record { change_id: row.get(0)?, proposed: row.get(1)?, state: row.get(2)? });
        Ok(())
    })?;
    Ok(found)
}

pub(crate) fn close(
    write: &Transaction<'_>,
    change_id: i32,
    state: &str,
    stood: Option<&str>,
    by: Option<&str>,
    reason: Option<&str>,
    now: DateTime,
) -> Result<()> {
    let sql = include_str!("sql/unit_change_close.sql");
    let closed = params![state, stood, clock::text(now), by, reason, change_id];
    write.conn.execute(sql, closed)?;
    Ok(())
}

/// How many superseded changes of a unit stay on record.
const GAVE_WAY_KEPT: u32 = 20;

/// Records what differs in place of the change that waited before. Where nothing differs, the waiting change is withdrawn;
/// the same change again alters nothing.
pub(super) fn propose(
    write: &Transaction<'_>,
    it: &Incoming,
    change: &Identity,
    now: DateTime,
) -> Result<ConfigOutcome> {
    let newest = newest(write, it.unit_id)?;
    let pending = newest.as_ref().filter(|it| it.state == "pending");
    let close_as = |state: &str| match pending {
        Some(it) => close(write, it.change_id, state, None, None, None, now),
        None => Ok(()),
    };
    let fields: Vec<&'static str> = change.keys().copied().collect();
    let waiting = ConfigOutcome { waiting: fields.clone(), ..ConfigOutcome::default() };
    if change.is_empty() {
        close_as("withdrawn")?;
        return Ok(waiting);
    }
    let proposed = json::text(change)?;
    match newest.as_ref().filter(|it| it.proposed == proposed) {
        Some(it) if it.state == "pending" => return Ok(waiting),
        Some(it) if it.state == "refused" => {
            return Ok(ConfigOutcome { refused: fields, ..ConfigOutcome::default() });
        }
        _ => {}
    }
    close_as("superseded")?;
    write.conn.execute(
        include_str!("sql/unit_change_insert.sql"),
        params![it.unit_id, proposed, it.device_id, it.address, clock::text(now)],
    )?;
    write
        .conn
        .execute(include_str!("sql/unit_change_forget.sql"), params![it.unit_id, GAVE_WAY_KEPT])?;
    Ok(waiting)
}

/// After an operator changed a unit: a change that says nothing new any more is withdrawn.
pub fn recheck(write: &mut Transaction<'_>, unit_id: i32, now: DateTime) -> Result<()> {
    let Some(it) = newest(write, unit_id)?.filter(|it| it.state == "pending") else {
        return Ok(());
    };
    let unit = unit_of(write, unit_id)?;
    let stored = unit_identity::stored(write.conn, &unit, &write.dictionaries())?;
    if stored.not_stored(&proposed(&it.proposed)).is_empty() {
        close(write, it.change_id, "withdrawn", None, None, None, now)?;
    }
    Ok(())
}

/// The fields of a record.
pub(crate) fn proposed(json: &str) -> Identity {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else {
        return Identity::new();
    };
    let known = |(field, value): (String, Value)| {
        let field = identity::attribute_of(&field)?.field;
        Some((field, value.as_str()?.to_owned()))
    };
    fields.into_iter().filter_map(known).collect()
}
