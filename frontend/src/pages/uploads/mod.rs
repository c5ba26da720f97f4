//! Uploads: the state of today, missing units, received uploads, and rejected entries with their reasons.

mod list;
mod pending;
mod rejected;
mod replacements;
mod summary;
mod today;

use leptos::prelude::*;
use nengce_shared::api::unit::DeviceList;
use nengce_shared::api::upload::UploadList;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

#[component]
pub fn UploadsPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<UploadList>(move || {
        let mut query = String::from("limit=30");
        for key in ["unit", "rejected", "kind", "cursor"] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        // `from` and `to` of the address are the span of the figures, not the days of receipt.
        push_pair(&mut query, "from", url.get("since").as_deref());
        push_pair(&mut query, "to", url.get("until").as_deref());
        Some(format!("/api/v1/uploads?{query}"))
    });
    let pending =
        use_load::<DeviceList>(|| Some("/api/v1/devices?state=pending&limit=100".to_owned()));
    let answer = move || {
        load.data.get().map(|data| {
            let day = &data.today;
            let (units, reported) = (day.units, day.units_reported);
            let count = |it: u64| number::grouped(it as f64, 0);
            let (entries, rejected) = (count(day.entries), count(day.rejected));
            match lang {
                Lang::Zh => view! {
                    "今日 "<b data-testid="reported-today">{reported}</b>" / "<b>{units}</b>" 家已上报，"<b>{entries}</b>" 条，拒收 "<b>{rejected}</b>" 条。"
                }
                .into_any(),
                Lang::En => view! {
                    "Today "<b data-testid="reported-today">{reported}</b>" of "<b>{units}</b>" units reported, "<b>{entries}</b>" entries, "<b>{rejected}</b>" rejected."
                }
                .into_any(),
            }
        })
    };
    view! {
        <PageHead title=t(lang, "数据上报", "Uploads") answer />
        <Loaded load height=660 let:data>
            <summary::Summary data pending />
            <div class="split">
                <div class="col">
                    <list::UploadsPanel data />
                </div>
                <div class="col">
                    <rejected::RejectedPanel />
                    <pending::PendingPanel pending />
                    <today::MissingPanel data />
                    <today::UnknownPanel data />
                </div>
            </div>
        </Loaded>
        <replacements::ReplacementsPanel />
    }
}
