//! The form for the administrator's token. The token is tried before it is kept.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use crate::data::api_client::{ApiError, try_token};
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

/// An address that only administrators may ask.
const TRIED_AT: &str = "/api/v1/import-profiles";

#[component]
pub fn TokenForm() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let input = NodeRef::<html::Input>::new();
    let failed = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        let typed = typed.trim().to_owned();
        if typed.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            let answer = try_token(&typed, TRIED_AT, lang).await;
            busy.try_set(false);
            match answer {
                Ok(()) => session.keep(Some(&typed)),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let wrong = move || {
        failed.get().map(|error| match error.status {
            401 | 403 => t(
                lang,
                "令牌不对。它是服务器配置里的 admin_token。",
                "The token is not valid. It is admin_token in the server's configuration.",
            )
            .to_owned(),
            _ => error.title,
        })
    };
    view! {
            <form class="form-line" on:submit=submit>
                <label>
                    <span>{t(lang, "管理员令牌", "Administrator's token")}</span>
                    <input
                        node_ref=input
                        type="password"
                        class="control field"
                        autocomplete="current-password"
                        aria-invalid=move || failed.with(Option::is_some).to_string()
                        aria-describedby="sign-in-wrong"
                        data-testid="token"
                    />
                </label>
                <button type="submit" class="control primary" disabled=busy>{t(lang, "登录", "Sign in")}</button>
                <p id="sign-in-wrong" class="lv1-text" role="alert">{wrong}</p>
            </form>
            <p class="note">{t(lang, "令牌只保存在本次会话，关闭标签页即忘。", "The token is kept for this visit only; closing the tab forgets it.")}</p>
    }
}
