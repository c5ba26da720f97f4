//! Months of the year against the control trajectory and last year, with the strip of cumulative differences.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::layout::picture::Form;
use nengce_charts::scene::Dash;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::months::{Month, Months, Shown, Words};
use nengce_shared::api::dual_control::{DualControl, DualMonth};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::warning::TotalThresholds;

use super::details::Loading;
use super::months_index::Names;
use super::scale::{Scale, ScaleSwitch};
use super::words::{basis_and_units, compared_district_name, spread_method};
use crate::components::chart::legend::{Legend, LegendItem};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::data::meta::use_meta;
use crate::export::{Cell, TableData};
use crate::format::{city_unit, month_long, month_short, sign_class, ten_thousands, year_month};
use crate::i18n::{comma, t, use_lang};
use crate::url_state::use_url_state;

/// The half width of the band around the trajectory: beyond it the total is at level 1.
fn band() -> f64 {
    TotalThresholds::default().level1_over
}

#[component]
pub fn MonthsPanel(
    data: Signal<Arc<DualControl>>,
    /// Shared with the composition: the same twelve months.
    hover: RwSignal<Option<usize>>,
    loading: Loading,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let is_index = Memo::new(move |_| Scale::of(url) == Scale::Index);
    // Figures are shown until the code of the indices is there.
    let index = move || {
        let code = loading.with(|it| Some(it.as_ref()?.as_ref().ok()?.months_index));
        code.filter(|_| is_index.get())
    };
    let hidden = RwSignal::new(BTreeSet::new());
    // The series behind: the year before, or the district compared with.
    let meta = use_meta();
    let last = move || {
        let data = data.get();
        meta.with(|it| compared_district_name(&data, it.as_deref(), lang))
            .unwrap_or_else(|| year_behind(&data).to_string())
    };
    let layout = move |data: &DualControl, width: f64, height: f64| {
        let mut months = figures(data, lang);
        let mut words = words(data, &last(), lang);
        if let Some(index) = index() {
            (months, words.unit) = ((index.indexed)(&months), (index.unit)(lang).to_owned());
        }
        let on = |series: usize| hidden.with(|it: &BTreeSet<usize>| !it.contains(&series));
        let shown = Shown { this: on(0), target: on(1), last: on(2), projected: on(3) };
        Months { months: &months, words: &words, shown, band: band() }.scene(width, height)
    };
    let subtitle = move || {
        let data = data.get();
        let (year, _) = year_of(&data);
        format!(
            "{} · {year} {} {}",
            basis_and_units(&data.scope, lang),
            t(lang, "与", "and"),
            last()
        )
    };
    let note = move || {
        data.get().target.as_ref().map_or_else(String::new, |it| match lang {
            Lang::Zh => format!(
                "控制轨迹：{}年目标 {} 万tce，{}（{}）。点月份看当月单位。",
                it.year,
                number::grouped(it.target_tce / 1e4, 1),
                spread_method(&it.method, lang),
                it.source
            ),
            Lang::En => format!(
                "Trajectory: target of {} {} 10⁴ tce, {} ({}). A month opens its units.",
                it.year,
                number::grouped(it.target_tce / 1e4, 1),
                spread_method(&it.method, lang),
                it.source
            ),
        })
    };
    let items = Signal::derive(move || {
        let words = words(&data.get(), &last(), lang);
        let item = |series, dash, ink, name| {
            let form = Form::Line(dash);
            LegendItem { series, form, ink, name, figures: Vec::new() }
        };
        vec![
            item(0, Dash::Solid, Ink::Accent, year_of(&data.get()).0.to_string()),
            item(1, Dash::Dashed, Ink::Ink2, words.target),
            item(2, Dash::Solid, Ink::Line3, words.last),
            item(3, Dash::Dotted, Ink::Accent, t(lang, "预测", "Projection").to_owned()),
        ]
    });
    view! {
        <ChartPanel
            source=Source::Answer(data)
            id="months"
            title=t(lang, "逐月能耗与控制轨迹", "Months against the target trajectory")
            subtitle=Signal::derive(subtitle)
            note=Signal::derive(note)
            height=320.0
            layout
            tip=move |it, row| match index() {
                Some(index) => {
                    let title = month_long(&it.months.get(row)?.period, lang);
                    let months = (index.indexed)(&figures(it, lang));
                    (index.tip)(&months, row, title, &names(it, &last(), lang), lang)
                }
                None => tip(it, row, &last(), lang),
            }
            table=move |it| match index() {
                Some(index) => {
                    let periods: Vec<String> = it.months.iter().map(|it| it.period.clone()).collect();
                    let months = (index.indexed)(&figures(it, lang));
                    (index.table)(&months, &periods, &names(it, &last(), lang), lang)
                }
                None => table(it, &last(), lang),
            }
            hover
            drill_down=Box::new(|it, row| it.months.get(row).map(|it| DrillDown::period(&it.period)))
            above=move || view! { <div class="legend-row with-scale"><Legend items hidden /><ScaleSwitch other=Scale::Index /></div> }
        />
    }
}

fn year_of(data: &DualControl) -> (i32, u8) {
    data.months.last().and_then(|it| year_month(&it.period)).unwrap_or_default()
}

/// The year that stands behind: that of the comparison, and the year before where the comparison is in the same year.
fn year_behind(data: &DualControl) -> i32 {
    let year = |day: &str| day.get(..4).and_then(|it| it.parse::<i32>().ok()).unwrap_or_default();
    let apart = year(&data.scope.to) - year(&data.scope.compare_to);
    year_of(data).0 - apart.max(1)
}

fn figures(data: &DualControl, lang: Lang) -> Vec<Month> {
    data.months.iter().map(|it| month(it, lang)).collect()
}

fn names(data: &DualControl, last: &str, lang: Lang) -> Names {
    let trajectory = t(lang, "控制轨迹", "Trajectory").to_owned();
    [year_of(data).0.to_string(), trajectory, last.to_owned()]
}

fn done(month: &DualMonth) -> bool {
    month.days_done >= month.days_total && month.tce.is_some()
}

/// 「10月未完 18/31 天」, for a month that has begun and is not over.
pub fn unfinished(month: &DualMonth, lang: Lang) -> Option<String> {
    (month.days_done > 0 && month.days_done < month.days_total).then(|| {
        let name =
            year_month(&month.period).map_or_else(String::new, |(_, it)| month_short(it, lang));
        match lang {
            Lang::Zh => format!("{name}未完 {}/{} 天", month.days_done, month.days_total),
            Lang::En => format!("{name}: {} of {} days", month.days_done, month.days_total),
        }
    })
}

fn month(month: &DualMonth, lang: Lang) -> Month {
    let scaled = |tce: Option<f64>| tce.map(ten_thousands);
    Month {
        name: year_month(&month.period).map_or_else(String::new, |(_, it)| month_short(it, lang)),
        this: scaled(month.tce).filter(|_| done(month)),
        target: scaled(month.trajectory_tce),
        last: scaled(month.previous_tce),
        projected: scaled(month.projected_tce),
        low: scaled(month.projected_low),
        high: scaled(month.projected_high),
        gap: scaled(month.cumulative_gap),
        gap_projected: !done(month),
        unfinished: unfinished(month, lang),
    }
}

fn words(data: &DualControl, last: &str, lang: Lang) -> Words {
    let (year, _) = year_of(data);
    let projected = data.months.iter().any(|it| it.projected_tce.is_some());
    Words {
        unit: format!("{} / {}", city_unit(lang), t(lang, "月", "month")),
        this: if projected {
            format!("{year} {}", t(lang, "预测", "projected"))
        } else {
            year.to_string()
        },
        target: format!("{} ±{}", t(lang, "控制轨迹", "Trajectory"), number::threshold(band())),
        last: last.to_owned(),
        gap_title: format!(
            "{}{}{}",
            t(lang, "累计与控制轨迹之差", "Cumulative difference from the trajectory"),
            comma(lang),
            city_unit(lang)
        ),
        over: t(lang, "高出 ↑", "over ↑").to_owned(),
    }
}

fn tip(data: &DualControl, row: usize, last: &str, lang: Lang) -> Option<Tip> {
    let month = data.months.get(row)?;
    let (year, _) = year_month(&month.period)?;
    let ratio = |other: Option<f64>| {
        month.tce.filter(|_| done(month)).zip(other).map(|(now, then)| now / then - 1.0)
    };
    let mut rows = Vec::new();
    let known = |tce: Option<f64>| number::ten_thousand_tce(tce);
    if let Some(words) = unfinished(month, lang) {
        rows.push(TipRow::new(Some(Ink::Accent), words, known(month.tce)));
    } else {
        rows.push(TipRow::new(Some(Ink::Accent), year.to_string(), known(month.tce)));
    }
    if month.projected_tce.is_some() {
        let interval = month.projected_low.zip(month.projected_high);
        let range =
            interval.map(|(low, high)| format!("{}–{}", known(Some(low)), known(Some(high))));
        rows.push(
            TipRow::new(None, t(lang, "预测", "Projected"), known(month.projected_tce))
                .delta(range.unwrap_or_default(), "note"),
        );
    }
    let against = |tce: Option<f64>, ink: Ink, label: String| {
        let change = ratio(tce);
        let text = change.map(|it| number::signed_percent(Some(it))).unwrap_or_default();
        TipRow::new(Some(ink), label, known(tce)).delta(text, sign_class(change))
    };
    rows.push(against(
        month.trajectory_tce,
        Ink::Ink2,
        t(lang, "控制轨迹", "Trajectory").to_owned(),
    ));
    rows.push(against(month.previous_tce, Ink::Line3, last.to_owned()));
    if let Some(gap) = month.cumulative_gap {
        let text = number::signed(ten_thousands(gap), 1);
        rows.push(TipRow::new(None, t(lang, "累计差", "Cumulative gap"), text));
    }
    Some(Tip {
        title: month_long(&month.period, lang),
        note: format!(
            "{} · {}",
            city_unit(lang),
            basis_note(data.scope.basis, month.completeness, Some(month.units_reporting), lang)
        ),
        rows,
    })
}

fn table(data: &DualControl, last: &str, lang: Lang) -> TableData {
    let unit = city_unit(lang);
    let (year, _) = year_of(data);
    let head = [
        t(lang, "月份", "Month").to_owned(),
        format!("{year} {unit}"),
        format!("{} {unit}", t(lang, "控制轨迹", "Trajectory")),
        format!("{last} {unit}"),
        format!("{} {unit}", t(lang, "预测", "Projected")),
        format!("{} {unit}", t(lang, "累计差", "Cumulative gap")),
        t(lang, "完整率", "Completeness").to_owned(),
        t(lang, "天数", "Days").to_owned(),
    ];
    let figure = |tce: Option<f64>| Cell::Figure(tce.map(ten_thousands), 1);
    let rows = data.months.iter().map(|it| {
        vec![
            Cell::text(it.period.clone()),
            figure(it.tce),
            figure(it.trajectory_tce),
            figure(it.previous_tce),
            figure(it.projected_tce),
            figure(it.cumulative_gap),
            Cell::Completeness(it.completeness),
            Cell::text(format!("{}/{}", it.days_done, it.days_total)),
        ]
    });
    TableData { head: head.into(), rows: rows.collect() }
}
