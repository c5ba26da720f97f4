//! The header: mark and name, place and system, navigation with the accent bar, search, language, print, theme.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::lang::Lang;

use super::search::Search;
use crate::data::meta::use_meta;
use crate::data::session::use_session;
use crate::i18n::{LangSetting, t, use_lang};
use crate::pending_counts::use_pending_counts;
use crate::style::icons::Icon;
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;

const TERMINALS: &str = "/terminals";
const PAGES: [(&str, Permission, &str, &str); 9] = [
    ("/dual-control", Permission::Figures, "双控形势", "Dual control"),
    ("/intensity", Permission::Figures, "能耗强度", "Intensity"),
    ("/benchmarks", Permission::Figures, "能效对标", "Benchmarks"),
    ("/targets", Permission::Figures, "监察对象", "Targets"),
    ("/units", Permission::Figures, "用能单位", "Units"),
    ("/uploads", Permission::Uploads, "数据上报", "Uploads"),
    ("/quality", Permission::Quality, "数据质量", "Quality"),
    ("/import", Permission::Import, "数据导入", "Import"),
    (TERMINALS, Permission::Devices, "终端", "Terminals"),
];

#[component]
pub fn Header() -> impl IntoView {
    let (lang, url, meta, theme) = (use_lang(), use_url_state(), use_meta(), use_theme());
    let session = use_session();
    let setting = expect_context::<LangSetting>();
    let waiting = use_pending_counts();
    let system = move || {
        meta.with(|meta| {
            meta.as_ref().map(|it| match lang {
                Lang::Zh => format!("{}{}", it.place_zh, it.system_zh),
                Lang::En => format!("{} · {}", it.place_en, it.system_en),
            })
        })
    };
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let switch = move |_| {
        url.replace(&[("lang", Some(other.as_str().to_owned()))]);
        setting.set(other);
    };
    // An account sees the pages of its roles; whoever has not signed in sees them all, and is asked there.
    let is_shown = move |permission| session.account().is_none() || session.may(permission);
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
    let who = move || {
        let (path, name) = match session.account() {
            None => ("/sign-in", t(lang, "登录", "Sign in").to_owned()),
            Some(it) => (
                "/account",
                lang.pick(
                    &it.display_name,
                    if it.display_name_en.is_empty() { &it.name } else { &it.display_name_en },
                )
                .to_owned(),
            ),
        };
        let of_account = |permission, path: &'static str, words: &'static str| {
            let is_shown = session.account().is_some() && session.may(permission);
            is_shown.then(|| view! { <a class="tool" href=path>{words}</a> })
        };
        let accounts =
            of_account(Permission::Accounts, "/accounts", t(lang, "账号管理", "Accounts"));
        let audit = of_account(Permission::Audit, "/audit", t(lang, "审计日志", "Audit log"));
        view! { {accounts}{audit}<a class="tool who" href=path data-testid="who">{name}</a> }
    };
    view! {
        <header class="top">
            <a class="brand" href=move || url.href("/dual-control")>
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
            {who}
            <button type="button" class="tool lang" lang=crate::i18n::tag(other) on:click=switch>
                {t(lang, "EN", "中文")}
            </button>
            <button
                type="button"
                class="tool print"
                aria-pressed=move || theme.print.black_and_white.get().to_string()
                aria-label=t(lang, "黑白打印", "Black-and-white print")
                title=t(lang, "黑白打印：打印和导出的图用灰度和图案", "Black-and-white print: paper and pictures in greys and patterns")
                on:click=move |_| theme.print.toggle()
            >
                {Icon::Print.view()}
            </button>
            <button
                type="button"
                class="tool"
                aria-label=t(lang, "切换明暗", "Switch light and dark")
                title=t(lang, "切换明暗", "Switch light and dark")
                on:click=move |_| theme.toggle()
            >
                {move || if theme.is_dark() { Icon::Sun.view() } else { Icon::Moon.view() }}
            </button>
        </header>
    }
}
