//! What the reader may do now: one step after the other, each with its form; and why another may not be taken yet.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, PossibleStep};
use nengce_shared::case::{CaseActor, CaseStep};

use super::step_form::StepForm;
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn ActPanel(data: Signal<Arc<CaseDetail>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let chosen = RwSignal::new(None::<CaseStep>);
    let done = Callback::new(move |()| {
        chosen.set(None);
        changed.run(());
    });
    let mine = Memo::new(move |_| {
        data.with(|it| {
            it.next.iter().filter(|of| it.acts_as.contains(&of.actor)).cloned().collect::<Vec<_>>()
        })
    });
    let others = Memo::new(move |_| {
        data.with(|it| {
            it.next.iter().filter(|of| !it.acts_as.contains(&of.actor)).cloned().collect::<Vec<_>>()
        })
    });
    let button = move |it: PossibleStep| {
        let step = it.step;
        let blocked = it.blocked_zh.is_some();
        let pressed = move || (chosen.get() == Some(step)).to_string();
        view! { <button type="button" class="control" disabled=blocked aria-pressed=pressed on:click=move |_| chosen.update(|it| *it = (*it != Some(step)).then_some(step)) data-testid=format!("step-{}", step.as_str())>{step.label(lang)}</button> }
    };
    let blocks = move || {
        let all = mine.get().into_iter().filter(|it| it.blocked_zh.is_some());
        all.map(|it| {
            let why = match lang {
                nengce_shared::lang::Lang::Zh => it.blocked_zh,
                nengce_shared::lang::Lang::En => it.blocked_en,
            };
            view! { <li><b>{it.step.label(lang)}</b>"："{why}</li> }
        })
        .collect_view()
    };
    let waits = move || {
        let words: Vec<String> = others
            .get()
            .iter()
            .filter(|it| {
                it.blocked_zh.is_none()
                    && it.actor != CaseActor::Unit
                    && it.step != CaseStep::Stopped
            })
            .map(|it| format!("{}（{}）", it.step.label(lang), it.actor.label(lang)))
            .collect();
        (!words.is_empty()).then(|| {
            let words = words.join(t(lang, "、", ", "));
            view! { <p class="note" data-testid="waits">{t(lang, "他方可办：", "Others may take: ")}{words}</p> }
        })
    };
    // Read once: new data do not make the form anew while somebody types in it.
    let actor = move |step: CaseStep| {
        data.with_untracked(|it| match step {
            CaseStep::Undone => {
                it.steps.iter().find(|of| Some(of.number) == it.undo).map(|it| it.actor)
            }
            step => it.next.iter().find(|it| it.step == step).map(|it| it.actor),
        })
    };
    let undo = move || data.with(|it| it.undo).is_some();
    view! {
        <Panel id="act" title=t(lang, "办理", "What may be done") subtitle=t(lang, "先看文书，再提交；提交后只能撤销，不能修改", "look at the paper first; a step is undone by another one, never edited")>
            <div class="actions" role="group" aria-label=t(lang, "可办步骤", "Steps")>
                {move || mine.get().into_iter().map(button).collect_view()}
                <Show when=undo>
                    <button type="button" class="control" aria-pressed=move || (chosen.get() == Some(CaseStep::Undone)).to_string() on:click=move |_| chosen.set(Some(CaseStep::Undone)) data-testid="step-undone">{t(lang, "撤销上一步", "Undo the last step")}</button>
                </Show>
            </div>
            <Show when=move || mine.with(Vec::is_empty) && !undo()>
                <p class="note" data-testid="nothing-to-do">{t(lang, "现在没有您可以办理的步骤。", "There is no step that you may take now.")}</p>
            </Show>
            {waits}
            {move || chosen.get().map(|step| {
                actor(step).map(|actor| view! { <StepForm data step actor done /> })
            })}
            <ul class="blocks">{blocks}</ul>
        </Panel>
    }
}
