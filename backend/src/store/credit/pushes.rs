//! Contents for the credit platform: each is kept once, tried in its order, and marked when the platform has it.

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_shared::api::credit::{CreditPush, CreditRecord};
use nengce_shared::credit::PushState;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json;

/// A content whose time has come.
#[derive(Debug, Clone)]
pub struct DuePush {
    pub push_id: u64,
    pub content: String,
    pub content_sha256: String,
    pub attempts: u32,
}

/// What became of a try.
#[derive(Debug, Clone)]
pub struct Tried {
    pub state: PushState,
    pub next_at: Option<DateTime>,
    pub answer: String,
    pub sent_at: Option<DateTime>,
}

/// Keeps a content to be sent, unless the same content is there already.
pub fn insert(conn: &Connection, entry: u64, record: &CreditRecord, now: DateTime) -> Result<()> {
    let content = json::text(record)?;
    let hash = const_hex::encode(Sha256::digest(&content));
    let row = params![entry, content, hash, clock::text(now)];
    conn.execute(include_str!("sql/push_insert.sql"), row)?;
    Ok(())
}

/// The next content of each entry, where its time has come.
pub fn due(conn: &Connection, now: DateTime) -> Result<Vec<DuePush>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/push_due.sql"), params![clock::text(now)], |row| {
        found.push(DuePush {
            push_id: row.get(0)?,
            content: row.get(1)?,
            content_sha256: row.get(2)?,
            attempts: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Keeps what became of a try.
pub fn update(conn: &Connection, it: &DuePush, tried: &Tried) -> Result<()> {
    let moment = |it: Option<DateTime>| it.map(clock::text);
    let row = params![
        it.push_id,
        tried.state.as_str(),
        it.attempts + 1,
        moment(tried.next_at),
        tried.answer,
        moment(tried.sent_at)
    ];
    conn.execute(include_str!("sql/push_update.sql"), row)?;
    Ok(())
}

/// What waits is tried now, and what was refused is tried again.
pub fn retry_now(conn: &Connection, now: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/push_again.sql"), params![clock::text(now)])?;
    Ok(())
}

/// The newest rows.
pub fn list(conn: &Connection, most: u32) -> Result<Vec<CreditPush>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/pushes.sql"), params![most], |row| {
        let state: String = row.get(3)?;
        found.push(CreditPush {
            push_id: row.get(0)?,
            entry_id: row.get(1)?,
            content_sha256: row.get(2)?,
            state: PushState::parse(&state).unwrap_or(PushState::Waiting),
            attempts: row.get(4)?,
            next_at: row.get(5)?,
            answer: row.get(6)?,
            sent_at: row.get(7)?,
        });
        Ok(())
    })?;
    Ok(found)
}
