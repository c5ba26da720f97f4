//! Small multiples: the cumulative change of each group since the base year against its required path.

use leptos::prelude::*;
use nengce_charts::comparisons::small_multiples::{Multiple, SmallMultiples, Step};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::intensity::{IntensityGroup, IntensityView};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::order::by_falling;
use nengce_shared::warning::WarningLevel;

use super::load::GroupBy;
use crate::components::badge::level_sign;
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::selecting::{adds_to_selection, positions_of};
use crate::export::{Cell, TableData};
use crate::format::{brief_industry, city_unit, sign_class, span};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{toggle_value, use_url_state};

/// More panels than this are a table, not a picture.
const SHOWN: usize = 16;

#[component]
pub fn Paths(load: Load<IntensityView>, by: Memo<GroupBy>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = Signal::derive(move || match by.get() {
        GroupBy::Region => t(lang, "各区强度路径", "Intensity paths of districts").to_owned(),
        GroupBy::Industry => t(lang, "各行业强度路径", "Intensity paths of industries").to_owned(),
        GroupBy::Unit => {
            t(lang, "用能最多的单位的强度路径", "Intensity paths of the largest units").to_owned()
        }
    });
    let subtitle = load.text(move |it| subtitle(it, lang));
    let code_of = |it: &IntensityView, row: usize| Some(largest(it).get(row)?.name.code.clone());
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="groups"
            title
            subtitle
            height=204.0
            layout=move |it, width, _| {
                let rows = largest(it);
                let mut scene = scene(&rows, width, lang);
                let selection = url.deferred_selection.get();
                let selected = by.get().selected(&selection);
                scene.dim_others(&positions_of(&rows, |it| selected.contains(&it.name.code)));
                scene
            }
            tip=move |it, row| largest(it).get(row).map(|row| tip(row, it.scope.basis, lang))
            table=move |it| table(&largest(it), lang)
            is_empty=Box::new(|it| largest(it).iter().all(|it| it.path.is_empty()))
            empty=t(lang, "还没有两个可比的年份。", "There are no two comparable years yet.")
            on_select=Box::new(move |it, row| {
                if let Some(code) = code_of(it, row) {
                    let by = by.get_untracked();
                    url.update(|it| toggle_value(by.selected_mut(it), code, adds_to_selection()));
                }
            })
            drill_down=Box::new(move |it, row| code_of(it, row).map(|it| DrillDown::of(by.get_untracked().word(), it)))
            crosshair=false
        />
    }
}

fn subtitle(view: &IntensityView, lang: Lang) -> String {
    let path = view.groups.iter().find(|it| !it.path.is_empty()).map(|it| &it.path);
    let base = path.and_then(|it| it.first()).map_or_else(String::new, |it| it.year.to_string());
    if base.is_empty() {
        return String::new();
    }
    let partial = path.and_then(|it| it.last()).is_some_and(|it| it.partial);
    let running =
        if partial { span(&view.scope.from, &view.scope.to, lang) } else { String::new() };
    match lang {
        Lang::Zh if partial => format!(
            "累计变化 %，{base} = 0 · 虚线为应降路径 · 末点为 {running} · 右上为本期 tce/万元"
        ),
        Lang::Zh => format!("累计变化 %，{base} = 0 · 虚线为应降路径 · 右上为本期 tce/万元"),
        Lang::En if partial => {
            format!(
                "Cumulative change %, {base} = 0 · dashed: required · last point {running} · top right: tce/10⁴ yuan"
            )
        }
        Lang::En => {
            format!("Cumulative change %, {base} = 0 · dashed: required · top right: tce/10⁴ yuan")
        }
    }
}

fn largest(view: &IntensityView) -> Vec<IntensityGroup> {
    let mut rows = by_falling(view.groups.clone(), |it| it.tce.unwrap_or(0.0));
    rows.truncate(SHOWN);
    rows
}

/// A level's colour in a chart.
pub fn level_ink(level: WarningLevel) -> Ink {
    match level {
        WarningLevel::Level1 => Ink::Lv1,
        WarningLevel::Level2 => Ink::Lv2Fill,
        WarningLevel::Level3 => Ink::Lv3,
        WarningLevel::Pending => Ink::Line3,
    }
}

fn scene(groups: &[IntensityGroup], width: f64, lang: Lang) -> nengce_charts::scene::Scene {
    let percent = |it: Option<f64>| it.map(|it| it * 100.0);
    let rows: Vec<Multiple> = groups
        .iter()
        .map(|it| Multiple {
            name: brief_industry(lang.pick(&it.name.zh, &it.name.en)),
            sign: Some((level_sign(it.warning.level), level_ink(it.warning.level))),
            figure: number::intensity(it.intensity.value),
            path: it
                .path
                .iter()
                .map(|at| Step {
                    value: percent(at.change),
                    required: percent(at.required),
                    partial: at.partial,
                })
                .collect(),
        })
        .collect();
    let years = groups.iter().find_map(|it| Some((it.path.first()?.year, it.path.last()?.year)));
    let (first, last) =
        years.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
    SmallMultiples { rows: &rows, first: &first, last: &last }.scene(width)
}

fn tip(it: &IntensityGroup, basis: Basis, lang: Lang) -> Tip {
    let mut rows = vec![
        TipRow::new(
            Some(Ink::Accent),
            t(lang, "本期", "This period"),
            format!(
                "{} {}",
                number::intensity(it.intensity.value),
                t(lang, "tce/万元", "tce/10⁴ yuan")
            ),
        )
        .delta(number::signed_percent(it.intensity.change), sign_class(it.intensity.change)),
    ];
    if let Some(last) = it.path.last() {
        let name = t(lang, "累计", "Cumulative");
        rows.push(TipRow::new(Some(Ink::Accent), name, number::signed_percent(last.change)));
        let name = t(lang, "应降路径", "Required path");
        rows.push(TipRow::new(Some(Ink::Ink2), name, number::signed_percent(last.required)));
    }
    Tip {
        title: lang.pick(&it.name.zh, &it.name.en).to_owned(),
        note: format!(
            "{} · {} · {}",
            it.warning.level.label(lang),
            it.warning.rule.label(lang),
            basis_note(basis, None, None, lang)
        ),
        rows,
    }
}

fn table(groups: &[IntensityGroup], lang: Lang) -> TableData {
    let years: Vec<i16> = groups
        .iter()
        .max_by_key(|it| it.path.len())
        .map_or_else(Vec::new, |it| it.path.iter().map(|it| it.year).collect());
    let mut head: Vec<String> = vec![
        t(lang, "名称", "Name").to_owned(),
        format!("{} {}", t(lang, "能耗", "Energy"), city_unit(lang)),
        t(lang, "强度 tce/万元", "Intensity tce/10⁴ yuan").to_owned(),
        t(lang, "变化", "Change").to_owned(),
        t(lang, "等级", "Level").to_owned(),
    ];
    head.extend(years.iter().map(|it| format!("{it} {}", t(lang, "累计", "cumulative"))));
    let rows = groups
        .iter()
        .map(|it| {
            let mut cells = vec![
                Cell::text(lang.pick(&it.name.zh, &it.name.en)),
                Cell::Figure(it.tce.map(|it| it / 1e4), 1),
                // 2–3 decimals, as the page prints them.
                Cell::Figure(
                    it.intensity.value,
                    if it.intensity.value.is_some_and(|it| it >= 1.0) { 2 } else { 3 },
                ),
                Cell::Change(it.intensity.change),
                Cell::text(it.warning.level.label(lang)),
            ];
            let of = |year: i16| it.path.iter().find(|at| at.year == year).and_then(|at| at.change);
            cells.extend(years.iter().map(|year| Cell::Change(of(*year))));
            cells
        })
        .collect();
    TableData { head, rows }
}
