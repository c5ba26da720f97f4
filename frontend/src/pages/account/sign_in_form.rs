//! The form of a sign-in: name, password, code of the second factor; an error stands under the fields with what to do.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::{SessionView, SignInBody};

use super::{typed, words};
use crate::data::api_client::ApiError;
use crate::data::session_requests::sign_in;
use crate::i18n::{t, use_lang};

#[component]
pub fn SignInForm(
    /// The name that is filled in.
    #[prop(optional, into)]
    name: String,
    on_done: Callback<SessionView>,
) -> impl IntoView {
    let lang = use_lang();
    let (who, password, code) = (
        NodeRef::<html::Input>::new(),
        NodeRef::<html::Input>::new(),
        NodeRef::<html::Input>::new(),
    );
    let (failed, busy) = (RwSignal::new(None::<ApiError>), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let body = SignInBody {
            name: Some(typed(who)),
            password: Some(typed(password)),
            code: Some(typed(code)).filter(|it| !it.is_empty()),
            demo_account: None,
        };
        leptos::task::spawn_local(async move {
            let answer = sign_in(serde_json::to_string(&body).unwrap_or_default(), lang).await;
            busy.try_set(false);
            match answer {
                Ok(view) => on_done.run(view),
                Err(error) => {
                    let wants_code = error.code.starts_with("second_factor");
                    failed.try_set(Some(error));
                    let at = if wants_code { code } else { password };
                    if let Some(input) = at.try_get_untracked().flatten() {
                        crate::components::decision::focus(&input);
                    }
                }
            }
        });
    };
    let is_wrong = move || failed.with(Option::is_some).to_string();
    view! {
        <form class="sign-in-form" on:submit=submit data-testid="sign-in-form">
            <label>
                <span>{t(lang, "账号", "Account")}</span>
                <input node_ref=who class="control field" value=name autocomplete="username" spellcheck="false" data-testid="name" />
            </label>
            <label>
                <span>{t(lang, "口令", "Password")}</span>
                <input node_ref=password type="password" class="control field" autocomplete="current-password" aria-invalid=is_wrong aria-describedby="sign-in-error" data-testid="password" />
            </label>
            <p id="sign-in-error" class="lv1-text" role="alert" data-testid="sign-in-error">{move || failed.get().map(|it| words(&it, lang))}</p>
            <label>
                <span>{t(lang, "动态码", "Code")}</span>
                <input node_ref=code class="control field" inputmode="numeric" autocomplete="one-time-code" placeholder=t(lang, "6 位数字", "6 digits") data-testid="code" />
                <span class="note">{t(lang, "已启用动态码的账号须填，也可填恢复码；都丢失时找安全管理员", "For accounts with a second factor; a recovery code works too. Lost both: ask the security administrator")}</span>
            </label>
            <button type="submit" class="control primary" disabled=busy data-testid="sign-in">{t(lang, "登录", "Sign in")}</button>
        </form>
    }
}
