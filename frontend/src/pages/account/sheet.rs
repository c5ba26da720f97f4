//! The sheet that asks to sign in again when a session has ended: the page and what was typed stay behind it.

use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::SessionView;

use super::sign_in_form::SignInForm;
use crate::data::api_client::get_json;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

#[component]
pub fn SessionSheet() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && dialog.show_modal().is_err()
        {
            leptos::logging::warn!("the sheet could not be shown");
        }
    });
    let account = untrack(|| session.account());
    let at_provider = account.as_ref().is_some_and(|it| it.at_provider);
    let name = account.map(|it| it.name.clone()).unwrap_or_default();
    let before = name.clone();
    let done = Callback::new(move |view: SessionView| {
        // Somebody else must not see what is left of the page.
        if view.account.as_ref().map(|it| &it.name) != Some(&before) {
            location().set_href("/").ok();
            return;
        }
        session.take(view.account);
    });
    view! {
        <dialog class="drawer" node_ref=dialog aria-labelledby="session-ended" data-testid="session-ended" on:cancel=|event: web_sys::Event| event.prevent_default()>
            <div class="drawer-inside">
                <h2 id="session-ended">{t(lang, "会话已结束，请重新登录", "The session has ended: sign in again")}</h2>
                <p class="note">{t(lang, "页面和填写的内容都还在。", "The page and what you typed are still there.")}</p>
                {match at_provider {
                    true => view! { <AtProvider done /> }.into_any(),
                    false => view! { <SignInForm name on_done=done /> }.into_any(),
                }}
                <p><a href="/sign-in" rel="external">{t(lang, "换一个账号", "Another account")}</a></p>
            </div>
        </dialog>
    }
}

/// Somebody without a password here signs in at the provider in another tab, and goes on in this one.
#[component]
fn AtProvider(done: Callback<SessionView>) -> impl IntoView {
    let lang = use_lang();
    let go_on = move |_| {
        leptos::task::spawn_local(async move {
            if let Ok(view) = get_json::<SessionView>("/api/v1/session", lang, None).await
                && view.account.is_some()
            {
                done.run(view);
            }
        });
    };
    view! {
        <p>
            <a class="control primary" href="/sign-in" target="_blank" rel="external">{t(lang, "在新标签页登录", "Sign in in a new tab")}</a>
            " "<button type="button" class="control" on:click=go_on>{t(lang, "已登录，继续", "I have signed in: go on")}</button>
        </p>
    }
}
