//! The credit list: candidates by rule, entries with their steps, and what was sent to the credit platform.

mod candidates;
mod entries;
mod pushes;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::credit::CreditList;
use nengce_shared::credit::CreditStep;
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn CreditListPage() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let sees = move || session.may(Permission::Cases);
    let handles = move || session.may(Permission::HandleCases);
    let load = use_load::<CreditList>(move || sees().then(|| "/api/v1/credit-list".to_owned()));
    let changed = Callback::new(move |()| load.retry());
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    let file = move |format: &'static str, label: &'static str| {
        view! { <a class="control" href=format!("/api/v1/credit-list/export?format={format}") rel="external" download data-testid=format!("credit-{format}")>{label}</a> }
    };
    view! {
        <PageHead title=t(lang, "信用名单", "Credit list") answer>
            <a class="control" href="/cases">{t(lang, "监察案件", "Inspection cases")}</a>
            {file("xlsx", t(lang, "导出 XLSX", "Export XLSX"))}
            {file("json", t(lang, "导出 JSON", "Export JSON"))}
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Cases /> }>
            <Loaded load height=320 let:data>
                <entries::EntriesPanel data changed />
                <Show when=handles><candidates::CandidatesPanel data changed /></Show>
                <Show when=handles><pushes::PushesPanel /></Show>
            </Loaded>
        </Show>
    }
}

/// 「在列 3 家次，办理中 2 件，候选 5 家；1 件须撤回。」
fn sentence(it: &Arc<CreditList>, lang: Lang) -> impl IntoView + use<> {
    let on_list = |it: &&nengce_shared::api::credit::CreditEntry| {
        it.state == CreditStep::Listed && !it.is_expired
    };
    let listed = it.entries.iter().filter(on_list).count();
    let under_way =
        it.entries.iter().filter(|it| !it.state.is_end() && it.state != CreditStep::Listed).count();
    let (candidates, revoked) =
        (it.candidates.len(), it.entries.iter().filter(|it| it.is_revoked).count());
    let call_back = (revoked > 0).then(|| match lang {
        Lang::Zh => view! { "；"<b class="lv1-text">{revoked}</b>" 件所依决定已撤销，须撤回" }.into_any(),
        Lang::En => view! { "; "<b class="lv1-text">{revoked}</b>" rest on a revoked decision and are to be withdrawn" }.into_any(),
    });
    match lang {
        Lang::Zh => view! { "在列 "<b data-testid="listed">{listed}</b>" 件，办理中 "<b>{under_way}</b>" 件，候选 "<b>{candidates}</b>" 条"{call_back}"。" }.into_any(),
        Lang::En => view! { <b data-testid="listed">{listed}</b>" on the list, "<b>{under_way}</b>" under way, "<b>{candidates}</b>" candidates"{call_back}"." }.into_any(),
    }
}
