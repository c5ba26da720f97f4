//! Submissions of enterprises with their receipts, and the outages that they reported.

pub mod drafts;

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_shared::api::submission::Receipt;
use nengce_shared::submission::{SubmissionKind, SubmissionState};

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json::{self, text};
use crate::store::unit_columns::UnitColumns;
use crate::store::unit_ids::UnitIds;

/// A submission.
#[derive(Debug, Clone)]
pub struct Submission {
    /// 0 before it is stored.
    pub id: i32,
    pub unit_id: i32,
    pub kind: SubmissionKind,
    pub state: SubmissionState,
    pub finding: Option<u64>,
    pub reason: String,
    pub submitted_by: String,
    pub submitted_at: String,
    /// Who decided about it, and when.
    pub decided: Option<(String, String)>,
    pub upload_id: Option<i32>,
    pub receipt: Receipt,
}

/// Which submissions; empty texts, none and 0 mean all.
#[derive(Debug, Clone, Default)]
pub struct SubmissionQuery {
    pub units: UnitIds,
    pub unit: String,
    pub state: String,
    pub finding: Option<u64>,
    pub id: i32,
    /// Id of the last row of the page before; 0: from the newest on.
    pub before: i32,
    pub limit: u32,
}

/// What a unit has submitted and its person has written since a moment.
pub fn count_since(conn: &Connection, unit_id: i32, since: &str, author: &str) -> Result<u64> {
    let sql = include_str!("sql/submissions_since.sql");
    let found: i64 = conn.query_row(sql, params![unit_id, since, author], |row| row.get(0))?;
    Ok(found as u64)
}

/// Keeps a new submission; its number.
pub fn insert(conn: &Connection, it: &Submission) -> Result<i32> {
    let receipt = text(&it.receipt)?;
    let (kind, state) = (it.kind.as_str(), it.state.as_str());
    let row = params![
        it.unit_id,
        kind,
        state,
        it.finding,
        it.reason,
        it.submitted_by,
        it.submitted_at,
        it.upload_id,
        receipt
    ];
    let sql = include_str!("sql/submission_insert.sql");
    let id: i32 = conn.query_row(sql, row, |row| row.get(0))?;
    if it.kind == SubmissionKind::Outage {
        let days = &it.receipt;
        let row = params![id, it.unit_id, days.from, days.to, days.excused_until];
        conn.execute(include_str!("sql/outage_insert.sql"), row)?;
    }
    Ok(id)
}

/// A reported outage excuses nothing any more.
pub fn delete_outage(conn: &Connection, id: i32) -> Result<()> {
    conn.execute(include_str!("sql/outage_delete.sql"), params![id])?;
    Ok(())
}

/// Keeps the state, the decision, the upload and the receipt of a submission.
pub fn update(conn: &Connection, it: &Submission) -> Result<()> {
    let (by, at) = it.decided.clone().unzip();
    let row = params![it.id, it.state.as_str(), by, at, it.upload_id, text(&it.receipt)?];
    conn.execute(include_str!("sql/submission_update.sql"), row)?;
    Ok(())
}

/// The submission of a finding that waits for the manager or the authority has this state now.
pub fn decide(
    conn: &Connection,
    finding: u64,
    state: SubmissionState,
    by: &str,
    now: DateTime,
) -> Result<()> {
    let row = params![finding, state.as_str(), by, clock::text(now)];
    conn.execute(include_str!("sql/submission_decide.sql"), row)?;
    Ok(())
}

/// A page, newest first, each with its unit.
pub fn page(conn: &Connection, it: &SubmissionQuery) -> Result<Vec<(UnitColumns, Submission)>> {
    let mut all = Vec::new();
    let wanted = params![it.units, it.unit, it.state, it.finding, it.id, it.before, it.limit];
    each(conn, include_str!("sql/submissions.sql"), wanted, |row| {
        let (kind, state): (String, String) = (row.get(7)?, row.get(8)?);
        let by: Option<String> = row.get(13)?;
        let it = Submission {
            id: row.get(5)?,
            unit_id: row.get(6)?,
            kind: SubmissionKind::parse(&kind).unwrap_or(SubmissionKind::Values),
            state: SubmissionState::parse(&state).unwrap_or(SubmissionState::Done),
            finding: row.get(9)?,
            reason: row.get(10)?,
            submitted_by: row.get(11)?,
            submitted_at: row.get(12)?,
            decided: by.zip(row.get(14)?),
            upload_id: row.get(15)?,
            receipt: json::column(row, 16)?,
        };
        all.push((UnitColumns::read(row, 0)?, it));
        Ok(())
    })?;
    Ok(all)
}

/// The number of submissions, whatever their page.
pub fn count(conn: &Connection, it: &SubmissionQuery) -> Result<u64> {
    let wanted = params![it.units, it.unit, it.state, it.finding];
    let found: i64 =
        conn.query_row(include_str!("sql/submissions_count.sql"), wanted, |row| row.get(0))?;
    Ok(found as u64)
}
