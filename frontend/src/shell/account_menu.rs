//! The right end of the header: signing in, or one menu of whoever is signed in. Language, print and theme stand in that
//! menu, and for others beside it.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::OwnAccount;
use nengce_shared::lang::Lang;

use crate::components::menu::{Menu, MenuItem, MenuOpen};
use crate::data::session::use_session;
use crate::data::session_requests::sign_out;
use crate::i18n::{LangSetting, t, use_lang};
use crate::style::icons::Icon;
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    move || match session.account() {
        None => view! {
            <a class="tool who" href="/sign-in" data-testid="who">{t(lang, "登录", "Sign in")}</a>
            <DisplayTools />
        }
        .into_any(),
        Some(it) => {
            let (name, roles) = (person(&it, lang), role_names(&it, lang));
            let shown = name.clone();
            view! {
                <Menu
                    button=move || view! { <span class="who" data-testid="who">{shown.clone()}</span> }
                    class="tool"
                    right=true
                >
                    <p class="pop-text" data-testid="menu-who"><b>{name.clone()}</b><span class="note">{roles.clone()}</span></p>
                    <Places />
                </Menu>
            }
            .into_any()
        }
    }
}

fn person(it: &OwnAccount, lang: Lang) -> String {
    let english = if it.display_name_en.is_empty() { &it.name } else { &it.display_name_en };
    lang.pick(&it.display_name, english).to_owned()
}

fn role_names(it: &OwnAccount, lang: Lang) -> String {
    let names: Vec<&str> = it.roles.iter().map(|it| it.label(lang)).collect();
    names.join(lang.pick("、", ", "))
}

/// How the language is switched, to which one, and its name there.
fn language() -> (impl Fn() + Copy + 'static, Lang, &'static str) {
    let (lang, url, setting) = (use_lang(), use_url_state(), expect_context::<LangSetting>());
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let switch = move || {
        url.replace(&[("lang", Some(other.as_str().to_owned()))]);
        setting.set(other);
    };
    (switch, other, t(lang, "English", "中文"))
}

/// What the menu leads to and switches.
#[component]
fn Places() -> impl IntoView {
    let (lang, session, theme) = (use_lang(), use_session(), use_theme());
    let open = use_context::<MenuOpen>();
    let close = move |_| {
        if let Some(MenuOpen(open)) = open {
            open.set(false);
        }
    };
    let link = move |path: &'static str, words: &'static str| {
        view! { <a class="pop-item" href=path on:click=close><span class="pop-check"></span>{words}</a> }
    };
    let of = move |permission, path, zh, en| {
        session.may_now(permission).then(|| link(path, t(lang, zh, en)))
    };
    let (switch, _, name) = language();
    let black_and_white = Signal::derive(move || theme.print.black_and_white.get());
    let dark = Signal::derive(move || theme.is_dark());
    view! {
        {link("/account", t(lang, "本人账号", "Your account"))}
        {of(Permission::Operation, "/operation", "运行情况", "Operation")}
        {of(Permission::Operation, "/link", "上下级平台", "Platforms above and below")}
        {of(Permission::Accounts, "/accounts", "账号管理", "Accounts")}
        {of(Permission::Audit, "/audit", "审计日志", "Audit log")}
        <hr />
        <MenuItem text=name on_select=switch />
        <MenuItem text=t(lang, "深色", "Dark") selected=dark on_select=move || theme.toggle() />
        <MenuItem text=t(lang, "黑白打印", "Black-and-white print") selected=black_and_white on_select=move || theme.print.toggle() />
        <hr />
        <button type="button" class="pop-item" data-testid="menu-sign-out" on:click=move |_| sign_out(lang, "/sign-in".to_owned())><span class="pop-check"></span>{t(lang, "退出登录", "Sign out")}</button>
    }
}

/// Language, print and theme as buttons of the header.
#[component]
fn DisplayTools() -> impl IntoView {
    let (lang, theme) = (use_lang(), use_theme());
    let (switch, other, _) = language();
    view! {
        <button type="button" class="tool lang" lang=crate::i18n::tag(other) on:click=move |_| switch()>
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
    }
}
