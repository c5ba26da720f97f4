//! The papers of a case: frozen evidence, numbered documents, and the templates of documents.

use duckdb::{Connection, OptionalExt, Row, params};
use jiff::civil::DateTime;
use nengce_shared::api::case_papers::{
    CaseDocumentRow, DocumentBlock, DocumentTemplate, EvidenceRow, EvidenceTable,
};
use nengce_shared::case::CaseDocumentKind;
use serde::Serialize;
use sm3::{Digest, Sm3};

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json::{self, text};

/// Evidence that is frozen now: what it is, what was asked, and the table.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    pub about: EvidenceRow,
    pub question: String,
    pub table: EvidenceTable,
}

/// A document that is issued now.
#[derive(Debug, Clone)]
pub struct NewDocument {
    pub row: CaseDocumentRow,
    pub year: i16,
    pub sequence: u32,
    pub template_version: u32,
    pub blocks: Vec<DocumentBlock>,
}

/// The SM3 hash of something as JSON.
pub fn sm3(it: &impl Serialize) -> Result<String> {
    Ok(const_hex::encode(Sm3::digest(text(it)?)))
}

/// Keeps frozen evidence.
pub fn freeze(conn: &Connection, case: u64, it: &NewEvidence) -> Result<()> {
    let about = &it.about;
    let row = params![case, about.number, text(about)?, it.question, text(&it.table)?, about.sm3];
    conn.execute(include_str!("sql/evidence_insert.sql"), row)?;
    Ok(())
}

/// What was frozen of a case.
pub fn evidence(conn: &Connection, case: u64) -> Result<Vec<EvidenceRow>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/evidence.sql"), params![case], |row| {
        found.push(json::column(row, 0)?);
        Ok(())
    })?;
    Ok(found)
}

/// One piece of evidence: what it is, what was asked, and the table as it was.
pub fn evidence_one(
    conn: &Connection,
    case: u64,
    number: u32,
) -> Result<Option<(EvidenceRow, String, EvidenceTable)>> {
    let columns = |row: &Row<'_>| Ok((json::column(row, 0)?, row.get(1)?, json::column(row, 2)?));
    let sql = include_str!("sql/evidence_one.sql");
    Ok(conn.query_row(sql, params![case, number], columns).optional()?)
}

/// The next number of a kind of document in a year.
pub fn next_sequence(conn: &Connection, kind: CaseDocumentKind, year: i16) -> Result<u32> {
    let sql = include_str!("sql/document_sequence.sql");
    Ok(conn.query_row(sql, params![kind.as_str(), year], |row| row.get(0))?)
}

/// Keeps a document as it was issued.
pub fn issue(conn: &Connection, case: u64, it: &NewDocument) -> Result<()> {
    let of = &it.row;
    let row = params![
        case,
        of.document,
        of.step,
        of.kind.as_str(),
        it.year,
        it.sequence,
        of.number,
        of.on,
        it.template_version,
        text(&it.blocks)?,
        of.sm3
    ];
    conn.execute(include_str!("sql/document_insert.sql"), row)?;
    Ok(())
}

fn document_row(row: &Row<'_>) -> duckdb::Result<CaseDocumentRow> {
    let kind: String = row.get(2)?;
    Ok(CaseDocumentRow {
        document: row.get(0)?,
        step: row.get(1)?,
        kind: CaseDocumentKind::parse(&kind).unwrap_or(CaseDocumentKind::ClosingReport),
        number: row.get(3)?,
        on: row.get(4)?,
        is_served: false,
        served_on: None,
        sm3: row.get(5)?,
    })
}

/// The documents of a case; whether they were served is for the steps to say.
pub fn documents(conn: &Connection, case: u64) -> Result<Vec<CaseDocumentRow>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/documents.sql"), params![case], |row| {
        found.push(document_row(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// A document with the version of its template and its blocks.
pub fn document(
    conn: &Connection,
    case: u64,
    document: u32,
) -> Result<Option<(CaseDocumentRow, u32, Vec<DocumentBlock>)>> {
    let columns = |row: &Row<'_>| Ok((document_row(row)?, row.get(6)?, json::column(row, 7)?));
    let sql = include_str!("sql/document.sql");
    Ok(conn.query_row(sql, params![case, document], columns).optional()?)
}

/// Puts a text in the place of a template; its version.
pub fn put_template(
    conn: &Connection,
    kind: CaseDocumentKind,
    content: &str,
    by: &str,
    now: DateTime,
) -> Result<u32> {
    let row = params![kind.as_str(), content, by, clock::text(now)];
    Ok(conn.query_row(include_str!("sql/template_insert.sql"), row, |row| row.get(0))?)
}

/// The newest version of each template that was ever replaced; one with an empty text is the built-in one again.
pub fn templates(conn: &Connection) -> Result<Vec<DocumentTemplate>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/templates.sql"), [], |row| {
        let kind: String = row.get(0)?;
        let (version, content, put_by, put_at) =
            (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let kind = CaseDocumentKind::parse(&kind);
        found.extend(kind.map(|kind| DocumentTemplate { kind, version, content, put_by, put_at }));
        Ok(())
    })?;
    Ok(found)
}
