//! What stands in the place of something that whoever asks may not do: who may do it, and the ways to sign in.

mod token_form;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::reach;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{SessionView, SignInBody};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::data::api_client::get_json;
use crate::data::meta::use_meta;
use crate::data::session::{sign_in_first, use_session};
use crate::data::session_requests::sign_in;
use crate::i18n::{t, use_lang};
pub use token_form::TokenForm;

#[component]
pub fn PermissionNeeded(permission: Permission) -> impl IntoView {
    let (lang, session, meta) = (use_lang(), use_session(), use_meta());
    let is_demo = move || meta.with(|it| it.as_ref().is_some_and(|it| it.demo));
    let is_known = move || session.account().is_some();
    let title = Signal::derive(move || match is_known() {
        true => t(lang, "您的账号不能办理", "Not allowed for your account").to_owned(),
        false => t(lang, "需要登录", "Sign in first").to_owned(),
    });
    let subtitle = who_may(permission, lang);
    view! {
        <Panel id="sign-in" class="apart" title subtitle>
            <p class="form-line">
                <button type="button" class="control primary" on:click=move |_| sign_in_first()>
                    {move || if is_known() { t(lang, "换个账号登录", "Sign in with another account") } else { t(lang, "登录", "Sign in") }}
                </button>
                <Show when=is_demo>
                    <button type="button" class="control" data-testid="try-as" on:click=move |_| try_as(permission, lang)>
                        {roles_that_may(permission).next().map(|it| match lang {
                            Lang::Zh => format!("以{}身份试用", it.label(lang)),
                            Lang::En => format!("Try as {}", it.label(lang).to_lowercase()),
                        })}
                    </button>
                    <span class="note">{t(lang, "这是演示：数据均为虚构，谁都可以办理。", "This is a demo: every figure is invented, and anybody may act.")}</span>
                </Show>
            </p>
            <details class="sign-in-token">
                <summary>{t(lang, "用管理令牌", "With the administrator's token")}</summary>
                <TokenForm />
            </details>
        </Panel>
    }
}

/// 「“导入”由能源中心操作员办理」
fn who_may(permission: Permission, lang: Lang) -> String {
    let roles: Vec<_> = roles_that_may(permission).map(|it| it.label(lang)).collect();
    let (what, who) = (permission.label(lang), roles.join(lang.pick("、", ", ")));
    match lang {
        Lang::Zh => format!("“{what}”由{who}办理"),
        Lang::En => format!("“{what}” is done by: {who}"),
    }
}

fn roles_that_may(permission: Permission) -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(move |it| reach(*it, permission).is_some())
}

/// Signs in as the demo's account that may do it, and shows the page anew.
fn try_as(permission: Permission, lang: Lang) {
    leptos::task::spawn_local(async move {
        let Ok(view) = get_json::<SessionView>("/api/v1/session", lang, None).await else { return };
        let role = roles_that_may(permission).next();
        let fits = |it: &nengce_shared::api::account::DemoAccount| {
            role.is_some_and(|role| it.roles.contains(&role))
        };
        let Some(account) = view.demo_accounts.into_iter().find(fits) else { return };
        let demo_account = Some(account.name);
        let body = SignInBody { name: None, password: None, code: None, demo_account };
        if sign_in(serde_json::to_string(&body).unwrap_or_default(), lang).await.is_ok() {
            location().reload().ok();
        }
    });
}
