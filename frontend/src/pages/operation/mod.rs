//! Operation: how the server is doing, for the people who run it. Queue, uploads by hour, reasons of rejected entries,
//! editions of the dictionaries and which terminal has which, factors by year.

mod dictionaries;
mod factors;
mod hours;
mod reasons;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::operation::Operation;
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;

use crate::components::kpi::{Kpi, KpiStrip};
use crate::components::page_head::PageHead;
use crate::components::segments::Segments;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::permitted_load::{refresh_while_seen, use_permitted_load};
use crate::url_state::use_url_state;

/// Days of rejected entries unless the address names others.
const DEFAULT_DAYS: &str = "7";

#[component]
pub fn OperationPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let days = Memo::new(move |_| url.get("days").unwrap_or_else(|| DEFAULT_DAYS.to_owned()));
    let load = use_permitted_load::<Operation>(Permission::Operation, move || {
        format!("/api/v1/operation?days={}", days.get())
    });
    refresh_while_seen(load, Permission::Operation);
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    view! {
        <PageHead title=t(lang, "运行", "Operation") answer>
            <a class="control" href=move || url.href("/link") data-testid="to-link">{t(lang, "上下级平台", "Platforms above and below")}</a>
        </PageHead>
        <Show
            when=move || session.may(Permission::Operation)
            fallback=move || view! {
                <PermissionNeeded permission=Permission::Operation />
            }
        >
            <Loaded load height=480 let:data>
                <Figures data />
                <div class="split">
                    <div class="col">
                        <reasons::ReasonsPanel data>
                            <Segments key="days" values=[("1", "1 天", "1 day"), (DEFAULT_DAYS, "7 天", "7 days"), ("31", "31 天", "31 days")] default=DEFAULT_DAYS />
                        </reasons::ReasonsPanel>
                        <dictionaries::TerminalsPanel data />
                    </div>
                    <div class="col">
                        <hours::HoursPanel data />
                        <dictionaries::EditionsPanel data />
                    </div>
                </div>
            </Loaded>
        </Show>
        <factors::FactorsPanel />
    }
}

fn last_hours(data: &Operation, count: usize) -> (u64, u64) {
    let hours = data.hours.iter().rev().take(count);
    hours.fold((0, 0), |(uploads, rejected), it| (uploads + it.uploads, rejected + it.rejected))
}

/// 「近 24 小时上报 1,234 次，拒收 5 条；12 / 286 台终端已有现行字典。」
fn sentence(data: &Operation, lang: Lang) -> String {
    let (uploads, rejected) = last_hours(data, 24);
    let figure = |it: u64| grouped(it as f64, 0);
    let (uploads, rejected) = (figure(uploads), figure(rejected));
    let (current, total) = (data.terminals_current, data.terminals_total);
    match lang {
        Lang::Zh => format!(
            "近 24 小时上报 {uploads} 次，拒收 {rejected} 条；{current} / {total} 台终端已有现行字典。"
        ),
        Lang::En => format!(
            "{uploads} uploads in 24 hours, {rejected} entries rejected; {current} of {total} terminals have the dictionaries in force."
        ),
    }
}

#[component]
fn Figures(data: Signal<Arc<Operation>>) -> impl IntoView {
    let lang = use_lang();
    let figure = move |of: fn(&Operation) -> u64| {
        Signal::derive(move || data.with(|it| grouped(of(it) as f64, 0)))
    };
    let of_queue = move || {
        let most = data.with(|it| grouped(it.queue.queue_messages as f64, 0));
        match lang {
            Lang::Zh => format!("个请求 / 队列 {most}"),
            Lang::En => format!("requests / queue of {most}"),
        }
    };
    let of_bytes = move || {
        let most = data.with(|it| grouped(it.queue.max_bytes_in_flight as f64 / MIB, 0));
        format!("/ {most} MiB")
    };
    let roll_ups = move || match data.with(|it| it.queue.roll_ups_behind) {
        true => t(lang, "汇总正在追赶", "roll-ups are catching up"),
        false => t(lang, "汇总已是最新", "roll-ups are up to date"),
    };
    view! {
        <KpiStrip label=t(lang, "运行指标", "How the server is doing")>
            <Kpi id="waiting" label=t(lang, "等待写入", "Waiting for the writer") value=figure(|it| it.queue.waiting) unit=Signal::derive(of_queue)>
                <p class="kpi-note">{roll_ups}</p>
            </Kpi>
            <Kpi
                id="bytes"
                label=t(lang, "在途报文", "Messages under way")
                value=Signal::derive(move || data.with(|it| grouped(it.queue.bytes_in_flight as f64 / MIB, 1)))
                unit=Signal::derive(of_bytes)
            />
            <Kpi id="uploads-hour" label=t(lang, "本小时上报", "Uploads this hour") value=figure(|it| last_hours(it, 1).0) unit=t(lang, "次", "uploads") />
            <Kpi id="rejected-day" label=t(lang, "近 24 小时拒收", "Rejected in 24 hours") value=figure(|it| last_hours(it, 24).1) unit=t(lang, "条", "entries") />
            <Kpi id="quality-behind" label=t(lang, "质量积压", "Backlog of quality") value=figure(|it| it.queue.quality_behind_days) unit=t(lang, "项·日", "item-days") />
        </KpiStrip>
    }
}

const MIB: f64 = 1_048_576.0;
