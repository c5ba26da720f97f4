//! Industries: energy and pull on the whole's change, largest first, the rest in one row. A bar filters the page.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::comparisons::bars::{Bars, Row, Titles};
use nengce_shared::api::dual_control::{DualControl, GroupRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{comparison_word, line_name};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::selecting::adds_to_selection;
use crate::data::meta::use_meta;
use crate::export::{Cell, TableData};
use crate::format::{city_unit, sign_class, signed_city, ten_thousands};
use crate::i18n::{comma, t, use_lang};
use crate::url_state::{Comparison, toggle_value, use_url_state};

/// Industries with a bar of their own.
const SHOWN: usize = 12;

#[component]
pub fn IndustriesPanel(
    /// The answer with every industry.
    data: Signal<Arc<DualControl>>,
) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let compare = move || url.deferred_selection.with(|it| it.against());
    let layout = move |data: &DualControl, width: f64, _: f64| {
        let rows = rows(data, lang, width < 480.0);
        let titles = Titles {
            name: t(lang, "行业", "Industry").to_owned(),
            value: [t(lang, "能耗", "Energy"), city_unit(lang)].join(comma(lang)),
            signed: t(lang, "拉动，百分点", "Pull, pp").to_owned(),
            tail: comparison_word(compare(), lang).to_owned(),
        };
        let bars = Bars { rows: &rows, titles: &titles };
        let mut scene = bars.scene(width, bars.natural_height());
        let selected = url.deferred_selection.get().industry;
        let own = data.industries.iter().take(SHOWN).enumerate();
        let selected: Vec<usize> =
            own.filter(|(_, it)| selected.contains(&it.name.code)).map(|(at, _)| at).collect();
        scene.dim_others(&selected);
        scene
    };
    let subtitle = move || {
        let sum: f64 = data.get().industries.iter().filter_map(|it| it.pull).sum();
        let against = comparison_word(compare(), lang);
        let line = meta.with(|it| line_name(&data.get(), it.as_deref(), compare(), lang));
        let sum = number::signed(sum * 100.0, 2);
        match lang {
            Lang::Zh => format!("能耗与对总量{against}的拉动 · 合计 {sum} 个百分点 · {line}"),
            Lang::En => format!("energy and pull on the total, {against} · sum {sum} pp · {line}"),
        }
    };
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="industries"
            title=t(lang, "行业贡献", "Contribution by industry")
            subtitle=Signal::derive(subtitle)
            height=270.0
            layout
            tip=move |it, row| tip(it, row, compare(), lang)
            table=move |it| table(it, compare(), lang)
            on_select=Box::new(move |it: &DualControl, row| {
                if let Some(industry) = it.industries.get(row).filter(|_| row < SHOWN) {
                    let code = industry.name.code.clone();
                    url.update(|it| toggle_value(&mut it.industry, code, adds_to_selection()));
                }
            })
            drill_down=Box::new(|it: &DualControl, row| {
                // The bar after the last is of all the rest.
                let rows = match row < SHOWN {
                    true => it.industries.get(row..=row)?,
                    false => it.industries.get(SHOWN..)?,
                };
                let codes: Vec<&str> = rows.iter().map(|it| it.name.code.as_str()).collect();
                Some(DrillDown::of("industry", codes.join(",")))
            })
            crosshair=false
        />
    }
}

fn rows(data: &DualControl, lang: Lang, narrow: bool) -> Vec<Row> {
    let row = |it: &GroupRow| Row {
        code: if narrow { String::new() } else { it.name.code.clone() },
        name: lang.pick(&it.name.zh, &it.name.en).to_owned(),
        value: it.total.value.map(ten_thousands),
        value_text: number::ten_thousand_tce(it.total.value),
        before: it.total.previous.map(ten_thousands),
        signed: it.pull.map(|it| it * 100.0),
        signed_text: it
            .pull
            .map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it * 100.0, 2)),
        tail: number::signed_percent(it.total.change),
        muted: false,
    };
    let mut rows: Vec<Row> = data.industries.iter().take(SHOWN).map(row).collect();
    rows.extend(rest(data, lang));
    rows
}

/// Everything after the first rows as one.
fn rest(data: &DualControl, lang: Lang) -> Option<Row> {
    let rest = data.industries.get(SHOWN..).filter(|it| !it.is_empty())?;
    let sum = |select: fn(&GroupRow) -> Option<f64>| rest.iter().filter_map(select).sum::<f64>();
    let (now, pull) = (sum(|it| it.total.value), sum(|it| it.pull));
    let before = sum(|it| it.total.previous);
    let change = (before > 0.0).then(|| now / before - 1.0);
    Some(Row {
        code: String::new(),
        name: match lang {
            Lang::Zh => format!("其余 {} 个行业", rest.len()),
            Lang::En => format!("{} other industries", rest.len()),
        },
        value: Some(ten_thousands(now)),
        value_text: number::ten_thousand_tce(Some(now)),
        before: (before > 0.0).then(|| ten_thousands(before)),
        signed: Some(pull * 100.0),
        signed_text: number::signed(pull * 100.0, 2),
        tail: number::signed_percent(change),
        muted: true,
    })
}

fn tip(data: &DualControl, at: usize, previous: Comparison, lang: Lang) -> Option<Tip> {
    let row = data.industries.get(at).filter(|_| at < SHOWN)?;
    let delta = row.total.value.zip(row.total.previous).map(|(now, before)| now - before);
    Some(Tip {
        title: format!("{} {}", row.name.code, lang.pick(&row.name.zh, &row.name.en)),
        note: basis_note(data.scope.basis, row.completeness, Some(row.units_reporting), lang),
        rows: vec![
            TipRow::new(
                None,
                t(lang, "能耗", "Energy"),
                format!("{} {}", number::ten_thousand_tce(row.total.value), city_unit(lang)),
            )
            .delta(
                format!(
                    "{} {}",
                    comparison_word(previous, lang),
                    number::signed_percent(row.total.change)
                ),
                sign_class(row.total.change),
            ),
            TipRow::new(
                None,
                t(lang, "增量", "Change"),
                format!("{} {}", signed_city(delta), city_unit(lang)),
            ),
            TipRow::new(None, t(lang, "拉动", "Pull"), number::percentage_points(row.pull, lang)),
            TipRow::new(
                None,
                t(lang, "强度变化", "Intensity"),
                number::signed_percent(row.intensity.change),
            ),
        ],
    })
}

fn table(data: &DualControl, previous: Comparison, lang: Lang) -> TableData {
    TableData {
        head: vec![
            t(lang, "代码", "Code").to_owned(),
            t(lang, "行业", "Industry").to_owned(),
            format!("{} {}", t(lang, "能耗", "Energy"), city_unit(lang)),
            t(lang, "拉动 百分点", "Pull pp").to_owned(),
            format!("{} %", comparison_word(previous, lang)),
            t(lang, "单位数", "Units").to_owned(),
        ],
        rows: data
            .industries
            .iter()
            .map(|it| {
                vec![
                    Cell::text(it.name.code.clone()),
                    Cell::text(lang.pick(&it.name.zh, &it.name.en)),
                    Cell::Figure(it.total.value.map(ten_thousands), 1),
                    Cell::Figure(it.pull.map(|it| it * 100.0), 2),
                    Cell::Change(it.total.change),
                    Cell::Figure(Some(f64::from(it.units)), 0),
                ]
            })
            .collect(),
    }
}
