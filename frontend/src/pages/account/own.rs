//! The page of one's own account: roles and scope, second factor, password, sessions.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::{PasswordBody, SessionList};
use nengce_shared::lang::Lang;

use super::second_factor::SecondFactor;
use super::{change, role_names, typed, words};
use crate::components::panel::Panel;
use crate::data::session::use_session;
use crate::data::session_requests::sign_out;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn AccountPage() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let head = move || {
        session.account().map(|it| {
            let person = match lang {
                Lang::En if !it.display_name_en.is_empty() => &it.display_name_en,
                _ => &it.display_name,
            };
            format!("{person} · {} · {}", it.name, role_names(&it.roles, lang))
        })
    };
    let at_provider = move || session.account().is_some_and(|it| it.at_provider);
    let owes = move || session.account().is_some_and(|it| it.second_factor_owed);
    view! {
        <header class="page-head">
            <div>
                <h1>{t(lang, "本人账号", "Your account")}</h1>
                <p class="answer" data-testid="own-account">{head}</p>
            </div>
        </header>
        <Show when=owes>
            <p class="lv1-text" role="alert" data-testid="second-factor-owed">{t(lang, "您的角色须先启用动态码，之后才能办理其他事项。", "Your role needs a second factor before anything else.")}</p>
        </Show>
        <Show
            when=move || session.account().is_some()
            fallback=move || view! { <p><a class="control" href="/sign-in">{t(lang, "登录", "Sign in")}</a></p> }
        >
            <div class="stack">
                <Show
                    when=move || !at_provider()
                    fallback=move || view! { <p class="note" data-testid="at-provider">{t(lang, "您在统一认证处登录：口令、第二因素、角色和范围都由那里管理。", "You sign in at the provider of your organisation: password, second factor, roles and scope are kept there.")}</p> }
                >
                    <SecondFactor />
                    <Password />
                </Show>
                <Sessions />
                <p>
                    <button type="button" class="control" on:click=move |_| sign_out(lang, "/sign-in".to_owned()) data-testid="sign-out">{t(lang, "退出登录", "Sign out")}</button>
                    {move || session.account().and_then(|it| it.provider_sign_out.clone()).map(|address| view! {
                        " "<button type="button" class="control" on:click=move |_| sign_out(lang, address.clone()) data-testid="sign-out-everywhere">{t(lang, "同时退出统一认证", "Sign out at the provider too")}</button>
                    })}
                </p>
            </div>
        </Show>
    }
}

#[component]
fn Password() -> impl IntoView {
    let lang = use_lang();
    let (old, new) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let said = RwSignal::new(None::<(bool, String)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = PasswordBody { password: typed(old), new_password: typed(new) };
        leptos::task::spawn_local(async move {
            let body = serde_json::to_string(&body).ok();
            let answer = change(Method::PUT, "/api/v1/account/password", body, lang).await;
            said.try_set(Some(match answer {
                Ok(_) => (
                    true,
                    t(
                        lang,
                        "口令已更换，其他会话已结束。",
                        "The password is changed; your other sessions have ended.",
                    )
                    .to_owned(),
                ),
                Err(error) => (false, words(&error, lang)),
            }));
        });
    };
    view! {
        <Panel title=t(lang, "口令", "Password")>
            <form class="form-line" on:submit=submit>
                <label><span>{t(lang, "现口令", "Password so far")}</span><input node_ref=old type="password" class="control field" autocomplete="current-password" /></label>
                <label><span>{t(lang, "新口令", "New password")}</span><input node_ref=new type="password" class="control field" autocomplete="new-password" /></label>
                <button type="submit" class="control">{t(lang, "更换", "Change")}</button>
                <p role="status" class:lv1-text=move || said.with(|it| it.as_ref().is_some_and(|it| !it.0))>{move || said.get().map(|it| it.1)}</p>
            </form>
        </Panel>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let lang = use_lang();
    let load = use_load::<SessionList>(|| Some("/api/v1/sessions".to_owned()));
    let rows = move || load.answer(|it| it.rows.clone()).unwrap_or_default();
    let end = move |id: String| {
        leptos::task::spawn_local(async move {
            if change(Method::DELETE, &format!("/api/v1/sessions/{id}"), None, lang).await.is_ok() {
                load.retry();
            }
        });
    };
    view! {
        <Panel title=t(lang, "会话", "Sessions")>
            <ul class="session-list" data-testid="sessions">
                <For each=rows key=|it| it.id.clone() children=move |it| {
                    let id = it.id.clone();
                    let is_current = it.is_current;
                    view! {
                        <li>
                            <span>{it.begun_at}" · "{it.address}</span>
                            <span class="note">{it.user_agent}</span>
                            {match is_current {
                                true => t(lang, "本会话", "this one").into_any(),
                                false => view! { <button type="button" class="text-button" on:click=move |_| end(id.clone())>{t(lang, "结束", "End")}</button> }.into_any(),
                            }}
                        </li>
                    }
                } />
            </ul>
        </Panel>
    }
}
