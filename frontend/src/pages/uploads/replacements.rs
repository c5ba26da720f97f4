//! Replacements of old values that wait for an operator: old against new, who sent it and when; approve or refuse.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::replacements::{ReplacementBatch, ReplacementList, ReplacementRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use wasm_bindgen::JsValue;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::panel::Panel;
use crate::components::sign_in::SignIn;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::api_client::{ApiError, send};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::format::{sender, time_short, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, push_pair, use_url_state};

const STATES: [(&str, &str, &str); 4] = [
    ("open", "待批准", "waiting"),
    ("approved", "已批准", "approved"),
    ("refused", "已驳回", "refused"),
    ("superseded", "已被后来的值取代", "superseded"),
];

#[component]
pub fn ReplacementsPanel() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let load = use_load::<ReplacementList>(move || {
        let mut query = String::from("limit=100");
        push_pair(&mut query, "state", url.get("held").as_deref());
        push_pair(&mut query, "unit", url.get("unit").as_deref());
        Some(format!("/api/v1/replacements?{query}"))
    });
    let failed = RwSignal::new(None::<ApiError>);
    let asked = RwSignal::new(false);
    let decide = move |batch: ReplacementBatch, deed: &'static str| {
        if !session.signed_in() {
            asked.set(true);
            return;
        }
        let Ok(body) = serde_json::to_string(&batch) else {
            return;
        };
        failed.set(None);
        leptos::task::spawn_local(async move {
            let path = format!("/api/v1/replacements/{deed}");
            match send(Method::POST, &path, Some(JsValue::from_str(&body)), lang).await {
                Ok(_) => load.retry(),
                Err(error) => {
                    session.refused(&error);
                    failed.try_set(Some(error));
                }
            }
        });
    };
    // Those on screen: the page may show one unit only.
    let every = move |deed: &'static str| {
        let unit = untrack(|| url.get("unit"));
        let all = unit.is_none();
        decide(ReplacementBatch { unit, all, ..batch(Vec::new()) }, deed);
    };
    let one = Callback::new(move |(id, deed): (u64, &'static str)| decide(batch(vec![id]), deed));
    let open = move || load.data.with(|it| it.as_ref().map_or(0, |it| it.open));
    let window = move || load.data.with(|it| it.as_ref().map_or(0, |it| it.window_days));
    let subtitle = move || match (open(), window(), lang) {
        (0, 0, Lang::Zh) => "未设期限，替换即时生效".to_owned(),
        (0, 0, Lang::En) => "no window is set: replacements count at once".to_owned(),
        (open, days, Lang::Zh) => format!("{open} 条待批准 · 超过 {days} 天的值须批准才替换"),
        (open, days, Lang::En) => {
            format!("{open} waiting; values older than {days} days need approval")
        }
    };
    let states = STATES.map(|(code, zh, en)| ChipOption::new(code, t(lang, zh, en), "")).to_vec();
    view! {
        <Panel id="replacements" class="capped apart" title=t(lang, "待批准的替换", "Replacements to approve") subtitle=Signal::derive(subtitle)>
            <div class="chips inline">
                <Chip
                    name=t(lang, "状态", "State")
                    all=t(lang, "待批准", "waiting")
                    options=Signal::stored(states)
                    value=Signal::derive(move || url.get("held"))
                    on_select=move |it| url.set(&[("held", it)])
                />
                <Show when=move || { open() > 1 && url.get("held").is_none() }>
                    <button type="button" class="control" data-testid="approve-all" on:click=move |_| every("approve")>
                        {t(lang, "全部批准", "Approve all")}
                    </button>
                    <button type="button" class="control" on:click=move |_| every("refuse")>
                        {t(lang, "全部驳回", "Refuse all")}
                    </button>
                </Show>
            </div>
            <Show when=move || asked.get() && !session.signed_in()>
                <SignIn why=t(lang, "批准与驳回需要管理员令牌", "deciding needs an administrator's token") />
            </Show>
            {move || failed.get().map(|it| view! { <p class="lv1-text" role="alert">{it.title}" "{it.detail}</p> })}
            <Loaded load height=80 let:data>
                {
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "待批准的替换", "Replacements to approve")
                            columns=columns(lang, url, one)
                            rows
                            key=|row: &ReplacementRow| row.replacement_id.to_string()
                            empty=t(lang, "没有替换等待批准。", "No replacement waits.")
                        />
                    }
                }
            </Loaded>
        </Panel>
    }
}

fn batch(ids: Vec<u64>) -> ReplacementBatch {
    ReplacementBatch { ids, upload_ids: Vec::new(), unit: None, all: false }
}

fn columns(
    lang: Lang,
    url: UrlState,
    decide: Callback<(u64, &'static str)>,
) -> Vec<Column<ReplacementRow>> {
    let value = move |value: f64, valid: bool| {
        let shown = number::grouped(value, 4);
        let shown = shown.trim_end_matches('0').trim_end_matches('.').to_owned();
        if valid { shown } else { format!("{shown}（{}）", t(lang, "无效", "invalid")) }
    };
    let state = move |row: &ReplacementRow| {
        let word = STATES
            .iter()
            .find(|it| it.0 == row.state)
            .map_or(row.state.as_str(), |it| t(lang, it.1, it.2));
        match (&row.decided_by, &row.decided_at) {
            (Some(by), Some(at)) => format!("{word} · {by} {}", time_short(at)),
            _ => word.to_owned(),
        }
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &ReplacementRow| Cell::text(row.unit_name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.unit_name.clone()}</a> }
            }),
        Column::new(t(lang, "数据编码", "Data code"), |row: &ReplacementRow| Cell::text(row.data_code.clone())),
        Column::new(t(lang, "数据时间", "Time"), |row: &ReplacementRow| Cell::text(row.stat_date.clone())).sort_text(|row| row.stat_date.clone()),
        Column::new(t(lang, "原值", "Old"), move |row: &ReplacementRow| Cell::text(value(row.old_value, row.old_valid))).number().in_narrow(),
        Column::new(t(lang, "新值", "New"), move |row: &ReplacementRow| Cell::text(value(row.new_value, row.new_valid))).number().in_narrow(),
        Column::new(t(lang, "单位", "In"), move |row: &ReplacementRow| Cell::text(row.unit.as_deref().map(|it| unit_words(it, lang)).unwrap_or_default())),
        Column::new(t(lang, "来源", "Sent by"), |row: &ReplacementRow| Cell::text(sender(&row.sent_by))),
        Column::new(t(lang, "接收", "Received"), |row: &ReplacementRow| Cell::text(row.received_at.clone()))
            .show(|row| time_short(&row.received_at).to_owned())
            .sort_text(|row| row.received_at.clone()),
        Column::new(t(lang, "处理", "Decision"), move |row: &ReplacementRow| Cell::text(state(row))).in_narrow().show(move |row| {
            if row.state != "open" {
                return state(row).into_any();
            }
            let id = row.replacement_id;
            let button = |deed: &'static str, words: &'static str| {
                view! { <button type="button" class="text-button" data-decision=deed on:click=move |_| decide.run((id, deed))>{words}</button> }
            };
            view! { {button("approve", t(lang, "批准", "Approve"))} {button("refuse", t(lang, "驳回", "Refuse"))} }.into_any()
        }),
    ]
}
