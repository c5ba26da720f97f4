//! The answer: the sentence, the key figures, and the model with what it was made from.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::savings::{SavingsDriver, SavingsOutcome, SavingsView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words;
use crate::components::kpi::{Kpi, KpiStrip};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};

fn tce(value: f64) -> String {
    number::grouped(value, 1)
}

/// 「报告期 10 个月节能 1,234.5 tce（8.2%），90% 置信区间 ±310.0 tce：数据足以证明节能。」
pub(super) fn sentence(view: &SavingsView, lang: Lang) -> AnyView {
    let Some(it) = &view.outcome else {
        return view! { <span data-testid="savings-problem">{words::problem(view, lang)}</span> }
            .into_any();
    };
    let (saved, wide) = (tce(it.saved), tce(it.half_width_90));
    let months = words::observations(view, it.report_months, lang);
    let (share, verdict) =
        (number::percent(Some(it.saved_share)), words::verdict(&it.verdict, lang));
    match lang {
        Lang::Zh => view! { "报告期 "{months}"节能 "<b data-figure="saved">{saved}</b>" tce（"{share}"），90% 置信区间 ±"<b>{wide}</b>" tce："<span data-testid="verdict">{verdict}</span>"。" }.into_any(),
        Lang::En => view! { "Over "{months}" "<b data-figure="saved">{saved}</b>" tce were saved ("{share}"), ±"<b>{wide}</b>" tce at 90 %: "<span data-testid="verdict">{verdict}</span>"." }.into_any(),
    }
}

#[component]
pub(super) fn Figures(data: Signal<Arc<SavingsView>>) -> impl IntoView {
    let lang = use_lang();
    let figure = move |make: fn(&SavingsOutcome) -> String| {
        Signal::derive(move || {
            data.with(|it| it.outcome.as_ref().map_or_else(|| number::MISSING.to_owned(), make))
        })
    };
    let note = move |make: fn(&SavingsOutcome, Lang) -> String| {
        let text = move || data.with(|it| it.outcome.as_ref().map(|it| make(it, lang)));
        view! { <p class="kpi-note">{text}</p> }
    };
    let counted = move |of: fn(&SavingsOutcome) -> u32, words_of: fn(String, Lang) -> String| {
        let count = move |view: &SavingsView| {
            let it = view.outcome.as_ref()?;
            Some(words_of(words::observations(view, of(it), lang), lang))
        };
        view! { <p class="kpi-note">{move || data.with(|it| count(it))}</p> }
    };
    view! {
        <KpiStrip label=t(lang, "主要指标", "Key figures")>
            <Kpi label=t(lang, "节能量", "Saving") value=figure(|it| tce(it.saved)) unit="tce" id="savings-saved">
                {note(|it, lang| match lang {
                    Lang::Zh => format!("68% 置信 ±{}", tce(it.half_width_68)),
                    Lang::En => format!("±{} at 68 %", tce(it.half_width_68)),
                })}
            </Kpi>
            <Kpi label=t(lang, "校准能耗", "Adjusted baseline") value=figure(|it| tce(it.adjusted_baseline)) unit="tce">
                {counted(|it| it.baseline_months, |count, lang| match lang {
                    Lang::Zh => format!("基期 {count}的模型"),
                    Lang::En => format!("by a model of {count}"),
                })}
            </Kpi>
            <Kpi label=t(lang, "实际能耗", "Used") value=figure(|it| tce(it.used)) unit="tce">
                {counted(|it| it.report_months, |count, lang| match lang {
                    Lang::Zh => format!("报告期 {count}"),
                    Lang::En => format!("{count} of the report"),
                })}
            </Kpi>
            <Kpi label="CV(RMSE)" value=figure(|it| number::percent(Some(it.cv_rmse))) unit="" id="savings-cv">
                {note(|it, lang| match lang {
                    Lang::Zh => format!("≤ {} 为可用，NMBE {}", number::percent(Some(it.most_cv_rmse)), number::percent(Some(it.nmbe))),
                    Lang::En => format!("usable up to {}, NMBE {}", number::percent(Some(it.most_cv_rmse)), number::percent(Some(it.nmbe))),
                })}
            </Kpi>
        </KpiStrip>
    }
}

/// The coefficients of the model, each with its standard error.
#[component]
pub(super) fn ModelPanel(data: Signal<Arc<SavingsView>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        data.with(|it| it.drivers.iter().filter(|it| it.used).cloned().collect::<Vec<_>>())
    });
    let note = Signal::derive(move || {
        data.with(|view| view.outcome.as_ref().map(|it| {
            let (intercept, rho) = (tce(it.intercept), number::grouped(it.autocorrelation, 2));
            let each = match words::is_daily(view) {
                true => t(lang, "日", "day"),
                false => t(lang, "月", "month"),
            };
            let said = match lang {
                Lang::Zh => format!("固定部分 {intercept} tce/{each} · 自由度 {} · 残差自相关 {rho}", it.degrees_of_freedom),
                Lang::En => format!("fixed part {intercept} tce a {each} · {} degrees of freedom · autocorrelation {rho}", it.degrees_of_freedom),
            };
            let independent = it.independent.filter(|_| words::is_daily(view));
            match (independent.map(|it| number::grouped(it, 0)), lang) {
                (None, _) => said,
                (Some(days), Lang::Zh) => format!("{said} · 有效独立日数 {days}"),
                (Some(days), Lang::En) => format!("{said} · {days} independent days"),
            }
        }))
        .unwrap_or_default()
    });
    view! {
        <Panel id="savings-model" title=t(lang, "模型", "Model") subtitle=t(lang, "每单位产量的能耗", "energy per unit of output") note>
            <DataTable
                label=t(lang, "模型系数", "Coefficients of the model")
                columns=columns(lang)
                rows
                key=|row: &SavingsDriver| format!("{} {:?}", row.code, row.coefficient)
                empty=t(lang, "没有影响因素：模型是基期的均值。", "No driver: the model is the mean of the baseline.")
            />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<SavingsDriver>> {
    vec![
        Column::new(t(lang, "影响因素", "Driver"), move |row: &SavingsDriver| {
            Cell::text(lang.pick(&row.name.zh, &row.name.en))
        })
        .in_narrow(),
        Column::new(t(lang, "tce / 单位产量", "tce per unit"), |row: &SavingsDriver| {
            Cell::Figure(row.coefficient, 4)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "标准误", "Standard error"), |row: &SavingsDriver| {
            Cell::Figure(row.standard_error, 4)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "产量单位", "Unit of output"), move |row: &SavingsDriver| {
            Cell::text(unit_words(&row.unit, lang))
        }),
    ]
}
