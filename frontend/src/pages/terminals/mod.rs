//! Terminals: the decisions of an operator of the energy centre. Devices to approve, claims, changes of units, and
//! connections that fail.

mod change;
mod changes;
mod claim;
mod claims;
mod conflicts;
mod connections;
mod details;
mod device;
mod devices;
mod list;
mod tabs;
mod words;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::connection_failure::ConnectionFailureList;
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::pending_counts::{Counts, use_pending_counts};
use crate::permitted_load::use_permitted_load;
use crate::url_state::use_url_state;
use tabs::{Tab, Tabs};

#[component]
pub fn TerminalsPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let waiting = use_pending_counts();
    let failures = use_permitted_load::<ConnectionFailureList>(Permission::DecideDevices, || {
        "/api/v1/connection-failures".to_owned()
    });
    list::refresh_with_counts(failures);
    let count = Signal::derive(move || {
        failures
            .answer(|it| it.rows.len() as u64)
            .filter(|_| session.may(Permission::DecideDevices))
    });
    let tab = Memo::new(move |_| Tab::of(url));
    let answer = move || {
        if session.may(Permission::DecideDevices) {
            sentence(waiting.counts(), lang)
        } else {
            t(
                lang,
                "谁可以替哪家企业上报，在这里决定：批准终端、确认更换、批准单位变更。由能源中心操作员办理。",
                "Who may speak for which enterprise is decided here: terminals approved, replacements confirmed, changes of units approved. The energy centre's operator decides.",
            )
            .into_any()
        }
    };
    let leave = move || {
        session.has_token().then(|| view! {
            <button type="button" class="control" on:click=move |_| session.keep(None)>{t(lang, "退出令牌", "Leave the token")}</button>
        })
    };
    view! {
        <PageHead title=t(lang, "终端", "Terminals") answer>
            <a class="control" href=move || url.href("/operation")>{t(lang, "运行情况", "Operation")}</a>
            {leave}
        </PageHead>
        <Show
            when=move || session.may(Permission::DecideDevices)
            fallback=move || view! {
                <PermissionNeeded permission=Permission::DecideDevices />
                <Show when=move || tab.get() == Tab::Devices><devices::Devices /></Show>
            }
        >
            <Tabs failures=count />
            {move || match tab.get() {
                Tab::Devices => view! { <devices::Devices /> }.into_any(),
                Tab::Claims => view! { <claims::Claims /> }.into_any(),
                Tab::Changes => view! { <changes::Changes /> }.into_any(),
                Tab::Connections => view! { <connections::Connections load=failures /> }.into_any(),
            }}
        </Show>
    }
}

/// 「5 件待办：2 台终端待批准，2 件更换申请待确认，1 件单位变更待批准。」
fn sentence(counts: Counts, lang: Lang) -> AnyView {
    let parts = [
        (counts.devices, "台终端待批准", "terminals to approve"),
        (counts.claims, "件更换申请待确认", "claims to decide"),
        (counts.changes, "件单位变更待批准", "changes of units to approve"),
    ];
    if parts.iter().any(|it| it.0.is_none()) {
        return ().into_any();
    }
    let open: Vec<_> = parts
        .iter()
        .filter_map(|it| it.0.filter(|count| *count > 0).map(|count| (count, it.1, it.2)))
        .collect();
    if open.is_empty() {
        return t(
            lang,
            "没有待办：终端、更换和变更都已决定。",
            "Nothing to do: terminals, claims and changes are all decided.",
        )
        .into_any();
    }
    let all: u64 = open.iter().map(|it| it.0).sum();
    let last = open.len() - 1;
    let each = open
        .into_iter()
        .enumerate()
        .map(|(at, (count, zh, en))| {
            let end = match lang {
                Lang::Zh if at == last => "。",
                Lang::Zh => "，",
                Lang::En if at == last => ".",
                Lang::En => ", ",
            };
            view! { <b>{count}</b>" "{t(lang, zh, en)}{end} }
        })
        .collect_view();
    match lang {
        Lang::Zh => view! { <b data-testid="to-do">{all}</b>" 件待办："{each} }.into_any(),
        Lang::En => view! { <b data-testid="to-do">{all}</b>" to do: "{each} }.into_any(),
    }
}
