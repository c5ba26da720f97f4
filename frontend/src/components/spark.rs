//! Small drawings inside table cells: sparkline, difference lollipop on a common zero, score bar. SVG; no axes, no events.

use leptos::prelude::*;
use nengce_shared::number;

/// A line of 58 × 18 with a dot on its last value; gaps stay gaps.
pub fn sparkline(values: &[Option<f64>]) -> impl IntoView + use<> {
    let (path, last) = trace(values);
    view! {
        <svg class="spark" viewBox="0 0 58 18" aria-hidden="true">
            <path d=path></path>
            {last.map(|(x, y)| view! { <circle cx=x cy=y r="1.8"></circle> })}
        </svg>
    }
}

/// The same line of values that change; the drawing stays and only its path and its dot move.
#[component]
pub fn Sparkline(#[prop(into)] values: Signal<Vec<Option<f64>>>) -> impl IntoView {
    let drawn = Memo::new(move |_| values.with(|it| trace(it)));
    let last = move |part: fn((String, String)) -> String| {
        move || drawn.with(|(_, last)| last.clone().map(part))
    };
    view! {
        <svg class="spark" viewBox="0 0 58 18" aria-hidden="true">
            <path d=move || drawn.with(|(path, _)| path.clone())></path>
            <circle cx=last(|it| it.0) cy=last(|it| it.1) r=last(|_| "1.8".to_owned())></circle>
        </svg>
    }
}

/// The path of a sparkline and the place of its last value.
fn trace(values: &[Option<f64>]) -> (String, Option<(String, String)>) {
    const W: f64 = 58.0;
    const H: f64 = 18.0;
    let known: Vec<f64> = values.iter().flatten().copied().filter(|it| it.is_finite()).collect();
    let (low, high) =
        known.iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    let place = |index: usize, value: f64| {
        let x = 2.0 + (W - 5.0) * index as f64 / (values.len().max(2) - 1) as f64;
        let y = if high > low { 2.0 + (H - 4.0) * (high - value) / (high - low) } else { H / 2.0 };
        (format!("{x:.1}"), format!("{y:.1}"))
    };
    let mut path = String::new();
    let mut last = None;
    let mut pen_down = false;
    for (index, value) in values.iter().enumerate() {
        match value.filter(|it| it.is_finite()) {
            Some(value) => {
                let (x, y) = place(index, value);
                path.push_str(&format!("{}{x} {y}", if pen_down { "L" } else { "M" }));
                pen_down = true;
                last = Some((x, y));
            }
            None => pen_down = false,
        }
    }
    (path, last)
}

/// A difference on a zero line shared by the column, with its figure. `reach` is the column's largest size.
pub fn lollipop(value: Option<f64>, reach: f64, text: String) -> impl IntoView {
    let at =
        value.map(|it| 30.0 + (if reach > 0.0 { it / reach } else { 0.0 }).clamp(-1.0, 1.0) * 25.0);
    let class = match value {
        Some(it) if it > 0.0 => "lollipop worse",
        Some(it) if it < 0.0 => "lollipop better",
        _ => "lollipop",
    };
    view! {
        <span class=class>
            <svg viewBox="0 0 60 18" aria-hidden="true">
                <path class="zero" d="M30 2V16"></path>
                {at.map(|x| view! {
                    <path class="stem" d=format!("M30 9H{x:.1}")></path>
                    <circle cx=format!("{x:.1}") cy="9" r="3"></circle>
                })}
            </svg>
            <span>{text}</span>
        </span>
    }
}

/// A bar of parts against the largest whole; each part has a class of its own.
pub fn score_bar(parts: &[(f64, &'static str)], whole: f64) -> impl IntoView + use<> {
    let parts = parts
        .iter()
        .filter(|(points, _)| *points > 0.0 && whole > 0.0)
        .map(|(points, class)| {
            let width = format!("{:.2}%", points / whole * 100.0);
            view! { <i class=*class style:width=width title=number::grouped(*points, 0)></i> }
        })
        .collect_view();
    view! { <span class="score-bar" aria-hidden="true">{parts}</span> }
}
