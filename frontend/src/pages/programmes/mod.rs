//! Inspection programmes: all that were kept, one with its visits, and what changed since it was made.

mod compare;
mod detail;
mod list;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::programme::{Programme, ProgrammeComparison, ProgrammeList};
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The key of the address that names the programme on screen.
const PROGRAMME: &str = "programme";
/// The key that names what it is compared with: a number, or today without one.
const WITH: &str = "with";

#[component]
pub fn ProgrammesPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let sees = move || session.may(Permission::Programmes);
    let list = use_load::<ProgrammeList>(move || sees().then(|| "/api/v1/programmes".to_owned()));
    let chosen = Memo::new(move |_| {
        let asked = url.get(PROGRAMME);
        let first =
            || list.data.with(|it| it.as_ref()?.rows.first().map(|it| it.programme_id.to_string()));
        asked.or_else(first)
    });
    let path = move |rest: &str| {
        let id = chosen.get().filter(|_| sees())?;
        Some(format!("/api/v1/programmes/{id}{rest}"))
    };
    let programme = use_load::<Programme>(move || path(""));
    let comparison = use_load::<ProgrammeComparison>(move || {
        let with = url.get(WITH).map(|it| format!("?with={it}")).unwrap_or_default();
        path(&format!("/compare{with}"))
    });
    let changed = Callback::new(move |()| {
        list.retry();
        programme.retry();
        comparison.retry();
    });
    let answer = move || {
        let rows = list.data.with(|it| it.as_ref().map(|it| it.rows.len()))?;
        Some(match lang {
            Lang::Zh => view! { "共 "<b data-testid="programmes">{rows}</b>" 个方案；方案存下后不随数据变化，撤回的仍在列。" }.into_any(),
            Lang::En => view! { <b data-testid="programmes">{rows}</b>" programmes; each stays as it was made, and those withdrawn stay in the list." }.into_any(),
        })
    };
    let is_empty = move || list.data.with(|it| it.as_ref().is_some_and(|it| it.rows.is_empty()));
    view! {
        <PageHead title=t(lang, "监察方案", "Inspection programmes") answer>
            <a class="control" href="/targets">{t(lang, "监察对象", "Inspection targets")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Programmes /> }>
            <Loaded load=list height=160 let:data><list::ListPanel data chosen /></Loaded>
            <Show when=move || !is_empty()>
                <Loaded load=programme height=320 let:data><detail::DetailPanel data changed /></Loaded>
                <Loaded load=comparison height=200 let:data><compare::ComparePanel data list /></Loaded>
            </Show>
        </Show>
    }
}
