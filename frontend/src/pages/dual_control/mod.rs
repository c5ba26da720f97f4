//! Dual control.
use crate::components::{filter_bar::FilterBar, page_head::PageHead, panel::Panel, states::Loaded};
use crate::i18n::*;
use crate::load::use_load;
use crate::url_state::use_url_state;
use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;

#[component]
pub fn DualControlPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<DualControl>(move || {
        Some(format!(
            "/api/v1/dual-control?{}",
            url.filters.get().api_query()
        ))
    });
    view! {
        <PageHead title=t(lang, "双控形势", "Dual control") scope=load.map(|it| it.scope.clone()) />
        <FilterBar scope=load.map(|it| it.scope.clone()) />
        <Loaded load let:data>
            <Panel title="x"><p>{move || data.get().months.len()}</p></Panel>
        </Loaded>
    }
}
