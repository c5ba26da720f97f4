//! Uploads, their refused entries, and how today stands.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::common::{Named, UnitRef};
use nengce_shared::api::upload::{RejectedRow, UnknownCode, UploadDay, UploadRow};
use nengce_shared::unit_class::UnitClass;

use super::each;

pub struct Wanted {
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
}

/// A page, newest first, and how many there are in all.
pub fn page(conn: &Connection, it: &Wanted) -> duckdb::Result<(Vec<UploadRow>, u64)> {
    let mut rows = Vec::new();
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let wanted = params![
        it.unit,
        it.kind,
        it.only_rejected,
        it.before,
        it.limit,
        from,
        to,
        it.all
    ];
    each(
        conn,
        include_str!("../sql/uploads_page.sql"),
        wanted,
        |row| {
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
                held: row.get(14)?,
            });
            Ok(())
        },
    )?;
    let wanted = params![it.unit, it.kind, it.only_rejected, from, to, it.all];
    let total = conn.query_row(include_str!("../sql/uploads_count.sql"), wanted, |row| {
        row.get(0)
    })?;
    Ok((rows, total))
}

/// `None` when there is no such upload, or it is of a device that nobody approved and not `all` are asked for.
pub fn rejected(
    conn: &Connection,
    upload_id: i32,
    all: bool,
) -> duckdb::Result<Option<Vec<RejectedRow>>> {
    let known: bool = conn.query_row(
        include_str!("../sql/upload_exists.sql"),
        params![upload_id, all],
        |row| row.get(0),
    )?;
    if !known {
        return Ok(None);
    }
    let mut rows = Vec::new();
    each(
        conn,
        include_str!("../sql/rejected.sql"),
        params![upload_id],
        |row| {
            rows.push(RejectedRow {
                index: row.get(0)?,
                field: row.get(1)?,
                code: row.get(2)?,
                reason_zh: row.get(3)?,
                reason_en: row.get(4)?,
                entry: row.get(5)?,
            });
            Ok(())
        },
    )?;
    Ok(Some(rows))
}

/// Who reported on a local day, who did not, and which codes no dictionary knows.
pub fn day(
    conn: &Connection,
    today: Date,
    dictionaries: &Dictionaries,
) -> duckdb::Result<UploadDay> {
    let today = today.to_string();
    let (uploads, entries, rejected) = conn.query_row(
        include_str!("../sql/uploads_day.sql"),
        params![today, today],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let mut missing = Vec::new();
    let (mut units, mut units_reported) = (0, 0);
    each(
        conn,
        include_str!("../sql/uploads_day_units.sql"),
        params![today, today],
        |row| {
            units += 1;
            if row.get(5)? {
                units_reported += 1;
                return Ok(());
            }
            let (region, industry, class): (String, String, String) =
                (row.get(2)?, row.get(3)?, row.get(4)?);
            missing.push(UnitRef {
                enterprise_code: row.get(0)?,
                name: row.get(1)?,
                region: named(region, |code| {
                    dictionaries
                        .region(code)
                        .map(|it| (it.name_zh.clone(), it.name_en.clone()))
                }),
                industry: named(industry, |code| {
                    dictionaries
                        .nearest_industry(code)
                        .map(|it| (it.name_zh.clone(), it.name_en.clone()))
                }),
                class: UnitClass::parse(&class).unwrap_or(UnitClass::TenThousand),
            });
            Ok(())
        },
    )?;
    let mut unknown_codes = Vec::new();
    each(conn, include_str!("../sql/unknown_codes.sql"), [], |row| {
        unknown_codes.push(UnknownCode {
            data_code: row.get(0)?,
            units: row.get(1)?,
            first_seen: row.get(2)?,
        });
        Ok(())
    })?;
    Ok(UploadDay {
        units,
        units_reported,
        uploads,
        entries,
        rejected,
        missing,
        unknown_codes,
    })
}

fn named(code: String, names: impl Fn(&str) -> Option<(String, String)>) -> Named {
    let (zh, en) = names(&code).unwrap_or_else(|| (code.clone(), code.clone()));
    Named { code, zh, en }
}
