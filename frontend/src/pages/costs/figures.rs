//! The key figures: the cost of the year, what the plan says, and what the gap to the benchmark costs.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::cost::CostView;
use nengce_shared::api::plan::PlanView;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{money, money_text};
use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::format::sized_tce;
use crate::i18n::{t, use_lang};
use crate::load::Load;

/// tce with a unit of its size.
fn tce(value: Option<f64>, lang: Lang) -> (String, &'static str) {
    value.map_or((number::MISSING.to_owned(), ""), |it| sized_tce(it, lang))
}

fn tce_text(value: Option<f64>, lang: Lang) -> String {
    let (figure, unit) = tce(value, lang);
    format!("{figure} {unit}").trim_end().to_owned()
}

#[component]
pub(super) fn Figures(data: Signal<Arc<CostView>>, plan: Load<PlanView>) -> impl IntoView {
    let lang = use_lang();
    let sum = Memo::new(move |_| data.with(|it| money(it.total.cost, lang)));
    let gap = Memo::new(move |_| {
        data.with(|it| {
            let known = it.gaps.iter().filter_map(|it| it.yuan_a_year);
            money(known.reduce(|a, b| a + b), lang)
        })
    });
    let fixed = move || {
        data.with(|it| {
            let fixed = money_text(it.total.fixed, lang);
            let mean = it.total.days_at_mean;
            match lang {
                Lang::Zh => format!("其中需量、容量 {fixed}；{mean} 天按均价"),
                Lang::En => format!("demand and capacity {fixed}; {mean} days at the mean price"),
            }
        })
    };
    let gap_note = move || {
        data.with(|it| {
            let missing = it.gaps.iter().filter(|it| it.missing.is_some()).count();
            match (lang, it.gaps.len(), missing) {
                (_, 0, _) => t(lang, "本年没有产品产量", "no product in this year").to_owned(),
                (Lang::Zh, all, missing) => format!("{all} 个产品，{missing} 个算不出"),
                (Lang::En, all, missing) => format!("{all} products, {missing} cannot be told"),
            }
        })
    };
    let of_plan = move |take: fn(&PlanView) -> Option<f64>| {
        Memo::new(move |_| plan.data.with(|it| it.as_ref().and_then(|it| take(it))))
    };
    let (done, budget) = (of_plan(|it| it.done), of_plan(|it| it.budget));
    let (difference, forecast) = (of_plan(|it| it.difference), of_plan(|it| it.forecast));
    let share = Memo::new(move |_| done.get().zip(budget.get()).map(|(done, all)| done / all));
    let is_over = Memo::new(move |_| difference.get().is_some_and(|it| it > 0.0));
    let so_far = Memo::new(move |_| {
        plan.data.with(|it| it.as_ref().and_then(|it| Some(it.planned? / it.budget?)))
    });
    let budget_note = move || match (budget.get(), lang) {
        (None, _) => t(lang, "还没有本年计划", "no plan of this year yet").to_owned(),
        (budget, Lang::Zh) => {
            format!("预算 {}，较计划 {}", tce_text(budget, lang), signed(difference.get()))
        }
        (budget, Lang::En) => {
            format!("of {}; {} against the plan", tce_text(budget, lang), signed(difference.get()))
        }
    };
    let forecast_note = move || {
        let over = forecast.get().zip(budget.get()).map(|(it, budget)| it - budget);
        match (over, lang) {
            (None, _) => {
                t(lang, "没有预算，或全年尚不可预测", "no budget, or no forecast can be made")
                    .to_owned()
            }
            (it, Lang::Zh) => format!("与预算之差 {}", signed(it)),
            (it, Lang::En) => format!("{} against the budget", signed(it)),
        }
    };
    let forecast_class = Signal::derive(move || {
        let over = forecast.get().zip(budget.get()).is_some_and(|(it, budget)| it > budget);
        if over { "worse" } else { "" }
    });
    view! {
        <KpiStrip label=t(lang, "主要指标", "Key figures")>
            <Kpi label=t(lang, "本年用能成本", "Cost of the year") value=Signal::derive(move || sum.get().0) unit=Signal::derive(move || sum.get().1.to_owned()) id="cost-total">
                <p class="kpi-note">{fixed}</p>
            </Kpi>
            <Kpi label=t(lang, "年度用能预算已用", "Used of the year's budget") value=Signal::derive(move || number::percent(share.get())) unit="" id="plan-share" class=Signal::derive(move || if is_over.get() { "worse" } else { "" })>
                {move || share.get().map(|it| view! { <BulletBar value=it target=so_far worse=is_over label=t(lang, "预算进度", "Progress of the budget") /> })}
                <p class="kpi-note">{budget_note}</p>
            </Kpi>
            <Kpi label=t(lang, "全年预测", "Forecast of the year") value=Signal::derive(move || tce(forecast.get(), lang).0) unit=Signal::derive(move || tce(forecast.get(), lang).1.to_owned()) id="plan-forecast" class=forecast_class>
                <p class="kpi-note">{forecast_note}</p>
            </Kpi>
            <Kpi label=t(lang, "与标杆的差距，每年", "Gap to the benchmark, a year") value=Signal::derive(move || gap.get().0) unit=Signal::derive(move || gap.get().1.to_owned()) id="gap-cost">
                <p class="kpi-note">{gap_note}</p>
            </Kpi>
        </KpiStrip>
    }
}

/// `+120.5 tce`.
fn signed(value: Option<f64>) -> String {
    value.map_or_else(|| number::MISSING.to_owned(), |it| format!("{} tce", number::signed(it, 1)))
}
