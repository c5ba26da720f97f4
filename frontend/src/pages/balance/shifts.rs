//! What each shift of a mean week uses, by the day on which it begins.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::shifts::week_by_shift;
use nengce_shared::api::shifts::{Shift, ShiftPlan};
use nengce_shared::api::unit_readings::LoadProfile;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::Load;

/// A shift with its quantity on each weekday.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    hours: String,
    days: [Option<f64>; 7],
}

impl Row {
    /// The mean over the weekdays that are known.
    fn mean(&self) -> Option<f64> {
        let known: Vec<f64> = self.days.iter().flatten().copied().collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }
}

fn rows(profile: &LoadProfile, shifts: &[Shift]) -> Vec<Row> {
    let starts: Vec<u8> = shifts.iter().map(|it| it.from_hour).collect();
    let weeks = week_by_shift(&profile.hours, &starts);
    let end = |at: usize| starts.get(at + 1).or(starts.first()).copied().unwrap_or_default();
    let row = |(at, (shift, days)): (usize, (&Shift, [Option<f64>; 7]))| Row {
        name: shift.name.clone(),
        hours: format!("{:02}:00–{:02}:00", shift.from_hour, end(at)),
        days,
    };
    shifts.iter().zip(weeks).enumerate().map(row).collect()
}

#[component]
pub(super) fn ShiftsPanel(
    load: Load<LoadProfile>,
    plan: Signal<Arc<ShiftPlan>>,
    title: Signal<String>,
) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        let profile = load.data.get();
        profile.map_or_else(Vec::new, |it| plan.with(|plan| rows(&it, &plan.shifts)))
    });
    let unit = load.text(move |it| unit_words(&it.unit, lang));
    let heading = Signal::derive(move || match lang {
        Lang::Zh => format!("{}：按班次", title.get()),
        Lang::En => format!("{}: by shift", title.get()),
    });
    let subtitle = Signal::derive(move || match lang {
        Lang::Zh => format!("每班平均，{}；跨夜的班算在开始那天", unit.get()),
        Lang::En => {
            format!("mean of a shift, {}; a night shift counts on the day it begins", unit.get())
        }
    });
    let empty = Signal::derive(move || {
        let is_unnamed = plan.with(|it| it.shifts.is_empty());
        match is_unnamed {
            true => t(
                lang,
                "还没有班次：在下面填写每班的名称和开始时刻。",
                "No shifts yet: type the name and first hour of each below.",
            ),
            false => t(lang, "没有小时值可分班次。", "There are no hourly values to split."),
        }
        .to_owned()
    });
    view! {
        <Panel id="shifts" class="capped" title=heading subtitle>
            <DataTable label=heading columns=columns(lang) rows key=|it: &Row| it.hours.clone() empty />
        </Panel>
    }
}

/// Decimals of a figure of this size.
fn decimals(value: Option<f64>) -> usize {
    if value.is_some_and(|it| it.abs() >= 10.0) { 1 } else { 3 }
}

fn columns(lang: Lang) -> Vec<Column<Row>> {
    let sum = |it: &Row| it.mean();
    let mut all = vec![
        Column::new(t(lang, "班次", "Shift"), |it: &Row| Cell::text(it.name.clone()))
            .in_narrow()
            .show(|it| view! { <b>{it.name.clone()}</b>" "{it.hours.clone()} }),
        Column::new(t(lang, "七天平均", "Mean"), move |it: &Row| {
            Cell::Figure(sum(it), decimals(sum(it)))
        })
        .number()
        .in_narrow()
        .sort_number(sum),
    ];
    let names = crate::pages::unit::calendar::cells::weekdays(lang);
    for (at, name) in names.into_iter().enumerate() {
        let column =
            Column::new(name, move |it: &Row| Cell::Figure(it.days[at], decimals(it.days[at])))
                .number();
        all.push(
            column.show(move |it| number::grouped_or_missing(it.days[at], decimals(it.days[at]))),
        );
    }
    all
}
