//! What an account saw at its last two visits of its first page: one row for each account. A visit begins with signing in.

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;

/// What was seen, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub at: DateTime,
    /// JSON of whoever keeps it.
    pub figures: String,
}

/// A visit, and the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub account: String,
    /// When its person signed in.
    pub signed_in_at: DateTime,
    pub seen: Seen,
    pub before: Option<Seen>,
}

fn load(conn: &Connection, account: &str) -> duckdb::Result<Option<Visit>> {
    let mut found = None;
    let time = |text: String| clock::read(&text).unwrap_or_default();
    each(conn, include_str!("sql/visit.sql"), params![account], |row| {
        let before: Option<String> = row.get(3)?;
        let before = before.map(time).zip(row.get(4)?);
        found = Some(Visit {
            account: account.to_owned(),
            signed_in_at: time(row.get(0)?),
            seen: Seen { at: time(row.get(1)?), figures: row.get(2)? },
            before: before.map(|(at, figures)| Seen { at, figures }),
        });
        Ok(())
    })?;
    Ok(found)
}

impl Store {
    /// The last visit of an account.
    pub async fn visit(&self, account: &str) -> Result<Option<Visit>> {
        let account = account.to_owned();
        self.read(move |conn| Ok(load(conn, &account)?)).await
    }

    /// Keeps a visit in the place of the earlier one.
    pub async fn keep_visit(&self, it: Visit) -> Result<()> {
        self.write_apart(move |conn| {
            conn.execute(include_str!("sql/visit_delete.sql"), params![it.account])?;
            let before = it.before.as_ref();
            conn.execute(
                include_str!("sql/visit_insert.sql"),
                params![
                    it.account,
                    clock::text(it.signed_in_at),
                    clock::text(it.seen.at),
                    it.seen.figures,
                    before.map(|it| clock::text(it.at)),
                    before.map(|it| &it.figures)
                ],
            )?;
            Ok(())
        })
        .await
    }
}
