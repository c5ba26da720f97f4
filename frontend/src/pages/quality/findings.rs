//! What was found, newest first; filters in the address, a click opens the evidence.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::quality::{FindingList, FindingRow, QualityRules};
use nengce_shared::lang::Lang;
use nengce_shared::submission::AnswerState;

use super::words::{SEVERITIES, STATES, item_name, period, period_parts, severity_badge, word};
use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn FindingsPanel(data: Signal<Arc<FindingList>>, rules: Load<QualityRules>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = move || {
        let (shown, total) = data.with(|it| (it.rows.len(), it.page.total));
        match lang {
            Lang::Zh => format!("{shown} / {total} 条 · 点行看证据"),
            Lang::En => format!("{shown} of {total}; a click on a row shows its evidence"),
        }
    };
    let all = t(lang, "全部", "All");
    let reset = move |key: &str, value: Option<String>| {
        url.set(&[(key, value), ("cursor", None), ("finding", None)])
    };
    // Counts are over everything but these three filters, so they say what a choice would show.
    let count = move |of: &'static str, code: &str| -> u64 {
        let state = url.get("state").unwrap_or_else(|| "open".to_owned());
        data.with(|it| {
            it.counts
                .iter()
                .filter(|it| match of {
                    "rule" => it.rule == code && it.state == state,
                    "severity" => it.severity == code && it.state == state,
                    _ => it.state == code,
                })
                .map(|it| it.count)
                .sum()
        })
    };
    let listed =
        move |of: &'static str, list: &'static [(&'static str, &'static str, &'static str)]| {
            Signal::derive(move || {
                list.iter()
                    .map(|(code, zh, en)| {
                        ChipOption::new(code, t(lang, zh, en), &count(of, code).to_string())
                    })
                    .collect::<Vec<_>>()
            })
        };
    let rule_choices = Signal::derive(move || {
        rules.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                it.rules
                    .iter()
                    .map(|rule| {
                        ChipOption::new(
                            &rule.rule,
                            lang.pick(&rule.zh, &rule.en),
                            &count("rule", &rule.rule).to_string(),
                        )
                    })
                    .collect()
            })
        })
    });
    let names = Signal::derive(move || {
        rules.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                it.rules
                    .iter()
                    .map(|rule| (rule.rule.clone(), lang.pick(&rule.zh, &rule.en).to_owned()))
                    .collect::<Vec<_>>()
            })
        })
    });
    let answers = Signal::stored(
        AnswerState::ALL
            .iter()
            .map(|it| ChipOption::new(it.as_str(), it.label(lang), ""))
            .collect::<Vec<_>>(),
    );
    view! {
        <Panel id="findings" title=t(lang, "问题清单", "Findings") subtitle=Signal::derive(subtitle)>
            <div class="chips inline">
                <Chip name=t(lang, "规则", "Rule") all options=rule_choices value=Signal::derive(move || url.get("rule")) on_select=move |it| reset("rule", it) />
                <Chip name=t(lang, "程度", "Severity") all options=listed("severity", &SEVERITIES) value=Signal::derive(move || url.get("severity")) on_select=move |it| reset("severity", it) />
                <Chip name=t(lang, "答复", "Answer") all options=answers value=Signal::derive(move || url.get("answer")) on_select=move |it| reset("answer", it) />
                <Chip name=t(lang, "状态", "State") all=t(lang, "未结", "open") options=listed("state", &STATES) value=Signal::derive(move || url.get("state")) on_select=move |it| reset("state", it) />
            </div>
            <DataTable
                label=t(lang, "问题清单", "Findings")
                columns=columns(lang, url, names)
                rows
                key=|row: &FindingRow| row.finding_id.to_string()
                selected=Signal::derive(move || url.get("finding").into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[("finding", Some(id))]))
                empty=t(lang, "所选条件下没有问题。", "Nothing was found within the filters.")
            />
            <p class="pager">
                {move || url.get("cursor").map(|_| view! {
                    <button type="button" class="control" on:click=move |_| reset("cursor", None)>{t(lang, "回首页", "First page")}</button>
                })}
                {move || data.with(|it| it.page.next.clone()).map(|cursor| view! {
                    <button type="button" class="control" on:click=move |_| url.set(&[("cursor", Some(cursor.clone())), ("finding", None)])>{t(lang, "下一页", "Next page")}</button>
                })}
            </p>
        </Panel>
    }
}

fn columns(
    lang: Lang,
    url: UrlState,
    names: Signal<Vec<(String, String)>>,
) -> Vec<Column<FindingRow>> {
    let rule = move |row: &FindingRow| {
        names.with(|all| {
            all.iter()
                .find(|it| it.0 == row.rule)
                .map_or_else(|| row.rule.clone(), |it| it.1.clone())
        })
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &FindingRow| {
            Cell::text(row.unit.name.clone())
        })
        .in_narrow()
        .show(move |row| {
            let path = format!("/units/{}", row.unit.enterprise_code);
            view! { <a href=move || url.href(&path)>{row.unit.name.clone()}</a> }
        })
        .sort_text(|row| row.unit.name.clone()),
        Column::new(t(lang, "程度", "Severity"), move |row: &FindingRow| {
            Cell::text(word(&SEVERITIES, &row.severity, lang))
        })
        .in_narrow()
        .show(move |row| severity_badge(&row.severity, lang))
        .sort_number(|row| {
            SEVERITIES.iter().rev().position(|it| it.0 == row.severity).map(|it| it as f64)
        }),
        Column::new(t(lang, "规则", "Rule"), move |row: &FindingRow| Cell::text(rule(row)))
            .in_narrow()
            .class("narrow")
            .sort_text(|row| row.rule.clone()),
        Column::new(t(lang, "采集项", "Item"), move |row: &FindingRow| {
            Cell::text(item_name(row, lang))
        }),
        Column::new(t(lang, "时段", "Period"), move |row: &FindingRow| {
            Cell::text(period(row, lang))
        })
        .class("dates")
        .show(move |row| {
            let parts = period_parts(row, lang).into_iter();
            parts.map(|it| view! { <span>{it}</span>" " }).collect_view()
        })
        .sort_text(|row| row.from.clone()),
        Column::new(t(lang, "发现了什么", "What was found"), move |row: &FindingRow| {
            Cell::text(lang.pick(&row.summary_zh, &row.summary_en))
        })
        .class("sentence"),
        Column::new(t(lang, "状态", "State"), move |row: &FindingRow| {
            Cell::text(state(row, lang))
        })
        .class("narrow")
        .show(move |row| view! { <span class:worse=row.overdue>{state(row, lang)}</span> }),
        Column::new(t(lang, "答复期限", "Answer due"), move |row: &FindingRow| {
            Cell::text(due(row, lang))
        })
        .class("narrow")
        .show(move |row| {
            let is_late = row.answer.days_left.is_some_and(|it| it < 0) && waits(row);
            view! { <span class:worse=is_late>{due(row, lang)}</span> }
        })
        .sort_text(|row| row.answer.due.clone().unwrap_or_default()),
        Column::new(t(lang, "首次发现", "First seen"), |row: &FindingRow| {
            Cell::text(row.first_seen.clone())
        })
        .show(|row| time_short(&row.first_seen).to_owned())
        .sort_text(|row| row.first_seen.clone()),
    ]
}

/// Whether the unit or the authority has still to act.
fn waits(row: &FindingRow) -> bool {
    row.state == "open" && row.answer.state != AnswerState::Accepted
}

/// 「待审核 · 12-04」
fn due(row: &FindingRow, lang: Lang) -> String {
    if !waits(row) {
        return String::new();
    }
    let day = row.answer.due.as_deref().and_then(|it| it.get(5..));
    [Some(row.answer.state.label(lang)), day].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn state(row: &FindingRow, lang: Lang) -> String {
    let state = word(&STATES, &row.state, lang);
    if row.overdue { format!("{state} · {}", t(lang, "逾期", "overdue")) } else { state }
}
