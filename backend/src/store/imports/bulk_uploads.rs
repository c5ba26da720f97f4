//! Bulk uploads in the database: their progress, their answers, and the outcome of every row.

use duckdb::{Connection, params};
use nengce_shared::api::bulk::BulkUpload;

use crate::store::database::append::{append, ints, maybe_texts, texts};
use crate::store::database::each;
use crate::store::error::Result;

/// An upload as it is kept.
#[derive(Debug, Clone)]
pub struct StoredBulkUpload {
    pub view: BulkUpload,
    pub digest: String,
    pub answer: Option<String>,
}

/// The outcome of one row, and the problem of a row that was rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct RowResult {
    pub row: u32,
    pub outcome: &'static str,
    pub problem: Option<RowProblem>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RowProblem {
    pub field: String,
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
}

pub const OUTCOMES: [&str; 5] =
    ["stored", "unchanged", "replaced", "awaiting_approval", "rejected"];

/// Who asks for which uploads; empty texts and 0 mean all.
#[derive(Debug, Clone)]
pub struct BulkUploadQuery {
    pub sent_by: String,
    pub key: String,
    pub id: i32,
    pub before: i32,
    pub limit: u32,
}

impl Default for BulkUploadQuery {
    fn default() -> Self {
        Self { sent_by: String::new(), key: String::new(), id: 0, before: i32::MAX, limit: 1 }
    }
}

/// Newest first.
pub fn find(conn: &Connection, it: &BulkUploadQuery) -> Result<Vec<StoredBulkUpload>> {
    let mut found = Vec::new();
    each(
        conn,
        include_str!("sql/bulk_find.sql"),
        params![it.sent_by, it.key, it.id, it.before, it.limit],
        |row| {
            found.push(StoredBulkUpload {
                view: BulkUpload {
                    bulk_id: row.get(0)?,
                    idempotency_key: row.get(1)?,
                    sent_by: row.get(2)?,
                    content_type: row.get(3)?,
                    received_at: row.get(4)?,
                    finished_at: row.get(5)?,
                    state: row.get(6)?,
                    rows: row.get(7)?,
                    stored: row.get(8)?,
                    unchanged: row.get(9)?,
                    replaced: row.get(10)?,
                    awaiting_approval: row.get(11)?,
                    rejected: row.get(12)?,
                },
                digest: row.get(13)?,
                answer: row.get(14)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

pub fn count(conn: &Connection, sent_by: &str) -> Result<u64> {
    let sql = include_str!("sql/bulk_count.sql");
    Ok(conn.query_row(sql, params![sent_by], |row| row.get(0))?)
}

/// Begins one; its id.
pub fn begin(
    conn: &Connection,
    sent_by: &str,
    key: Option<&str>,
    digest: &str,
    content_type: &str,
    at: &str,
) -> Result<i32> {
    let last: i32 = conn.query_row(include_str!("sql/bulk_last.sql"), [], |row| row.get(0))?;
    conn.execute(
        include_str!("sql/bulk_insert.sql"),
        params![last + 1, key, sent_by, digest, content_type, at],
    )?;
    Ok(last + 1)
}

/// Keeps what became of a piece's rows.
pub fn progress(conn: &Connection, id: i32, rows: &[RowResult]) -> Result<()> {
    let problem = |part: fn(&RowProblem) -> &String| {
        maybe_texts(rows.iter().map(move |it| it.problem.as_ref().map(part)))
    };
    append(
        conn,
        "bulk_result",
        vec![
            ints(rows.iter().map(|_| id)),
            ints(rows.iter().map(|it| i32::try_from(it.row).unwrap_or(i32::MAX))),
            texts(rows.iter().map(|it| it.outcome)),
            problem(|it| &it.field),
            problem(|it| &it.code),
            problem(|it| &it.reason_zh),
            problem(|it| &it.reason_en),
        ],
    )?;
    let [stored, unchanged, replaced, awaiting_approval, rejected] =
        OUTCOMES.map(|outcome| rows.iter().filter(|it| it.outcome == outcome).count() as u64);
    conn.execute(
        include_str!("sql/bulk_progress.sql"),
        params![rows.len() as u64, stored, unchanged, replaced, awaiting_approval, rejected, id],
    )?;
    Ok(())
}

/// Finishes an upload and stores the answer, which the same key and body get again.
pub fn finish(
    conn: &Connection,
    id: i32,
    state: &str,
    at: &str,
    answer: Option<&str>,
) -> Result<()> {
    conn.execute(include_str!("sql/bulk_finish.sql"), params![state, at, answer, id])?;
    Ok(())
}

/// Results of the rows after one and up to another.
pub fn results(conn: &Connection, id: i32, after: u32, to: u32) -> Result<Vec<RowResult>> {
    rows(conn, include_str!("sql/bulk_results.sql"), params![id, after, to])
}

/// The first refused rows.
pub fn rejected(conn: &Connection, id: i32, most: u32) -> Result<Vec<RowResult>> {
    rows(conn, include_str!("sql/bulk_rejected.sql"), params![id, most])
}

fn rows(conn: &Connection, sql: &str, asked: impl duckdb::Params) -> Result<Vec<RowResult>> {
    let mut rows = Vec::new();
    each(conn, sql, asked, |row| {
        let outcome: String = row.get(1)?;
        let field: Option<String> = row.get(2)?;
        let problem = match field {
            Some(field) => Some(RowProblem {
                field,
                code: row.get(3)?,
                reason_zh: row.get(4)?,
                reason_en: row.get(5)?,
            }),
            None => None,
        };
        rows.push(RowResult {
            row: row.get(0)?,
            outcome: OUTCOMES.into_iter().find(|it| *it == outcome).unwrap_or("rejected"),
            problem,
        });
        Ok(())
    })?;
    Ok(rows)
}
