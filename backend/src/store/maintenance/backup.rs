//! Backup and restore. A backup copies the database table by table in one snapshot, reads the copy back and compares
//! it. The manifest is written last; a folder without it, or with other checksums, is no backup.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use duckdb::{AccessMode, Config, Connection, params};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::Store;
use crate::store::database::each;
use crate::store::database::migrate;
use crate::store::durability::folder;
use crate::store::error::{Result, StoreError};
use crate::store::maintenance::verify::{self, Check};
use crate::{clock, fail_point, file_permissions};

pub use crate::store::durability::folder::DATABASE;
pub const MANIFEST: &str = "manifest.json";
const FORMAT: u32 = 1;
/// What a restore leaves in the data folder.
const KEPT_BY_RESTORE: [&str; 3] = [folder::LOCK, "backups", "exports"];

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub nengce: String,
    pub duckdb: String,
    pub created_at: String,
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
    pub seconds: f64,
    pub tables: Vec<TableSum>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableSum {
    pub table: String,
    pub rows: u64,
    pub sum: String,
}

impl Store {
    /// Writes a backup into an empty or new folder of this machine; uploads go on meanwhile.
    pub async fn backup(&self, folder: PathBuf, now: DateTime) -> Result<Manifest> {
        let _alone = self.lock_maintenance()?;
        self.read(move |conn| write(conn, &folder, now)).await
    }
}

fn write(conn: &Connection, folder: &Path, now: DateTime) -> Result<Manifest> {
    let started = Instant::now();
    fail_point::hit("backup:start");
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(refused(
            format!("文件夹 {} 不为空", folder.display()),
            format!("the folder {} is not empty; name a new one", folder.display()),
        ));
    }
    let file = folder.join(DATABASE);
    let written = copy(conn, &file).and_then(|tables| {
        let again = sums_of_file(&file)?;
        if again != tables {
            return Err(refused(
                "备份读回后与原数据不一致".to_owned(),
                format!("the backup read back differs: {}", difference(&tables, &again)),
            ));
        }
        let (bytes, sha256) = digest(&file)?;
        let manifest = Manifest {
            format: FORMAT,
            nengce: env!("CARGO_PKG_VERSION").to_owned(),
            duckdb: conn.version()?,
            created_at: clock::text(now),
            file: DATABASE.to_owned(),
            bytes,
            sha256,
            seconds: started.elapsed().as_secs_f64(),
            tables,
        };
        put(
            folder,
            MANIFEST,
            &serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?,
        )?;
        Ok(manifest)
    });
    if written.is_err() {
        for name in [DATABASE, "nengce.duckdb.wal"] {
            drop(fs::remove_file(folder.join(name)));
        }
    }
    written
}

/// Copies everything in one snapshot; what it held by table.
fn copy(conn: &Connection, file: &Path) -> Result<Vec<TableSum>> {
    let quoted = file.display().to_string().replace('\'', "''");
    // One that panicked may have left its file open.
    conn.execute_batch("DETACH DATABASE IF EXISTS backup")?;
    conn.execute_batch(&format!("ATTACH '{quoted}' AS backup"))?;
    let copied = conn
        .execute_batch("BEGIN; COPY FROM DATABASE nengce TO backup")
        .map_err(StoreError::from)
        .and_then(|()| sums(conn));
    let ended = conn.execute_batch(if copied.is_ok() { "COMMIT" } else { "ROLLBACK" });
    fail_point::hit("backup:copied");
    // Leaving a database does not write its log into it: the writer decides about checkpoints.
    let ended = ended.and_then(|()| conn.execute_batch("CHECKPOINT backup"));
    conn.execute_batch("DETACH backup")?;
    ended?;
    let tables = copied?;
    File::open(file)?.sync_all()?;
    Ok(tables)
}

fn sums(conn: &Connection) -> Result<Vec<TableSum>> {
    let mut names: Vec<String> = Vec::new();
    each(conn, include_str!("sql/backup_tables.sql"), [], |row| {
        names.push(row.get(0)?);
        Ok(())
    })?;
    let mut found = Vec::with_capacity(names.len());
    for table in names {
        let (rows, sum) =
            conn.query_row(include_str!("sql/backup_sum.sql"), params![table], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        found.push(TableSum { table, rows, sum });
    }
    Ok(found)
}

fn sums_of_file(file: &Path) -> Result<Vec<TableSum>> {
    let config = Config::default().access_mode(AccessMode::ReadOnly)?;
    sums(&Connection::open_with_flags(file, config)?)
}

fn difference(a: &[TableSum], b: &[TableSum]) -> String {
    let other = |it: &&TableSum| !b.contains(it);
    let names: Vec<&str> = a.iter().filter(other).map(|it| it.table.as_str()).collect();
    names.join(", ")
}

/// Bytes and SHA-256 of a file.
fn digest(file: &Path) -> Result<(u64, String)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut file = File::open(file)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
        bytes += count as u64;
    }
    Ok((bytes, const_hex::encode(hash.finalize())))
}

fn put(folder: &Path, name: &str, content: &[u8]) -> Result<()> {
    let part = folder.join(format!("{name}.part"));
    fs::write(&part, content)?;
    File::open(&part)?.sync_all()?;
    fs::rename(&part, folder.join(name))?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn refused(zh: String, en: String) -> StoreError {
    StoreError::Refused(format!("{zh} / {en}"))
}

/// Puts a backup in the place of a data folder's database: checked whole before anything of the folder moves.
/// Returns where the old content was put aside, if there was any, and what the check found.
pub fn restore(
    backup: &Path,
    data: &Path,
    force: bool,
    now: DateTime,
) -> Result<(Manifest, Option<PathBuf>, Vec<Check>)> {
    let manifest = read_manifest(backup)?;
    fs::create_dir_all(data)?;
    let _lock = folder::lock(data)?;
    file_permissions::tighten_data(data);
    let fresh = data.join("nengce.duckdb.restoring");
    discard(&fresh);
    let mut held: Vec<PathBuf> =
        fs::read_dir(data)?.map(|it| it.map(|it| it.path())).collect::<std::io::Result<_>>()?;
    // Backups and exports that lie in the data folder stay where they are.
    held.retain(|it| !KEPT_BY_RESTORE.iter().any(|name| it.ends_with(name)));
    if !held.is_empty() && !force {
        return Err(refused(
            format!("数据文件夹 {} 不为空", data.display()),
            format!(
                "the data folder {} is not empty; --force puts its content aside and restores",
                data.display()
            ),
        ));
    }
    let database = data.join(DATABASE);
    let checks = prepare(backup, &manifest, &fresh).inspect_err(|_| discard(&fresh))?;
    let aside = (!held.is_empty()).then(|| {
        let stamp = now.strftime("%Y%m%d-%H%M%S");
        data.join(format!("before-restore-{stamp}"))
    });
    if let Some(aside) = &aside {
        fs::create_dir(aside)?;
        for path in &held {
            if let Some(name) = path.file_name() {
                fs::rename(path, aside.join(name))?;
            }
        }
    }
    fs::rename(&fresh, &database)?;
    File::open(data)?.sync_all()?;
    Ok((manifest, aside, checks))
}

fn read_manifest(backup: &Path) -> Result<Manifest> {
    let file = backup.join(MANIFEST);
    let text = fs::read(&file).map_err(|error| {
        refused(
            format!("{} 无法读取，不是完整的备份", file.display()),
            format!("{} cannot be read: this is no complete backup ({error})", file.display()),
        )
    })?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
        refused(
            format!("{} 内容有误", file.display()),
            format!("{} is not a manifest: {error}", file.display()),
        )
    })?;
    if manifest.format != FORMAT {
        return Err(refused(
            format!("备份格式 {} 不被支持", manifest.format),
            format!("this program knows format {FORMAT}, the backup has {}", manifest.format),
        ));
    }
    Ok(manifest)
}

/// A copy that is the backup to the byte, brought to this program's schema, and what the invariants say of it. A record
/// that breaks one is told and restored: a backup is often all there is.
fn prepare(backup: &Path, manifest: &Manifest, fresh: &Path) -> Result<Vec<Check>> {
    fs::copy(backup.join(DATABASE), fresh)?;
    file_permissions::tighten(fresh)?;
    File::open(fresh)?.sync_all()?;
    if digest(fresh)? != (manifest.bytes, manifest.sha256.clone()) {
        return Err(refused(
            "备份文件已损坏：校验和不符".to_owned(),
            "the backup is damaged: its SHA-256 is not the manifest's; restore another one"
                .to_owned(),
        ));
    }
    let conn = Connection::open(fresh)?;
    migrate::migrate(&conn)?;
    let checks = verify::run(&conn)?;
    conn.execute_batch("CHECKPOINT")?;
    Ok(checks)
}

fn discard(fresh: &Path) {
    drop(fs::remove_file(fresh));
    drop(fs::remove_file(fresh.with_extension("restoring.wal")));
}
