//! What a retrofit of a unit saved: the months of the works and the drivers are selected, the model answers. All of it stands
//! in the address, so that a second person can redo it.

mod chart;
mod form;
mod projects;
mod result;
mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::api::savings::SavingsView;

use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, push_pair, use_url_state};

/// The keys of the address that the model is asked with.
const KEYS: [&str; 8] =
    ["works_from", "works_to", "until", "baseline_months", "drivers", "basis", "model", "items"];

/// The question as it stands in the address; none without the month of the works.
fn query(url: UrlState) -> Option<String> {
    url.get(KEYS[0])?;
    let mut query = String::new();
    for key in KEYS {
        push_pair(&mut query, key, url.get(key).as_deref());
    }
    Some(query)
}

#[component]
pub fn SavingsPage() -> impl IntoView {
    let (lang, url, params) = (use_lang(), use_url_state(), use_params_map());
    let code = Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default());
    let load = use_load::<SavingsView>(move || {
        Some(format!("/api/v1/units/{}/savings?{}", code.get(), query(url)?))
    });
    let is_asked = Memo::new(move |_| query(url).is_some());
    let answer = move || {
        match is_asked.get() {
        true => load.data.get().map(|it| result::sentence(&it, lang)),
        false => Some(t(lang, "选定改造月份，以改造前的月份为基期建模，核算改造后的节能量。", "Select the months of the works: the months before them make a model, which says what the months after would have used.").into_any()),
    }
    };
    view! {
        <PageHead title=t(lang, "节能量核算", "Savings of a retrofit") answer>
            <a class="control" href=move || url.href(&format!("/units/{}", code.get()))>{t(lang, "返回单位", "Back to the unit")}</a>
        </PageHead>
        <form::QuestionForm load />
        <Show when=move || is_asked.get()>
            <Loaded load height=320 let:data>
                <result::Figures data />
                <div class="split">
                    <div class="col"><chart::MonthsPanel load /></div>
                    <div class="col"><result::ModelPanel data /></div>
                </div>
                <p class="note apart" data-testid="weather">{move || data.with(|it| words::weather(it, lang))}</p>
                <p class="note" data-testid="items-left-out">{move || data.with(|it| words::items_left_out(it, lang))}</p>
                <p class="note">{move || words::method(data.with(|it| words::is_daily(it)), lang)}</p>
            </Loaded>
        </Show>
        <projects::Projects code load />
    }
}
