//! The highest mean power of each month beside the demand that is charged.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::cost::{CostDemand, CostView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{ten_thousand_yuan, ten_thousands};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::time_short;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn DemandPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let rows =
        Memo::new(move |_| data.with(|it| it.demand.iter().rev().cloned().collect::<Vec<_>>()));
    let by_hour = Memo::new(move |_| rows.with(|all| all.iter().any(|it| it.minutes > 15)));
    let subtitle = move || match by_hour.get() {
        true => t(
            lang,
            "按小时平均功率：只有小时值，15 分钟最大需量只会更高",
            "by the mean power of hours: only hours come, and the maximum over 15 minutes can only be higher",
        ),
        false => t(lang, "按 15 分钟平均功率", "by the mean power of quarter-hours"),
    };
    view! {
        <Panel id="cost-demand" class="capped" title=t(lang, "最大需量", "Maximum demand") subtitle=Signal::derive(move || subtitle().to_owned()) note=t(lang, "按实际最大需量计费的费用 = 同一单价 × 实测值；时段不全的月份，实测值可能偏低。", "The charge for the measured demand is the same price times the measured kW; in months with missing spans the measured value may be too low.")>
            <DataTable label=t(lang, "各月最大需量", "Maximum demand by month") columns=columns(lang) rows key=|it: &CostDemand| it.month.clone() empty=t(lang, "没有实时电量读数，也没有需量电价。", "There are no real-time readings of electricity and no charge of demand.") />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<CostDemand>> {
    let kw = |title: &str, of: fn(&CostDemand) -> Option<f64>| {
        Column::new(title.to_owned(), move |it: &CostDemand| Cell::Figure(of(it), 0))
            .unit("kW")
            .number()
            .sort_number(of)
    };
    let yuan = |title: &str, of: fn(&CostDemand) -> Option<f64>| {
        Column::new(format!("{title} {}", ten_thousand_yuan(lang)), move |it: &CostDemand| {
            Cell::Figure(of(it).map(ten_thousands), 2)
        })
        .number()
        .sort_number(of)
    };
    let share = |it: &CostDemand| Some(it.measured_kw? / it.charged_kw?);
    let whole = |it: &CostDemand| {
        Some(f64::from(it.points) / f64::from(it.expected_points)).filter(|it| it.is_finite())
    };
    vec![
        Column::new(t(lang, "月份", "Month"), |it: &CostDemand| Cell::text(it.month.clone()))
            .in_narrow(),
        kw(t(lang, "实测最大", "Measured"), |it| it.measured_kw).in_narrow(),
        Column::new(t(lang, "发生时间", "When"), |it: &CostDemand| {
            Cell::text(it.at.as_deref().map_or(number::MISSING, time_short))
        }),
        kw(t(lang, "计费需量", "Charged"), |it| it.charged_kw).in_narrow(),
        Column::new(t(lang, "实测 / 计费", "Measured of charged"), move |it: &CostDemand| {
            Cell::text(number::percent(share(it)))
        })
        .number()
        .show(move |it| {
            let over = share(it).is_some_and(|it| it > 1.0);
            view! { <span class:worse=over>{number::percent(share(it))}</span> }
        })
        .sort_number(share),
        yuan(t(lang, "计费需量费用", "Charged"), |it| it.charged_yuan),
        yuan(t(lang, "按实测的费用", "By measured demand"), |it| it.measured_yuan).in_narrow(),
        Column::new(
            t(lang, "有读数的时段", "Spans with readings"),
            move |it: &CostDemand| Cell::text(number::completeness(whole(it))),
        )
        .number()
        .sort_number(whole),
    ]
}
