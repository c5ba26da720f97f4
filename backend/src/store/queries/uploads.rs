//! Uploads, their rejected entries, and the state of today's uploads.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::upload::{RejectedRow, UnknownCode, UploadDay, UploadRow};

use super::each;
use crate::store::unit_columns::UnitColumns;
use crate::store::unit_ids::UnitIds;

pub struct UploadQuery {
    /// Credit code; empty: any.
    pub unit: String,
    pub kind: String,
    pub only_rejected: bool,
    /// Days of receipt, both included.
    pub from: Date,
    pub to: Date,
    /// Upload id of the last row of the page before.
    pub before: i32,
    pub limit: u32,
    /// Also of devices that nobody approved.
    pub all: bool,
    pub units: UnitIds,
}

/// A page, newest first, and how many there are in all.
pub fn page(conn: &Connection, it: &UploadQuery) -> duckdb::Result<(Vec<UploadRow>, u64)> {
    let mut rows = Vec::new();
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let query = params![
        it.unit,
        it.kind,
        it.only_rejected,
        it.before,
        it.limit,
        from,
        to,
        it.all,
        it.units
    ];
    each(conn, include_str!("sql/uploads_page.sql"), query, |row| {
        rows.push(UploadRow {
            upload_id: row.get(0)?,
            received_at: row.get(1)?,
            enterprise_code: row.get(2)?,
            unit_name: row.get(3)?,
            sent_by: row.get(4)?,
            kind: row.get(5)?,
            entries: row.get(6)?,
            stored: row.get(7)?,
            unchanged: row.get(8)?,
            replaced: row.get(9)?,
            rejected: row.get(10)?,
            counted: row.get(11)?,
            first_stat_date: row.get(12)?,
            last_stat_date: row.get(13)?,
            awaiting_approval: row.get(14)?,
        });
        Ok(())
    })?;
    let query = params![it.unit, it.kind, it.only_rejected, from, to, it.all, it.units];
    let total = conn.query_row(include_str!("sql/uploads_count.sql"), query, |row| row.get(0))?;
    Ok((rows, total))
}

/// Which refused entries are asked for.
pub struct RejectedPage {
    pub upload_id: i32,
    /// Also of a device that nobody approved.
    pub all: bool,
    pub units: UnitIds,
    /// Rows of the pages before.
    pub skip: u32,
    pub limit: u32,
    /// Bytes of a page: it ends with the row that passes them.
    pub bytes: usize,
}

/// A page of an upload's refused entries, and how many there are.
pub struct RejectedFound {
    pub rows: Vec<RejectedRow>,
    pub more: bool,
    pub kept: u64,
    /// How many were refused, kept or not.
    pub refused: u64,
    pub sender: Sender,
}

/// Whose upload it is.
#[derive(Debug, Default)]
pub struct Sender {
    /// Empty where the upload is of no unit.
    pub enterprise_code: String,
    /// The profile of the terminal that sent it; empty for files and systems.
    pub profile: String,
    /// The data codes that the unit has sent or is configured to send.
    pub data_codes: Vec<String>,
}

fn sender(conn: &Connection, upload_id: i32) -> duckdb::Result<Sender> {
    let mut sender = Sender::default();
    each(conn, include_str!("sql/upload_sender.sql"), params![upload_id], |row| {
        sender.enterprise_code = row.get(0)?;
        sender.profile = row.get::<_, Option<String>>(1)?.unwrap_or_default();
        sender.data_codes.extend(row.get::<_, Option<String>>(2)?);
        Ok(())
    })?;
    Ok(sender)
}

/// Rows that are read at a time: a page may end long before its last row.
const REJECTED_STEP: u32 = 2_000;

/// `None` when there is no such upload, or it is of a device that nobody approved and not `all` are asked for.
pub fn rejected(conn: &Connection, page: &RejectedPage) -> duckdb::Result<Option<RejectedFound>> {
    let counts = conn.query_row(
        include_str!("sql/rejected_count.sql"),
        params![page.upload_id, page.all, page.units],
        |row| Ok((row.get::<_, Option<u64>>(0)?, row.get(1)?)),
    )?;
    let (Some(refused), kept) = counts else {
        return Ok(None);
    };
    let sender = sender(conn, page.upload_id)?;
    let mut found = RejectedFound { rows: Vec::new(), more: false, kept, refused, sender };
    let mut room = page.bytes;
    while !found.more {
        let have = u32::try_from(found.rows.len()).unwrap_or(u32::MAX);
        let step = (page.limit - have).min(REJECTED_STEP);
        if step == 0 {
            break;
        }
        let before = found.rows.len();
        let (skip, rows, more) = (page.skip.saturating_add(have), &mut found.rows, &mut found.more);
        each(conn, include_str!("sql/rejected.sql"), params![page.upload_id, step, skip], |row| {
            let it = RejectedRow {
                index: row.get(0)?,
                field: row.get(1)?,
                code: row.get(2)?,
                reason_zh: row.get(3)?,
                reason_en: row.get(4)?,
                entry: row.get(5)?,
            };
            let size = it.entry.len() + it.reason_zh.len() + it.reason_en.len();
            // A page has a row at least.
            *more |= size > room && !rows.is_empty();
            if !*more {
                room = room.saturating_sub(size);
                rows.push(it);
            }
            Ok(())
        })?;
        if found.rows.len() - before < step as usize {
            break;
        }
    }
    found.more = u64::from(page.skip) + (found.rows.len() as u64) < kept;
    Ok(Some(found))
}

/// Who reported on a local day, who did not, and which codes no dictionary knows.
pub fn day(
    conn: &Connection,
    today: Date,
    dictionaries: &Dictionaries,
    within: &UnitIds,
) -> duckdb::Result<UploadDay> {
    let today = today.to_string();
    let (uploads, entries, rejected) =
        conn.query_row(include_str!("sql/uploads_day.sql"), params![today, within], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let mut missing = Vec::new();
    let (mut units, mut units_reported) = (0, 0);
    each(conn, include_str!("sql/uploads_day_units.sql"), params![today, within], |row| {
        units += 1;
        if row.get(5)? {
            units_reported += 1;
            return Ok(());
        }
        missing.push(UnitColumns::read(row, 0)?.named(dictionaries));
        Ok(())
    })?;
    let mut unknown_codes = Vec::new();
    each(conn, include_str!("sql/unknown_codes.sql"), params![within], |row| {
        unknown_codes.push(UnknownCode {
            data_code: row.get(0)?,
            units: row.get(1)?,
            first_seen: row.get(2)?,
        });
        Ok(())
    })?;
    Ok(UploadDay { units, units_reported, uploads, entries, rejected, missing, unknown_codes })
}
