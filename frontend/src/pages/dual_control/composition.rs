//! The months stacked by energy group, with the legend that toggles and carries shares and changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::layout::picture::Form;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::composition::{Bar, Composition, ORDER};
use nengce_shared::api::dual_control::{DualControl, DualMonth};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use super::months::unfinished;
use super::scale::{Scale, ScaleSwitch};
use super::words::{comparison_word, line_name};
use crate::components::chart::legend::{Legend, LegendItem};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::data::meta::use_meta;
use crate::export::{Cell, TableData};
use crate::format::{
    basis_word, city_unit, month_long, month_short, span_short, ten_thousands, year_month,
};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn CompositionPanel(
    data: Signal<Arc<DualControl>>,
    hover: RwSignal<Option<usize>>,
) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let as_share = Memo::new(move |_| Scale::of(url) == Scale::Share);
    let hidden = RwSignal::new(BTreeSet::new());
    let layout = move |it: &DualControl, width: f64, height: f64| {
        let mut bars: Vec<Bar> = it.months.iter().map(|it| bar(it, lang)).collect();
        let shown = std::array::from_fn(|at| hidden.with(|it: &BTreeSet<usize>| !it.contains(&at)));
        let mut unit = format!("{} / {}", city_unit(lang), t(lang, "月", "month"));
        if as_share.get() {
            unit = t(lang, "占当月 %", "% of the month").to_owned();
            for (bar, month) in bars.iter_mut().zip(&it.months) {
                bar.amounts = ORDER.map(|group| share(month, group));
                bar.compared_district = None;
            }
        }
        Composition { bars: &bars, unit: &unit, shown }.scene(width, height)
    };
    let items = Signal::derive(move || {
        let data = data.get();
        // Read downward as the stack is.
        let order = ORDER.into_iter().enumerate().rev();
        order.filter_map(|(series, group)| item(&data, series, group, lang)).collect()
    });
    let head = Memo::new(move |_| -> Vec<String> {
        let previous = url.deferred_selection.with(|it| it.against());
        [
            t(lang, "能源", "Energy"),
            city_unit(lang),
            t(lang, "占比", "Share"),
            comparison_word(previous, lang),
        ]
        .map(str::to_owned)
        .into()
    });
    let subtitle = move || {
        let data = data.get();
        let previous = url.deferred_selection.with(|it| it.against());
        format!(
            "{} · {} · {}",
            basis_word(data.scope.basis, lang),
            span_short(&data.scope.from, &data.scope.to, lang),
            meta.with(|it| line_name(&data, it.as_deref(), previous, lang))
        ) + match data.net_of_output {
            true => t(
                lang,
                " · 已扣除加工转换产出，占比可为负或超过 100%",
                " · net of conversion output: shares may be below 0 or above 100%",
            ),
            false => "",
        }
    };
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="composition"
            title=t(lang, "能源构成", "Composition by energy")
            subtitle=Signal::derive(subtitle)
            label=t(lang, "逐月能源构成", "Months by energy group")
            height=250.0
            layout
            tip=move |it, row| tip(it, row, lang)
            table=move |it| table(it, as_share.get(), lang)
            above=move || view! { <div class="legend-row with-scale"><ScaleSwitch other=Scale::Share /></div> }
            hover
            drill_down=Box::new(|it, row| it.months.get(row).map(|it| DrillDown::period(&it.period)))
            crosshair=false
            wrapper="beside"
            below=move || view! { <Legend items hidden head /> }
        />
    }
}

fn bar(month: &DualMonth, lang: Lang) -> Bar {
    Bar {
        name: year_month(&month.period).map_or_else(String::new, |(_, it)| month_short(it, lang)),
        amounts: ORDER.map(|group| amount(month, group).map(ten_thousands)),
        // A part of a month is no rival of a whole one.
        compared_district: Some(month)
            .filter(|it| it.days_done >= it.days_total)
            .and_then(|it| it.previous_tce.map(ten_thousands)),
        // A month that has not begun is no gap in the data.
        unfinished: unfinished(month, lang)
            .map(|_| t(lang, "未完", "part").to_owned())
            .or_else(|| (month.days_done == 0).then(String::new)),
        incomplete: month.completeness.is_some_and(|it| it < COMPLETENESS_THRESHOLD),
    }
}

fn amount(month: &DualMonth, group: EnergyGroup) -> Option<f64> {
    month.by_energy.iter().find(|it| it.group == group).map(|it| it.tce)
}

/// Percent of the month's sum.
fn share(month: &DualMonth, group: EnergyGroup) -> Option<f64> {
    let total: f64 = month.by_energy.iter().map(|it| it.tce).sum();
    amount(month, group).filter(|_| total > 0.0).map(|it| it / total * 100.0)
}

fn item(data: &DualControl, series: usize, group: EnergyGroup, lang: Lang) -> Option<LegendItem> {
    let share = data.composition.iter().find(|it| it.group == group)?;
    Some(LegendItem {
        series,
        form: Form::Area,
        ink: Ink::of_energy(group),
        name: group.label(lang).to_owned(),
        figures: vec![
            number::ten_thousand_tce(Some(share.tce)),
            number::percent(Some(share.share)),
            match data.scope.compare_region {
                // Another district's share stands beside, not a growth.
                Some(_) => number::percent(share.previous_share),
                None => number::signed_percent(share.change),
            },
        ],
    })
}

fn tip(data: &DualControl, row: usize, lang: Lang) -> Option<Tip> {
    let month = data.months.get(row)?;
    let total: f64 = month.by_energy.iter().map(|it| it.tce).sum();
    let rows = ORDER
        .into_iter()
        .rev()
        .filter_map(|group| {
            let tce = amount(month, group)?;
            let share =
                if total > 0.0 { number::percent(Some(tce / total)) } else { String::new() };
            Some(
                TipRow::new(
                    Some(Ink::of_energy(group)),
                    group.label(lang),
                    number::ten_thousand_tce(Some(tce)),
                )
                .delta(share, "note"),
            )
        })
        .collect();
    let mut note = format!(
        "{} · {}",
        city_unit(lang),
        basis_note(data.scope.basis, month.completeness, Some(month.units_reporting), lang)
    );
    if let Some(words) = unfinished(month, lang) {
        note = format!("{note} · {words}");
    }
    Some(Tip {
        title: format!(
            "{} {}",
            month_long(&month.period, lang),
            number::ten_thousand_tce(month.tce)
        ),
        note,
        rows,
    })
}

fn table(data: &DualControl, as_share: bool, lang: Lang) -> TableData {
    let unit = if as_share { "%" } else { city_unit(lang) };
    let names = ORDER.map(|it| format!("{} {unit}", it.label(lang)));
    let head = std::iter::once(t(lang, "月份", "Month").to_owned()).chain(names).collect();
    let rows = data.months.iter().map(|month| {
        let figure = |group| match as_share {
            true => share(month, group),
            false => amount(month, group).map(ten_thousands),
        };
        let amounts = ORDER.map(|it| Cell::Figure(figure(it), 1));
        std::iter::once(Cell::text(month.period.clone())).chain(amounts).collect()
    });
    TableData { head, rows: rows.collect() }
}
