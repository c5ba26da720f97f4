//! Distribution of the units with quartiles and the limit lines, their source and certainty, and the percentile.

use leptos::prelude::*;
use nengce_charts::comparisons::distribution::{Distribution, Quartiles, Words};
use nengce_charts::scene::Scene;
use nengce_shared::api::benchmark::BenchmarkView;
use nengce_shared::lang::Lang;

use super::curve::{table, tip};
use super::load::{select_unit, selected, unit_of};
use super::words::{decimals, limits};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::format::{certainty_word, short_name, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub fn DistributionPanel(
    load: Load<BenchmarkView>,
    hover: RwSignal<Option<usize>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = t(lang, "分布与限额", "Distribution and limits");
    let subtitle = Signal::derive(move || {
        load.data.with(|it| {
            let unit = it.as_ref().map(|it| unit_words(&it.subject.unit, lang)).unwrap_or_default();
            format!("{} · {unit}", t(lang, "每点一家单位", "A dot per unit"))
        })
    });
    let note = load.text(move |it| note(it, lang));
    view! {
        <ChartPanel
            source=Source::Request(load)
            title
            subtitle
            note
            class="span-4 wide-3"
            id="distribution"
            height=340.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, it.rows.get(row)?, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.rows.is_empty())
            empty=t(lang, "没有分布可画。", "No distribution to draw.")
            hover
            on_select=Box::new(move |it, row| select_unit(url, unit_of(it, row)))
            drill_down=Box::new(|it, row| unit_of(it, row).map(|it| DrillDown::of("unit", it)))
            crosshair=false
        />
    }
}

fn scene(view: &BenchmarkView, width: f64, height: f64, lang: Lang) -> Scene {
    let values: Vec<f64> = view.rows.iter().map(|it| it.value).collect();
    let beyond: Vec<bool> = view.rows.iter().map(|it| it.beyond_baseline).collect();
    let selected = selected(view);
    let largest = values.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let words = Words {
        selected: selected.map_or_else(String::new, |(_, it)| short_name(&it.unit.name)),
        median: t(lang, "中位", "Median").to_owned(),
        percentile: t(lang, "百分位（低为优）", "Percentile (low is good)").to_owned(),
        decimals: if largest >= 100.0 { 0 } else { decimals(&view.subject) },
    };
    // Quartiles of one or two units would be the units themselves.
    let quartiles = view.distribution.as_ref().filter(|it| it.n >= 3).map(|it| Quartiles {
        min: it.min,
        p25: it.p25,
        p50: it.p50,
        p75: it.p75,
        max: it.max,
    });
    let limits = limits(view, lang);
    let chart = Distribution {
        values: &values,
        beyond: &beyond,
        quartiles,
        limits: &limits,
        selected: selected.map(|it| it.0),
        percentile: selected.map(|(_, it)| it.percentile * 100.0),
        words: &words,
    };
    chart.scene(width, height)
}

fn note(view: &BenchmarkView, lang: Lang) -> String {
    match &view.limits {
        Some(it) if it.benchmark.is_some() || it.level3.is_some() => format!(
            "{}{}{}{}",
            t(lang, "标杆、基准与限额来源：", "Source of the levels: "),
            it.edition,
            t(lang, "。确定性：", ". Certainty: "),
            certainty_word(&it.certainty, lang)
        ),
        _ => t(
            lang,
            "没有公布的标杆与限额；潜力按前四分之一水平计算。",
            "No published levels; the potential is counted against the best quartile.",
        )
        .to_owned(),
    }
}
