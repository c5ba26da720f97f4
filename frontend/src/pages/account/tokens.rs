//! Tokens of industry systems: made with their units and a term, shown once, and revoked.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::bulk::{TokenBody, TokenList, TokenMade, TokenRow};
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;

use super::{change, codes, typed, words};
use crate::components::decision::{Decision, DecisionButtons, Reason};
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};

#[component]
pub(super) fn Tokens() -> impl IntoView {
    let lang = use_lang();
    let load = use_load::<TokenList>(|| Some("/api/v1/tokens".to_owned()));
    let rows = move || load.answer(|it| it.rows.clone()).unwrap_or_default();
    let refused = move || load.error.get().map(|it| words(&it, lang));
    view! {
        <Panel title=t(lang, "行业系统令牌", "Tokens of industry systems") subtitle=t(lang, "代多家单位上报数据", "they send data for many units")>
            <TokenForm tokens=load />
            <p class="lv1-text" role="alert">{refused}</p>
            <ul class="session-list" data-testid="tokens">
                <For each=rows key=|it| (it.name.clone(), it.revoked_at.clone()) children=move |it| view! { <Line token=it tokens=load /> } />
            </ul>
        </Panel>
    }
}

#[component]
fn TokenForm(tokens: Load<TokenList>) -> impl IntoView {
    let lang = use_lang();
    let [name, units, days] = [(); 3].map(|()| NodeRef::<html::Input>::new());
    let made = RwSignal::new(None::<TokenMade>);
    let failed = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let units = codes(&typed(units));
        let body = TokenBody {
            name: typed(name),
            all_units: units.is_empty(),
            units,
            regions: None,
            valid_days: typed(days).trim().parse().ok().or(Some(0)),
        };
        leptos::task::spawn_local(async move {
            let body = serde_json::to_string(&body).ok();
            match change(Method::POST, "/api/v1/tokens", body, lang).await {
                Ok(json) => {
                    made.try_set(TokenMade::from_json(json).ok());
                    failed.try_set(None);
                    tokens.retry();
                }
                Err(error) => drop(failed.try_set(Some(words(&error, lang)))),
            }
        });
    };
    view! {
        <form class="form-line" on:submit=submit data-testid="token-form">
            <label><span>{t(lang, "名称", "Name")}</span><input node_ref=name class="control field" data-testid="token-name" /></label>
            <label><span>{t(lang, "单位（统一社会信用代码，空：全部单位）", "Units (credit codes; none: all units)")}</span><input node_ref=units class="control field" data-testid="token-units" /></label>
            <label><span>{t(lang, "有效天数（1–1096）", "Days in force (1–1096)")}</span><input node_ref=days class="control field" inputmode="numeric" value="365" data-testid="token-days" /></label>
            <button type="submit" class="control" data-testid="create-token">{t(lang, "新建令牌", "Make a token")}</button>
            <p class="lv1-text" role="alert" data-testid="token-failed">{move || failed.get()}</p>
            <p role="status">
                {move || made.get().map(|it| view! {
                    {t(lang, "只显示这一次，请转交系统管理方：", "Shown only now; give it to whoever runs the system: ")}
                    <code data-testid="new-token">{it.token}</code>
                    " "{t(lang, "到期", "expires")}" "{it.expires_at}
                })}
            </p>
        </form>
    }
}

#[component]
fn Line(token: TokenRow, tokens: Load<TokenList>) -> impl IntoView {
    let lang = use_lang();
    let is_revoked = token.revoked_at.is_some();
    let decisions = if is_revoked { Vec::new() } else { vec![revoke(&token, lang)] };
    let on_done = Callback::new(move |_| tokens.retry());
    let units = if token.all_units {
        t(lang, "全部单位", "all units").to_owned()
    } else if token.units.is_empty() {
        format!(
            "{} {}",
            t(lang, "下级平台，区划", "platform below, regions"),
            token.regions.join(" ")
        )
    } else {
        token.units.join(" ")
    };
    let term = match (&token.revoked_at, &token.expires_at) {
        (Some(at), _) => format!("{} {at}", t(lang, "已停用", "revoked")),
        (None, Some(at)) => format!("{} {at}", t(lang, "到期", "expires")),
        (None, None) => t(lang, "不过期", "never expires").to_owned(),
    };
    let used = match &token.last_used_at {
        Some(at) => format!("{} {at}", t(lang, "最近使用", "last used")),
        None => t(lang, "未使用", "never used").to_owned(),
    };
    view! {
        <li data-token=token.name.clone()>
            <span><b>{token.name.clone()}</b>" · "{units}</span>
            <span class="note">{term}" · "{used}</span>
            <DecisionButtons decisions on_done />
        </li>
    }
}

fn revoke(token: &TokenRow, lang: Lang) -> Decision {
    let name = &token.name;
    let in_path = js_sys::encode_uri_component(name);
    Decision {
        id: "revoke",
        button: t(lang, "停用", "Revoke"),
        title: format!("{} {name}", t(lang, "停用令牌", "Revoke the token")),
        follows: vec![
            t(
                lang,
                "该系统此后的上报一律拒收，立即生效。",
                "What the system sends from now on is refused, at once.",
            )
            .to_owned(),
            t(
                lang,
                "已收的数据不变；停用后不能恢复，只能另发。",
                "What it sent stays. It cannot be put in force again: make another.",
            )
            .to_owned(),
        ],
        reason: Reason::None,
        primary: false,
        path: format!("/api/v1/tokens/{in_path}/revoke"),
        body: None,
        done_message: format!("{name} {}", t(lang, "已停用", "is revoked")),
    }
}
