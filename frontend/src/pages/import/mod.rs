//! Files of people: select one, say what its columns mean, see every problem in its cell, then commit.

mod fields;
mod file;
mod flow;
mod guess;
mod mapping;
mod options;
mod outcome;
mod place;
mod preview;
mod profiles;
mod words;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::imports::ImportProfileList;
use nengce_shared::api::meta::FactorRow;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;
use flow::Flow;

#[component]
pub fn ImportPage() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let answer = move || {
        t(
            lang,
            "拖入 CSV 或 XLSX，先看清每一处问题，再入库；有问题的行连同原因退回。",
            "Drop a CSV or XLSX file, see every problem in its cell, then store it; rows with problems come back with their reasons.",
        )
    };
    let leave = move || {
        session.has_token().then(|| view! {
            <button type="button" class="control" on:click=move |_| session.keep(None)>{t(lang, "退出令牌", "Leave the token")}</button>
        })
    };
    view! {
        <PageHead title=t(lang, "数据导入", "Import") answer>
            {leave}
            <a class="control" href="/document-templates">{t(lang, "文书模板", "Document templates")}</a>
        </PageHead>
        <Show
            when=move || session.may(Permission::Import)
            fallback=move || view! { <PermissionNeeded permission=Permission::Import /> }
        >
            <Steps />
        </Show>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let list = use_load::<ImportProfileList>(|| Some("/api/v1/import-profiles".to_owned()));
    Effect::new(move |_| {
        if let Some(error) = list.error.get() {
            session.refused(error.status);
        }
    });
    let profiles = Signal::derive(move || {
        list.data.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.rows.clone()))
    });
    let factors = use_load::<Vec<FactorRow>>(|| Some("/api/v1/factors?basis=calorific".to_owned()));
    let types = Signal::derive(move || {
        factors.data.with(|it| it.as_ref().map_or_else(Vec::new, |it| latest(it)))
    });
    let unit = untrack(|| url.get("unit"));
    let flow = Flow::new("readings", unit, profiles, session, lang);
    let failed = move || {
        flow.error.get().map(|error| view! {
            <section class="panel apart state" role="alert" id="import-error">
                <p><b class="lv1-text">{error.title}</b> <span class="note">{error.code}</span></p>
                <p>{error.detail}</p>
            </section>
        })
    };
    view! {
        <div class="split">
            <div class="col">
                <file::FilePanel flow />
                {move || flow.bare.get().map(|bare| view! { <mapping::MappingPanel flow bare types /> })}
            </div>
            <div class="col">
                <options::OptionsPanel flow />
                <profiles::ProfilesPanel flow list />
            </div>
        </div>
        {failed}
        <Show when=move || flow.job.with(Option::is_some)><outcome::OutcomePanel flow /></Show>
        {move || flow.preview.get().filter(|_| flow.job.with(Option::is_none)).map(|(_, preview)| view! { <preview::PreviewPanel flow preview /> })}
    }
}

/// One row per energy type: the unit is the same whatever the year of the factor.
fn latest(rows: &[FactorRow]) -> Vec<FactorRow> {
    let mut kept: Vec<FactorRow> = Vec::new();
    for row in rows {
        if !kept.iter().any(|it| it.energy_type == row.energy_type) {
            kept.push(row.clone());
        }
    }
    kept
}
