//! How the link to each platform above stands: how far uploads are noted, whether it is paused, its last failure.

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::error::Result;

/// The standing of a link, as it is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// Item-days of uploads up to this one are noted.
    pub scanned_upload: i32,
    /// The rules by which they were noted.
    pub rules_sha256: String,
    pub paused_by: Option<String>,
    pub paused_at: Option<String>,
    /// The edition of the dictionaries that came last.
    pub dic_version: Option<String>,
    pub sent_at: Option<String>,
    pub failure: Option<Failure>,
}

/// Why something did not go up.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub at: String,
}

/// The standing of a link; a new one where nothing is kept.
pub fn standing(conn: &Connection, upper: &str) -> Result<Standing> {
    let mut statement = conn.prepare(include_str!("sql/upper_read.sql"))?;
    let mut rows = statement.query(params![upper])?;
    let Some(row) = rows.next()? else { return Ok(Standing::default()) };
    let code: String = row.get(6)?;
    let failure = match code.is_empty() {
        true => None,
        false => Some(Failure {
            code,
            zh: row.get(7)?,
            en: row.get(8)?,
            at: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
        }),
    };
    Ok(Standing {
        scanned_upload: row.get(0)?,
        rules_sha256: row.get(1)?,
        paused_by: row.get(2)?,
        paused_at: row.get(3)?,
        dic_version: row.get(4)?,
        sent_at: row.get(5)?,
        failure,
    })
}

/// Keeps a standing in place of the one before.
pub fn put(conn: &Connection, upper: &str, it: &Standing) -> Result<()> {
    conn.execute(include_str!("sql/upper_delete.sql"), params![upper])?;
    let failure = it.failure.as_ref();
    let text = |of: fn(&Failure) -> &String| failure.map(of).cloned().unwrap_or_default();
    conn.execute(
        include_str!("sql/upper_insert.sql"),
        params![
            upper,
            it.scanned_upload,
            it.rules_sha256,
            it.paused_by,
            it.paused_at,
            it.dic_version,
            it.sent_at,
            text(|it| &it.code),
            text(|it| &it.zh),
            text(|it| &it.en),
            failure.map(|it| it.at.clone())
        ],
    )?;
    Ok(())
}

/// Pauses a link, or lets it go on.
pub fn pause(conn: &Connection, upper: &str, by: Option<&str>, now: DateTime) -> Result<()> {
    let before = standing(conn, upper)?;
    let paused_at = by.map(|_| clock::text(now));
    put(conn, upper, &Standing { paused_by: by.map(str::to_owned), paused_at, ..before })
}

/// Notes a failure of the whole link, or that it works.
pub fn note(conn: &Connection, upper: &str, failure: Option<Failure>) -> Result<()> {
    let before = standing(conn, upper)?;
    match before.failure == failure {
        true => Ok(()),
        false => put(conn, upper, &Standing { failure, ..before }),
    }
}

/// Notes the edition of the dictionaries that a platform above has.
pub fn note_dictionaries(conn: &Connection, upper: &str, version: &str) -> Result<()> {
    let before = standing(conn, upper)?;
    put(conn, upper, &Standing { dic_version: Some(version.to_owned()), ..before })
}

/// Uploads from this one on are looked at again: values of them came into force later than others.
pub fn scan_again_from(conn: &Connection, first_upload: i32) -> Result<()> {
    conn.execute(include_str!("sql/upper_lower.sql"), params![first_upload])?;
    Ok(())
}
