//! Adds events to the end of the chain, inside the caller's transaction.

use duckdb::Connection;
use nengce_core::audit::{self, Algorithm};
use nengce_shared::api::audit::{AuditEvent, AuditRow};

use super::entries::last;
use crate::store::database::append::{ints, maybe_texts, texts};
use crate::store::error::Result;

pub(crate) fn append(conn: &Connection, events: Vec<AuditEvent>, by: Algorithm) -> Result<()> {
    let mut before = last(conn)?;
    let mut rows: Vec<AuditRow> = Vec::with_capacity(events.len());
    for event in events {
        let row = audit::entry((before.0, &before.1), event, by);
        before = (row.number, row.hash.clone());
        rows.push(row);
    }
    let text = |of: fn(&AuditRow) -> &String| texts(rows.iter().map(of));
    let maybe = |of: fn(&AuditRow) -> Option<&String>| maybe_texts(rows.iter().map(of));
    let numbers = rows.iter().map(|it| i32::try_from(it.number).unwrap_or(i32::MAX));
    let columns = vec![
        ints(numbers),
        text(|it| &it.event.at),
        text(|it| &it.event.actor_kind),
        text(|it| &it.event.actor),
        text(|it| &it.event.address),
        text(|it| &it.event.request_id),
        text(|it| &it.event.action),
        text(|it| &it.event.object_kind),
        text(|it| &it.event.object),
        text(|it| &it.event.outcome),
        maybe(|it| it.event.before.as_ref()),
        maybe(|it| it.event.after.as_ref()),
        maybe(|it| it.event.reason.as_ref()),
        text(|it| &it.algorithm),
        text(|it| &it.hash),
    ];
    crate::store::database::append::append(conn, "audit_entry", columns)
}
