//! Real-time values of one item, thinned to the columns of a screen by M4: first, last, lowest and highest of each.

use duckdb::{Connection, params};
use nengce_shared::period::DayRange;

use super::each;

const ITEMS: &str = include_str!("sql/series_of_unit.sql");
const M4: &str = include_str!("sql/series_m4.sql");

/// Points in order of time, and how many readings they stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thinned {
    pub readings: u64,
    /// Seconds since the start of the span, and the value.
    pub points: Vec<(u32, f64)>,
}

/// The real-time items of a unit, the main one first: id and code.
pub fn items(conn: &Connection, unit: i32) -> duckdb::Result<Vec<(i32, String)>> {
    let mut found = Vec::new();
    each(conn, ITEMS, params![unit], |row| {
        found.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(found)
}

/// At most four points for each of `width` equal parts of the span.
pub fn thinned(
    conn: &Connection,
    item: i32,
    span: DayRange,
    width: u32,
) -> duckdb::Result<Thinned> {
    let before = span.to().tomorrow().unwrap_or(span.to()).to_string();
    let mut found = Thinned::default();
    let params = params![item, span.from().to_string(), before, width];
    each(conn, M4, params, |row| {
        found.readings += row.get::<_, u64>(0)?;
        let mut four = [0, 1, 2, 3].map(|_| (0, 0.0));
        for (at, slot) in four.iter_mut().enumerate() {
            *slot = (row.get(1 + 2 * at)?, row.get(2 + 2 * at)?);
        }
        four.sort_unstable_by_key(|it| it.0);
        for point in four {
            if found.points.last() != Some(&point) {
                found.points.push(point);
            }
        }
        Ok(())
    })?;
    Ok(found)
}
