//! The five figures of the strip: total, progress of the target, intensity, projection, warning levels with their rule.

mod intensity;
mod levels;
mod projection;
mod target;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words::{comparison_word, times};
use crate::components::kpi::{Kpi, KpiStrip};
use crate::components::spark::Sparkline;
use crate::format::{city_unit, sign_class, span_short};
use crate::i18n::{t, use_lang};
use crate::url_state::{Selection, use_url_state};

type Data = Signal<Arc<DualControl>>;

#[component]
pub fn Kpis(data: Data) -> impl IntoView {
    let lang = use_lang();
    view! {
        <KpiStrip label=t(lang, "关键指标", "Key figures")>
            <Total data />
            <target::Target data />
            <intensity::Intensity data />
            <projection::YearEnd data />
            <levels::Levels data />
        </KpiStrip>
    }
}

#[component]
fn Total(data: Data) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let label = move || {
        let scope = &data.get().scope;
        format!(
            "{} · {}",
            t(lang, "综合能源消费量", "Energy consumption"),
            span_short(&scope.from, &scope.to, lang)
        )
    };
    let note = move || {
        let data = data.get();
        let previous = url.selection.with(Selection::against);
        view! {
            {comparison_word(previous, lang)} " "
            {match data.total.index {
                Some(index) => view! { <b>{times(index, lang)}</b> }.into_any(),
                None => view! { <b class=sign_class(data.total.change)>{number::signed_percent(data.total.change)}</b> }.into_any(),
            }}
            {format!(" · {} {}", t(lang, "完整率", "complete"), number::completeness(data.scope.completeness))}
        }
    };
    let whole_months = Signal::derive(move || {
        data.with(|it| {
            let whole = it.months.iter().filter(|month| month.days_done >= month.days_total);
            whole.map(|month| month.tce).collect()
        })
    });
    view! {
        <Kpi
            id="total"
            label=Signal::derive(label)
            value=Signal::derive(move || number::ten_thousand_tce(data.get().total.value))
            unit=city_unit(lang)
        >
            <Sparkline values=whole_months />
            <p class="kpi-note">{note}</p>
            <p class="kpi-note">
                <a href=move || url.href_with("/units", &without_data(&data.get()))>{move || with_data(&data.get(), lang)}</a>
            </p>
        </Kpi>
    }
}

/// 「283/286 家有数据，3 家没有」
fn with_data(data: &DualControl, lang: Lang) -> String {
    let (some, all) = (data.scope.units_reporting, data.scope.units);
    let none = all.saturating_sub(some);
    match (none, lang) {
        (0, Lang::Zh) => format!("{some}/{all} 家有数据"),
        (0, Lang::En) => format!("{some} of {all} units with data"),
        (_, Lang::Zh) => format!("{some}/{all} 家有数据，{none} 家没有"),
        (_, Lang::En) => format!("{some} of {all} units with data, {none} without"),
    }
}

/// The link opens the units without data, where there are any.
fn without_data(data: &DualControl) -> [(&'static str, Option<String>); 1] {
    let is_any = data.scope.units_reporting < data.scope.units;
    [("data", is_any.then(|| "none".to_owned()))]
}
