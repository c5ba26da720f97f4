//! Energy against value added, a dot per unit, with lines of equal intensity; one industry stands out.

use leptos::prelude::*;
use nengce_charts::comparisons::scatter::{Dot, Iso, Scatter};
use nengce_charts::layout::picture::Form;
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::intensity::{IntensityView, ScatterPoint};
use nengce_shared::api::meta::Meta;
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::order::{by_falling, by_rising};
use std::collections::{BTreeMap, BTreeSet};

use crate::components::chart::legend::{Legend, LegendItem};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::selecting::{adds_to_selection, positions_of};
use crate::data::meta::use_meta;
use crate::export::{Cell, TableData};
use crate::format::{brief_industry, city_unit, short_name};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{toggle_value, use_url_state};

/// tce per 10⁴ yuan of the lines; those that few units are beyond are not drawn.
const ISOS: [f64; 7] = [30.0, 10.0, 3.0, 1.0, 0.3, 0.1, 0.03];

/// How many of the largest are named.
const NAMED: usize = 8;

#[component]
pub fn ScatterPanel(load: Load<IntensityView>) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let title = t(lang, "能耗与增加值", "Energy and value added");
    let subtitle = Signal::derive(move || {
        let points = count(load);
        match lang {
            Lang::Zh => format!("{points} 家有增加值的单位 · 斜线为等强度线 · 点选单位联动"),
            Lang::En => format!(
                "{points} units with value added · lines of equal intensity · click to choose a unit"
            ),
        }
    });
    let industries = Memo::new(move |_| {
        let of = |it: &IntensityView| meta.with(|meta| industries(it, meta.as_deref()));
        load.data.with(|it| it.as_deref().map(of)).unwrap_or_default()
    });
    // The selected industry, else the one that uses most.
    let marked = Memo::new(move |_| {
        let asked = url.get("mark");
        industries.with(|it| {
            it.iter().find(|it| Some(&it.code) == asked.as_ref()).or(it.first()).cloned()
        })
    });
    let hidden = RwSignal::new(BTreeSet::<usize>::new());
    let points = Memo::new(move |_| {
        let (marked, hidden) = (marked.get().map(|it| it.code), hidden.get());
        let of = |it: &IntensityView| shown(it, marked.as_deref(), &hidden);
        load.data.with(|it| it.as_deref().map(of)).unwrap_or_default()
    });
    let items = Signal::derive(move || legend(count(load), marked.get(), lang));
    let options = Signal::derive(move || {
        let name = |it: &Industry| lang.pick(&it.zh, &it.en).to_owned();
        let option = |it: &Industry| ChipOption::new(&it.code, &name(it), &it.code);
        industries.with(|it| it.iter().map(option).collect::<Vec<_>>())
    });
    let code_of = move |row: usize| {
        points.with_untracked(|it| it.get(row).map(|(it, _)| it.unit.enterprise_code.clone()))
    };
    let above = move || {
        view! {
            <Show when=move || load.data.with(Option::is_some)>
            <div class="chart-bar">
                <Legend items hidden />
                <Chip
                    name=t(lang, "突出", "Mark")
                    all=t(lang, "用能最多的行业", "Largest industry")
                    options
                    value=Signal::derive(move || url.get("mark"))
                    on_select=move |code| url.set(&[("mark", code)])
                />
            </div>
            </Show>
        }
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            title
            subtitle
            class="span-6 wide-4"
            id="scatter"
            above
            height=530.0
            layout=move |it, width, height| {
                points.with(|points| {
                    let mut scene = scene(points, it.scope.price_year, width, height, lang);
                    let selected = url.deferred_selection.get().units;
                    scene.dim_others(&positions_of(points, |it| selected.contains(&it.0.unit.enterprise_code)));
                    scene
                })
            }
            tip=move |it, row| points.with(|points| points.get(row).map(|(point, _)| tip(point, it.scope.basis, lang)))
            table=move |_| points.with(|it| table(it, lang))
            is_empty=Box::new(|it| it.points.is_empty())
            empty=t(lang, "没有同时有能耗和增加值的单位。", "No unit has both energy and value added.")
            on_select=Box::new(move |_, row| {
                if let Some(code) = code_of(row) {
                    url.update(|it| toggle_value(&mut it.units, code, adds_to_selection()));
                }
            })
            drill_down=Box::new(move |_, row| code_of(row).map(|it| DrillDown::of("unit", it)))
            crosshair=false
        />
    }
}

/// How many units the answer has.
fn count(load: Load<IntensityView>) -> usize {
    load.data.with(|it| it.as_ref().map_or(0, |it| it.points.len()))
}

#[derive(Debug, Clone, PartialEq)]
struct Industry {
    code: String,
    zh: String,
    en: String,
    units: usize,
}

/// Divisions among the points, the largest energy first, named by the list of industries.
fn industries(view: &IntensityView, meta: Option<&Meta>) -> Vec<Industry> {
    let mut found: BTreeMap<String, (Industry, f64)> = BTreeMap::new();
    for point in &view.points {
        let code = division(&point.unit.industry.code).to_owned();
        let listed = meta.and_then(|it| it.industries.iter().find(|it| it.code == code));
        let name = listed.unwrap_or(&point.unit.industry);
        let fresh =
            Industry { code: code.clone(), zh: name.zh.clone(), en: name.en.clone(), units: 0 };
        let entry = found.entry(code).or_insert((fresh, 0.0));
        entry.0.units += 1;
        entry.1 += point.tce;
    }
    let list: Vec<(Industry, f64)> = found.into_values().collect();
    by_falling(list, |it| it.1).into_iter().map(|it| it.0).collect()
}

/// Letter and two digits of a GB/T 4754 code.
fn division(code: &str) -> &str {
    code.get(..3).unwrap_or(code)
}

/// The points that the legend leaves on, each with whether it is of the marked industry.
fn shown(
    view: &IntensityView,
    marked: Option<&str>,
    hidden: &BTreeSet<usize>,
) -> Vec<(ScatterPoint, bool)> {
    let of = |it: &ScatterPoint| Some(division(&it.unit.industry.code)) == marked;
    view.points
        .iter()
        .map(|it| (it.clone(), of(it)))
        .filter(|(_, of)| !hidden.contains(&usize::from(!*of)))
        .collect()
}

fn legend(all: usize, marked: Option<Industry>, lang: Lang) -> Vec<LegendItem> {
    let Some(marked) = marked else {
        return Vec::new();
    };
    let (name, units) = (brief_industry(lang.pick(&marked.zh, &marked.en)), marked.units);
    let (first, rest) = match lang {
        Lang::Zh => (
            format!("{name} {}（{units} 家）", marked.code),
            format!("其他行业（{} 家）", all - units),
        ),
        Lang::En => (
            format!("{name} {} ({units})", marked.code),
            format!("Other industries ({})", all - units),
        ),
    };
    vec![
        LegendItem {
            series: 0,
            form: Form::Dot,
            ink: Ink::Accent,
            name: first,
            figures: Vec::new(),
        },
        LegendItem { series: 1, form: Form::Dot, ink: Ink::Line3, name: rest, figures: Vec::new() },
    ]
}

fn scene(
    points: &[(ScatterPoint, bool)],
    year: Option<i16>,
    width: f64,
    height: f64,
    lang: Lang,
) -> Scene {
    let dots: Vec<Dot> = points
        .iter()
        .map(|(it, highlighted)| Dot {
            // 10⁴ yuan → 10⁸ yuan and tce → 10⁴ tce: the ratio stays tce per 10⁴ yuan.
            x: it.value_added / 1e4,
            y: it.tce / 1e4,
            name: short_name(&it.unit.name),
            highlighted: *highlighted,
        })
        .collect();
    let unit = lang.pick("tce/万元", "tce/10⁴ yuan");
    let ratios = points.iter().map(|(it, _)| it.intensity).collect();
    let ratios = by_rising(ratios, |it: &f64| *it);
    let at = |share: f64| ratios.get((ratios.len() as f64 * share) as usize).copied();
    let (low, high) = (at(0.03).unwrap_or(0.0), at(0.97).unwrap_or(f64::MAX));
    let between = ISOS.into_iter().filter(|it| (low..=high).contains(it));
    let isos: Vec<Iso> =
        between.map(|ratio| Iso { ratio, label: format!("{ratio} {unit}") }).collect();
    let x_title = match (lang, year) {
        (Lang::Zh, Some(year)) => format!("增加值，亿元，{year}年可比价（对数）"),
        (Lang::Zh, None) => "增加值，亿元（对数）".to_owned(),
        (Lang::En, Some(year)) => format!("Value added, 10⁸ yuan at {year} prices (log)"),
        (Lang::En, None) => "Value added, 10⁸ yuan (log)".to_owned(),
    };
    let y_title = format!(
        "{}{}{}",
        t(lang, "能耗，", "Energy, "),
        city_unit(lang),
        t(lang, "（对数）", " (log)")
    );
    let height = if width < 480.0 { height.min(width * 1.1) } else { height };
    let named = if width < 480.0 { NAMED / 2 } else { NAMED };
    Scatter { dots: &dots, isos: &isos, x_title: &x_title, y_title: &y_title, named }
        .scene(width, height)
}

fn tip(it: &ScatterPoint, basis: Basis, lang: Lang) -> Tip {
    let row = |name: &'static str, value: String| TipRow::new(None, name, value);
    Tip {
        title: it.unit.name.clone(),
        note: format!(
            "{} · {} · {}",
            lang.pick(&it.unit.region.zh, &it.unit.region.en),
            lang.pick(&it.unit.industry.zh, &it.unit.industry.en),
            basis_note(basis, None, None, lang)
        ),
        rows: vec![
            row(t(lang, "能耗", "Energy"), format!("{} tce", number::unit_tce(Some(it.tce)))),
            row(
                t(lang, "增加值", "Value added"),
                format!("{} {}", number::grouped(it.value_added, 0), t(lang, "万元", "10⁴ yuan")),
            ),
            row(
                t(lang, "强度", "Intensity"),
                format!(
                    "{} {}",
                    number::intensity(Some(it.intensity)),
                    t(lang, "tce/万元", "tce/10⁴ yuan")
                ),
            ),
        ],
    }
}

fn table(points: &[(ScatterPoint, bool)], lang: Lang) -> TableData {
    let head = [
        t(lang, "单位", "Unit"),
        t(lang, "区", "District"),
        t(lang, "行业", "Industry"),
        t(lang, "能耗 万tce", "Energy 10⁴ tce"),
        t(lang, "增加值 万元", "Value added 10⁴ yuan"),
        t(lang, "强度 tce/万元", "Intensity tce/10⁴ yuan"),
    ];
    let rows = points
        .iter()
        .map(|(it, _)| {
            vec![
                Cell::text(it.unit.name.clone()),
                Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en)),
                Cell::text(lang.pick(&it.unit.industry.zh, &it.unit.industry.en)),
                Cell::Figure(Some(it.tce / 1e4), 2),
                Cell::Figure(Some(it.value_added), 0),
                Cell::Figure(Some(it.intensity), 3),
            ]
        })
        .collect();
    TableData { head: head.map(str::to_owned).into(), rows }
}
