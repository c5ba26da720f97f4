//! The brush's bars and its axis of years and quarters. No events.

use leptos::prelude::*;
use nengce_shared::api::meta::TimelineMonth;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::drag::Span;
use crate::format::{city_unit, month_long, month_short, year_month};
use crate::i18n::use_lang;

#[component]
pub fn Bars(months: Memo<Vec<TimelineMonth>>, span: Memo<Option<Span>>) -> impl IntoView {
    let lang = use_lang();
    let count = Memo::new(move |_| months.with(Vec::len));
    let top = Memo::new(move |_| {
        let known = |it: &Vec<TimelineMonth>| it.iter().filter_map(|it| it.tce).fold(0.0, f64::max);
        months.with(known)
    });
    // A bar stays what it is while its height follows the choice.
    let bar = move |index: usize| {
        let month = Memo::new(move |_| months.with(|it| it.get(index).cloned()));
        let share = move || {
            let (tce, top) = (month.with(|it| it.as_ref()?.tce)?, top.get());
            (top > 0.0).then(|| (tce / top * 100.0).clamp(0.0, 100.0))
        };
        let unfinished =
            move || month.with(|it| it.as_ref().is_some_and(|it| it.days_done < it.days_total));
        let title = move || month.with(|it| it.as_ref().map(|it| says(it, lang)));
        view! {
            <i
                class="bar"
                class:selected=move || span.get().is_some_and(|it| it.contains(index))
                class:unfinished=unfinished
                class:missing=move || share().is_none()
                style:height=move || format!("{:.1}%", share().unwrap_or(100.0))
                title=title
            ></i>
        }
    };
    move || (0..count.get()).map(bar).collect_view()
}

/// Years in full, quarters between.
#[component]
pub fn Axis(months: Memo<Vec<TimelineMonth>>) -> impl IntoView {
    let lang = use_lang();
    let periods = Memo::new(move |_| {
        months.with(|it| it.iter().map(|it| it.period.clone()).collect::<Vec<_>>())
    });
    move || {
        let periods = periods.get();
        let count = periods.len().max(1) as f64;
        let labels = periods
            .iter()
            .enumerate()
            .filter_map(|(index, period)| {
                let (year, month) = year_month(period)?;
                let text = match month {
                    1 => year.to_string(),
                    4 | 7 | 10 if count <= 60.0 => month_short(month, lang),
                    _ => return None,
                };
                let left = format!("{:.3}%", index as f64 / count * 100.0);
                Some(view! { <span class:year=month == 1 style:left=left>{text}</span> })
            })
            .collect_view();
        view! { <div class="brush-axis" aria-hidden="true">{labels}</div> }
    }
}

fn says(month: &TimelineMonth, lang: Lang) -> String {
    let mut text = format!(
        "{} {} {}",
        month_long(&month.period, lang),
        number::ten_thousand_tce(month.tce),
        city_unit(lang)
    );
    if month.days_done < month.days_total {
        let (done, total) = (month.days_done, month.days_total);
        text.push_str(&match lang {
            Lang::Zh => format!(" · 未完 {done}/{total} 天"),
            Lang::En => format!(" · {done} of {total} days"),
        });
    }
    text
}
