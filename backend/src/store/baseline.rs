//! What the measuring program compares the server with: the bare Arrow appender, and the bare statements a view
//! stands on. Nothing of the server's way lies in between.

use std::path::Path;
use std::time::{Duration, Instant};

use duckdb::Connection;

use super::columns::{append, bytes, doubles, flags, ints, maybe_bytes, stamps};
use super::error::Result;
use super::migrate;

/// Readings of quarter-hours, so many per commit, appended and committed on one connection.
pub fn append_readings(folder: &Path, rows: usize, per_commit: usize) -> Result<Duration> {
    let conn = Connection::open(folder.join("baseline.duckdb"))?;
    migrate::migrate(&conn)?;
    let mut spent = Duration::ZERO;
    let mut done = 0;
    while done < rows {
        let range = done..(done + per_commit).min(rows);
        let columns = vec![
            ints(range.clone().map(|at| (at / 96) as i32)),
            bytes(range.clone().map(|_| 0)),
            stamps(
                range
                    .clone()
                    .map(|at| Some(1_735_689_600 + (at % 96) as i64 * 900)),
            ),
            doubles(range.clone().map(|at| at as f64 * 0.5)),
            flags(range.clone().map(|_| true)),
            maybe_bytes(range.clone().map(|_| Some(1))),
            ints(range.clone().map(|at| (at / per_commit) as i32)),
        ];
        let start = Instant::now();
        conn.execute_batch("BEGIN")?;
        append(&conn, "reading", columns)?;
        conn.execute_batch("COMMIT")?;
        spent += start.elapsed();
        done = range.end;
    }
    Ok(spent)
}

/// What a statement is given.
#[derive(Clone, Copy)]
enum Given {
    Ids,
    Today,
    ValueAdded,
    Days,
}

/// A statement and what it is given, in order.
type Statement = (&'static str, &'static [Given]);

/// The aggregates that a view is made of.
const VIEWS: [(&str, &[Statement]); 4] = [
    (
        "dual-control",
        &[
            (include_str!("sql/facts_energy.sql"), &[Given::Ids]),
            (
                include_str!("sql/facts_points.sql"),
                &[Given::Ids, Given::Today],
            ),
        ],
    ),
    (
        "intensity",
        &[
            (include_str!("sql/facts_energy.sql"), &[Given::Ids]),
            (
                include_str!("sql/facts_value_added.sql"),
                &[Given::Ids, Given::ValueAdded],
            ),
        ],
    ),
    (
        "benchmarks",
        &[
            (include_str!("sql/facts_output.sql"), &[Given::Ids]),
            (include_str!("sql/facts_process.sql"), &[Given::Ids]),
        ],
    ),
    (
        "inspection-targets",
        &[
            (
                include_str!("sql/facts_recent.sql"),
                &[Given::Today, Given::Days, Given::Ids],
            ),
            (include_str!("sql/facts_units.sql"), &[Given::Today]),
        ],
    ),
];

/// Milliseconds of each run of each view's statements, rows fetched.
pub fn time_views(
    folder: &Path,
    runs: usize,
    today: &str,
) -> Result<Vec<(&'static str, Vec<f64>)>> {
    let conn = Connection::open(folder.join("nengce.duckdb"))?;
    let ids: Option<String> =
        conn.query_row(include_str!("sql/unit_ids.sql"), [], |row| row.get(0))?;
    let mut found = Vec::new();
    for (view, statements) in VIEWS {
        let mut times = Vec::with_capacity(runs);
        for _ in 0..runs {
            let start = Instant::now();
            for (sql, given) in statements {
                let given = given.iter().map(|it| match it {
                    Given::Ids => ids.clone(),
                    Given::Today => Some(today.to_owned()),
                    Given::ValueAdded => Some("0200".to_owned()),
                    Given::Days => Some("30".to_owned()),
                });
                fetch(&conn, sql, given)?;
            }
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        found.push((view, times));
    }
    Ok(found)
}

fn fetch(conn: &Connection, sql: &str, given: impl Iterator<Item = Option<String>>) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(duckdb::params_from_iter(given))?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Bytes of the database file after a checkpoint, and the readings in it.
pub fn size(folder: &Path) -> Result<(u64, u64)> {
    let file = folder.join("nengce.duckdb");
    let conn = Connection::open(&file)?;
    conn.execute_batch("CHECKPOINT")?;
    let readings = conn.query_row("SELECT count(*) FROM reading", [], |row| {
        row.get::<_, i64>(0)
    })?;
    Ok((
        std::fs::metadata(&file)?.len(),
        u64::try_from(readings).unwrap_or(0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appender_stores_what_it_is_given() {
        let folder = tempfile::tempdir().expect("a folder");
        append_readings(folder.path(), 1_000, 96).expect("appended");
        let conn = Connection::open(folder.path().join("baseline.duckdb")).expect("opens");
        let rows: i64 = conn
            .query_row("SELECT count(*) FROM reading", [], |row| row.get(0))
            .expect("counted");
        assert_eq!(rows, 1_000);
    }

    #[test]
    fn every_view_s_statements_run_on_an_empty_store() {
        let folder = tempfile::tempdir().expect("a folder");
        let conn = Connection::open(folder.path().join("nengce.duckdb")).expect("opens");
        migrate::migrate(&conn).expect("migrated");
        drop(conn);
        let times = time_views(folder.path(), 2, "2025-01-01").expect("timed");
        assert!(times.iter().all(|(_, times)| times.len() == 2));
        assert_eq!(size(folder.path()).expect("a size").1, 0);
    }
}
