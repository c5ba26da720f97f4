//! The deadlines of a case: rule, law, start, last day, kind of day, what is left.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseDeadlineRow, CaseDetail};
use nengce_shared::certainty::Certainty;
use nengce_shared::lang::Lang;

use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::pages::cases::days_left;

#[component]
pub(super) fn DeadlinesTable(data: Signal<Arc<CaseDetail>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.deadlines.clone()));
    let columns = vec![
        Column::new(t(lang, "期限", "Deadline"), move |it: &CaseDeadlineRow| {
            Cell::text(lang.pick(&it.zh, &it.en))
        })
        .in_narrow()
        .class("sentence"),
        Column::new(t(lang, "规则", "Rule"), move |it: &CaseDeadlineRow| {
            Cell::text(lang.pick(&it.rule_zh, &it.rule_en))
        })
        .class("sentence"),
        Column::new(t(lang, "依据", "Law"), |it: &CaseDeadlineRow| Cell::text(it.ground.clone()))
            .class("sentence")
            .show(move |it| {
                let doubt = (!["found", "operator"].contains(&it.certainty.as_str())).then(
                    || view! { " "<span class="tag">{certainty(&it.certainty, lang)}</span> },
                );
                view! { {it.ground.clone()}{doubt} }
            }),
        Column::new(t(lang, "起算", "Start"), move |it: &CaseDeadlineRow| {
            let step = it.start_step.map(|it| it.label(lang)).unwrap_or_default();
            Cell::text(it.start.as_ref().map_or_else(
                || t(lang, "待上一步", "not begun").to_owned(),
                |day| format!("{day} {step}"),
            ))
        }),
        Column::new(t(lang, "到期", "Last day"), move |it: &CaseDeadlineRow| {
            Cell::text(due(it, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "日的种类", "Counted in"), move |it: &CaseDeadlineRow| {
            Cell::text(it.unit.label(lang))
        }),
        Column::new(t(lang, "状态", "State"), move |it: &CaseDeadlineRow| {
            Cell::text(left(it, lang))
        })
        .in_narrow()
        .show(move |it| {
            let class = if it.days_left.is_some_and(|it| it < 0) { "lv1-text" } else { "" };
            view! { <b class=class>{left(it, lang)}</b> }
        }),
    ];
    view! {
        <DataTable label=t(lang, "期限", "Deadlines") columns rows key=|it: &CaseDeadlineRow| it.name.clone() empty=t(lang, "还没有期限。", "No deadline yet.") />
        <p class="note">{t(lang, "行政处罚法第八十五条：2、3、5、7 日为工作日，其余为自然日；期满日遇节假日不顺延（未见规定）。工作日按已导入的放假安排计算。", "Law on Administrative Penalties art. 85: 2, 3, 5 and 7 days are working days, others calendar days; no rule moves a last day that falls on a holiday. Working days follow the arrangements that were imported.")}</p>
    }
}

fn due(it: &CaseDeadlineRow, lang: Lang) -> String {
    if let Some(year) = it.unknown_year {
        return match lang {
            Lang::Zh => format!("{year} 年放假安排未导入"),
            Lang::En => format!("working days of {year} not known"),
        };
    }
    it.due.clone().unwrap_or_else(|| t(lang, "待上一步", "after the step before").to_owned())
}

fn left(it: &CaseDeadlineRow, lang: Lang) -> String {
    match (&it.done, it.days_left) {
        (Some(day), _) => format!("{} {day}", t(lang, "已办", "done")),
        (None, Some(left)) => days_left(left, lang),
        (None, None) if it.due.is_some() && it.meaning == "term" => {
            t(lang, "已届满", "over").to_owned()
        }
        (None, None) if it.due.is_some() => t(lang, "已可办理", "may follow").to_owned(),
        _ => "—".to_owned(),
    }
}

/// How certain a rule is, in words.
fn certainty(word: &str, lang: Lang) -> String {
    match word {
        "assumed" => t(lang, "假定", "Assumed").to_owned(),
        word => Certainty::of_column(word).label(lang).to_owned(),
    }
}
