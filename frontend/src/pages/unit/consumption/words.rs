//! The figures of a unit's consumption in words: legend, tooltip and table; last year's same days where there are any.

use nengce_charts::layout::picture::Form;
use nengce_charts::scene::Dash;
use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::composition::ORDER;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::series::{Period, present};
use crate::components::chart::legend::LegendItem;
use crate::components::chart::{Tip, TipRow};
use crate::export::{Cell, TableData};
use crate::i18n::t;

/// The legend's number of last year, after the energies.
pub const LAST_YEAR: usize = ORDER.len();

fn has_last(periods: &[Period]) -> bool {
    periods.iter().any(|it| it.last.is_some())
}

fn last_year(lang: Lang) -> &'static str {
    t(lang, "上年同日", "a year earlier")
}

/// The groups that came, downward as the stack stands, each with its sum and share.
pub fn legend(periods: &[Period], lang: Lang) -> Vec<LegendItem> {
    let there = present(periods);
    let sum =
        |at: usize| -> f64 { periods.iter().filter_map(|it| it.amounts).map(|it| it[at]).sum() };
    let whole: f64 = (0..ORDER.len()).map(sum).sum();
    let last = has_last(periods).then(|| LegendItem {
        series: LAST_YEAR,
        form: Form::Line(Dash::Solid),
        ink: Ink::Line3,
        name: last_year(lang).to_owned(),
        figures: vec![number::unit_tce(Some(
            periods.iter().filter_map(|it| it.last).flatten().sum(),
        ))],
    });
    (0..ORDER.len())
        .rev()
        .filter(|at| there[*at])
        .map(|at| LegendItem {
            series: at,
            form: Form::Area,
            ink: Ink::of_energy(ORDER[at]),
            name: ORDER[at].label(lang).to_owned(),
            figures: vec![
                number::unit_tce(Some(sum(at))),
                number::percent((whole > 0.0).then(|| sum(at) / whole)),
            ],
        })
        .chain(last)
        .collect()
}

pub fn tip(period: &Period, basis: &str, lang: Lang) -> Tip {
    let mut rows = Vec::new();
    match period.amounts {
        None => rows.push(TipRow::new(None, t(lang, "缺报", "missing"), number::MISSING)),
        Some(amounts) => {
            for (group, tce) in ORDER.iter().zip(amounts).rev().filter(|it| it.1 != 0.0) {
                let figure = number::unit_tce(Some(tce));
                rows.push(TipRow::new(Some(Ink::of_energy(*group)), group.label(lang), figure));
            }
            let total = number::unit_tce(Some(amounts.iter().sum()));
            rows.push(TipRow::new(None, t(lang, "合计", "Total"), total));
        }
    }
    if let Some(last) = period.last {
        let total = number::unit_tce(Some(last.iter().sum()));
        rows.push(TipRow::new(Some(Ink::Line3), last_year(lang), total));
    }
    Tip { title: period.label.clone(), note: format!("tce · {basis}"), rows }
}

pub fn table(periods: &[Period], lang: Lang) -> TableData {
    let mut head = vec![t(lang, "时间", "Period").to_owned()];
    head.extend(ORDER.map(|it| format!("{} tce", it.label(lang))));
    head.push(format!("{} tce", t(lang, "合计", "Total")));
    let with_last = has_last(periods);
    if with_last {
        head.push(format!("{} tce", last_year(lang)));
    }
    let rows = periods
        .iter()
        .map(|it| {
            let mut row = vec![Cell::text(it.label.clone())];
            row.extend((0..6).map(|at| Cell::Figure(it.amounts.map(|it| it[at]), 2)));
            row.push(Cell::Figure(it.amounts.map(|it| it.iter().sum()), 2));
            if with_last {
                row.push(Cell::Figure(it.last.map(|it| it.iter().sum()), 2));
            }
            row
        })
        .collect();
    TableData { head, rows }
}
