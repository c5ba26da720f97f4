//! Inspection targets: units to visit, by a score that can be recomputed by hand. The selected row and reason are part
//! of the address.

mod evidence;
mod ranking;
mod reasons;
mod received;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::targets::{InspectionTargets, Reason, TargetRow};
use nengce_shared::lang::Lang;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::panel::Panel;
use crate::components::part_of_city::PartOfCity;
use crate::components::states::{Empty, Loaded};
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::short_name;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The word of a reason in the address.
pub fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::NeverUploaded => "never_uploaded",
        Reason::Silent => "silent",
        Reason::Completeness => "completeness",
        Reason::AboveLimit => "above_limit",
        Reason::WorseThanPeers => "worse_than_peers",
        Reason::MeterOverdue => "meter_overdue",
    }
}

/// The class that colours a reason's points everywhere.
pub fn class(reason: Reason) -> &'static str {
    match reason {
        Reason::NeverUploaded => "reason never",
        Reason::Silent => "reason silent",
        Reason::Completeness => "reason incomplete",
        Reason::AboveLimit => "reason limit",
        Reason::WorseThanPeers => "reason peers",
        Reason::MeterOverdue => "reason meter",
    }
}

/// Rows with the reason that the address names; all without one.
pub fn selected_rows(data: &InspectionTargets, reason: Option<&str>) -> Vec<TargetRow> {
    data.rows
        .iter()
        .filter(|row| {
            reason.is_none_or(|it| {
                row.parts.iter().any(|part| part.points > 0.0 && word(part.reason) == it)
            })
        })
        .cloned()
        .collect()
}

#[component]
pub fn TargetsPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<InspectionTargets>(move || {
        Some(format!("/api/v1/inspection-targets?{}", url.selection.get().api_query()))
    });
    let scope = load.map(|it| it.scope.clone());
    let answer = move || load.data.get().map(|data| sentence(&data, lang));
    view! {
        <PageHead title=t(lang, "监察对象", "Inspection targets") answer scope>
            <a class="control" href="#score-rules" rel="external">{t(lang, "计分规则", "Score rules")}</a>
        </PageHead>
        <FilterBar scope energy=false />
        <PartOfCity />
        <Loaded load height=320 let:data>
            <Show
                when=move || data.with(|it| !it.rows.is_empty())
                fallback=move || view! {
                    <section class="panel apart">
                        <Empty
                            why=t(lang, "所选条件下没有单位有监察理由。", "No unit within the filters has a reason for a visit.")
                            out=Signal::derive(move || Some((t(lang, "清除条件", "Clear the filters").to_owned(), url.path())))
                        />
                    </section>
                }
            >
                <reasons::Reasons data />
                <div class="split">
                    <div class="col"><ranking::RankingPanel data /></div>
                    <div class="col"><evidence::EvidencePanel data /></div>
                </div>
                <Rules data />
            </Show>
        </Loaded>
    }
}

/// 「47 家单位有监察理由，其中 6 家从未上报；首位海沽特种钢 54 分。」
fn sentence(data: &InspectionTargets, lang: Lang) -> impl IntoView + use<> {
    let count =
        |reason| data.reasons.iter().find(|it| it.reason == reason).map_or(0, |it| it.units);
    // Those who report again are told apart: they are not silent any more.
    let silences = data.reasons.iter().find(|it| it.reason == Reason::Silent);
    let silent = silences.map_or(0, |it| it.ongoing.unwrap_or(it.units));
    let resumed = silences.map_or(0, |it| it.units - silent.min(it.units));
    let (all, never) = (data.rows.len(), count(Reason::NeverUploaded));
    let first = data
        .rows
        .first()
        .map(|it| (short_name(&it.unit.name), nengce_shared::number::grouped(it.score, 1)));
    match lang {
        Lang::Zh => view! {
            <b>{all}</b>" 家单位有监察理由，其中 "<b>{never}</b>" 家从未上报，"<b>{silent}</b>" 家断报"
            {(resumed > 0).then(|| view! { "（另有 "<b>{resumed}</b>" 家近 30 天断报后已恢复）" })}
            {first.map(|(name, score)| view! { "；首位 "{name}" "<b>{score}</b>" 分" })}"。"
        }
        .into_any(),
        Lang::En => view! {
            <b>{all}</b>" units have a reason for a visit; "<b>{never}</b>" never reported, "<b>{silent}</b>" are silent"
            {(resumed > 0).then(|| view! { " ("<b>{resumed}</b>" more were within 30 days and report again)" })}
            {first.map(|(name, score)| view! { "; first: "{name}", "<b>{score}</b>" points" })}"."
        }
        .into_any(),
    }
}

/// How reasons turn into points; a link target of the page head.
#[component]
fn Rules(data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.rules.clone()));
    let columns = vec![
        Column::new(
            t(lang, "理由", "Reason"),
            move |it: &nengce_shared::api::targets::ScoreRule| {
                Cell::text(lang.pick(&it.zh, &it.en))
            },
        )
        .in_narrow(),
        Column::new(
            t(lang, "计分", "Points"),
            move |it: &nengce_shared::api::targets::ScoreRule| {
                Cell::text(lang.pick(&it.formula_zh, &it.formula_en))
            },
        )
        .class("sentence")
        .in_narrow(),
        Column::new(t(lang, "上限", "At most"), |it: &nengce_shared::api::targets::ScoreRule| {
            Cell::Figure(Some(it.cap), 0)
        })
        .number()
        .in_narrow(),
    ];
    view! {
        <Panel
            id="score-rules"
            title=t(lang, "计分规则", "Score rules")
            subtitle=t(lang, "各项相加，逐项封顶", "Parts are added, each up to its cap")
        >
            <DataTable
                label=t(lang, "计分规则", "Score rules")
                columns
                rows
                key=|it: &nengce_shared::api::targets::ScoreRule| word(it.reason).to_owned()
            />
        </Panel>
    }
}
