//! Baseline for the benchmarks: the time of the bare series statement for every real-time item of a store.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use duckdb::Connection;
use nengce_shared::period::DayRange;

use super::queries::series::thinned;

const ITEMS: &str = include_str!("sql/series_items.sql");

/// Each item's year, at each width.
pub fn time_series(folder: &Path, year: i16, widths: &[u32]) -> Result<Vec<f64>> {
    let conn = Connection::open(folder.join("nengce.duckdb"))?;
    let mut statement = conn.prepare(ITEMS)?;
    let items = statement.query_map([], |row| row.get::<_, i32>(0))?;
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let mut times = Vec::new();
    for width in widths {
        for item in &items {
            let start = Instant::now();
            std::hint::black_box(thinned(&conn, *item, DayRange::year(year), *width)?);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(times)
}
