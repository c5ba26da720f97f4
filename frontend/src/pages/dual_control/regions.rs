//! The districts as a table: energy, change, 24 months, intensity, distance to the required fall, level. A row filters the page.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::common::Named;
use nengce_shared::api::dual_control::{DualControl, GroupRow, YearEnd};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::comparison_word;
use crate::components::badge::LevelBadge;
use crate::components::levels::LevelButtons;
use crate::components::panel::Panel;
use crate::components::selecting::adds_to_selection;
use crate::components::spark::{lollipop, sparkline};
use crate::components::table::{Column, DataTable, Sorting};
use crate::export::Cell;
use crate::format::{city_unit, sign_class, ten_thousands};
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, toggle_value, use_url_state};

/// The column of the distance to the rule; the table starts sorted by it.
const GAP_COLUMN: usize = 5;

#[component]
pub fn RegionsPanel(
    /// The answer with every district.
    data: Signal<Arc<DualControl>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.get().regions.clone());
    let total = Memo::new(move |_| Some(whole(&data.get(), lang)));
    let reach = Memo::new(move |_| {
        rows.with(|rows| {
            rows.iter().filter_map(|it| it.intensity.gap).map(f64::abs).fold(0.0, f64::max)
        })
    });
    let sorting = RwSignal::new(Some(Sorting { column: GAP_COLUMN, descending: true }));
    let selected = Memo::new(move |_| url.selection.with(|it| it.region.clone()));
    let select = Callback::new(move |code: String| {
        url.update(|it| toggle_value(&mut it.region, code, adds_to_selection()));
    });
    view! {
        <Panel
            id="regions"
            title=t(lang, "各区双控", "Districts")
            subtitle=t(lang, "按差距排序 · 点行联动", "by distance to the rule · click to filter")
            note=t(lang, "较应降：强度变化加年度应降幅度，正值为差，百分点。年终总量：全年预计（已过完的年份为全年合计）较年度总量目标，正值为超。", "Gap: intensity change plus the required fall; positive is worse, percentage points. Year end: the year's expected total (its sum once it is over) against its target; positive misses it.")
        >
            <MissedTargets rows selected />
            <LevelButtons
                groups=Signal::derive(move || rows.with(|it| it.iter().map(|it| (it.warning.level, it.name.code.clone())).collect()))
                selected
                on_change=move |codes| url.update(|it| it.region = codes)
            />
            <DataTable
                label=t(lang, "各区双控", "Districts")
                columns=columns(lang, url, reach)
                rows
                key=|row: &GroupRow| row.name.code.clone()
                total
                sorting
                on_select=select
                selected
                empty=t(lang, "所选条件下没有单位。", "No units match.")
            />
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState, reach: Memo<f64>) -> Vec<Column<GroupRow>> {
    let against = Memo::new(move |_| {
        let previous = url.selection.with(|it| it.against());
        comparison_word(previous, lang).to_owned()
    });
    let name = move |row: &GroupRow| lang.pick(&row.name.zh, &row.name.en).to_owned();
    vec![
        Column::new(t(lang, "区", "District"), move |row: &GroupRow| Cell::text(name(row))).in_narrow().sort_text(name),
        Column::new(t(lang, "能耗", "Energy"), |row: &GroupRow| Cell::Figure(row.total.value.map(ten_thousands), 1))
            .unit(city_unit(lang))
            .number()
            .in_narrow()
            .show(move |row| units_link(url, row, lang))
            .sort_number(|row| row.total.value),
        Column::new(against, |row: &GroupRow| Cell::Change(row.total.change))
            .number()
            .in_narrow()
            .sort_number(|row| row.total.change),
        Column::new(t(lang, "近 24 月", "24 months"), |row: &GroupRow| {
            Cell::Figure(row.spark.last().copied().flatten().map(ten_thousands), 1)
        })
        .class("curve")
        .show(|row| sparkline(&row.spark)),
        Column::new(t(lang, "强度变化", "Intensity"), |row: &GroupRow| Cell::Change(row.intensity.change))
            .number()
            .sort_number(|row| row.intensity.change),
        Column::new(t(lang, "较应降", "Gap"), |row: &GroupRow| {
            Cell::Figure(row.intensity.gap.map(|it| it * 100.0), 1)
        })
        .number()
        .in_narrow()
        .show(move |row| {
            let gap = row.intensity.gap;
            let text = gap.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it * 100.0, 1));
            lollipop(gap, reach.get_untracked(), text)
        })
        .sort_number(|row| row.intensity.gap),
        Column::new(t(lang, "年终总量", "Year end"), |row: &GroupRow| {
            Cell::Change(row.year_end.as_ref().map(|it| it.over))
        })
        .number()
        .in_narrow()
        .show(move |row| {
            let over = row.year_end.as_ref().map(|it| it.over);
            let says = row.year_end.as_ref().map(|it| year_end_words(it, lang));
            view! { <span class=sign_class(over) title=says>{number::signed_percent(over)}</span> }
        })
        .sort_number(|row| row.year_end.as_ref().map(|it| it.over)),
        Column::new(t(lang, "等级", "Level"), move |row: &GroupRow| {
            Cell::text(format!("{} {}", row.warning.level.label(lang), row.warning.rule.label(lang)))
        })
        .in_narrow()
        .show(move |row| {
            view! { <span title=row.warning.rule.label(lang)><LevelBadge level=row.warning.level /></span> }
        })
        .sort_number(|row| Some(-f64::from(row.warning.level.code()))),
    ]
}

/// 「2025年预计 1,234.5，目标 1,200.0 万tce」
fn year_end_words(it: &YearEnd, lang: Lang) -> String {
    let figure = |tce: f64| number::ten_thousand_tce(Some(tce));
    let (expected, target, unit) =
        (figure(it.expected_tce), figure(it.target_tce), city_unit(lang));
    match (lang, it.is_final) {
        (Lang::Zh, false) => format!("{}年预计 {expected}，总量目标 {target} {unit}", it.year),
        (Lang::Zh, true) => format!("{}年全年 {expected}，总量目标 {target} {unit}", it.year),
        (Lang::En, false) => format!("{} expected {expected}, target {target} {unit}", it.year),
        (Lang::En, true) => format!("{} in all {expected}, target {target} {unit}", it.year),
    }
}

/// How many districts miss the target of total consumption at year end. A click selects them, a second click deselects.
#[component]
fn MissedTargets(rows: Memo<Vec<GroupRow>>, selected: Memo<Vec<String>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let missing = Memo::new(move |_| {
        let is_over = |it: &&GroupRow| it.year_end.as_ref().is_some_and(|it| it.over > 0.0);
        rows.with(|rows| {
            rows.iter().filter(is_over).map(|it| it.name.code.clone()).collect::<Vec<_>>()
        })
    });
    let pressed = Memo::new(move |_| {
        missing.with(|codes| {
            selected
                .with(|it| it.len() == codes.len() && codes.iter().all(|code| it.contains(code)))
        })
    });
    let select = move |_| {
        let codes = if pressed.get_untracked() { Vec::new() } else { missing.get_untracked() };
        url.update(|it| it.region = codes);
    };
    view! {
        <Show when=move || missing.with(|it| !it.is_empty())>
            <button
                type="button"
                class="level-count"
                data-testid="missed-targets"
                aria-pressed=move || pressed.get().to_string()
                on:click=select
            >
                <b class="worse">{move || missing.with(Vec::len)}</b>
                {t(lang, "年终将超总量目标", "will miss the total target")}
            </button>
        </Show>
    }
}

/// The figure leads to the units behind it.
fn units_link(url: UrlState, row: &GroupRow, lang: Lang) -> impl IntoView + use<> {
    let code = Some(row.name.code.clone()).filter(|it| !it.is_empty());
    let says = match lang {
        Lang::Zh => {
            format!("{} 家单位，完整率 {}", row.units, number::completeness(row.completeness))
        }
        Lang::En => {
            format!("{} units, {} complete", row.units, number::completeness(row.completeness))
        }
    };
    let figure = number::ten_thousand_tce(row.total.value);
    view! {
    <a class="figure" title=says href=move || url.href_with("/units", &[("region", code.clone())])>{figure}</a>
    }
}

/// The whole as a row of the same shape.
fn whole(data: &DualControl, lang: Lang) -> GroupRow {
    let spark = (0..24)
        .map(|back| sum(data.regions.iter().map(|it| it.spark.get(back).copied().flatten())))
        .collect();
    let name = lang.pick("全市", "City").to_owned();
    GroupRow {
        name: Named { code: String::new(), zh: name.clone(), en: name },
        units: data.scope.units,
        units_reporting: data.scope.units_reporting,
        total: data.total.clone(),
        pull: None,
        intensity: data.intensity.clone(),
        warning: data.intensity_warning.clone(),
        total_warning: data.total_warning.clone(),
        year_end: data.year_end.clone(),
        completeness: data.scope.completeness,
        spark,
    }
}

/// A sum of what is known; nothing known is missing.
fn sum(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.flatten().fold(None, |sum, it| Some(sum.unwrap_or(0.0) + it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_adds_what_districts_have_and_keeps_gaps() {
        let data: DualControl =
            serde_json::from_str(include_str!("sample.json")).expect("the fixture is an answer");
        let whole = whole(&data, Lang::Zh);
        assert_eq!(whole.spark[..3], [Some(3.0), None, Some(6.0)]);
        assert_eq!(whole.spark[3], None);
        assert_eq!(whole.total.value, Some(42_139_000.0));
    }
}
