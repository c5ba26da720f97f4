//! The path of states, drawn once: done steps filled, the one that may follow outlined; below it the deadlines.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, CaseStepRow};
use nengce_shared::case::CaseStep as S;

use super::deadlines::DeadlinesTable;
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};

/// States that a case comes to only when something is wrong.
const EXCEPTIONAL_STATES: [S; 9] = [
    S::Stopped,
    S::Transferred,
    S::Revoked,
    S::ExtensionAsked,
    S::NotOpened,
    S::ExtensionRefused,
    S::ReviewReturned,
    S::NoPenalty,
    S::Surcharge,
];

#[component]
pub(super) fn PathPanel(data: Signal<Arc<CaseDetail>>) -> impl IntoView {
    let lang = use_lang();
    let done = move || {
        let rows = data.with(|it| it.steps.clone());
        let states = rows.into_iter().filter(|it| it.step.is_state() && !it.is_undone);
        states.map(|it: CaseStepRow| view! {
            <li class="done"><i></i><b>{it.step.label(lang)}</b><span>{it.on}</span><span class="note">{it.by}</span></li>
        }).collect_view()
    };
    let next = move || {
        let next = data.with(|it| it.next.clone());
        // The branch that a case takes only when something is wrong is not drawn.
        let is_path = |step: S| step.is_state() && !EXCEPTIONAL_STATES.contains(&step);
        next.into_iter().filter(|it| is_path(it.step)).map(|it| {
            let from = it.from.map(|it| format!("{} {it}", t(lang, "最早", "from")));
            view! { <li class="next"><i></i><b>{it.step.label(lang)}</b><span>{from}</span><span class="note">{it.actor.label(lang)}</span></li> }
        }).collect_view()
    };
    let subtitle = Signal::derive(move || {
        data.with(|it| match it.ground.is_empty() {
            true => it.procedure.label(lang).to_owned(),
            false => format!("{} · {}", it.ground, it.procedure.label(lang)),
        })
    });
    view! {
        <Panel id="path" title=t(lang, "办理进程与期限", "Path and deadlines") subtitle>
            <ol class="state-path" data-testid="path">{done}{next}</ol>
            <DeadlinesTable data />
        </Panel>
    }
}
