//! One terminal: what is known of it, and the actions: approve, revoke, rotate its secret, make a one-time code, release.

mod code;
mod decisions;
mod evidence;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::claim::RegistrationCode;
use nengce_shared::api::unit::DeviceRow;
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;

use super::conflicts::conflicts;
use super::details::{Details, facts};
use super::list::NotListed;
use super::tabs::Tab;
use super::words::{
    DEVICE_STATES, address, by_at, certificate, minute, or_missing, profile, proof, state_badge,
};
use crate::components::decision::DecisionButtons;
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
            |row| row.unit_name.filter(|name| !name.is_empty()).unwrap_or(row.enterprise_code),
        )
    };
    let subtitle = move || row.get().map(|row| id_end(&row.device_id)).unwrap_or_default();
    let decisions =
        Memo::new(move |_| row.get().map_or_else(Vec::new, |row| decisions::of(&row, lang)));
    let done = Callback::new(move |(id, json): (&'static str, Json)| {
        if id == "code" {
            code.set(RegistrationCode::from_json(json).ok());
            changed.run(None);
        } else {
            changed.run(DeviceRow::from_json(json).ok());
        }
    });
    let id = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.device_id.clone())));
    let known = Memo::new(move |_| row.with(Option::is_some));
    view! {
        <Details id="device" title=Signal::derive(title) subtitle=Signal::derive(subtitle) on_close=close>
            {move || row.get().map(|row| view! { <Facts row /> })}
            <Show when=move || known.get() && session.may(Permission::DecideDevices)>
                <evidence::Evidence device_id=id />
            </Show>
            <Show when=move || known.get() fallback=move || view! { <Show when=move || !waits.get()><NotListed /></Show> }>
                <Show
                    when=move || session.may(Permission::DecideDevices)
                    fallback=move || view! { <p class="note">{t(lang, "批准、停用、轮换、发码、解除绑定由能源中心操作员办理。", "The energy centre's operator approves, revokes, rotates, makes codes and releases.")}</p> }
                >
                    <DecisionButtons decisions on_done=done />
                </Show>
            </Show>
            {move || code.get().map(|it| view! { <code::Code code=it on_close=Callback::new(move |()| code.set(None)) /> })}
        </Details>
    }
}

/// What is said of a secret that a rotation replaced.
fn old_secret(until: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已轮换的旧凭据，收到 {until} 为止；新凭据一用即可能更早失效"),
        Lang::En => format!(
            "the secret before a rotation, accepted until {until}; it may end earlier, when the new one is used"
        ),
    }
}

#[component]
fn Facts(row: DeviceRow) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let text = |words: String| view! { <span>{words}</span> }.into_any();
    let when =
        |at: &Option<String>| or_missing(at.as_ref().map(|it| minute(it).to_owned()).as_ref());
    let mut rows = vec![
        (t(lang, "状态", "State"), view! { {state_badge(DEVICE_STATES, &row.state, lang)}" "<span class="note">{row.approved_at.as_ref().map(|at| by_at(Some(at), row.approved_by.as_ref(), lang))}</span> }.into_any()),
        (t(lang, "信用代码", "Credit code"), text(row.enterprise_code.clone())),
        (t(lang, "注册", "Registered"), text(minute(&row.registered_at).to_owned())),
        (t(lang, "最近通信", "Last seen"), text(when(&row.last_seen))),
        (t(lang, "每日上传", "Uploads at"), text(row.upload_time.clone())),
    ];
    if let Some(at) = &row.rotation_asked_at {
        let since = minute(at);
        rows.push((t(lang, "轮换", "Rotation"), text(match lang {
            Lang::Zh => format!("{since} 起待终端来领新凭据，领到之前照旧"),
            Lang::En => format!("since {since} its terminal is asked to fetch a new secret; until then nothing changes"),
        })));
    }
    if let Some(until) = &row.accepted_until {
        rows.push((t(lang, "位置", "Place"), text(old_secret(minute(until), lang))));
    } else if session.may_now(Permission::DecideDevices) && !decisions::is_in_force(&row) {
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
        rows.push((t(lang, "规约", "Profile"), text(profile(&from.profile, lang))));
        rows.push((t(lang, "地址", "Address"), text(address(Some(from), lang))));
        rows.push((t(lang, "客户端证书", "Client certificate"), text(certificate(from, lang))));
    }
    if let Some(count) =
        row.open_claims.filter(|it| *it > 0 && session.may_now(Permission::DecideDevices))
    {
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
