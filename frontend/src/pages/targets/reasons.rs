//! The six reasons with their counts; a click keeps only the units that have it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::targets::InspectionTargets;

use super::{class, word};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn Reasons(data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let cells = move || {
        let data = data.get();
        data.rules
            .iter()
            .map(|rule| {
                let reason = rule.reason;
                let found = data.reasons.iter().find(|it| it.reason == reason);
                let units = found.map_or(0, |it| it.units);
                let note = found.map_or("", |it| lang.pick(&it.note_zh, &it.note_en)).to_owned();
                let selected = move || url.get("reason").as_deref() == Some(word(reason));
                let select = move |_| {
                    let next = (!selected()).then(|| word(reason).to_owned());
                    url.set(&[("reason", next), ("selected", None)]);
                };
                view! {
                    <button
                        type="button"
                        class="kpi reason-cell"
                        aria-pressed=move || selected().to_string()
                        data-testid=format!("reason-{}", word(reason))
                        on:click=select
                    >
                        <span class="kpi-label"><i class=class(reason)></i>{lang.pick(&rule.zh, &rule.en).to_owned()}</span>
                        <span class="kpi-value"><b>{units}</b><span class="unit">{t(lang, "家", "units")}</span></span>
                        <span class="kpi-note">{note}</span>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <section class="panel kpis six" aria-label=t(lang, "监察理由", "Reasons")>{cells}</section>
    }
}
