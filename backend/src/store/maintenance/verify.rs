//! Checks the invariants against the database file: keys are unique, no row lacks its owner, counts of uploads equal
//! their rows, roll-ups equal a recomputation. Runs in one snapshot, a quarter of readings at a time.

use duckdb::{Connection, params};

use crate::store::Store;
use crate::store::database::each;
use crate::store::database::meta::meta;
use crate::store::database::migrate;
use crate::store::error::Result;
use crate::store::rollup::changed_days::ROLLED_UP_TO;

/// One invariant.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub name: String,
    pub checked: u64,
    pub wrong: u64,
    /// One place where it is broken.
    pub example: Option<String>,
}

/// Every check by name, in words.
pub const CHECKS: [(&str, &str, &str); 24] = [
    ("schema", "数据库结构版本为本程序所知", "the schema is the one this program knows"),
    ("unit_unique", "单位不重复", "a unit stands once"),
    ("item_unique", "数据项不重复", "an item stands once"),
    ("upload_unique", "上传批次不重复", "an upload stands once"),
    ("item_has_unit", "数据项都有所属单位", "every item has its unit"),
    ("device_has_unit", "终端都有所属单位", "every device has its unit"),
    (
        "registration_has_device",
        "每家企业至多一份有效登记，登记的终端都存在",
        "an enterprise has one registration in force, and its device exists",
    ),
    ("change_has_unit", "待定变更的单位都存在", "every change's unit exists"),
    ("one_change_waits", "每家单位至多一项变更待定", "at most one change of a unit waits"),
    ("upload_has_unit", "上传批次的单位都存在", "every upload's unit exists"),
    ("reading_has_item", "读数都有数据项", "every reading has its item"),
    ("reading_has_upload", "读数都有上传批次", "every reading has its upload"),
    ("history_has_item", "被替换的值都有数据项", "every replaced value has its item"),
    (
        "history_has_uploads",
        "被替换的值都有两个批次",
        "every replaced value names two uploads that exist",
    ),
    ("pending_has_upload", "待批准读数都有上传批次", "every waiting reading has its upload"),
    ("rejected_has_upload", "被拒数据都有上传批次", "every refused entry has its upload"),
    (
        "marked_has_upload",
        "时间偏离统计期起点的读数都有上传批次",
        "every reading with a stamp off its period's start has its upload",
    ),
    ("rollup_has_item", "汇总都有数据项", "every roll-up has its item"),
    ("rolled_up_to", "汇总进度不超前", "roll-ups are not ahead of the uploads"),
    ("upload_counts", "批次计数与现存数据一致", "an upload's counts equal what stands of it"),
    (
        "rhythms",
        "数据项的起止日与频率一致",
        "first day, last day and rhythm of an item equal its readings",
    ),
    ("key_unique", "读数键唯一", "a key holds one reading"),
    ("rollup_day", "日汇总与原始读数重算一致", "day roll-ups equal a recomputation"),
    ("rollup_month", "月汇总与日汇总重算一致", "month roll-ups equal a recomputation"),
];

impl Check {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), checked: 0, wrong: 0, example: None }
    }

    fn add(&mut self, (checked, wrong, example): (u64, u64, Option<String>)) {
        self.checked += checked;
        self.wrong += wrong;
        self.example = self.example.take().or(example);
    }

    pub fn holds(&self) -> bool {
        self.wrong == 0
    }

    /// What it says, in Chinese and in English.
    pub fn words(&self) -> (&'static str, &'static str) {
        let found = CHECKS.iter().find(|(name, ..)| *name == self.name);
        found.map_or(("", ""), |(_, zh, en)| (zh, en))
    }
}

impl Store {
    /// Asks all of [`CHECKS`]; uploads go on meanwhile.
    pub async fn verify(&self) -> Result<Vec<Check>> {
        let _alone = self.lock_maintenance()?;
        self.wait_for_roll_ups().await?;
        self.read(|conn| {
            conn.execute_batch("BEGIN")?;
            let found = run(conn);
            conn.execute_batch("ROLLBACK")?;
            found
        })
        .await
    }
}

/// All checks on one connection; the caller sees to it that they see one snapshot.
pub fn run(conn: &Connection) -> Result<Vec<Check>> {
    let mut schema = Check::new("schema");
    schema.add((1, u64::from(!migrate::is_current(conn)?), None));
    let mut found = vec![schema];
    each(conn, include_str!("sql/verify_links.sql"), [], |row| {
        let mut it = Check::new(&row.get::<_, String>(0)?);
        it.add((row.get(1)?, row.get(2)?, None));
        found.push(it);
        Ok(())
    })?;
    let rolled: i32 = meta(conn, ROLLED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
    found.push(whole(conn, "upload_counts", include_str!("sql/verify_uploads.sql"), [])?);
    found.push(whole(conn, "rhythms", include_str!("sql/verify_rhythms.sql"), params![rolled])?);
    found.extend(by_quarter(conn, rolled)?);
    Ok(found)
}

fn by_quarter(conn: &Connection, rolled: i32) -> Result<[Check; 3]> {
    let mut quarters: Vec<(String, String)> = Vec::new();
    each(conn, include_str!("sql/verify_quarters.sql"), [], |row| {
        quarters.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    let mut checks = ["key_unique", "rollup_day", "rollup_month"].map(Check::new);
    for (from, to) in &quarters {
        let [keys, days, months] = &mut checks;
        keys.add(one(conn, include_str!("sql/verify_keys.sql"), params![from, to])?);
        days.add(one(conn, include_str!("sql/verify_days.sql"), params![from, to, rolled])?);
        months.add(one(conn, include_str!("sql/verify_months.sql"), params![from, to, rolled])?);
    }
    Ok(checks)
}

fn whole(conn: &Connection, name: &str, sql: &str, given: impl duckdb::Params) -> Result<Check> {
    let mut it = Check::new(name);
    it.add(one(conn, sql, given)?);
    Ok(it)
}

fn one(
    conn: &Connection,
    sql: &str,
    given: impl duckdb::Params,
) -> duckdb::Result<(u64, u64, Option<String>)> {
    let mut statement = conn.prepare(sql)?;
    statement.query_row(given, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
