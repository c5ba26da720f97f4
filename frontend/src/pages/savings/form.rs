//! The question: the months of the works, how long the baseline is, when the report ends, and which outputs drive the energy.

use leptos::prelude::*;
use nengce_shared::api::savings::{SavingsDriver, SavingsView};

use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub(super) fn QuestionForm(load: Load<SavingsView>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let field =
        move |key: &'static str, kind: &'static str, label: &'static str, hint: &'static str| {
            view! {
                <label class="field">
                    <span>{label}</span>
                    <input
                        type=kind
                        name=key
                        placeholder=hint
                        prop:value=move || url.get(key).unwrap_or_default()
                        on:change=move |event| {
                            let value = event_target_value(&event);
                            url.set(&[(key, (!value.is_empty()).then_some(value))]);
                        }
                    />
                </label>
            }
        };
    let drivers = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.drivers.clone())).unwrap_or_default()
    });
    view! {
        <Panel id="savings-question" class="apart" title=t(lang, "核算条件", "What is computed")>
            <div class="form-grid">
                {field("works_from", "month", t(lang, "改造开始月", "Works from"), "YYYY-MM")}
                {field("works_to", "month", t(lang, "改造结束月", "Works to"), "YYYY-MM")}
                {field("until", "month", t(lang, "核算至", "Report until"), "YYYY-MM")}
                {field("baseline_months", "number", t(lang, "基期月数（12–36）", "Months of the baseline (12–36)"), "24")}
            </div>
            <Show when=move || !drivers.with(Vec::is_empty)>
                <div class="chips apart" role="group" aria-label=t(lang, "影响因素", "What drives the energy") data-testid="drivers">
                    <span class="note">{t(lang, "影响因素", "What drives the energy")}</span>
                    <For each=move || drivers.get() key=|it| (it.code.clone(), it.used) children=move |it| view! { <Driver it drivers /> } />
                </div>
            </Show>
        </Panel>
    }
}

/// One output; a press takes it into the model or out of it.
#[component]
fn Driver(it: SavingsDriver, drivers: Memo<Vec<SavingsDriver>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let (code, used) = (it.code.clone(), it.used);
    let press = move |_| {
        let kept = drivers.with_untracked(|all| {
            let is_used = |it: &&SavingsDriver| if it.code == code { !used } else { it.used };
            all.iter().filter(is_used).map(|it| it.code.clone()).collect::<Vec<_>>()
        });
        let value = if kept.is_empty() { "none".to_owned() } else { kept.join(",") };
        url.set(&[("drivers", Some(value))]);
    };
    view! {
        <button type="button" class="chip" class:chip-value=used aria-pressed=used.to_string() data-driver=it.code.clone() on:click=press>
            {lang.pick(&it.name.zh, &it.name.en).to_owned()}
        </button>
    }
}
