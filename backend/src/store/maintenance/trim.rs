//! Shortens texts that an earlier version stored and that are longer than today's limits, because the database cannot
//! be read or written within its memory while they are there. The table is rewritten in small steps as the store opens.

use duckdb::{Connection, params};

use crate::store::commit::sender_limits::SenderLimits;
use crate::store::database::each;
use crate::store::error::Result;

/// A table with texts that strangers sent.
struct Texts {
    table: &'static str,
    column: &'static str,
    trim: &'static str,
    /// The same without a look at the texts.
    bare: &'static str,
    most: fn(&SenderLimits) -> usize,
}

/// Bytes of a configuration, and of what waits with a device.
const MOST_CONFIG_BYTES: usize = 16 << 20;
const MOST_PENDING_BYTES: usize = 1 << 20;

const ALL: [Texts; 4] = [
    Texts {
        table: "rejected",
        column: "entry",
        trim: include_str!("sql/trim_rejected.sql"),
        bare: include_str!("sql/trim_rejected_bare.sql"),
        most: |it| it.rejected_limits.entry_bytes,
    },
    Texts {
        table: "unit",
        column: "config",
        trim: include_str!("sql/trim_unit.sql"),
        bare: include_str!("sql/trim_unit_bare.sql"),
        most: |_| MOST_CONFIG_BYTES,
    },
    Texts {
        table: "meter",
        column: "raw",
        trim: include_str!("sql/trim_meter.sql"),
        bare: include_str!("sql/trim_meter_bare.sql"),
        most: |it| it.meter_bytes,
    },
    Texts {
        table: "pending_config",
        column: "message",
        trim: include_str!("sql/trim_pending_config.sql"),
        bare: include_str!("sql/trim_pending_config_bare.sql"),
        most: |it| it.pending_config_bytes.max(MOST_PENDING_BYTES),
    },
];

/// A text may pass its bound by the mark of length and digest; characters of several bytes are counted here as bytes.
const MARK_BYTES: usize = 256;
/// The part of the database's memory that the texts of a step may take.
const SHARE_PER_STEP: i64 = 16;
const MOST_ROWS: i64 = 20_000;
/// Rows that the database reads together.
const VECTOR_ROWS: i64 = 2_048;

/// Trims what is too long; costs a look at statistics where nothing is.
pub fn trim(conn: &Connection, limits: &SenderLimits, memory_limit_mib: u32) -> Result<()> {
    conn.execute_batch(include_str!("sql/trim_begin.sql"))?;
    for it in &ALL {
        let most = (it.most)(limits);
        let longest: i64 = conn.query_row(
            include_str!("sql/trim_longest.sql"),
            params![it.table, it.column],
            |row| row.get(0),
        )?;
        if longest > (most + MARK_BYTES) as i64 {
            tracing::warn!(table = it.table, longest, most, "texts are too long; they are trimmed");
            let step_bytes = (i64::from(memory_limit_mib) << 20) / SHARE_PER_STEP;
            let lost = rewrite(conn, it, most as i64, step_bytes)?;
            tracing::warn!(table = it.table, lost, "texts were trimmed");
        }
    }
    Ok(())
}

/// Rows of a table that lie together, with the longest text among them.
struct Segment {
    first: i64,
    rows: i64,
    longest: i64,
}

fn segments(conn: &Connection, it: &Texts) -> Result<Vec<Segment>> {
    let mut found: Vec<Segment> = Vec::new();
    let mut next = 0;
    each(conn, include_str!("sql/trim_segments.sql"), params![it.table, it.column], |row| {
        let rows = row.get(2)?;
        found.push(Segment { first: next, rows, longest: row.get(3)? });
        next += rows;
        Ok(())
    })?;
    Ok(found)
}

/// Copies a table's rows with their texts trimmed, then puts the copy in its place; how many texts could not be read.
fn rewrite(conn: &Connection, it: &Texts, most: i64, step_bytes: i64) -> Result<i64> {
    let shape: String =
        conn.query_row(include_str!("sql/trim_shape.sql"), params![it.table], |row| row.get(0))?;
    let head = format!("CREATE TABLE {}(", it.table);
    conn.execute_batch(&shape.replacen(&head, "CREATE TABLE trimmed(", 1))?;
    let mut lost = 0;
    for segment in segments(conn, it)? {
        let step = (step_bytes / segment.longest.max(1)).clamp(1, MOST_ROWS);
        let end = segment.first + segment.rows;
        let mut at = segment.first;
        while at < end {
            let to = (at + step).min(end);
            lost += copy(conn, it, most, at, to)?;
            at = to;
        }
    }
    conn.execute_batch(&include_str!("sql/trim_swap.sql").replace("{table}", it.table))?;
    Ok(lost)
}

/// Rows from one to before another: together, else one by one, else without their texts.
fn copy(conn: &Connection, it: &Texts, most: i64, from: i64, to: i64) -> Result<i64> {
    let taken = |from: i64, to: i64| conn.execute(it.trim, params![from, to - 1, most]);
    match taken(from, to) {
        Ok(_) => return Ok(0),
        Err(error) if !is_memory(&error) => return Err(error.into()),
        Err(_) => {}
    }
    let (mut lost, mut at) = (0, from);
    while at < to {
        let alone = match to - from {
            1 => false,
            _ => match taken(at, at + 1) {
                Ok(_) => true,
                Err(error) if is_memory(&error) => false,
                Err(error) => return Err(error.into()),
            },
        };
        if alone {
            at += 1;
            continue;
        }
        // What is read together with this row is too much: so it is for its neighbours.
        let until = ((at / VECTOR_ROWS + 1) * VECTOR_ROWS).min(to);
        lost += conn.execute(it.bare, params![at, until - 1])? as i64;
        at = until;
    }
    Ok(lost)
}

fn is_memory(error: &duckdb::Error) -> bool {
    error.to_string().contains("Out of Memory")
}
