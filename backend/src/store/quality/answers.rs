//! The answers to findings and their threads, in the database. What steps may be taken is decided by
//! `nengce_core::quality::answer`.

use duckdb::{Connection, Row, params};
use jiff::civil::{Date, DateTime};
use nengce_core::quality::answer::Answer;
use nengce_shared::api::submission::{FindingStep, ThreadFile};
use nengce_shared::submission::{AnswerState, Side, SubmissionKind, ThreadStep};
use serde_json::{Value, json};

use crate::clock;
use crate::store::database::{day_of, each};
use crate::store::error::Result;

/// An answer as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAnswer {
    pub state: AnswerState,
    pub kind: Option<SubmissionKind>,
    /// None: its working days were not known.
    pub due: Option<Date>,
    pub extended: bool,
    pub changed_at: String,
    pub changed_by: String,
}

impl StoredAnswer {
    /// Reads state, kind, deadline, extension, moment and name from column `at` on; none where nobody has answered.
    pub(super) fn read(row: &Row<'_>, at: usize) -> duckdb::Result<Option<Self>> {
        let Some(state) = row.get::<_, Option<String>>(at)? else {
            return Ok(None);
        };
        let kind: Option<String> = row.get(at + 1)?;
        Ok(Some(Self {
            state: AnswerState::parse(&state).unwrap_or(AnswerState::Unanswered),
            kind: kind.and_then(|it| SubmissionKind::parse(&it)),
            due: day_of(row.get(at + 2)?),
            extended: row.get(at + 3)?,
            changed_at: row.get(at + 4)?,
            changed_by: row.get(at + 5)?,
        }))
    }
}

/// A step of a thread that is taken now.
#[derive(Debug, Clone)]
pub struct NewStep {
    pub side: Side,
    pub author: String,
    pub step: ThreadStep,
    pub text: String,
    pub submission_id: Option<i32>,
    pub file_id: Option<i32>,
}

impl NewStep {
    /// A step without a receipt and without a file.
    pub fn new(side: Side, author: &str, step: ThreadStep, text: String) -> Self {
        Self { side, author: author.to_owned(), step, text, submission_id: None, file_id: None }
    }
}

/// Keeps where the answer to a finding stands.
pub fn put(conn: &Connection, finding: u64, it: &Answer, by: &str, now: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/answer_delete.sql"), params![finding])?;
    let due = it.due.ok().map(|it| it.to_string());
    let kind = it.kind.map(SubmissionKind::as_str);
    let row = params![finding, it.state.as_str(), kind, due, it.extended, by, clock::text(now)];
    conn.execute(include_str!("sql/answer_insert.sql"), row)?;
    Ok(())
}

/// Adds a step to the thread of a finding.
pub fn add_step(conn: &Connection, finding: u64, it: &NewStep, now: DateTime) -> Result<()> {
    let (side, step) = (it.side.as_str(), it.step.as_str());
    let row = params![
        finding,
        clock::text(now),
        side,
        it.author,
        step,
        it.text,
        it.submission_id,
        it.file_id
    ];
    conn.execute(include_str!("sql/step_insert.sql"), row)?;
    Ok(())
}

/// The thread of a finding, oldest step first.
pub fn steps(conn: &Connection, finding: u64) -> Result<Vec<FindingStep>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/steps.sql"), params![finding], |row| {
        let (side, step): (String, String) = (row.get(1)?, row.get(3)?);
        all.push(FindingStep {
            at: row.get(0)?,
            side: Side::parse(&side).unwrap_or(Side::Authority),
            author: row.get(2)?,
            step: ThreadStep::parse(&step).unwrap_or(ThreadStep::Message),
            text: row.get(4)?,
            submission_id: row.get(5)?,
            file: file(row, 6)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// The file of a step from column `at` on, where it has one.
fn file(row: &Row<'_>, at: usize) -> duckdb::Result<Option<ThreadFile>> {
    let Some(file_id) = row.get(at)? else { return Ok(None) };
    Ok(Some(ThreadFile {
        file_id,
        name: row.get(at + 1)?,
        media_type: row.get(at + 2)?,
        bytes: row.get(at + 3)?,
        sm3: row.get(at + 4)?,
    }))
}

/// What an audit entry says of an answer.
pub fn noted(it: &Answer) -> Value {
    json!({"state": it.state, "kind": it.kind, "extended": it.extended,
        "due": it.due.ok().map(|it| it.to_string())})
}

/// Sets an open finding aside, which accepts the answer that waits; false where the finding is not open.
pub fn set_aside(
    conn: &Connection,
    finding: u64,
    it: &Answer,
    step: &NewStep,
    reason: &str,
    now: DateTime,
) -> Result<bool> {
    let waived = params![reason, step.author, clock::text(now), finding];
    if conn.execute(include_str!("sql/quality_waive.sql"), waived)? == 0 {
        return Ok(false);
    }
    put(conn, finding, it, &step.author, now)?;
    add_step(conn, finding, step, now)?;
    Ok(true)
}
