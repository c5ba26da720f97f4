//! The page of an invitation's link: the person sets the password of the account. The secret stands in the fragment, which
//! browsers send to no server.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::AcceptBody;

use super::{change, typed, words};
use crate::i18n::{t, use_lang};

#[component]
pub fn InvitationPage() -> impl IntoView {
    let lang = use_lang();
    let (first, second) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (failed, busy, done) =
        (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if typed(first) != typed(second) {
            failed.set(Some(t(lang, "两次输入不一致", "The two entries differ").to_owned()));
            return;
        }
        busy.set(true);
        let secret = location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
        let body = AcceptBody { secret, password: typed(first) };
        leptos::task::spawn_local(async move {
            let body = serde_json::to_string(&body).ok();
            match change(Method::POST, "/api/v1/invitations/accept", body, lang).await {
                Ok(_) => drop(done.try_set(true)),
                Err(error) => drop(failed.try_set(Some(words(&error, lang)))),
            }
            busy.try_set(false);
        });
    };
    let field = |label: &'static str, input: NodeRef<html::Input>, id: &'static str| {
        view! {
            <label>
                <span>{label}</span>
                <input node_ref=input type="password" class="control field" autocomplete="new-password" data-testid=id />
            </label>
        }
    };
    view! {
        <section class="sign-in-column">
            <h1>{t(lang, "设置口令", "Set your password")}</h1>
            <Show
                when=move || done.get()
                fallback=move || view! {
                    <form class="sign-in-form" on:submit=submit>
                        {field(t(lang, "新口令", "New password"), first, "new-password")}
                        {field(t(lang, "再输一次", "Once more"), second, "new-password-again")}
                        <p class="lv1-text" role="alert" data-testid="invitation-error">{move || failed.get()}</p>
                        <button type="submit" class="control primary" disabled=busy data-testid="accept">{t(lang, "设置口令", "Set the password")}</button>
                        <p class="note">{t(lang, "链接只能用一次。几个不相关的词连成的一句话，比带符号的短口令更安全。", "The link works once. A sentence of unrelated words is safer than a short password with signs.")}</p>
                    </form>
                }
            >
                <p role="status" data-testid="accepted">{t(lang, "口令已设置。", "The password is set.")}</p>
                <p><a class="control primary" href="/sign-in">{t(lang, "去登录", "Sign in")}</a></p>
            </Show>
        </section>
    }
}
