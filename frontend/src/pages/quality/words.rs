//! Words of the quality page: severities with their shapes, states, parts of the index.

use leptos::prelude::*;
use nengce_shared::api::quality::{FindingRow, QualityFigures, QualityUnits, QualityWeights};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::level_shape;
use crate::i18n::t;

/// Below this share of assessed units the index of the whole is not shown.
const ASSESSED_SHARE: f64 = 0.9;

pub const SEVERITIES: [(&str, &str, &str); 3] =
    [("high", "严重", "high"), ("medium", "一般", "medium"), ("low", "轻微", "low")];
pub const STATES: [(&str, &str, &str); 3] =
    [("open", "未结", "open"), ("resolved", "已恢复", "resolved"), ("waived", "已说明", "waived")];

/// A part of the index: name, weight, figure.
pub type Part =
    (&'static str, &'static str, fn(&QualityWeights) -> f64, fn(&QualityFigures) -> Option<f64>);

pub const PARTS: [Part; 5] = [
    ("完整", "Completeness", |it| it.completeness, |it| it.completeness),
    ("准确", "Accuracy", |it| it.accuracy, |it| it.accuracy),
    ("及时", "Timeliness", |it| it.timeliness, |it| it.timeliness),
    ("有效", "Validity", |it| it.validity, |it| it.validity),
    ("规范", "Conformity", |it| it.conformity, |it| it.conformity),
];

/// The word of a code out of a list; the code itself when the list does not know it.
pub fn word(list: &[(&'static str, &'static str, &'static str)], code: &str, lang: Lang) -> String {
    list.iter()
        .find(|it| it.0 == code)
        .map_or_else(|| code.to_owned(), |it| t(lang, it.1, it.2).to_owned())
}

/// The index, 0–100 with one decimal.
pub fn points(index: Option<f64>) -> String {
    index.map_or_else(|| number::MISSING.to_owned(), |it| number::grouped(it * 100.0, 1))
}

/// Whether so few units are assessed that their index says nothing of the whole.
pub fn is_assessed(units: &QualityUnits) -> bool {
    units.status.behind_days == 0
        || f64::from(units.units_assessed) >= ASSESSED_SHARE * f64::from(units.units)
}

/// The index of the whole, or that it is not yet assessed.
pub fn index_words(units: &QualityUnits, lang: Lang) -> String {
    if is_assessed(units) {
        points(units.total.index)
    } else {
        t(lang, "尚未判定", "not yet assessed").to_owned()
    }
}

/// 「（已判定 25/286 家）」 where some units are not.
pub fn unassessed_words(units: &QualityUnits, lang: Lang) -> Option<String> {
    let (assessed, all) = (units.units_assessed, units.units);
    (assessed < all).then(|| match lang {
        Lang::Zh => format!("（已判定 {assessed}/{all} 家）"),
        Lang::En => format!(" ({assessed} of {all} units assessed)"),
    })
}

/// Shape and word, so that colour never speaks alone.
pub fn severity_badge(severity: &str, lang: Lang) -> AnyView {
    let (class, level) = match severity {
        "high" => ("badge lv1", WarningLevel::Level1),
        "medium" => ("badge lv2", WarningLevel::Level2),
        _ => ("badge lv-none", WarningLevel::Pending),
    };
    view! { <span class=class>{level_shape(level)}<span>{word(&SEVERITIES, severity, lang)}</span></span> }.into_any()
}

pub fn item_name(row: &FindingRow, lang: Lang) -> String {
    match (&row.item_zh, &row.item_en) {
        (Some(zh), Some(en)) => lang.pick(zh, en).to_owned(),
        _ => row.data_code.clone().unwrap_or_else(|| t(lang, "全部采集项", "all items").to_owned()),
    }
}

/// 「2025-03-01 – 03-04 · 4 天」
pub fn period(row: &FindingRow, lang: Lang) -> String {
    period_parts(row, lang).join(" · ")
}

/// The dates of a period, and its days where it has several: a line breaks between them and not inside a date.
pub fn period_parts(row: &FindingRow, lang: Lang) -> Vec<String> {
    if row.from == row.to {
        return vec![row.from.clone()];
    }
    let to = row.to.strip_prefix(row.from.get(..5).unwrap_or_default()).unwrap_or(&row.to);
    vec![format!("{} – {to}", row.from), format!("{} {}", row.days, lang.pick("天", "days"))]
}
