//! The cases as cards in columns by phase; a column says how many it holds and which deadline is its first.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseList, CaseRow};
use nengce_shared::case::CasePhase;

use super::due_words;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn Board(data: Signal<Arc<CaseList>>) -> impl IntoView {
    let lang = use_lang();
    let column = move |phase: CasePhase| {
        let of = data
            .with(|it| it.rows.iter().filter(|it| it.phase == phase).cloned().collect::<Vec<_>>());
        let (count, first) = (of.len(), of.iter().find_map(|it| it.next.as_ref()?.due.clone()));
        let first = first.map(|it| format!("{} {it}", t(lang, "最早", "first")));
        view! {
            <section class="board-column" aria-label=phase.label(lang) data-phase=phase.as_str()>
                <h2>{phase.label(lang)}" "<b>{count}</b><span class="note">{first}</span></h2>
                <ul>{of.iter().map(|it| card(it, lang)).collect_view()}</ul>
            </section>
        }
    };
    // A phase that no case is in stands nowhere, but for the usual way.
    let phases = move || {
        let has = |phase: CasePhase| data.with(|it| it.rows.iter().any(|it| it.phase == phase));
        let usual = |it: CasePhase| !matches!(it, CasePhase::Closed | CasePhase::Filed);
        CasePhase::ALL
            .iter()
            .copied()
            .filter(|it| usual(*it) || has(*it))
            .map(column)
            .collect_view()
    };
    view! { <div class="board" data-testid="board">{phases}</div> }
}

fn card(it: &CaseRow, lang: nengce_shared::lang::Lang) -> impl IntoView + use<> {
    let url = use_url_state();
    let path = format!("/cases/{}", it.case_id);
    let class = if it.is_late() { "lv1-text" } else { "note" };
    view! {
        <li>
            <a href=move || url.href(&path)>
                <b>{it.unit.name.clone()}</b>
                <span>{lang.pick(&it.violation_zh, &it.violation_en).to_owned()}</span>
                <span class=class>{due_words(it, lang)}</span>
            </a>
        </li>
    }
}
