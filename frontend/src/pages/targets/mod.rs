//! Inspection targets: units to visit, by a score that can be recomputed by hand. The weights, the number of visits, the
//! selected row and the reason are part of the address.

mod chosen;
mod criteria;
mod evidence;
mod programme_form;
mod ranking;
mod received;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::targets::{InspectionTargets, Reason, TargetRow};
use nengce_shared::lang::Lang;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::part_of_city::PartOfCity;
use crate::components::states::{Empty, Loaded};
use crate::data::session::use_session;
use crate::format::{short_name, sized_tce};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The class that colours a reason's points everywhere.
pub fn class(reason: Reason) -> &'static str {
    match reason {
        Reason::NeverUploaded => "reason never",
        Reason::Silent => "reason silent",
        Reason::Completeness => "reason incomplete",
        Reason::SuspectData => "reason suspect",
        Reason::Unanswered => "reason unanswered",
        Reason::AboveLimit => "reason limit",
        Reason::WorseThanPeers => "reason peers",
        Reason::RisingIntensity => "reason rising",
        Reason::MeterOverdue => "reason meter",
        Reason::OverTarget => "reason target",
        Reason::RepeatOffender => "reason repeat",
        Reason::NotVisited => "reason visit",
    }
}

/// Rows with the reason that the address names; all without one.
pub fn selected_rows(data: &InspectionTargets, reason: Option<&str>) -> Vec<TargetRow> {
    data.rows
        .iter()
        .filter(|row| {
            reason.is_none_or(|it| {
                row.parts.iter().any(|part| part.points > 0.0 && part.reason.as_str() == it)
            })
        })
        .cloned()
        .collect()
}

#[component]
pub fn TargetsPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let load = use_load::<InspectionTargets>(move || {
        Some(format!("/api/v1/inspection-targets?{}", url.selection.get().api_query()))
    });
    let scope = load.map(|it| it.scope.clone());
    let data = chosen::by_chosen_criteria(load.data, url);
    let visits = chosen::visits(url);
    let answer = move || data.get().map(|data| sentence(&data, visits.get(), lang));
    view! {
        <PageHead title=t(lang, "监察对象", "Inspection targets") answer scope>
            <Show when=move || session.may(Permission::Programmes)>
                <a class="control" href="/programmes">{t(lang, "监察方案", "Programmes")}</a>
            </Show>
            <a class="control" href="#criteria" rel="external">{t(lang, "准则与权重", "Criteria and weights")}</a>
        </PageHead>
        <FilterBar scope energy=false />
        <PartOfCity />
        <Loaded load height=320 let:loaded>
            <Show
                when=move || loaded.with(|it| it.rows.len() + it.others.len() > 0)
                fallback=move || view! {
                    <section class="panel apart">
                        <Empty
                            why=t(lang, "所选条件下没有单位有监察理由。", "No unit within the filters has a reason for a visit.")
                            out=Signal::derive(move || Some((t(lang, "清除条件", "Clear the filters").to_owned(), url.path())))
                        />
                    </section>
                }
            >
                {
                    let data = Signal::derive(move || data.get().unwrap_or_else(|| loaded.get()));
                    view! {
                        <div class="programme">
                            <criteria::CriteriaPanel loaded data visits />
                            <ranking::RankingPanel data visits />
                            <evidence::EvidencePanel data />
                        </div>
                        <Show when=move || session.may(Permission::Programmes)>
                            <programme_form::ProgrammeForm visits />
                        </Show>
                    }
                }
            </Show>
        </Loaded>
    }
}

/// 「47 家单位有监察理由，其中 6 家从未上报；首位海沽特种钢 54 分。」
fn sentence(data: &InspectionTargets, visits: usize, lang: Lang) -> impl IntoView + use<> {
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
    let chosen = &data.rows[..visits.min(data.rows.len())];
    let (covered, unit) = sized_tce(chosen.iter().filter_map(|it| it.at_stake_tce).sum(), lang);
    let many = chosen.len();
    match lang {
        Lang::Zh => view! {
            <b>{all}</b>" 家单位有监察理由，其中 "<b>{never}</b>" 家从未上报，"<b>{silent}</b>" 家断报"
            {(resumed > 0).then(|| view! { "（另有 "<b>{resumed}</b>" 家近 30 天断报后已恢复）" })}
            {first.map(|(name, score)| view! { "；首位 "{name}" "<b>{score}</b>" 分" })}
            "；前 "<b>{many}</b>" 家用能 "<b>{covered}</b>" "{unit}"。"
        }
        .into_any(),
        Lang::En => view! {
            <b>{all}</b>" units have a reason for a visit; "<b>{never}</b>" never reported, "<b>{silent}</b>" are silent"
            {(resumed > 0).then(|| view! { " ("<b>{resumed}</b>" more were within 30 days and report again)" })}
            {first.map(|(name, score)| view! { "; first: "{name}", "<b>{score}</b>" points" })}
            "; the first "<b>{many}</b>" use "<b>{covered}</b>" "{unit}"."
        }
        .into_any(),
    }
}
