//! The year by energy type, by period of the day, by product, and what the gaps to the benchmark cost with the arithmetic.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::cost::{CostEnergy, CostGap, CostPeriod, CostProduct, CostView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::months::sized;
use super::words::{by, missing, money_text, ten_thousand_yuan, ten_thousands};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};

fn days<R>(title: &str, of: fn(&R) -> u32) -> Column<R>
where
    R: Clone + Send + Sync + 'static,
{
    Column::new(title.to_owned(), move |it: &R| Cell::Figure(Some(of(it).into()), 0))
        .number()
        .show(move |it| view! { <b class:worse=of(it) != 0>{of(it)}</b> })
}

#[component]
pub(super) fn EnergiesPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.energies.clone()));
    let money = move |title: &str, of: fn(&CostEnergy) -> Option<f64>| {
        Column::new(format!("{title} {}", ten_thousand_yuan(lang)), move |it: &CostEnergy| {
            Cell::Figure(of(it).map(ten_thousands), 2)
        })
        .number()
    };
    let columns = vec![
        Column::new(t(lang, "能源", "Energy"), move |it: &CostEnergy| {
            Cell::text(lang.pick(&it.energy.zh, &it.energy.en))
        })
        .in_narrow(),
        Column::new(t(lang, "用量", "Quantity"), |it: &CostEnergy| Cell::Figure(it.quantity, 1))
            .number()
            .show(move |it| format!("{} {}", sized(it.quantity), unit_words(&it.unit, lang))),
        money(t(lang, "用量费用", "Cost of quantity"), |it| it.cost).in_narrow(),
        money(t(lang, "需量、容量", "Demand, capacity"), |it| it.fixed),
        Column::new(t(lang, "缺单价的用量", "Without a price"), |it: &CostEnergy| {
            Cell::Figure(Some(it.unpriced), 1)
        })
        .number(),
        Column::new(t(lang, "按均价的用量", "At the mean price"), |it: &CostEnergy| {
            Cell::Figure(Some(it.at_mean), 1)
        })
        .number(),
        days(t(lang, "缺读数天数", "Days without a reading"), |it: &CostEnergy| {
            it.days_without_reading
        }),
        days(t(lang, "缺单价天数", "Days without a price"), |it: &CostEnergy| {
            it.days_without_price
        }),
    ];
    view! {
        <Panel id="cost-energies" class="capped" title=t(lang, "按能源", "By energy") subtitle=t(lang, "自产自用部分已扣除；分时电价缺小时读数的日子按当日各时段的简单均价", "net of what the unit makes itself; days without hours are at the plain mean of the day's prices")>
            <DataTable label=t(lang, "各能源成本", "Costs by energy") columns rows key=|it: &CostEnergy| it.energy.code.clone() empty=t(lang, "没有计入的采集项。", "No item counts.") />
        </Panel>
    }
}

#[component]
pub(super) fn PeriodsPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.periods.clone()));
    let columns = vec![
        Column::new(t(lang, "能源", "Energy"), move |it: &CostPeriod| {
            Cell::text(lang.pick(&it.energy.zh, &it.energy.en))
        }),
        Column::new(t(lang, "时段", "Period"), move |it: &CostPeriod| {
            Cell::text(
                it.period.map_or(t(lang, "按均价，未分时", "At the mean, not split"), |it| {
                    it.label(lang)
                }),
            )
        })
        .in_narrow(),
        Column::new(t(lang, "用量", "Quantity"), |it: &CostPeriod| {
            Cell::Figure(Some(it.quantity), 1)
        })
        .number()
        .in_narrow()
        .show(move |it| format!("{} {}", sized(Some(it.quantity)), unit_words(&it.unit, lang))),
        Column::new(
            format!("{} {}", t(lang, "费用", "Cost"), ten_thousand_yuan(lang)),
            |it: &CostPeriod| Cell::Figure(Some(ten_thousands(it.cost)), 2),
        )
        .number()
        .in_narrow(),
    ];
    view! {
        <Panel id="cost-periods" class="capped" title=t(lang, "按时段", "By period of the day") subtitle=t(lang, "由小时或 15 分钟读数分摊", "split by readings of hours or quarter-hours")>
            <DataTable label=t(lang, "分时费用", "Costs by period") columns rows key=|it: &CostPeriod| format!("{} {:?}", it.energy.code, it.period) empty=t(lang, "没有分时电价。", "No time-of-use tariff.") />
        </Panel>
    }
}

#[component]
pub(super) fn ProductsPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.products.clone()));
    let columns = vec![
        Column::new(t(lang, "产品", "Product"), move |it: &CostProduct| {
            Cell::text(lang.pick(&it.product.zh, &it.product.en))
        })
        .in_narrow(),
        Column::new(t(lang, "产量", "Output"), |it: &CostProduct| {
            Cell::Figure(Some(it.output), 1)
        })
        .number()
        .show(move |it| {
            format!("{} {}", sized(Some(it.output)), unit_words(&it.output_unit, lang))
        }),
        Column::new(
            t(lang, "单位产品用能成本（元）", "Yuan per unit of product"),
            |it: &CostProduct| Cell::Figure(it.cost_per_output, 2),
        )
        .number()
        .in_narrow()
        .show(move |it| match it.cost_per_output {
            Some(cost) => {
                format!("{} / {}", number::grouped(cost, 2), unit_words(&it.output_unit, lang))
            }
            None => number::MISSING.to_owned(),
        }),
        Column::new(t(lang, "计入月份", "Months"), |it: &CostProduct| {
            Cell::Figure(Some(it.months.into()), 0)
        })
        .number(),
        Column::new(t(lang, "依据", "How"), move |it: &CostProduct| Cell::text(by(&it.by, lang)))
            .class("sentence")
            .in_narrow(),
    ];
    view! {
        <Panel id="cost-products" title=t(lang, "单位产品用能成本", "Cost per unit of product") subtitle=t(lang, "只计成本完整的月份", "months with whole costs only")>
            <DataTable label=t(lang, "单位产品用能成本", "Cost per unit of product") columns rows key=|it: &CostProduct| it.product.code.clone() empty=t(lang, "本年没有产品产量。", "No product in this year.") />
        </Panel>
    }
}

#[component]
pub fn GapsPanel(data: Signal<Arc<CostView>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| data.with(|it| it.gaps.clone()));
    let columns = vec![
        Column::new(t(lang, "产品", "Product"), move |it: &CostGap| {
            Cell::text(lang.pick(&it.product.zh, &it.product.en))
        })
        .in_narrow(),
        Column::new(t(lang, "单耗", "Consumption"), |it: &CostGap| Cell::Figure(it.value, 2))
            .number(),
        Column::new(t(lang, "标杆", "Benchmark"), |it: &CostGap| Cell::Figure(it.benchmark, 2))
            .number(),
        Column::new(t(lang, "限额 1 / 2 / 3 级", "Limits, grades 1 / 2 / 3"), |it: &CostGap| {
            Cell::text(limits(it))
        })
        .number(),
        Column::new(t(lang, "等级", "Grade"), move |it: &CostGap| Cell::text(grade(it, lang)))
            .show(move |it| view! { <span class:worse=it.is_over_limit == Some(true)>{grade(it, lang)}</span> }),
        Column::new(t(lang, "潜力 tce/年", "Potential, tce a year"), |it: &CostGap| {
            Cell::Figure(it.potential_tce_a_year, 1)
        })
        .number(),
        Column::new(t(lang, "元/tce", "Yuan per tce"), |it: &CostGap| {
            Cell::Figure(it.yuan_per_tce, 0)
        })
        .number(),
        Column::new(t(lang, "万元/年", "10⁴ yuan a year"), |it: &CostGap| {
            Cell::Figure(it.yuan_a_year.map(ten_thousands), 1)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "算式", "Arithmetic"), move |it: &CostGap| {
            Cell::text(arithmetic(it, lang))
        })
        .class("sentence")
        .in_narrow(),
    ];
    view! {
        <Panel id="cost-gaps" title=t(lang, "与标杆水平的差距值多少钱", "What the gap to the benchmark costs") subtitle=t(lang, "本单位自己的单价", "at the unit's own prices")>
            <DataTable label=t(lang, "差距的费用", "Cost of the gaps") columns rows key=|it: &CostGap| it.product.code.clone() empty=t(lang, "本年没有产品产量。", "No product in this year.") />
        </Panel>
    }
}

/// 「104 / 109 / 117」
fn limits(it: &CostGap) -> String {
    let figure = |it: &Option<f64>| match it {
        // A level below zero has the minus sign of the figures beside it.
        Some(it) => number::parameter(*it).replace('-', "−"),
        None => number::MISSING.to_owned(),
    };
    it.limits.iter().map(figure).collect::<Vec<_>>().join(" / ")
}

fn grade(it: &CostGap, lang: Lang) -> String {
    match (it.is_over_limit, it.grade, lang) {
        (Some(true), ..) => t(lang, "超 3 级限额", "over grade 3").to_owned(),
        (_, Some(grade), Lang::Zh) => format!("达 {grade} 级"),
        (_, Some(grade), Lang::En) => format!("reaches grade {grade}"),
        _ => number::MISSING.to_owned(),
    }
}

/// 「(112.3 − 100) kgce/t × 60,000 t = 738.0 tce；× 12 ÷ 6 个月 × 1,000 元/tce = 147.6 万元」
fn arithmetic(it: &CostGap, lang: Lang) -> String {
    if let Some(word) = &it.missing {
        return missing(word, lang).to_owned();
    }
    let figure = |it: Option<f64>, decimals| number::grouped_or_missing(it, decimals);
    let parts = format!(
        "({} − {}) {} × {} {}",
        figure(it.value, 2),
        figure(it.benchmark, 2),
        it.unit,
        figure(it.output, 0),
        it.output_unit
    );
    if it.potential_tce == Some(0.0) {
        return match lang {
            Lang::Zh => format!("{parts} ≤ 0：已达到标杆水平"),
            Lang::En => format!("{parts} ≤ 0: the benchmark is reached"),
        };
    }
    let (tce, price) = (figure(it.potential_tce, 1), figure(it.yuan_per_tce, 0));
    let sum = money_text(it.yuan_a_year, lang);
    match lang {
        Lang::Zh => {
            format!("{parts} = {tce} tce；× 12 ÷ {} 个月 × {price} 元/tce = {sum}", it.months)
        }
        Lang::En => {
            format!("{parts} = {tce} tce; × 12 ÷ {} months × {price} yuan/tce = {sum}", it.months)
        }
    }
}
