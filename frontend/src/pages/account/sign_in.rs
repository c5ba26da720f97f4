//! The sign-in page: the form, and on a demo a card for each role, which signs in by one press.

use leptos::prelude::*;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{DemoAccount, SessionView, SignInBody};
use nengce_shared::api::home::Home;
use nengce_shared::lang::Lang;

use super::provider::ProviderSignIn;
use super::role_names;
use super::sign_in_form::SignInForm;
use crate::components::sign_in::TokenForm;
use crate::data::api_client::get_json;
use crate::data::session::{next_page, take_next_page, use_session};
use crate::data::session_requests::sign_in;
use crate::i18n::{t, use_lang};
use crate::pages::home::sentence::plain_sentence;

/// Goes on to the page that was asked for, else to the first page of the roles; everything is asked for anew.
fn go_on(view: &SessionView) {
    let Some(account) = &view.account else { return };
    let first_page = match account.roles.as_slice() {
        _ if account.second_factor_owed => "/account",
        [Role::Auditor] => "/audit",
        [Role::Policymaker] => "/dual-control",
        _ => "/home",
    };
    // What an administrator came from is mostly a page of figures, which they may not see.
    let administrates = account.roles.iter().all(|it| it.is_administrator());
    let asked =
        next_page().or(take_next_page()).filter(|_| !administrates && !account.second_factor_owed);
    location().set_href(asked.as_deref().unwrap_or(first_page)).ok();
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let (view, session) = (RwSignal::new(None::<SessionView>), use_session());
    leptos::task::spawn_local(async move {
        if let Ok(it) = get_json::<SessionView>("/api/v1/session", lang, None).await {
            let mut it = it;
            // Those who work with figures first, in the order of the roles; the three administrators last.
            let place =
                |it: &DemoAccount| it.roles.first().map(|it| (it.is_administrator(), it.code()));
            it.demo_accounts.sort_by_key(place);
            // Whoever signs in anew sends the token of the session so far.
            session.take(it.account.clone());
            view.try_set(Some(it));
        }
    });
    let system = move || {
        view.with(|it| {
            it.as_ref().map(|it| match lang {
                Lang::Zh => format!("{}{}", it.place_zh, it.system_zh),
                Lang::En => format!("{} · {}", it.place_en, it.system_en),
            })
        })
    };
    let idle = move || {
        let minutes = view.with(|it| it.as_ref().map(|it| it.idle_minutes))?;
        Some(match lang {
            Lang::Zh => format!("闲置 {minutes} 分钟后须重新登录，页面与填写内容保留。"),
            Lang::En => format!(
                "After {minutes} idle minutes you sign in again; the page and what was typed stay."
            ),
        })
    };
    let done = Callback::new(|view: SessionView| go_on(&view));
    let cards =
        move || view.with(|it| it.as_ref().map(|it| it.demo_accounts.clone()).unwrap_or_default());
    view! {
        <div class="sign-in-page">
            <section class="sign-in-column">
                <h1>{t(lang, "登录", "Sign in")}</h1>
                <p class="note">{system}</p>
                <SignInForm on_done=done />
                {move || view.with(|it| it.as_ref()?.provider.clone()).map(|label| view! { <ProviderSignIn label on_done=done /> })}
                <p class="note">{idle}</p>
                <details class="sign-in-token">
                    <summary>{t(lang, "管理令牌", "Administrator's token")}</summary>
                    <p class="note">{t(lang, "命令行与自动化使用", "For the command line and automation")}</p>
                    <TokenForm />
                </details>
            </section>
            <Show when=move || !cards().is_empty()>
                <section class="demo-column" aria-labelledby="demo-accounts">
                    <h2 id="demo-accounts">{t(lang, "演示账号", "Accounts of this demo")}</h2>
                    <p class="note">{t(lang, "点一张卡即登录；数据均为虚构", "One press signs in; every figure is invented")}</p>
                    <ul class="demo-cards">
                        <For each=cards key=|it| it.name.clone() children=move |it| view! { <DemoCard account=it done /> } />
                    </ul>
                </section>
            </Show>
        </div>
    }
}

#[component]
fn DemoCard(account: DemoAccount, done: Callback<SessionView>) -> impl IntoView {
    let lang = use_lang();
    let name = account.name.clone();
    let enter = move |_| {
        let body =
            SignInBody { name: None, password: None, code: None, demo_account: Some(name.clone()) };
        leptos::task::spawn_local(async move {
            let body = serde_json::to_string(&body).unwrap_or_default();
            if let Ok(view) = sign_in(body, lang).await {
                done.run(view);
            }
        });
    };
    let person = lang.pick(&account.display_name, &account.display_name_en).to_owned();
    let names = |of: &[nengce_shared::api::common::Named]| {
        of.iter()
            .map(|it| lang.pick(&it.zh, &it.en).to_owned())
            .collect::<Vec<_>>()
            .join(lang.pick("、", ", "))
    };
    let is_administrator = account.roles.iter().all(|it| it.is_administrator());
    let scope = match (account.districts.is_empty(), account.units.len()) {
        (false, _) => names(&account.districts),
        (true, 0) if is_administrator => t(lang, "无业务数据", "No data of units").to_owned(),
        (true, 0) => t(lang, "全市", "The whole city").to_owned(),
        (true, 1) => names(&account.units),
        (true, count) => match lang {
            Lang::Zh => format!("{count} 家单位"),
            Lang::En => format!("{count} units"),
        },
    };
    let home = RwSignal::new(None::<Home>);
    let path = format!("/api/v1/home?demo_account={}", account.name);
    leptos::task::spawn_local(async move {
        if let Ok(it) = get_json::<Home>(&path, lang, None).await {
            home.try_set(Some(it));
        }
    });
    let first = move || home.with(|it| it.as_ref().map(|it| plain_sentence(it, lang)));
    view! {
        <li>
            <button type="button" class="demo-card" on:click=enter data-account=account.name.clone()>
                <span><b>{role_names(&account.roles, lang)}</b>" "<span class="note">{person}</span></span>
                <span class="demo-sentence">{first}</span>
                <span class="note">{scope}</span>
            </button>
        </li>
    }
}
