//! Raw readings of one unit, a page at a time, each with the values it replaced.

use std::collections::HashMap;

use duckdb::{Connection, params};
use nengce_shared::api::unit_readings::{ReadingRow, ReplacedValue};
use nengce_shared::stat_type::StatType;

use super::{each, stat_type};

const COUNT: &str = include_str!("sql/readings_count.sql");
const PAGE: &str = include_str!("sql/readings_page.sql");
const HISTORY: &str = include_str!("sql/readings_history.sql");

/// Which readings; empty texts and −1 mean all.
#[derive(Debug, Clone)]
pub struct ReadingQuery {
    pub unit: i32,
    pub data_code: String,
    pub stat_type: i16,
    /// First time, and the first time after the end.
    pub from: String,
    pub before: String,
}

/// The last reading of the page before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub ts: String,
    pub item: i32,
    pub stat_type: StatType,
}

/// A page and the place of its last reading.
pub struct Page {
    pub rows: Vec<ReadingRow>,
    pub last: Option<Place>,
}

/// How many readings there are in all.
pub fn count(conn: &Connection, it: &ReadingQuery) -> duckdb::Result<u64> {
    conn.query_row(COUNT, params![it.unit, it.data_code, it.stat_type, it.from, it.before], |row| {
        row.get(0)
    })
}

/// At most `limit` readings after `place`, in order of time.
pub fn page(
    conn: &Connection,
    it: &ReadingQuery,
    place: &Place,
    limit: u32,
) -> duckdb::Result<Page> {
    let mut rows = Vec::new();
    let mut keys = Vec::new();
    let query = params![
        it.unit,
        it.data_code,
        it.stat_type,
        it.from,
        it.before,
        place.ts,
        place.item,
        place.stat_type.code(),
        limit
    ];
    each(conn, PAGE, query, |row| {
        keys.push(Place { ts: row.get(3)?, item: row.get(0)?, stat_type: stat_type(row, 2)? });
        rows.push(ReadingRow {
            data_code: row.get(1)?,
            stat_type: stat_type(row, 2)?,
            stat_date: row.get(3)?,
            value: row.get(4)?,
            unit: None,
            valid: row.get(5)?,
            input_type: row.get(6)?,
            upload_id: row.get(7)?,
            received_at: row.get(8)?,
            sent_by: row.get(9)?,
            history: Vec::new(),
        });
        Ok(())
    })?;
    if let (Some(first), Some(last)) = (keys.first(), keys.last()) {
        let mut replaced = history(conn, it, &first.ts, &last.ts)?;
        for (row, key) in rows.iter_mut().zip(&keys) {
            row.history =
                replaced.remove(&(key.item, key.stat_type, key.ts.clone())).unwrap_or_default();
        }
    }
    Ok(Page { rows, last: keys.pop() })
}

type Key = (i32, StatType, String);

fn history(
    conn: &Connection,
    it: &ReadingQuery,
    from: &str,
    to: &str,
) -> duckdb::Result<HashMap<Key, Vec<ReplacedValue>>> {
    let mut all: HashMap<Key, Vec<ReplacedValue>> = HashMap::new();
    each(conn, HISTORY, params![it.unit, it.data_code, from, to], |row| {
        all.entry((row.get(0)?, stat_type(row, 1)?, row.get(2)?)).or_default().push(
            ReplacedValue {
                value: row.get(3)?,
                upload_id: row.get(4)?,
                received_at: row.get(5)?,
                sent_by: row.get(6)?,
                replaced_at: row.get(7)?,
                valid: row.get(8)?,
                replaced_by: row.get(9)?,
                replaced_by_sender: row.get(10)?,
                approved_by: row.get(11)?,
            },
        );
        Ok(())
    })?;
    Ok(all)
}
