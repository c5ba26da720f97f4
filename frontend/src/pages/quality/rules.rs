//! The rules: what each looks for, with which limits, where they come from.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::quality::{QualityParameter, QualityRule, QualityRules};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{SEVERITIES, severity_badge, word};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::certainty_word;
use crate::i18n::{t, use_lang};

#[component]
pub fn RulesPanel(data: Signal<Arc<QualityRules>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.rules.clone()));
    // Above the table: below it, a line of its own could come to stand alone on a sheet.
    let subtitle = move || {
        let days = data.with(|it| it.repair_working_days);
        match lang {
            Lang::Zh => format!("判据与参数 · 断报应在 {days} 个工作日内恢复，过时未结为逾期"),
            Lang::En => format!(
                "what is looked for, and the limits · an outage open for more than {days} working days is overdue"
            ),
        }
    };
    view! {
        <Panel id="quality-rules" class="apart" title=t(lang, "规则", "Rules") subtitle=Signal::derive(subtitle)>
            <DataTable label=t(lang, "规则", "Rules") columns=columns(lang) rows key=|it: &QualityRule| it.rule.clone() />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<QualityRule>> {
    vec![
        Column::new(t(lang, "规则", "Rule"), move |it: &QualityRule| {
            Cell::text(lang.pick(&it.zh, &it.en))
        })
        .in_narrow(),
        Column::new(t(lang, "程度", "Severity"), move |it: &QualityRule| {
            Cell::text(word(&SEVERITIES, &it.severity, lang))
        })
        .in_narrow()
        .show(move |it| severity_badge(&it.severity, lang)),
        Column::new(t(lang, "判据", "What it looks for"), move |it: &QualityRule| {
            Cell::text(lang.pick(&it.about_zh, &it.about_en))
        })
        .class("sentence")
        .in_narrow(),
        Column::new(t(lang, "参数", "Limits"), move |it: &QualityRule| {
            Cell::text(
                it.parameters
                    .iter()
                    .map(|it| parameter(it, lang))
                    .collect::<Vec<_>>()
                    .join(lang.pick("；", "; ")),
            )
        })
        .class("sentence"),
        Column::new(t(lang, "依据", "Source"), move |it: &QualityRule| {
            let source = lang.pick(&it.source_zh, &it.source_en);
            let certainty = certainty_word(&it.certainty, lang);
            Cell::text(match lang {
                Lang::Zh => format!("{source}（{certainty}）"),
                Lang::En => format!("{source} ({certainty})"),
            })
        })
        .class("sentence"),
    ]
}

fn parameter(it: &QualityParameter, lang: Lang) -> String {
    let value = match it.unit.as_str() {
        // A chance of one in a million is no 0.0 %.
        "share" if it.value < 0.0005 => format!("{:e}", it.value),
        "share" => number::percent(Some(it.value)),
        _ => format!("{} {}", it.value, unit(&it.unit, lang)),
    };
    format!("{} {}", lang.pick(&it.zh, &it.en), value.trim())
}

fn unit(word: &str, lang: Lang) -> &str {
    match word {
        "days" => t(lang, "天", "days"),
        "months" => t(lang, "个月", "months"),
        "hours" => t(lang, "小时", "h"),
        "minutes" => t(lang, "分钟", "min"),
        "times" => t(lang, "倍", "times"),
        "units" => t(lang, "家", "units"),
        // The parameter's name says so already.
        "log10" | "power of ten" => "",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, unit: &str) -> String {
        let (name, zh, en) = ("least".to_owned(), "下限".to_owned(), "Least".to_owned());
        parameter(&QualityParameter { name, value, unit: unit.to_owned(), zh, en }, Lang::Zh)
    }

    #[test]
    fn limits_are_shown_with_their_units_and_small_shares_are_not_zero() {
        assert_eq!(shown(0.05, "share"), "下限 5.0%");
        assert_eq!(shown(0.000_001, "share"), "下限 1e-6");
        assert_eq!(shown(6.0, "units"), "下限 6 家");
        assert_eq!(shown(3.0, "power of ten"), "下限 3");
    }
}
