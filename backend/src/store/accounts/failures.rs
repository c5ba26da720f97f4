//! The wrong passwords that the disk holds from one start to the next.

use duckdb::Connection;
use jiff::civil::DateTime;

use crate::clock;
use crate::store::Store;
use crate::store::database::append::{append, flags, ints, texts};
use crate::store::database::each;
use crate::store::error::Result;

/// Wrong passwords of an account from a network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredFailures {
    pub account: String,
    pub network: String,
    pub count: u32,
    pub last: DateTime,
    pub is_known: bool,
}

fn load(conn: &Connection) -> duckdb::Result<Vec<StoredFailures>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/sign_in_failures.sql"), [], |row| {
        rows.push(StoredFailures {
            account: row.get(0)?,
            network: row.get(1)?,
            count: row.get(2)?,
            last: clock::read(&row.get::<_, String>(3)?).unwrap_or_default(),
            is_known: row.get(4)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

impl Store {
    pub async fn sign_in_failures(&self) -> Result<Vec<StoredFailures>> {
        self.read(|conn| Ok(load(conn)?)).await
    }

    /// Writes these rows in the place of all earlier ones.
    pub async fn keep_sign_in_failures(&self, rows: Vec<StoredFailures>) -> Result<()> {
        self.write_apart(move |conn| {
            conn.execute(include_str!("sql/sign_in_failures_clear.sql"), [])?;
            let columns = vec![
                texts(rows.iter().map(|it| &it.account)),
                texts(rows.iter().map(|it| &it.network)),
                ints(rows.iter().map(|it| i32::try_from(it.count).unwrap_or(i32::MAX))),
                texts(rows.iter().map(|it| clock::text(it.last))),
                flags(rows.iter().map(|it| it.is_known)),
            ];
            append(conn, "sign_in_failure", columns)
        })
        .await
    }
}
