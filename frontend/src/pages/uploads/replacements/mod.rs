//! Replacements of old values that wait for an operator: old against new, who sent it and when; approve, refuse, undo.

mod columns;
mod decisions;

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::replacements::{ReplacementBatch, ReplacementList, ReplacementRow};
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::components::decision::DecisionButtons;
use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::panel::Panel;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::components::table::DataTable;
use crate::data::api_client::{ApiError, send};
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

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
        if !session.may(Permission::DecideReplacements) {
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
                    session.refused(error.status);
                    failed.try_set(Some(error));
                }
            }
        });
    };
    // What is decided on all is what the list shows: the page may show one unit only.
    let decisions = Memo::new(move |_| {
        let unit = url.get("unit");
        load.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| decisions::of(it, unit.as_deref(), lang))
        })
    });
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
    let states =
        columns::STATES.map(|(code, zh, en)| ChipOption::new(code, t(lang, zh, en), "")).to_vec();
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
            </div>
            <Show
                when=move || session.may(Permission::DecideReplacements)
                fallback=move || view! {
                    <Show when=move || { open() > 0 && !asked.get() }>
                        <button type="button" class="control" data-testid="sign-in-to-decide" on:click=move |_| asked.set(true)>
                            {t(lang, "登录后批准或驳回", "Sign in to approve or refuse")}
                        </button>
                    </Show>
                    <Show when=move || asked.get()>
                        <PermissionNeeded permission=Permission::DecideReplacements />
                    </Show>
                }
            >
                <DecisionButtons decisions on_done=Callback::new(move |_| load.retry()) />
            </Show>
            {move || failed.get().map(|it| view! { <p class="lv1-text" role="alert">{it.title}" "{it.detail}</p> })}
            <Loaded load height=80 let:data>
                {
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "待批准的替换", "Replacements to approve")
                            columns=columns::columns(lang, url, one)
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
    ReplacementBatch { ids, upload_ids: Vec::new(), unit: None, all: false, up_to: None }
}
