//! Checks the invariants against the database file: keys are unique, no row lacks its owner, counts of uploads equal
//! their rows, roll-ups equal a recomputation. Runs in one snapshot, a quarter of readings at a time.

use std::collections::HashMap;

use duckdb::{Connection, ToSql, params};
use nengce_shared::api::audit::AuditBreak;

use super::invariants::{INVARIANTS, Invariant, Statement};
use crate::store::Store;
use crate::store::audit;
use crate::store::database::each;
use crate::store::database::meta::meta;
use crate::store::database::migrate;
use crate::store::error::Result;
use crate::store::rollup::changed_days::ROLLED_UP_TO;

const LINKS: &str = include_str!("sql/verify_links.sql");

/// The answer to one invariant.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub invariant: Invariant,
    pub checked: u64,
    pub wrong: u64,
    /// One place where it is broken.
    pub example: Option<String>,
}

impl Check {
    pub fn holds(&self) -> bool {
        self.wrong == 0
    }
}

impl Store {
    /// Asks all of [`INVARIANTS`]; uploads go on meanwhile.
    pub async fn verify(&self) -> Result<Vec<Check>> {
        let _alone = self.lock_maintenance()?;
        self.wait_for_roll_ups().await?;
        self.read(|conn| {
            conn.execute_batch("BEGIN")?;
            let found = run(conn);
            conn.execute_batch("ROLLBACK")?;
            found
        })
        .await
    }
}

/// All checks on one connection; the caller sees to it that they see one snapshot.
pub fn run(conn: &Connection) -> Result<Vec<Check>> {
    let mut links: HashMap<String, Counts> = HashMap::new();
    each(conn, LINKS, [], |row| {
        links.insert(row.get(0)?, (row.get(1)?, row.get(2)?, None));
        Ok(())
    })?;
    let mut quarters: Vec<(String, String)> = Vec::new();
    each(conn, include_str!("sql/verify_quarters.sql"), [], |row| {
        quarters.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    let rolled_up_to: i32 = meta(conn, ROLLED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut check = |invariant: Invariant| -> Result<Check> {
        let counts = match invariant.statement {
            Statement::Schema => vec![(1, u64::from(!migrate::is_current(conn)?), None)],
            Statement::AuditChain => vec![audit_counts(conn)?],
            Statement::Links => vec![links.remove(invariant.name).unwrap_or_else(|| {
                (0, 1, Some("verify_links.sql has no row of this name".to_owned()))
            })],
            Statement::Whole(sql) => vec![counts(conn, sql, params![rolled_up_to])?],
            Statement::ByQuarter(sql) => quarters
                .iter()
                .map(|(from, to)| counts(conn, sql, params![from, to, rolled_up_to]))
                .collect::<duckdb::Result<_>>()?,
        };
        Ok(Check {
            invariant,
            checked: counts.iter().map(|it| it.0).sum(),
            wrong: counts.iter().map(|it| it.1).sum(),
            example: counts.into_iter().find_map(|it| it.2),
        })
    };
    INVARIANTS.into_iter().map(&mut check).collect()
}

/// Rows looked at, wrong rows, and one of them.
type Counts = (u64, u64, Option<String>);

/// Entries of the audit log, and the first broken link.
fn audit_counts(conn: &Connection) -> duckdb::Result<Counts> {
    let found = audit::verify(conn)?;
    let example = found.broken.map(|it| {
        let AuditBreak { number, zh, en } = it.into();
        format!("{number}: {zh} / {en}")
    });
    Ok((found.entries, u64::from(example.is_some()), example))
}

/// Runs a statement, which takes as many of the values as it has parameters.
fn counts(conn: &Connection, sql: &str, given: &[&dyn ToSql]) -> duckdb::Result<Counts> {
    let mut statement = conn.prepare(sql)?;
    let given = &given[..statement.parameter_count().min(given.len())];
    statement.query_row(given, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
