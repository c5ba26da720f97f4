//! Drafts: what a person is still writing in a form, one for each account and form. An account keeps a bounded number; the
//! oldest goes first.

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use crate::clock;
use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;

/// A draft as the form wrote it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub body: String,
    pub changed_at: String,
}

fn load(conn: &Connection, account: &str, subject: &str) -> duckdb::Result<Option<Draft>> {
    let mut found = None;
    each(conn, include_str!("sql/draft.sql"), params![account, subject], |row| {
        found = Some(Draft { body: row.get(0)?, changed_at: row.get(1)? });
        Ok(())
    })?;
    Ok(found)
}

impl Store {
    /// The draft of an account for a form.
    pub async fn draft(&self, account: &str, subject: &str) -> Result<Option<Draft>> {
        let (account, subject) = (account.to_owned(), subject.to_owned());
        self.read(move |conn| Ok(load(conn, &account, &subject)?)).await
    }

    /// Keeps a draft in the place of the earlier one, and of an account the `most` newest.
    pub async fn keep_draft(
        &self,
        (account, subject): (&str, &str),
        body: String,
        (now, most): (DateTime, u32),
    ) -> Result<()> {
        let (account, subject) = (account.to_owned(), subject.to_owned());
        self.write_apart(move |conn| {
            conn.execute(include_str!("sql/draft_delete.sql"), params![account, subject])?;
            let row = params![account, subject, body, clock::text(now)];
            conn.execute(include_str!("sql/draft_insert.sql"), row)?;
            conn.execute(include_str!("sql/draft_bound.sql"), params![account, most])?;
            Ok(())
        })
        .await
    }

    /// Forgets a draft.
    pub async fn forget_draft(&self, account: &str, subject: &str) -> Result<()> {
        let (account, subject) = (account.to_owned(), subject.to_owned());
        self.write_apart(move |conn| {
            conn.execute(include_str!("sql/draft_delete.sql"), params![account, subject])?;
            Ok(())
        })
        .await
    }
}
