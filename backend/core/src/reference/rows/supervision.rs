//! Rows of supervision: violations with the law and the amounts, deadlines of cases, acts of the credit list.

use nengce_shared::case::{DeadlineUnit, Procedure};
use serde::Serialize;

use crate::reference::table::{Entry, Fields, Provenance};

/// What an enterprise did wrong, by which law, and what may follow.
#[derive(Debug, Clone, Serialize)]
pub struct Violation {
    /// The code, such as `V03`.
    pub code: String,
    /// The name in Chinese.
    pub zh: String,
    /// The name in English.
    pub en: String,
    /// The duty that it breaks, in Chinese.
    pub duty_zh: String,
    /// The article by which the authority proceeds.
    pub ground: String,
    /// Whose matter it is: `energy`, `metering` or `statistics`.
    pub authority: String,
    /// How the law lets the authority proceed.
    pub procedure: Procedure,
    /// The amounts of the fine; none where the law has no fine in yuan.
    pub fine: Option<FineRange>,
    /// Where the row comes from.
    pub provenance: Provenance,
}

/// The amounts of a fine in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FineRange {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// The amount without any circumstance.
    pub base: f64,
    /// What each circumstance adds or takes.
    pub step: f64,
}

impl Entry for Violation {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "zh",
        "en",
        "duty_zh",
        "ground",
        "authority",
        "procedure",
        "least_yuan",
        "most_yuan",
        "base_yuan",
        "step_yuan",
    ];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let amounts = ["least_yuan", "most_yuan", "base_yuan", "step_yuan"];
        let fine = match amounts.map(|it| row.optional_number(it)) {
            [Some(least), Some(most), Some(base), Some(step)] => {
                Some(FineRange { least, most, base, step })
            }
            [None, None, None, None] => None,
            _ => {
                let (zh, en) =
                    ("四个金额应全有或全无", "the four amounts stand together or not at all");
                row.refuse("least_yuan", "empty", zh, en);
                None
            }
        };
        if fine.is_some_and(|it| {
            it.least < 0.0 || it.step < 0.0 || !(it.least..=it.most).contains(&it.base)
        }) {
            let (zh, en) =
                ("应有 0 ≤ 下限 ≤ 起点 ≤ 上限，档差 ≥ 0", "0 ≤ least ≤ base ≤ most, step ≥ 0");
            row.refuse("base_yuan", "wrong_type", zh, en);
        }
        Self {
            code: row.text("code"),
            zh: row.text("zh"),
            en: row.text("en"),
            duty_zh: row.text("duty_zh"),
            ground: row.text("ground"),
            authority: row.one_of("authority", &["energy", "metering", "statistics"]),
            procedure: word(
                row,
                "procedure",
                Procedure::ALL,
                Procedure::as_str,
                Procedure::Transfer,
            ),
            fine,
            provenance: row.provenance(),
        }
    }
}

/// A deadline of a case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseDeadline {
    /// The name, such as `hearing_request`.
    pub name: String,
    /// What is due, in Chinese.
    pub zh: String,
    /// What is due, in English.
    pub en: String,
    /// The rule in Chinese.
    pub rule_zh: String,
    /// The rule in English.
    pub rule_en: String,
    /// How many days or months.
    pub count: u32,
    /// Of which kind.
    pub unit: DeadlineUnit,
    /// The law.
    pub ground: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

/// The deadlines that a case counts; the dictionary must hold each of them.
pub(in crate::reference) const CASE_DEADLINES: [&str; 13] = [
    "inspection_notice",
    "order_service",
    "rectification",
    "extension_request",
    "extension",
    "hearing_request",
    "hearing_notice",
    "decision",
    "service",
    "payment",
    "unpublish",
    "limitation",
    "credit_objection",
];

impl Entry for CaseDeadline {
    const COLUMNS: &'static [&'static str] =
        &["name", "zh", "en", "rule_zh", "rule_en", "count", "unit", "ground"];
    fn key(&self) -> String {
        self.name.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        row.text("count");
        Self {
            name: row.text("name"),
            zh: row.text("zh"),
            en: row.text("en"),
            rule_zh: row.text("rule_zh"),
            rule_en: row.text("rule_en"),
            count: row.optional("count", "整数", "a whole number").unwrap_or_default(),
            unit: word(row, "unit", DeadlineUnit::ALL, DeadlineUnit::as_str, DeadlineUnit::Day),
            ground: row.text("ground"),
            provenance: row.provenance(),
        }
    }
}

/// An act for which an enterprise may be put on the credit list.
#[derive(Debug, Clone, Serialize)]
pub struct CreditAct {
    /// The code, such as `C01`.
    pub code: String,
    /// The name in Chinese.
    pub zh: String,
    /// The name in English.
    pub en: String,
    /// The rule that finds candidates, one of [`CREDIT_RULES`].
    pub rule: String,
    /// `general` (一般) or `serious` (严重).
    pub level: String,
    /// The legal ground; without one nobody is listed.
    pub ground: String,
    /// Months on the list.
    pub months: u32,
    /// Where the row comes from.
    pub provenance: Provenance,
}

/// The rules by which candidates for the credit list are found.
pub const CREDIT_RULES: [&str; 6] = [
    "not_built",
    "not_uploading",
    "not_kept_running",
    "order_not_carried_out",
    "three_in_a_year",
    "obstruction",
];

impl Entry for CreditAct {
    const COLUMNS: &'static [&'static str] =
        &["code", "zh", "en", "rule", "level", "ground", "months"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        row.text("months");
        Self {
            code: row.text("code"),
            zh: row.text("zh"),
            en: row.text("en"),
            rule: row.one_of("rule", &CREDIT_RULES),
            level: row.one_of("level", &["general", "serious"]),
            ground: row.optional_text("ground"),
            months: row.optional("months", "整数", "a whole number").unwrap_or_default(),
            provenance: row.provenance(),
        }
    }
}

/// A word of a closed list; `otherwise` stands where there is a problem.
fn word<T: Copy>(
    row: &mut Fields<'_>,
    column: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    otherwise: T,
) -> T {
    let words: Vec<&str> = all.iter().map(|it| as_str(*it)).collect();
    let text = row.one_of(column, &words);
    words.iter().position(|it| *it == text).map_or(otherwise, |at| all[at])
}
