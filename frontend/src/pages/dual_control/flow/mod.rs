//! The energy flow: purchase → conversion → end use → industries. The server computes it, because the cube in the
//! browser holds net figures without the output of conversion.

mod drawing;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::comparisons::sankey::Sankey;
use nengce_shared::api::energy_flow::{EnergyFlow, FlowLink, FlowNode};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::selecting::adds_to_selection;
use crate::export::{Cell, TableData};
use crate::format::{basis_word, city_unit, span_short, ten_thousands};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{Selection, toggle_value, use_url_state};
use drawing::Drawing;

/// An energy type is selected out of the flow and does not narrow it: one type alone does not balance a conversion.
fn path(selection: &Selection) -> String {
    let whole = Selection { energy: Vec::new(), compare: None, ..selection.clone() };
    format!("/api/v1/energy-flow?{}", whole.api_query())
}

#[component]
pub fn FlowPanel() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<EnergyFlow>(move || Some(path(&url.deferred_selection.get())));
    let subtitle = load.text(move |it| {
        let scope = &it.scope;
        let complete = number::completeness(scope.completeness);
        [
            city_unit(lang).to_owned(),
            basis_word(scope.basis, lang),
            span_short(&scope.from, &scope.to, lang),
            format!("{} {complete}", t(lang, "完整率", "completeness")),
        ]
        .join(" · ")
    });
    let note = load.text(move |it| note(it, lang));
    let drawing = Memo::new(move |_| {
        load.data
            .with(|it| it.as_ref().map_or_else(Arc::default, |it| Arc::new(Drawing::of(it, lang))))
    });
    let layout = move |_: &EnergyFlow, width: f64, height: f64| {
        let drawing = drawing.get();
        let mut scene =
            Sankey { nodes: &drawing.nodes, links: &drawing.links, titles: &drawing.titles }
                .scene(width, height);
        let energies = url.deferred_selection.get().energy.into_iter();
        let rows: Vec<usize> = energies.flat_map(|it| drawing.rows_of(it)).collect();
        scene.dim_others(&rows);
        scene
    };
    let select = move |row: usize| {
        let drawing = drawing.get_untracked();
        if let Some(group) = drawing.group(row) {
            url.update(|it| toggle_value(&mut it.energy, group, adds_to_selection()));
        } else if let Some(code) = drawing.industry(row) {
            url.update(|it| toggle_value(&mut it.industry, code, adds_to_selection()));
        }
    };
    let drill_down = move |row: usize| {
        let drawing = drawing.get_untracked();
        match (drawing.group(row), drawing.industry(row)) {
            (Some(group), _) => Some(DrillDown::of("energy", group.to_string())),
            (None, Some(code)) => Some(DrillDown::of("industry", code)),
            _ => None,
        }
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="flow"
            title=t(lang, "能源流向（估算）", "Energy flow (estimated)")
            subtitle
            note
            label=t(lang, "能源流向：购入、加工转换、终端用能、行业", "Energy flow: purchase, conversion, end use, industry")
            height=380.0
            waiting_height=360
            layout
            tip=move |it, row| tip(it, &drawing.get(), row, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.links.is_empty())
            empty=t(lang, "所选条件下没有能耗数据。", "No energy figures match the filters.")
            on_select=Box::new(move |_, row| select(row))
            drill_down=Box::new(move |_, row| drill_down(row))
            crosshair=false
            wrapper="flow-scroll"
        />
    }
}

fn tip(data: &EnergyFlow, drawing: &Drawing, row: usize, lang: Lang) -> Option<Tip> {
    let entering: f64 = data.nodes.iter().filter(|it| it.column == 0).map(|it| it.tce).sum();
    let figure = |tce: f64| number::ten_thousand_tce(Some(tce));
    let share = |tce: f64| number::percent((entering > 0.0).then(|| tce / entering));
    let mut note = format!(
        "{} · {}",
        city_unit(lang),
        basis_note(
            data.scope.basis,
            data.scope.completeness,
            Some(data.scope.units_reporting),
            lang
        )
    );
    if let Some(node) = drawing.nodes.get(row) {
        let touching = drawing.links.iter().filter(|it| it.from == row || it.to == row);
        let rows = touching.map(|it| {
            let (arrow, other) = if it.from == row { ("→", it.to) } else { ("←", it.from) };
            let name = format!("{arrow} {}", drawing.nodes[other].name);
            let tce = it.value * 1e4;
            TipRow::new(Some(it.ink), name, figure(tce)).delta(share(tce), "note")
        });
        let mut rows: Vec<_> = rows.collect();
        rows.truncate(12);
        return Some(Tip {
            title: format!(
                "{} {} · {}",
                node.name,
                figure(node.value * 1e4),
                share(node.value * 1e4)
            ),
            note,
            rows,
        });
    }
    let link = drawing.links.get(row - drawing.nodes.len())?;
    if link.inferred {
        note = format!(
            "{note} · {}",
            t(lang, "按品种平衡估算，非计量", "inferred from the balance, not metered")
        );
    }
    let (from, to) = (&drawing.nodes[link.from].name, &drawing.nodes[link.to].name);
    Some(Tip {
        title: format!("{from} → {to} {}", figure(link.value * 1e4)),
        note,
        rows: vec![TipRow::new(
            Some(link.ink),
            t(lang, "占进入总量", "Share of what enters"),
            share(link.value * 1e4),
        )],
    })
}

fn table(data: &EnergyFlow, lang: Lang) -> TableData {
    let name = |id: &str| {
        let node = data.nodes.iter().find(|it| it.id == id);
        node.map_or_else(String::new, |it: &FlowNode| lang.pick(&it.zh, &it.en).to_owned())
    };
    let row = |it: &FlowLink| {
        vec![
            Cell::text(name(&it.from)),
            Cell::text(name(&it.to)),
            Cell::text(it.group.map_or("", |it| it.label(lang))),
            Cell::Figure(Some(ten_thousands(it.tce)), 2),
            Cell::Percent(Some(it.share)),
            Cell::text(if it.inferred {
                t(lang, "估算", "inferred")
            } else {
                t(lang, "上报", "reported")
            }),
        ]
    };
    TableData {
        head: [
            t(lang, "来源", "From").to_owned(),
            t(lang, "去向", "To").to_owned(),
            t(lang, "能源", "Energy").to_owned(),
            format!("{} {}", t(lang, "能量", "Energy"), city_unit(lang)),
            t(lang, "占进入总量", "Share of what enters").to_owned(),
            t(lang, "依据", "Ground").to_owned(),
        ]
        .into(),
        rows: data.links.iter().map(row).collect(),
    }
}

/// How the links came about, and whether anything is missing from them.
fn note(data: &EnergyFlow, lang: Lang) -> String {
    let mut note = match lang {
        Lang::Zh => format!(
            "实线为上报合计；虚线为估算，不是计量：各品种终端用能先取转换产出，不足部分记为购入，多余记为外供。{} 家单位上报加工转换产出，其投入减产出为转换损失与自用。按能源筛选只加亮。",
            data.converters
        ),
        Lang::En => format!(
            "Solid: sums of reports. Dashed: estimated, not metered: of each type end use takes conversion output first, the rest is purchased, what is left is delivered beyond. {} units report conversion output; their input less output is losses and own use. An energy filter only highlights.",
            data.converters
        ),
    };
    if data.left_out_tce != 0.0 {
        let sum = number::ten_thousand_tce(Some(data.left_out_tce));
        note.push_str(&match lang {
            Lang::Zh => format!(" 未画出负值合计 {sum} {}。", city_unit(lang)),
            Lang::En => format!(" Sums below zero are not drawn: {sum} {}.", city_unit(lang)),
        });
    }
    note
}
