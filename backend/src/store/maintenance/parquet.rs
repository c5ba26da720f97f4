//! Readings as Parquet, one file per month (`month=YYYY-MM/readings.parquet`), written in one snapshot and counted
//! again from the files.

use std::fs;
use std::path::{Path, PathBuf};

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_shared::data_code::DataCode;

use crate::store::Store;
use crate::store::database::append::{append_temp, ints, maybe_texts, texts};
use crate::store::database::each;
use crate::store::error::{Result, StoreError};

/// Which readings go where.
#[derive(Debug, Clone)]
pub struct ParquetExport {
    /// New or empty.
    pub folder: PathBuf,
    pub from: Date,
    /// Not included.
    pub until: Date,
    /// Credit code; empty: all units.
    pub unit: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exported {
    pub files: u32,
    pub readings: u64,
    pub bytes: u64,
}

impl Store {
    /// Uploads go on meanwhile.
    pub async fn export_parquet(&self, query: ParquetExport) -> Result<Exported> {
        let dictionaries = self.dictionaries();
        self.read(move |conn| {
            conn.execute_batch("BEGIN")?;
            let done = write(conn, &query, &dictionaries);
            conn.execute_batch("ROLLBACK")?;
            done
        })
        .await
    }
}

fn write(
    conn: &Connection,
    query: &ParquetExport,
    dictionaries: &Dictionaries,
) -> Result<Exported> {
    fs::create_dir_all(&query.folder)?;
    if fs::read_dir(&query.folder)?.next().is_some() {
        let folder = query.folder.display();
        return Err(StoreError::Refused(format!(
            "文件夹 {folder} 不为空 / the folder {folder} is not empty; name a new one"
        )));
    }
    choose_items(conn, &query.unit, dictionaries)?;
    let span = (query.from.to_string(), query.until.to_string());
    let mut months: Vec<String> = Vec::new();
    let sql = include_str!("sql/parquet_months.sql");
    each(conn, sql, params![span.0, span.1], |row| {
        months.push(row.get(0)?);
        Ok(())
    })?;
    let mut done = Exported { files: 0, readings: 0, bytes: 0 };
    for month in months {
        let file = month_file(&query.folder, &month)?;
        let path = file.display().to_string();
        let given = params![month, span.0, span.1, path];
        let written = conn.execute(include_str!("sql/parquet_month.sql"), given)? as u64;
        let sql = include_str!("sql/parquet_count.sql");
        let counted: u64 = conn.query_row(sql, params![path], |row| row.get(0))?;
        if counted != written {
            return Err(StoreError::Refused(format!(
                "{path}: 写入 {written} 条，读回 {counted} 条 / {written} readings written, {counted} read back"
            )));
        }
        done.files += 1;
        done.readings += counted;
        done.bytes += fs::metadata(&file)?.len();
    }
    Ok(done)
}

fn month_file(folder: &Path, month: &str) -> Result<PathBuf> {
    let part = folder.join(format!("month={month}"));
    fs::create_dir_all(&part)?;
    Ok(part.join("readings.parquet"))
}

/// The items to export with the names and units that their readings are given.
fn choose_items(conn: &Connection, unit: &str, dictionaries: &Dictionaries) -> Result<()> {
    let mut rows: Vec<(i32, String, String)> = Vec::new();
    let sql = include_str!("sql/parquet_items.sql");
    each(conn, sql, params![unit], |row| {
        rows.push((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    let unit_of = |code: &str| {
        let code = DataCode::parse_strict(code).ok()?;
        dictionaries.quantity_unit(&code).map(str::to_owned)
    };
    conn.execute_batch(include_str!("sql/parquet_temp.sql"))?;
    append_temp(
        conn,
        "leaving_item",
        vec![
            ints(rows.iter().map(|it| it.0)),
            texts(rows.iter().map(|it| &it.2)),
            texts(rows.iter().map(|it| &it.1)),
            maybe_texts(rows.iter().map(|it| unit_of(&it.1))),
        ],
    )
}
