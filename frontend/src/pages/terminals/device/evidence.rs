//! What stands beside the decision on a terminal: its configuration, its first data, and the terminal before it.

use leptos::prelude::*;
use nengce_shared::api::device_evidence::{DeviceConfig, DeviceEvidence, PreviousDevice};
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;

use crate::components::states::Loaded;
use crate::format::id_end;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::terminals::details::facts;
use crate::pages::terminals::words::{DEVICE_STATES, minute, or_missing, state_badge};

/// Decimals of a waiting value: what was sent is shown nearly as it was sent.
const DECIMALS: usize = 3;

#[component]
pub fn Evidence(#[prop(into)] device_id: Signal<Option<String>>) -> impl IntoView {
    let load = use_load::<DeviceEvidence>(move || {
        device_id.get().map(|id| format!("/api/v1/devices/{id}/evidence"))
    });
    view! {
        <Loaded load height=160 let:data>
            <div data-testid="evidence">{move || data.with(|it| view! { <Shown it=DeviceEvidence::clone(it) /> })}</div>
        </Loaded>
    }
}

#[component]
fn Shown(it: DeviceEvidence) -> impl IntoView {
    let lang = use_lang();
    let text = |words: String| view! { <span>{words}</span> }.into_any();
    let rows = vec![
        (t(lang, "配置", "Configuration"), text(config(it.config.as_ref(), lang))),
        (t(lang, "报来的数据", "Data it sent"), text(sent(&it, lang))),
        (t(lang, "此前的终端", "Terminal before"), previous(it.previous.as_ref(), lang)),
    ];
    let readings = it.readings.into_iter().map(|row| {
        let name = lang.pick(&row.name_zh, &row.name_en).to_owned();
        let value = grouped(row.value, DECIMALS);
        view! {
            <tr>
                <td title=row.data_code>{name}</td>
                <td>{row.stat_type.label(lang)}</td>
                <td>{minute(&row.stat_date).to_owned()}</td>
                <td class="number">{value}" "{row.unit}</td>
            </tr>
        }
    });
    let readings = readings.collect_view();
    let caption = match lang {
        Lang::Zh => format!("等待批准的头几条，共 {} 条", grouped(it.waiting as f64, 0)),
        Lang::En => format!("The first of {} that wait", grouped(it.waiting as f64, 0)),
    };
    let table = (it.waiting > 0).then(|| {
        view! {
            <table class="data">
                <caption class="note">{caption}</caption>
                <tbody>{readings}</tbody>
            </table>
        }
    });
    view! { {facts(rows)}{table} }
}

fn config(it: Option<&DeviceConfig>, lang: Lang) -> String {
    let Some(it) = it else {
        return t(lang, "还没有报来", "none came yet").to_owned();
    };
    let told = [&it.name, &it.region, &it.industry].map(String::as_str);
    let told: Vec<&str> = told.into_iter().filter(|it| !it.is_empty()).collect();
    let (told, items) = (told.join(" · "), it.items);
    let waits = if it.waits { t(lang, "，待批", ", waits") } else { "" };
    match lang {
        Lang::Zh => format!("{told}；采集项 {items} 个{waits}"),
        Lang::En => format!("{told}; {items} items{waits}"),
    }
}

fn sent(it: &DeviceEvidence, lang: Lang) -> String {
    let (Some(first), Some(last)) = (&it.first_upload, &it.last_upload) else {
        return t(lang, "还没有", "none yet").to_owned();
    };
    let [uploads, entries, rejected] =
        [it.uploads, it.entries, it.rejected].map(|it| grouped(it as f64, 0));
    let (first, last) = (minute(first), minute(last));
    match lang {
        Lang::Zh => {
            format!("{uploads} 次 {entries} 条，拒收 {rejected} 条；首次 {first}，最近 {last}")
        }
        Lang::En => format!(
            "{uploads} uploads, {entries} entries, {rejected} rejected; first {first}, last {last}"
        ),
    }
}

fn previous(it: Option<&PreviousDevice>, lang: Lang) -> AnyView {
    let Some(it) = it else {
        let none = t(lang, "没有：这是该企业的第一台", "none: it is the first of the enterprise");
        return view! { <span>{none}</span> }.into_any();
    };
    let last = or_missing(it.last_upload.as_ref().map(|it| minute(it).to_owned()).as_ref());
    let uploads = grouped(it.uploads as f64, 0);
    let until = it.accepted_until.as_deref().map(minute);
    let words = match (lang, until) {
        (Lang::Zh, None) => format!("上报 {uploads} 次，最近 {last}"),
        (Lang::Zh, Some(until)) => {
            format!("上报 {uploads} 次，最近 {last}；旧凭据收到 {until} 为止")
        }
        (Lang::En, None) => format!("{uploads} uploads, last {last}"),
        (Lang::En, Some(until)) => {
            format!("{uploads} uploads, last {last}; its secret is accepted until {until}")
        }
    };
    let badge = state_badge(DEVICE_STATES, &it.state, lang);
    view! { <span>{id_end(&it.device_id)}</span>" "{badge}" "<span class="note">{words}</span> }
        .into_any()
}
