//! The sheet that asks to sign in again when a session has ended: the page and what was typed stay behind it.

use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::SessionView;

use super::sign_in_form::SignInForm;
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
    let name = untrack(|| session.account().map(|it| it.name.clone()).unwrap_or_default());
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
                <SignInForm name on_done=done />
                <p><a href="/sign-in" rel="external">{t(lang, "换一个账号", "Another account")}</a></p>
            </div>
        </dialog>
    }
}
