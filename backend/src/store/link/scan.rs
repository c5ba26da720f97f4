//! Finds item-days that changed: those of uploads later than the last one that was noted. Values that came into force later
//! than others lower that mark, so that their uploads are looked at again.

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};

use super::due;
use super::upper::{self, Standing};
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::item_day::ItemDay;

/// An item-day that changed, with what the rules look at.
#[derive(Debug, Clone)]
pub struct ChangedItemDay {
    pub item_day: ItemDay,
    pub enterprise_code: String,
    pub region_code: String,
    pub data_code: String,
}

/// The item-days of some uploads.
#[derive(Debug)]
pub struct Scan {
    pub changed: Vec<ChangedItemDay>,
    /// The last upload that was looked at.
    pub upto: i32,
    /// Whether later uploads are there.
    pub has_more: bool,
}

/// The item-days of the uploads after one, of at most so many uploads, from a day on.
pub fn changed(conn: &Connection, after: i32, uploads: i32, since: Date) -> Result<Scan> {
    let last: Option<i32> =
        conn.query_row(include_str!("../maintenance/sql/upload_last.sql"), [], |row| row.get(0))?;
    let last = last.unwrap_or(0);
    let upto = last.min(after.saturating_add(uploads));
    let mut changed = Vec::new();
    if upto > after {
        let bounds = params![after, upto, since.to_string()];
        each(conn, include_str!("sql/scan.sql"), bounds, |row| {
            changed.push(ChangedItemDay {
                item_day: ItemDay { item_id: row.get(0)?, day: row.get(1)? },
                data_code: row.get(2)?,
                enterprise_code: row.get(3)?,
                region_code: row.get(4)?,
            });
            Ok(())
        })?;
    }
    Ok(Scan { changed, upto: upto.max(after), has_more: last > upto })
}

/// Notes item-days that go up, and how far uploads were looked at by which rules. A mark that was lowered since `before` was
/// read stays lowered.
pub fn note(
    conn: &Connection,
    upper: &str,
    (before, upto): (i32, i32),
    rules_sha256: &str,
    item_days: &[ItemDay],
    now: DateTime,
) -> Result<()> {
    let standing = upper::standing(conn, upper)?;
    let is_same = standing.rules_sha256 == rules_sha256;
    if !is_same {
        // What waits by other rules is found again where these take it.
        conn.execute(include_str!("sql/due_clear.sql"), params![upper])?;
    }
    due::note(conn, upper, item_days, now)?;
    let scanned_upload = match is_same && standing.scanned_upload < before {
        true => standing.scanned_upload,
        false => upto,
    };
    if is_same && scanned_upload == standing.scanned_upload {
        return Ok(());
    }
    let rules_sha256 = rules_sha256.to_owned();
    upper::put(conn, upper, &Standing { scanned_upload, rules_sha256, ..standing })
}
