//! The audit log: whether its chain is whole, who did or looked at what, and the files of it.

mod list;
mod words;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::audit::{AuditChain, AuditList};
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, push_pair, use_url_state};

/// Filters of the address, and the parameters of the API that they are.
const FILTER_PARAMETERS: [(&str, &str); 6] = [
    ("since", "from"),
    ("until", "to"),
    ("actor", "actor"),
    ("action", "action"),
    ("object", "object"),
    ("outcome", "outcome"),
];

/// The query of the list, after its first parameter.
fn query(url: UrlState, first: String) -> String {
    let mut query = first;
    for (key, parameter) in FILTER_PARAMETERS {
        push_pair(&mut query, parameter, url.get(key).as_deref());
    }
    query
}

#[component]
pub fn AuditPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let may = move || session.may(Permission::Audit);
    let chain = use_load::<AuditChain>(move || may().then(|| "/api/v1/audit/chain".to_owned()));
    let load = use_load::<AuditList>(move || {
        let mut query = query(url, "limit=50".to_owned());
        push_pair(&mut query, "cursor", url.get("cursor").as_deref());
        may().then(|| format!("/api/v1/audit?{query}"))
    });
    let answer = move || chain.data.get().map(|it| chain_state(&it, lang));
    view! {
        <PageHead title=t(lang, "审计日志", "Audit log") answer />
        <Show
            when=may
            fallback=move || view! {
                <PermissionNeeded permission=Permission::Audit />
            }
        >
            <Loaded load height=660 let:data>
                <list::EntriesPanel data />
            </Loaded>
        </Show>
    }
}

/// 「链条完整：1,204 条，检查于 11-26 10:42。」
fn chain_state(chain: &AuditChain, lang: Lang) -> AnyView {
    let entries = grouped(chain.entries as f64, 0);
    let at = chain.checked_at.get(5..16).unwrap_or_default().to_owned();
    let Some(broken) = &chain.broken else {
        let text = match lang {
            Lang::Zh => format!("链条完整：{entries} 条，检查于 {at}。"),
            Lang::En => format!("The chain is whole: {entries} entries, checked {at}."),
        };
        return view! { <span data-testid="chain">{text}</span> }.into_any();
    };
    let why = lang.pick(&broken.zh, &broken.en);
    let text = match lang {
        Lang::Zh => format!("链条在第 {} 条断开：{why}", broken.number),
        Lang::En => format!("The chain breaks at entry {}: {why}", broken.number),
    };
    view! { <span class="lv1-text" role="alert" data-testid="chain">{text}</span> }.into_any()
}
