//! What changed between a programme and another one, or the ranking of today by its rules.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::programme::{ComparedUnit, ProgrammeComparison, ProgrammeList};
use nengce_shared::inspection::HowChosen;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::{PROGRAMME, WITH};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub(super) fn ComparePanel(
    data: Signal<Arc<ProgrammeComparison>>,
    list: Load<ProgrammeList>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let title = Signal::derive(move || {
        let after = data.with(|it| it.after.programme_id);
        match (after, lang) {
            (0, Lang::Zh) => "自方案以来的变化".to_owned(),
            (0, Lang::En) => "What changed since".to_owned(),
            (id, Lang::Zh) => format!("与方案 {id} 相比"),
            (id, Lang::En) => format!("Against programme {id}"),
        }
    });
    let sum = move || {
        data.with(|it| {
            let rules = match it.after.programme_id {
                0 => t(lang, "；条件、准则与种子相同", "; by the same filters, criteria and seed"),
                _ => "",
            };
            let (joined, left, stayed) = (it.joined, it.left, it.stayed);
            match lang {
                Lang::Zh => format!("新入选 {joined}，落选 {left}，不变 {stayed}{rules}"),
                Lang::En => format!("{joined} joined, {left} left, {stayed} stayed{rules}"),
            }
        })
    };
    let options = move || {
        let shown = url.get(PROGRAMME);
        let chosen = url.get(WITH);
        let all = list.data.with(|it| it.as_ref().map(|it| it.rows.clone())).unwrap_or_default();
        all.into_iter()
            .filter(|it| Some(it.programme_id.to_string()) != shown)
            .map(|it| {
                let id = it.programme_id.to_string();
                let selected = chosen.as_ref() == Some(&id);
                view! { <option value=id.clone() selected=selected>{format!("{id} {} {}", it.name, it.cycle)}</option> }
            })
            .collect_view()
    };
    view! {
        <Panel id="changes" class="capped" title subtitle=Signal::derive(sum)>
            <div class="form-line">
                <label><span>{t(lang, "与谁比", "Against")}</span>
                    <select class="control" data-testid="compare-with" on:change=move |event| url.set(&[(WITH, Some(event_target_value(&event)).filter(|it| !it.is_empty()))])>
                        <option value="">{t(lang, "今天的排序", "the ranking of today")}</option>
                        {options}
                    </select>
                </label>
            </div>
            <DataTable label=title columns=columns(lang) rows key=|it: &ComparedUnit| it.enterprise_code.clone() empty=t(lang, "没有变化。", "Nothing changed.") />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<ComparedUnit>> {
    let how = move |it: Option<HowChosen>| match it {
        Some(it) => it.label(lang).to_owned(),
        None => number::MISSING.to_owned(),
    };
    let change =
        |it: &ComparedUnit| Some(it.score_after.unwrap_or(0.0) - it.score_before.unwrap_or(0.0));
    vec![
        Column::new(t(lang, "单位", "Unit"), |it: &ComparedUnit| Cell::text(it.name.clone()))
            .in_narrow(),
        Column::new(t(lang, "原", "Before"), move |it: &ComparedUnit| {
            Cell::text(how(it.how_before))
        }),
        Column::new(t(lang, "现", "After"), move |it: &ComparedUnit| {
            Cell::text(how(it.how_after))
        })
        .in_narrow()
        .show(move |it| {
            let word = match (it.how_before, it.how_after) {
                (None, Some(_)) => t(lang, "新入选", "joined").to_owned(),
                (Some(_), None) => t(lang, "落选", "left").to_owned(),
                (_, now) => how(now),
            };
            view! { <b>{word}</b> }
        }),
        Column::new(t(lang, "原得分", "Score before"), |it: &ComparedUnit| {
            Cell::Figure(it.score_before, 1)
        })
        .number(),
        Column::new(t(lang, "现得分", "Score after"), |it: &ComparedUnit| {
            Cell::Figure(it.score_after, 1)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "变化", "Change"), move |it: &ComparedUnit| {
            Cell::text(change(it).map_or_else(String::new, |it| number::signed(it, 1)))
        })
        .number()
        .sort_number(change),
        Column::new(
            t(lang, "哪些准则变了", "Which criteria changed"),
            move |it: &ComparedUnit| {
                let words = it.changes.iter().map(|it| {
                    let (before, after) =
                        (number::grouped(it.before, 1), number::grouped(it.after, 1));
                    format!("{} {before} → {after}", it.reason.label(lang))
                });
                Cell::text(words.collect::<Vec<_>>().join(t(lang, "；", "; ")))
            },
        )
        .class("sentence")
        .in_narrow(),
    ]
}
