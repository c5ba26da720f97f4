//! Baselines of queries: the bare statements behind a view and a series, without any code of the server in between.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use duckdb::{Connection, params};

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
            (include_str!("../../../../backend/src/store/sql/snapshot_energy.sql"), &[Given::Ids]),
            (
                include_str!("../../../../backend/src/store/sql/snapshot_points.sql"),
                &[Given::Ids, Given::Today],
            ),
        ],
    ),
    (
        "intensity",
        &[
            (include_str!("../../../../backend/src/store/sql/snapshot_energy.sql"), &[Given::Ids]),
            (
                include_str!("../../../../backend/src/store/sql/snapshot_value_added.sql"),
                &[Given::Ids, Given::ValueAdded],
            ),
        ],
    ),
    (
        "benchmarks",
        &[
            (include_str!("../../../../backend/src/store/sql/snapshot_output.sql"), &[Given::Ids]),
            (include_str!("../../../../backend/src/store/sql/snapshot_process.sql"), &[Given::Ids]),
        ],
    ),
    (
        "inspection-targets",
        &[
            (
                include_str!("../../../../backend/src/store/sql/snapshot_recent.sql"),
                &[Given::Today, Given::Days, Given::Ids],
            ),
            (
                include_str!("../../../../backend/src/store/sql/snapshot_units.sql"),
                &[Given::Today, Given::Today],
            ),
        ],
    ),
];

/// Milliseconds of each run of each view's statements, rows fetched.
pub(crate) fn time_views(
    folder: &Path,
    runs: usize,
    today: &str,
) -> Result<Vec<(&'static str, Vec<f64>)>> {
    let conn = super::open(folder)?;
    let ids: Option<String> =
        conn.query_row(include_str!("../sql/unit_ids.sql"), [], |row| row.get(0))?;
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
pub(crate) fn size(folder: &Path) -> Result<(u64, u64)> {
    let conn = super::open(folder)?;
    conn.execute_batch("CHECKPOINT")?;
    let sql = include_str!("../sql/readings_count.sql");
    let readings = conn.query_row(sql, [], |row| row.get::<_, i64>(0))?;
    Ok((
        std::fs::metadata(folder.join("nengce.duckdb"))?.len(),
        u64::try_from(readings).unwrap_or(0),
    ))
}

/// Milliseconds of the statement of a series, for a year of every real-time item at each width.
pub(crate) fn time_series(folder: &Path, year: i16, widths: &[u32]) -> Result<Vec<f64>> {
    let conn = super::open(folder)?;
    let mut statement = conn.prepare(include_str!("../sql/series_items.sql"))?;
    let items = statement.query_map([], |row| row.get::<_, i32>(0))?;
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let sql = include_str!("../../../../backend/src/store/queries/sql/series_m4.sql");
    let (from, before) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
    let mut times = Vec::new();
    for width in widths {
        for item in &items {
            let start = Instant::now();
            let mut statement = conn.prepare(sql)?;
            let mut rows = statement.query(params![item, from, before, width])?;
            while rows.next()?.is_some() {}
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_s_statements_run_on_an_empty_store() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(crate::bench::baseline::create(folder.path()).expect("a database"));
        let database = |name: &str| folder.path().join(name);
        std::fs::rename(database("baseline.duckdb"), database("nengce.duckdb")).expect("renamed");
        let times = time_views(folder.path(), 2, "2025-01-01").expect("timed");
        assert!(times.iter().all(|(_, times)| times.len() == 2));
        assert_eq!(size(folder.path()).expect("a size").1, 0);
    }
}
