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
    move || {
        let months = months.get();
        let top = months.iter().filter_map(|it| it.tce).fold(0.0, f64::max);
        months
            .into_iter()
            .enumerate()
            .map(|(index, month)| {
                let height = month
                    .tce
                    .filter(|_| top > 0.0)
                    .map(|it| (it / top * 100.0).clamp(0.0, 100.0));
                let title = says(&month, lang);
                view! {
                    <i
                        class="bar"
                        class:chosen=move || span.get().is_some_and(|it| it.contains(index))
                        class:unfinished=month.days_done < month.days_total
                        class:missing=height.is_none()
                        style:height=format!("{:.1}%", height.unwrap_or(100.0))
                        title=title
                    ></i>
                }
            })
            .collect_view()
    }
}

/// Years in full, quarters between.
#[component]
pub fn Axis(months: Memo<Vec<TimelineMonth>>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let months = months.get();
        let count = months.len().max(1) as f64;
        let labels = months
            .iter()
            .enumerate()
            .filter_map(|(index, month)| {
                let (year, month) = year_month(&month.period)?;
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
