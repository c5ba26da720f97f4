//! Data quality: the index of each unit, findings with their evidence, and the rules.

pub mod answer;
pub mod evidence;
mod findings;
mod rules;
mod units;
pub mod words;

use leptos::prelude::*;
use nengce_shared::api::quality::{FindingList, QualityRules, QualityUnits};
use nengce_shared::lang::Lang;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, joined, push_pair, use_url_state};
use words::{index_words, unassessed_words};

/// Findings of one page of the list.
const PAGE_ROWS: &str = "50";

#[component]
pub fn QualityPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rules = use_load::<QualityRules>(|| Some("/api/v1/quality/rules".to_owned()));
    let units = use_load::<QualityUnits>(move || {
        let mut query = shared(url);
        // Days of the address count, months do not: the index is one of the last 30 days unless a span of days is asked for.
        let selection = url.selection.get();
        for (key, value) in [("from", selection.from), ("to", selection.to)] {
            push_pair(&mut query, key, value.filter(|it| it.len() == 10).as_deref());
        }
        push_pair(&mut query, "limit", Some("2000"));
        Some(format!("/api/v1/quality/units?{query}"))
    });
    let found = use_load::<FindingList>(move || {
        let mut query = shared(url);
        push_pair(&mut query, "limit", Some(PAGE_ROWS));
        push_pair(
            &mut query,
            "state",
            Some(&url.get("state").unwrap_or_else(|| "open".to_owned())),
        );
        for key in ["rule", "severity", "answer", "unit", "cursor"] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        Some(format!("/api/v1/quality/findings?{query}"))
    });
    let answer = move || {
        let index = units.data.get()?;
        Some(sentence(&index, found.data.get().as_deref(), lang))
    };
    let changed = Callback::new(move |()| found.retry());
    let one_unit = move || {
        url.get("unit").map(|_| view! {
            <button type="button" class="chip" aria-pressed="true" on:click=move |_| url.set(&[("unit", None), ("cursor", None), ("finding", None)])>
                {t(lang, "只看一家单位 ×", "One unit only ×")}
            </button>
        })
    };
    view! {
        <PageHead title=t(lang, "数据质量", "Data quality") answer />
        <FilterBar scope=Signal::derive(|| None) brush=false figures=false energy=false classed=false>{one_unit}</FilterBar>
        <Loaded load=units height=110 let:data><units::Total data /></Loaded>
        <div class="split wide-first">
            <div class="col"><Loaded load=found height=420 let:data><findings::FindingsPanel data rules /></Loaded></div>
            <div class="col"><evidence::EvidencePanel changed /></div>
        </div>
        <Loaded load=units height=320 let:data><units::UnitsPanel data /></Loaded>
        <Loaded load=rules height=200 let:data><rules::RulesPanel data /></Loaded>
    }
}

/// District and industry, as every question of the page takes them.
fn shared(url: UrlState) -> String {
    let selection = url.selection.get();
    let mut query = String::new();
    push_pair(&mut query, "region", joined(&selection.region).as_deref());
    push_pair(&mut query, "industry", joined(&selection.industry).as_deref());
    query
}

/// 「质量指数 93.4，完整率 97.1%；未结问题 28 条，其中严重 6 条。」
fn sentence(
    units: &QualityUnits,
    found: Option<&FindingList>,
    lang: Lang,
) -> impl IntoView + use<> {
    let index = index_words(units, lang);
    let completeness = nengce_shared::number::completeness(units.total.completeness);
    let unassessed = unassessed_words(units, lang)
        .map(|words| view! { <span data-testid="unassessed">{words}</span> });
    let open = |severity: Option<&str>| -> u64 {
        found.map_or(0, |it| {
            let mine = it.counts.iter().filter(|it| {
                it.state == "open" && severity.is_none_or(|wanted| it.severity == wanted)
            });
            mine.map(|it| it.count).sum()
        })
    };
    let (all, high) = (open(None), open(Some("high")));
    match lang {
        Lang::Zh => view! { "质量指数 "<b>{index}</b>{unassessed}"，完整率 "<b>{completeness}</b>"；未结问题 "<b data-testid="open-findings">{all}</b>" 条，其中严重 "<b>{high}</b>" 条。" }.into_any(),
        Lang::En => view! { "Quality index "<b>{index}</b>{unassessed}", completeness "<b>{completeness}</b>"; "<b data-testid="open-findings">{all}</b>" open findings, "<b>{high}</b>" of them high." }.into_any(),
    }
}
