//! The rows of a group's uploads. A group has few of them: a prepared statement, which DuckDB plans once, writes them in
//! half the time of its appender, which plans an INSERT each time.

use duckdb::types::{TimeUnit, Value};
use duckdb::{Connection, params_from_iter};
use nengce_messages::stamp;

use crate::store::commit::batch::Receipt;
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::error::Result;

const COLUMNS: usize = 14;
/// Numbers of rows that have a statement of their own, so that few statements serve groups of any size.
const STEPS: [usize; 4] = [8, 4, 2, 1];

/// Writes the rows in the table's order of columns.
pub(super) fn insert(conn: &Connection, uploads: &[(&IncomingBatch, &Receipt)]) -> Result<()> {
    let mut left = uploads;
    while !left.is_empty() {
        let step = STEPS.into_iter().find(|it| *it <= left.len()).unwrap_or(1);
        let (rows, later) = left.split_at(step);
        let values = rows.iter().flat_map(|(ready, receipt)| row(ready, receipt));
        conn.prepare_cached(&statement(step))?.execute(params_from_iter(values))?;
        left = later;
    }
    Ok(())
}

fn statement(rows: usize) -> String {
    let places = |row: usize| {
        let of_row: Vec<_> = (1..=COLUMNS).map(|it| format!("${}", row * COLUMNS + it)).collect();
        format!("({})", of_row.join(", "))
    };
    let all: Vec<_> = (0..rows).map(places).collect();
    format!("{} {}", include_str!("sql/upload_insert.sql").trim_end(), all.join(", "))
}

fn row(ready: &IncomingBatch, receipt: &Receipt) -> [Value; COLUMNS] {
    let batch = &ready.batch;
    let count = |it: u32| Value::Int(i32::try_from(it).unwrap_or(i32::MAX));
    let span = ready.rows.span;
    [
        Value::Int(receipt.upload_id),
        moment(stamp::seconds(batch.received_at)),
        batch.unit().map_or(Value::Null, Value::Int),
        Value::Text(batch.sent_by.clone()),
        Value::Text(batch.kind.to_owned()),
        count(batch.entries),
        count(receipt.stored),
        count(receipt.unchanged),
        count(receipt.replaced),
        count(receipt.rejected),
        Value::Boolean(receipt.counted),
        span.map_or(Value::Null, |it| moment(it.0)),
        span.map_or(Value::Null, |it| moment(it.1)),
        count(receipt.awaiting_approval),
    ]
}

/// Seconds of local wall time.
fn moment(seconds: i64) -> Value {
    Value::Timestamp(TimeUnit::Microsecond, seconds * 1_000_000)
}
