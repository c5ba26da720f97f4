//! One terminal: what is known of it, and the actions: approve, revoke, make a one-time code, release.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use nengce_shared::api::claim::RegistrationCode;
use nengce_shared::api::unit::DeviceRow;
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;

use super::conflicts::conflicts;
use super::decision::{Decision, DecisionButtons, Reason};
use super::details::{Details, facts, focus};
use super::list::NotListed;
use super::tabs::Tab;
use super::words::{
    DEVICE_STATES, address, by_at, certificate, minute, or_missing, profile, proof, state_badge,
};
use crate::data::session::use_session;
use crate::format::id_end;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn DeviceDetails(
    row: Memo<Option<DeviceRow>>,
    /// True while the list is on its way.
    waits: Signal<bool>,
    /// Hears what became of the device, when the answer says it.
    changed: Callback<Option<DeviceRow>>,
    close: Callback<()>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let code = RwSignal::new(None::<RegistrationCode>);
    let title = move || {
        row.get().map_or_else(
            || t(lang, "终端", "Terminal").to_owned(),
            |it| it.unit_name.filter(|it| !it.is_empty()).unwrap_or(it.enterprise_code),
        )
    };
    let subtitle = move || row.get().map(|it| id_end(&it.device_id)).unwrap_or_default();
    let decisions = Memo::new(move |_| row.get().map_or_else(Vec::new, |it| decisions(&it, lang)));
    let done = Callback::new(move |(id, json): (&'static str, Json)| {
        if id == "code" {
            code.set(RegistrationCode::from_json(json).ok());
            changed.run(None);
        } else {
            changed.run(DeviceRow::from_json(json).ok());
        }
    });
    let known = Memo::new(move |_| row.with(Option::is_some));
    view! {
        <Details id="device" title=Signal::derive(title) subtitle=Signal::derive(subtitle) on_close=close>
            {move || row.get().map(|row| view! { <Facts row /> })}
            <Show when=move || known.get() fallback=move || view! { <Show when=move || !waits.get()><NotListed /></Show> }>
                <Show
                    when=move || session.signed_in()
                    fallback=move || view! { <p class="note">{t(lang, "批准、停用、发码、解除绑定需要管理员令牌。", "Approving, revoking, codes and releases need the administrator's token.")}</p> }
                >
                    <DecisionButtons decisions on_done=done />
                </Show>
            </Show>
            {move || code.get().map(|it| view! { <Code code=it on_close=Callback::new(move |()| code.set(None)) /> })}
        </Details>
    }
}

#[component]
fn Facts(row: DeviceRow) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let text = |it: String| view! { <span>{it}</span> }.into_any();
    let when =
        |at: &Option<String>| or_missing(at.as_ref().map(|it| minute(it).to_owned()).as_ref());
    let mut rows = vec![
        (t(lang, "状态", "State"), view! { {state_badge(DEVICE_STATES, &row.state, lang)}" "<span class="note">{row.approved_at.as_ref().map(|at| by_at(Some(at), row.approved_by.as_ref(), lang))}</span> }.into_any()),
        (t(lang, "信用代码", "Credit code"), text(row.enterprise_code.clone())),
        (t(lang, "注册", "Registered"), text(minute(&row.registered_at).to_owned())),
        (t(lang, "最近通信", "Last seen"), text(when(&row.last_seen))),
        (t(lang, "每日上传", "Uploads at"), text(row.upload_time.clone())),
    ];
    if session.is_signed_in() && !is_in_force(&row) {
        rows.push((
            t(lang, "位置", "Place"),
            text(t(lang, "已被更换或解绑，不再代表该单位；要用它须重新登记", "replaced or released: it speaks for the unit no more and would have to register anew").to_owned()),
        ));
    }
    if let Some(word) = &row.proof {
        let words = match &row.proved_at {
            Some(at) => format!("{} · {}", proof(word, lang), minute(at)),
            None => proof(word, lang),
        };
        rows.push((t(lang, "上次凭据", "Last proof"), text(words)));
    }
    if let Some(from) = &row.registrant {
        rows.push((t(lang, "规范", "Profile"), text(profile(&from.profile, lang))));
        rows.push((t(lang, "地址", "Address"), text(address(Some(from), lang))));
        rows.push((t(lang, "客户端证书", "Client certificate"), text(certificate(from, lang))));
    }
    if let Some(count) = row.open_claims.filter(|it| *it > 0 && session.is_signed_in()) {
        let code = row.enterprise_code.clone();
        let href = move || {
            url.href_with(
                "/terminals",
                &[("tab", Some("claims".to_owned())), ("q", Some(code.clone()))],
            )
        };
        let words = match lang {
            Lang::Zh => format!("{count} 件待确认"),
            Lang::En => format!("{count} to decide"),
        };
        rows.push((Tab::Claims.name(lang), view! { <a href=href>{words}</a> }.into_any()));
    }
    view! { {facts(rows)}{conflicts(&row.name_conflicts, url, lang)} }
}

/// What can be done with a device in its state.
fn decisions(row: &DeviceRow, lang: Lang) -> Vec<Decision> {
    let id = id_end(&row.device_id);
    let decision = |word: &'static str,
                    button: &'static str,
                    follows: &[&str],
                    done_message: String| Decision {
        id: word,
        button,
        title: format!("{button} {id}"),
        follows: follows.iter().map(|it| (*it).to_owned()).collect(),
        reason: Reason::None,
        primary: word == "approve",
        path: format!("/api/v1/devices/{}/{word}", row.device_id),
        done_message,
    };
    let mut approve = decision(
        "approve",
        t(lang, "批准", "Approve"),
        &[
            t(
                lang,
                "它已上报的数据立即计入各项数字，此后的随到随计。",
                "What it sent so far counts at once, what follows as it comes.",
            ),
            t(
                lang,
                "单位进入公开清单；区划、行业、名称以它现在的配置为准。",
                "The unit enters the public lists, with district, industry and name as it sent them.",
            ),
            t(
                lang,
                "它现在的地址、证书成为以后重新注册的凭据。",
                "Its address and certificate become the proof by which it registers again.",
            ),
            t(lang, "要退回：停用。已计入的数据不删。", "To undo: revoke. Data that count stay."),
        ],
        match lang {
            Lang::Zh => format!("已批准 {id}，数据开始计入。"),
            Lang::En => format!("{id} is approved; its data count."),
        },
    );
    if row.open_claims.unwrap_or_default() > 0 {
        let others = t(
            lang,
            "另有更换申请在争这个位置：先看它们的证据。",
            "Others claim its place: look at their evidence first.",
        );
        approve.follows.insert(0, others.to_owned());
    }
    let revoke = decision(
        "revoke",
        t(lang, "停用", "Revoke"),
        &[
            t(
                lang,
                "此后它的上报一律拒收，现场会看到失败应答。",
                "Its uploads are refused from now on; the plant sees failures.",
            ),
            t(
                lang,
                "已收的数据保留，数字不变。",
                "What it sent stays and the figures do not change.",
            ),
            t(
                lang,
                "要退回：再批准。停用期间的数据由终端补报。",
                "To undo: approve it again; the terminal sends what was missed.",
            ),
        ],
        match lang {
            Lang::Zh => format!("已停用 {id}。"),
            Lang::En => format!("{id} is revoked."),
        },
    );
    let code = decision(
        "code",
        t(lang, "发一次性注册码", "Give a one-time code"),
        &[
            t(
                lang,
                "生成一个码，交给企业现场；终端带码注册，即刻接替并承袭批准，现在这台随之停用。",
                "Makes a code for the plant; a terminal that registers with it takes over at once with the approval, and this one is revoked.",
            ),
            t(
                lang,
                "谁拿到码，谁就能以这家企业的名义上报：当面或电话交给已核实的人。",
                "Whoever has the code can speak for the enterprise: give it to a person you have verified.",
            ),
            t(
                lang,
                "码只显示这一次，用一次或到期即失效；此前发的码作废。",
                "It is shown this once, works once or until it expires, and voids earlier codes.",
            ),
        ],
        t(lang, "码已生成。", "The code is made.").to_owned(),
    );
    let release = decision(
        "release",
        t(lang, "解除绑定", "Release bindings"),
        &[
            t(
                lang,
                "解除这家企业与规范、证书、密钥、地址的绑定；这台终端随即停用，已发的码作废。",
                "Undoes what ties the enterprise to profile, certificate, key and address; this terminal is revoked and codes are void.",
            ),
            t(
                lang,
                "此后谁先注册谁占位，仍须批准才计入。已知是谁来换，发一次性注册码更稳妥。",
                "Whoever registers next takes the place and still has to be approved. Where you know who comes, a one-time code is safer.",
            ),
            t(lang, "已收的数据保留。", "What it sent stays."),
        ],
        match lang {
            Lang::Zh => format!("已解除 {id} 的绑定。"),
            Lang::En => format!("The bindings of {id} are released."),
        },
    );
    match (row.state.as_str(), is_in_force(row)) {
        ("pending", true) => vec![approve, revoke, release],
        ("approved", true) => vec![code, release, revoke],
        (_, true) => vec![approve, release],
        // What was replaced or released does not come back.
        ("revoked", false) => Vec::new(),
        (_, false) => vec![revoke],
    }
}

/// Whether it is the terminal that speaks for its unit now.
fn is_in_force(row: &DeviceRow) -> bool {
    row.proof.is_some()
}

/// A code that was just made, large, to be read out or copied; it is nowhere else.
#[component]
fn Code(code: RegistrationCode, on_close: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let copied = RwSignal::new(false);
    let text = code.code.clone();
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            copied.try_set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
            TimeoutFuture::new(2_000).await;
            copied.try_set(false);
        });
    };
    let until = minute(&code.expires_at).to_owned();
    let words = match lang {
        Lang::Zh => format!("有效到 {until}，只能用一次。关掉后无法再看；丢了就再发一个。"),
        Lang::En => format!(
            "Good until {until} and for one registration. Once closed it cannot be seen again; if it is lost, give another."
        ),
    };
    let card = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(card) = card.get() {
            focus(&card);
        }
    });
    view! {
        <div class="code-card" tabindex="-1" node_ref=card role="group" aria-label=t(lang, "一次性注册码", "One-time code")>
            <p class="kpi-label">{t(lang, "一次性注册码", "One-time code")}</p>
            <output class="code" data-testid="code">{code.code}</output>
            <p>{words}</p>
            <div class="actions">
                <button type="button" class="control primary" on:click=copy>
                    <span aria-live="polite">{move || if copied.get() { t(lang, "已复制", "Copied") } else { t(lang, "复制", "Copy") }}</span>
                </button>
                <button type="button" class="control" on:click=move |_| on_close.run(())>{t(lang, "已交出，关掉", "Handed over, close")}</button>
            </div>
        </div>
    }
}
