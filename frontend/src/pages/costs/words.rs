//! Money and the closed words of costs, tariffs and plans.

use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::i18n::t;

const TEN_THOUSAND: f64 = 1e4;

/// A sum of money with a unit of its size.
pub(super) fn money(yuan: Option<f64>, lang: Lang) -> (String, &'static str) {
    let Some(yuan) = yuan else { return (number::MISSING.to_owned(), "") };
    let (per, unit, decimals) = match (lang, yuan.abs()) {
        (_, it) if it < TEN_THOUSAND => (1.0, t(lang, "元", "yuan"), 0),
        (Lang::Zh, it) if it < 1e8 => (TEN_THOUSAND, "万元", 1),
        (Lang::Zh, _) => (1e8, "亿元", 2),
        (Lang::En, it) if it < 1e6 => (1e3, "thousand yuan", 1),
        (Lang::En, _) => (1e6, "million yuan", 2),
    };
    (number::grouped(yuan / per, decimals), unit)
}

/// The same in one text.
pub(super) fn money_text(yuan: Option<f64>, lang: Lang) -> String {
    let (figure, unit) = money(yuan, lang);
    match unit {
        "" => figure,
        unit => format!("{figure} {unit}"),
    }
}

/// Of charts and tables: 10⁴ yuan.
pub(super) fn ten_thousands(yuan: f64) -> f64 {
    yuan / TEN_THOUSAND
}

pub(super) fn ten_thousand_yuan(lang: Lang) -> &'static str {
    t(lang, "万元", "10⁴ yuan")
}

/// Where a tariff stands.
pub(super) fn state(word: &str, lang: Lang) -> &'static str {
    match word {
        "in_force" => t(lang, "执行中", "In force"),
        "to_come" => t(lang, "未到期", "To come"),
        "over" => t(lang, "已过期", "Over"),
        "replaced" => t(lang, "已被替换", "Replaced"),
        _ => t(lang, "已撤回", "Withdrawn"),
    }
}

/// How the cost of a product is told.
pub(super) fn by(word: &str, lang: Lang) -> &'static str {
    match word {
        "whole" => t(lang, "全部用能成本", "all energy costs"),
        "process" => t(lang, "按工序能耗占比分摊", "by the share of its process"),
        "unknown" => t(
            lang,
            "多产品且工序未计量，无法分摊",
            "several products without metered processes: cannot be told",
        ),
        _ => t(lang, "没有成本完整且有产量的月份", "no month with whole costs and an output"),
    }
}

/// What of a gap is not known.
pub(super) fn missing(word: &str, lang: Lang) -> &'static str {
    match word {
        "no_benchmark" => t(lang, "该产品没有标杆水平", "no benchmark level is published"),
        "no_value" => {
            t(lang, "本年没有完整月份的单耗", "no consumption per output of a complete month")
        }
        _ => t(lang, "没有完整的单价", "no complete prices"),
    }
}
