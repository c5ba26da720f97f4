//! The selected unit by month against its peers' P25–P75; without a unit, the peers alone.

use leptos::prelude::*;
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::peer_band::{Month, PeerBand, Words};
use nengce_shared::api::benchmark::{BenchmarkMonth, BenchmarkView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::selected;
use super::words::{decimals, reference, value};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::{month_long, month_short, short_name, unit_words, year_month};
use crate::i18n::{t, use_lang};
use crate::load::Load;

#[component]
pub fn PeersPanel(load: Load<BenchmarkView>) -> impl IntoView {
    let lang = use_lang();
    let title = t(lang, "与同类比较", "Against peers");
    let subtitle = t(lang, "逐月 · 灰带为同类 P25–P75", "By month · grey band: peers' P25–P75");
    view! {
        <ChartPanel
            source=Source::Request(load)
            title
            subtitle
            class="span-5 wide-3"
            id="peers"
            height=370.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, it.months.get(row)?, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.months.iter().all(|it| it.p50.is_none()))
            empty=t(lang, "没有逐月的值。", "No monthly figures.")
            drill_down=Box::new(|it, row| {
                let drill_down = DrillDown::period(&it.months.get(row)?.period);
                Some(match &it.selected {
                    Some(unit) => drill_down.with("unit", unit),
                    None => of_subject(it, drill_down),
                })
            })
        />
    }
}

/// Narrowed to the subject's units: an industry by its code, the makers of a product one by one.
fn of_subject(view: &BenchmarkView, drill_down: DrillDown) -> DrillDown {
    if view.subject.kind == "industry" {
        return drill_down.with("industry", &view.subject.name.code);
    }
    let units = view.rows.iter().map(|it| it.unit.enterprise_code.as_str());
    drill_down.with("units", units.collect::<Vec<_>>().join(","))
}

fn scene(view: &BenchmarkView, width: f64, height: f64, lang: Lang) -> Scene {
    let months: Vec<Month> = view
        .months
        .iter()
        .enumerate()
        .map(|(at, it)| Month {
            // The year where it begins, months between.
            name: match year_month(&it.period) {
                Some((year, month)) if month == 1 || at == 0 => format!("{year}-{month:02}"),
                Some((_, month @ 7)) => month_short(month, lang),
                Some(_) => String::new(),
                None => it.period.clone(),
            },
            p25: it.p25,
            p50: it.p50,
            p75: it.p75,
            unit: it.unit_value,
        })
        .collect();
    let words = Words {
        axis: unit_words(&view.subject.unit, lang),
        unit: selected(view).map_or_else(String::new, |(_, it)| short_name(&it.unit.name)),
        reference: reference(view, lang),
        median: t(lang, "中位", "Median").to_owned(),
        decimals: decimals(&view.subject),
    };
    PeerBand { months: &months, reference: view.reference_value, words: &words }
        .scene(width, height)
}

fn tip(view: &BenchmarkView, it: &BenchmarkMonth, lang: Lang) -> Option<Tip> {
    let figure =
        |v: Option<f64>| v.map_or_else(|| number::MISSING.to_owned(), |v| value(&view.subject, v));
    let mut rows = Vec::new();
    if let Some((_, row)) = selected(view) {
        rows.push(TipRow::new(
            Some(Ink::Accent),
            short_name(&row.unit.name),
            figure(it.unit_value),
        ));
    }
    rows.push(TipRow::new(Some(Ink::Line3), "P75", figure(it.p75)));
    rows.push(TipRow::new(Some(Ink::Ink2), t(lang, "中位", "Median"), figure(it.p50)));
    rows.push(TipRow::new(Some(Ink::Line3), "P25", figure(it.p25)));
    let rests = basis_note(view.scope.basis, None, Some(it.n), lang);
    Some(Tip {
        title: month_long(&it.period, lang),
        note: format!("{} · {rests}", unit_words(&view.subject.unit, lang)),
        rows,
    })
}

fn table(view: &BenchmarkView, lang: Lang) -> TableData {
    let head = [
        t(lang, "月份", "Month"),
        t(lang, "家数", "Units"),
        "P25",
        t(lang, "中位", "Median"),
        "P75",
        t(lang, "所选单位", "Chosen unit"),
    ];
    let decimals = decimals(&view.subject);
    let rows = view
        .months
        .iter()
        .map(|it| {
            vec![
                Cell::text(it.period.clone()),
                Cell::Figure(Some(f64::from(it.n)), 0),
                Cell::Figure(it.p25, decimals),
                Cell::Figure(it.p50, decimals),
                Cell::Figure(it.p75, decimals),
                Cell::Figure(it.unit_value, decimals),
            ]
        })
        .collect();
    TableData { head: head.map(str::to_owned).into(), rows }
}
