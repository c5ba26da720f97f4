//! The index of every unit with its five parts, worst first; the weights stand in the heads.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::quality::{QualityFigures, QualityUnitRow, QualityUnits};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use super::words::{PARTS, Part, index_words, is_assessed, points, unassessed_words};
use crate::components::kpi::KpiStrip;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

/// A part of the index below this share is shown as bad; the least completeness holds for every part.
const LOW_PART: f64 = COMPLETENESS_THRESHOLD;

/// The whole: index and parts, each with its weight.
#[component]
pub fn Total(data: Signal<Arc<QualityUnits>>) -> impl IntoView {
    let lang = use_lang();
    let cells = move || {
        let units = data.get();
        let is_assessed = is_assessed(&units);
        let index = cell(
            "quality-index",
            t(lang, "质量指数", "Quality index").to_owned(),
            index_words(&units, lang),
            unassessed_words(&units, lang)
                .unwrap_or_else(|| t(lang, "百分制", "of 100").to_owned()),
            units.total.index.filter(|_| is_assessed),
        );
        let figure_of = |part: &Part| part.3(&units.total).filter(|_| is_assessed);
        let assessed = PARTS.iter().filter(|part| figure_of(part).is_some());
        let sum: f64 = assessed.map(|part| part.2(&units.weights)).sum();
        let parts = PARTS
            .iter()
            .map(|part| {
                let (zh, en, weight, _) = part;
                let value = figure_of(part);
                let note = match value {
                    Some(_) => {
                        let share = weight(&units.weights) / sum;
                        format!("{} {}", t(lang, "权重", "weight"), number::percent(Some(share)))
                    }
                    None if !is_assessed => t(lang, "尚未判定", "not yet assessed").to_owned(),
                    None => t(lang, "没有可评的数据", "nothing to assess").to_owned(),
                };
                cell(
                    "",
                    format!("{}{}", t(lang, zh, en), t(lang, "率", "")),
                    number::completeness(value),
                    note,
                    value,
                )
            })
            .collect_view();
        view! { {index} {parts} }
    };
    view! { <KpiStrip label=t(lang, "质量指数及各项", "Quality index and its parts")>{cells}</KpiStrip> }
}

fn cell(
    id: &'static str,
    label: String,
    value: String,
    note: String,
    share: Option<f64>,
) -> AnyView {
    let low = share.is_some_and(|it| it < LOW_PART);
    view! {
        <div class="kpi">
            <div class="kpi-label">{label}</div>
            <div class="kpi-value"><b class:worse=low class:words=share.is_none() data-figure=(!id.is_empty()).then_some(id)>{value}</b></div>
            <div class="bullet" aria-hidden="true">
                <div class="bullet-bar" class:worse-ground=low style:width=format!("{:.1}%", share.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0)></div>
            </div>
            <div class="kpi-note">{note}</div>
        </div>
    }
    .into_any()
}

#[component]
pub fn UnitsPanel(data: Signal<Arc<QualityUnits>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = move || {
        data.with(|it| match lang {
            Lang::Zh => format!(
                "{} – {} · 已判定 {}/{} 家 · 最差在前",
                it.from, it.to, it.units_assessed, it.units
            ),
            Lang::En => format!(
                "{} – {}, {} of {} units assessed, worst first",
                it.from, it.to, it.units_assessed, it.units
            ),
        })
    };
    let note = move || {
        data.with(|it| {
            let parts: Vec<String> = PARTS
                .iter()
                .map(|(zh, en, weight, _)| {
                    format!("{} {}", t(lang, zh, en), number::grouped(weight(&it.weights), 2))
                })
                .collect();
            match lang {
                Lang::Zh => format!(
                    "指数＝各项按权重加权平均（{}）；没有可评数据的项不计权重。",
                    parts.join("、")
                ),
                Lang::En => format!(
                    "Index: weighted mean of the parts ({}); a part without data leaves the sum.",
                    parts.join(", ")
                ),
            }
        })
    };
    view! {
        <Panel id="quality-units" class="capped tall" title=t(lang, "各单位质量指数", "Index by unit") subtitle=Signal::derive(subtitle) note=Signal::derive(note)>
            <DataTable
                label=t(lang, "各单位质量指数", "Index by unit")
                columns=columns(lang, url)
                rows
                key=|row: &QualityUnitRow| row.unit.enterprise_code.clone()
                empty=t(lang, "所选条件下没有单位。", "No units match the filters.")
            />
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<QualityUnitRow>> {
    let mut columns = vec![
        Column::new(t(lang, "单位", "Unit"), |row: &QualityUnitRow| Cell::text(row.unit.name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.unit.enterprise_code);
                view! { <a href=move || format!("{}#quality", url.href(&path))>{row.unit.name.clone()}</a> }
            })
            .sort_text(|row| row.unit.name.clone()),
        Column::new(t(lang, "指数", "Index"), |row: &QualityUnitRow| Cell::Figure(row.figures.index.map(|it| it * 100.0), 1))
            .number()
            .in_narrow()
            .show(|row| view! { <b>{points(row.figures.index)}</b> })
            .sort_number(|row| row.figures.index),
        Column::new(t(lang, "五项", "Five parts"), |_: &QualityUnitRow| Cell::text("")).in_file(Vec::new()).show(move |row| strip(&row.figures, lang)),
    ];
    columns.extend(PARTS.iter().map(|(zh, en, _, figure)| {
        let figure = *figure;
        Column::new(t(lang, zh, en), move |row: &QualityUnitRow| Cell::Completeness(figure(&row.figures)))
            .number()
            .show(move |row| {
                let value = figure(&row.figures);
                view! { <span class:worse=value.is_some_and(|it| it < LOW_PART)>{number::completeness(value)}</span> }
            })
            .sort_number(move |row| figure(&row.figures))
    }));
    let days = |head: &'static str, of: fn(&QualityUnitRow) -> u32| {
        Column::new(head, move |row: &QualityUnitRow| Cell::Figure(Some(of(row).into()), 0))
            .number()
            .sort_number(move |row| Some(of(row).into()))
    };
    columns.extend([
        days(t(lang, "断报天", "Silent days"), |it| it.silent_days),
        days(t(lang, "迟报天", "Late days"), |it| it.late_days),
        days(t(lang, "未结问题", "Open findings"), |it| it.open_findings).in_narrow().show(move |row| {
            let (count, high, code) = (row.open_findings, row.open_high, row.unit.enterprise_code.clone());
            let words = if high == 0 { count.to_string() } else { format!("{count} · {} {high}", t(lang, "严重", "high")) };
            view! { <a href=move || url.href_with("/quality", &[("unit", Some(code.clone()))])>{words}</a> }
        }),
    ]);
    columns
}

/// The five parts as bars on one line: height is the share, a missing part is dotted.
pub fn strip(figures: &QualityFigures, lang: Lang) -> AnyView {
    let words: Vec<String> = PARTS
        .iter()
        .map(|(zh, en, _, figure)| {
            format!("{} {}", t(lang, zh, en), number::completeness(figure(figures)))
        })
        .collect();
    let bars = PARTS
        .iter()
        .map(|(_, _, _, figure)| match figure(figures) {
            Some(it) => view! { <i class:low={it < LOW_PART} style:height=format!("{:.0}%", it.clamp(0.04, 1.0) * 100.0)></i> }.into_any(),
            None => view! { <i class="none"></i> }.into_any(),
        })
        .collect_view();
    view! { <span class="parts" role="img" aria-label=words.join("，") title=words.join(" · ")>{bars}</span> }.into_any()
}
