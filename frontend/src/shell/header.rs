//! The header: mark and name, place and system, navigation with the accent bar, search, account.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::lang::Lang;

use super::account_menu::AccountMenu;
use super::search::Search;
use crate::data::meta::use_meta;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::pending_counts::use_pending_counts;
use crate::url_state::use_url_state;

const TERMINALS: &str = "/terminals";
const SUBMISSIONS: &str = "/submissions";
const PAGES: [(&str, Permission, &str, &str); 11] = [
    ("/dual-control", Permission::Figures, "双控形势", "Dual control"),
    ("/intensity", Permission::Figures, "能耗强度", "Intensity"),
    ("/benchmarks", Permission::Figures, "能效对标", "Benchmarks"),
    ("/targets", Permission::Figures, "监察对象", "Targets"),
    ("/cases", Permission::Cases, "案件", "Cases"),
    ("/units", Permission::Figures, "用能单位", "Units"),
    ("/uploads", Permission::Uploads, "数据上报", "Uploads"),
    ("/quality", Permission::Quality, "数据质量", "Quality"),
    (SUBMISSIONS, Permission::Submissions, "填报", "Submissions"),
    ("/import", Permission::Import, "数据导入", "Import"),
    (TERMINALS, Permission::Devices, "终端", "Terminals"),
];

#[component]
pub fn Header() -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let session = use_session();
    let waiting = use_pending_counts();
    let system = move || {
        meta.with(|meta| {
            meta.as_ref().map(|it| match lang {
                Lang::Zh => format!("{}{}", it.place_zh, it.system_zh),
                Lang::En => format!("{} · {}", it.place_en, it.system_en),
            })
        })
    };
    // An account sees the pages of its roles; whoever has not signed in sees them all, and is asked there.
    let is_shown = move |permission| {
        let is_for_all = ![Permission::Submissions, Permission::Cases].contains(&permission);
        session.may(permission) || (is_for_all && session.account().is_none())
    };
    let home = move || {
        let here = move || (url.path() == "/home").then_some("page");
        session.account().map(
            |_| view! { <li><a href="/home" aria-current=here>{t(lang, "首页", "Home")}</a></li> },
        )
    };
    let nav = move || {
        let pages = PAGES.iter().filter(move |it| is_shown(it.1));
        pages.map(|(path, _, zh, en)| {
            let here = move || (url.path() == *path || url.path().starts_with(&format!("{path}/"))).then_some("page");
            let badge = (*path == TERMINALS).then_some(move || {
                let count = waiting.all().filter(|it| *it > 0)?;
                let words = match lang {
                    Lang::Zh => format!("，{count} 件待办"),
                    Lang::En => format!(", {count} to do"),
                };
                Some(view! { <b class="count" aria-hidden="true" data-testid="waiting">{count}</b><span class="sr">{words}</span> })
            });
            view! { <li><a href=move || url.href(path) aria-current=here>{t(lang, zh, en)}{badge}</a></li> }
        })
        .collect_view()
    };
    // Administrators see no figures.
    let first_page = move || {
        let sees_figures = session.account().is_none() || session.may(Permission::Figures);
        url.href(if sees_figures { "/dual-control" } else { "/home" })
    };
    view! {
        <header class="top">
            <a class="brand" href=first_page>
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <rect width="32" height="32" rx="4"></rect>
                    <path d="M7 19l6-7 5 4 7-8M7 25h18"></path>
                </svg>
                <b>{t(lang, "能测", "Nengce")}</b>
            </a>
            <span class="place">{system}</span>
            <nav aria-label=t(lang, "主导航", "Main")><ul>{home}{nav}</ul></nav>
            <span class="spring"></span>
            <Search />
            <AccountMenu />
        </header>
    }
}
