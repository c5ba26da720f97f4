//! The panel of one's second factor: QR code, first code, recovery codes, and taking it away.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::account::{CodeBody, OwnPasswordBody, RecoveryCodes, SecondFactorSetUp};
use nengce_shared::json::FromJson;

use super::{change, typed, words};
use crate::components::panel::Panel;
use crate::data::session::use_session;
use crate::data::session_requests::ask;
use crate::i18n::{t, use_lang};

const PATH: &str = "/api/v1/account/second-factor";

#[component]
pub fn SecondFactor() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let set_up = RwSignal::new(None::<SecondFactorSetUp>);
    let codes = RwSignal::new(Vec::<String>::new());
    let failed = RwSignal::new(None::<String>);
    let input = NodeRef::<html::Input>::new();
    let is_on = move || session.account().is_some_and(|it| it.second_factor);
    let start = move |_| {
        leptos::task::spawn_local(async move {
            match change(Method::POST, PATH, None, lang).await {
                Ok(json) => drop(set_up.try_set(SecondFactorSetUp::from_json(json).ok())),
                Err(error) => drop(failed.try_set(Some(words(&error, lang)))),
            }
        });
    };
    let confirm = move |event: SubmitEvent| {
        event.prevent_default();
        let body = serde_json::to_string(&CodeBody { code: typed(input) }).ok();
        leptos::task::spawn_local(async move {
            match change(Method::POST, &format!("{PATH}/confirm"), body, lang).await {
                Ok(json) => {
                    codes.try_set(
                        RecoveryCodes::from_json(json).map(|it| it.codes).unwrap_or_default(),
                    );
                    set_up.try_set(None);
                    failed.try_set(None);
                    ask(session);
                }
                Err(error) => drop(failed.try_set(Some(words(&error, lang)))),
            }
        });
    };
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        let body = serde_json::to_string(&OwnPasswordBody { password: typed(input) }).ok();
        leptos::task::spawn_local(async move {
            match change(Method::DELETE, PATH, body, lang).await {
                Ok(_) => {
                    failed.try_set(None);
                    codes.try_set(Vec::new());
                    ask(session);
                }
                Err(error) => drop(failed.try_set(Some(words(&error, lang)))),
            }
        });
    };
    let body = move || {
        if let Some(it) = set_up.get() {
            let picture =
                format!("data:image/svg+xml,{}", js_sys::encode_uri_component(&it.qr_svg));
            return view! {
                <form class="form-line" on:submit=confirm>
                    <img class="qr" src=picture alt=t(lang, "动态码应用扫描的二维码", "QR code for an authenticator app") width="200" height="200" />
                    <label>
                        <span>{t(lang, "用动态码应用扫码，或手工输入密钥，再填应用显示的 6 位数字", "Scan it with an authenticator app or type the secret, then enter the 6 digits it shows")}</span>
                        <code data-testid="secret">{it.secret}</code>
                        <input node_ref=input class="control field" inputmode="numeric" autocomplete="one-time-code" data-testid="first-code" />
                    </label>
                    <button type="submit" class="control primary" data-testid="confirm-code">{t(lang, "启用", "Turn on")}</button>
                </form>
            }.into_any();
        }
        if is_on() {
            return view! {
                <form class="form-line" on:submit=remove>
                    <p data-testid="second-factor-on">{t(lang, "动态码已启用。", "The second factor is on.")}</p>
                    <label><span>{t(lang, "停用须填口令", "To turn it off, enter your password")}</span><input node_ref=input type="password" class="control field" autocomplete="current-password" /></label>
                    <button type="submit" class="control">{t(lang, "停用", "Turn off")}</button>
                </form>
            }.into_any();
        }
        view! {
            <p><button type="button" class="control" on:click=start data-testid="start-second-factor">{t(lang, "启用动态码", "Set up a second factor")}</button></p>
        }.into_any()
    };
    view! {
        <Panel title=t(lang, "动态码", "Second factor")>
            {body}
            <p class="lv1-text" role="alert">{move || failed.get()}</p>
            <Show when=move || codes.with(|it| !it.is_empty())>
                <p>{t(lang, "恢复码：手机丢失时每个可代替一次动态码。只显示这一次，请抄下保存。", "Recovery codes: each replaces one code when the phone is lost. They are shown only now; write them down.")}</p>
                <ul class="recovery-codes" data-testid="recovery-codes">{move || codes.get().into_iter().map(|it| view! { <li><code>{it}</code></li> }).collect_view()}</ul>
            </Show>
        </Panel>
    }
}
