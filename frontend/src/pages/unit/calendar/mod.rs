//! Days as cells: received against expected, or consumption by quantile; a click on a day shows its readings.

pub mod cells;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::api::unit_readings::Calendar;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use self::cells::{scene, table, tip};
use super::UnitCode;
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::format::basis_word;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn CalendarPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<Calendar>(move || {
        let (from, to, basis) = data.with(|it| {
            let (to, until) = (&it.scope.to, &it.scope.data_until);
            // Unless a span was selected, days after the last whole month are shown too.
            let selected = url.selection.with(|it| it.to.is_some());
            let end = until.as_ref().filter(|until| !selected && *until > to);
            (it.scope.from.clone(), end.unwrap_or(to).clone(), it.scope.basis)
        });
        Some(code.path(&format!("/calendar?from={from}&to={to}&basis={basis}")))
    });
    let by_tce = Memo::new(move |_| url.get("calendar").as_deref() == Some("tce"));
    let title = Signal::derive(move || {
        let word = match by_tce.get() {
            true => t(lang, "能耗日历", "Consumption calendar"),
            false => t(lang, "完整率日历", "Completeness calendar"),
        };
        word.to_owned()
    });
    let subtitle = move || {
        let cells = match by_tce.get() {
            true => {
                let basis = basis_word(data.with(|it| it.scope.basis), lang);
                let words = t(
                    lang,
                    "每格一日 · 深浅按七分位",
                    "A cell a day, shaded by sevenths of the days",
                );
                format!("{words} · {basis}")
            }
            false => {
                t(lang, "每格一日 · 已收 / 应收", "A cell a day, received of expected").to_owned()
            }
        };
        let days = load.answer(|it| format!(" · {} – {}", it.from, it.to));
        cells + &days.unwrap_or_default()
    };
    let least = number::threshold(COMPLETENESS_THRESHOLD);
    let note = move || match (by_tce.get(), lang) {
        (true, Lang::Zh) => "斜纹：缺报；圆点：手工填报".to_owned(),
        (true, Lang::En) => "Hatched: missing; dot: entered by hand".to_owned(),
        (false, Lang::Zh) => format!("描边：低于 {least}；斜纹：缺报；圆点：手工填报"),
        (false, Lang::En) => {
            format!("Outlined: below {least}; hatched: missing; dot: entered by hand")
        }
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            id="calendar"
            title
            subtitle=Signal::derive(subtitle)
            note=Signal::derive(note)
            above=move || view! { <div class="chart-bar"><MeasureSwitch by_tce /></div> }
            height=172.0
            crosshair=false
            layout=move |it, width, height| scene(&it.days, by_tce.get(), width, height, lang)
            tip=move |it, row| it.days.get(row).map(|day| tip(day, lang))
            table=move |it| table(&it.days, lang)
            is_empty=Box::new(|it| it.days.is_empty())
            empty=t(lang, "本期没有应收数据。", "Nothing was expected in the span.")
            drill_down=Box::new(move |it, row| {
                Some(DrillDown::period(&it.days.get(row)?.day).with("unit", code.0.get_untracked()))
            })
            on_select=Box::new(move |it, row| {
                let day = it.days.get(row).map(|it| it.day.clone());
                url.set(&[("day", day), ("readings", None)]);
            })
        />
    }
}

/// 完整率 / 能耗, in the address.
#[component]
fn MeasureSwitch(by_tce: Memo<bool>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |tce: bool, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (by_tce.get() == tce).to_string()
                on:click=move |_| url.set(&[("calendar", tce.then(|| "tce".to_owned()))])
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=t(lang, "日历的指标", "What the calendar shows")>
            {side(false, t(lang, "完整率", "Completeness"))} {side(true, t(lang, "能耗", "Consumption"))}
        </div>
    }
}
