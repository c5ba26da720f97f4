//! What always holds in the database, as a table: name, words, and the statement that checks it.

use Statement::{AuditChain, ByQuarter, Links, Schema, Whole};

/// How an invariant is checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statement {
    /// The program compares the version of the schema.
    Schema,
    /// The program recomputes the hash of every entry of the audit log.
    AuditChain,
    /// The row of its name in `verify_links.sql` has the counts of rows and of wrong rows.
    Links,
    /// This statement compares everything at once; $1 is the upload up to which roll-ups hold.
    Whole(&'static str),
    /// This statement compares the rows from $1 to before $2, a quarter; $3 is the upload up to which roll-ups hold.
    ByQuarter(&'static str),
}

/// What always holds in the database, in words, and the statement that checks it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Invariant {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub statement: Statement,
}

/// Every invariant.
pub const INVARIANTS: [Invariant; 25] = [
    row("schema", "数据库结构版本为本程序所知", "the schema is the one this program knows", Schema),
    row("audit_chain", "审计日志的哈希链完整", "the chain of the audit log is whole", AuditChain),
    row("unit_unique", "单位不重复", "a unit stands once", Links),
    row("item_unique", "数据项不重复", "an item stands once", Links),
    row("upload_unique", "上传批次不重复", "an upload stands once", Links),
    row("item_has_unit", "数据项都有所属单位", "every item has its unit", Links),
    row("device_has_unit", "终端都有所属单位", "every device has its unit", Links),
    row(
        "registration_has_device",
        "每家企业至多一份有效登记，登记的终端都存在",
        "an enterprise has one registration in force, and its device exists",
        Links,
    ),
    row("change_has_unit", "待定变更的单位都存在", "every change's unit exists", Links),
    row(
        "one_change_waits",
        "每家单位至多一项变更待定",
        "at most one change of a unit waits",
        Links,
    ),
    row("upload_has_unit", "上传批次的单位都存在", "every upload's unit exists", Links),
    row("reading_has_item", "读数都有数据项", "every reading has its item", Links),
    row("reading_has_upload", "读数都有上传批次", "every reading has its upload", Links),
    row("history_has_item", "被替换的值都有数据项", "every replaced value has its item", Links),
    row(
        "history_has_uploads",
        "被替换的值都有两个批次",
        "every replaced value names two uploads that exist",
        Links,
    ),
    row(
        "pending_has_upload",
        "待批准读数都有上传批次",
        "every waiting reading has its upload",
        Links,
    ),
    row("rejected_has_upload", "被拒数据都有上传批次", "every refused entry has its upload", Links),
    row(
        "marked_has_upload",
        "时间偏离统计期起点的读数都有上传批次",
        "every reading with a stamp off its period's start has its upload",
        Links,
    ),
    row("rollup_has_item", "汇总都有数据项", "every roll-up has its item", Links),
    row("rolled_up_to", "汇总进度不超前", "roll-ups are not ahead of the uploads", Links),
    row(
        "upload_counts",
        "批次计数与现存数据一致",
        "an upload's counts equal what stands of it",
        Whole(include_str!("sql/verify_uploads.sql")),
    ),
    row(
        "rhythms",
        "数据项的起止日与频率一致",
        "first day, last day and points a day of an item equal its readings",
        Whole(include_str!("sql/verify_rhythms.sql")),
    ),
    row(
        "key_unique",
        "读数键唯一",
        "a key holds one reading",
        ByQuarter(include_str!("sql/verify_keys.sql")),
    ),
    row(
        "rollup_day",
        "日汇总与原始读数重算一致",
        "day roll-ups equal a recomputation",
        ByQuarter(include_str!("sql/verify_days.sql")),
    ),
    row(
        "rollup_month",
        "月汇总与日汇总重算一致",
        "month roll-ups equal a recomputation",
        ByQuarter(include_str!("sql/verify_months.sql")),
    ),
];

const fn row(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    statement: Statement,
) -> Invariant {
    Invariant { name, zh, en, statement }
}
