//! Shows the received share of the last days: a bar per day against the line of the least completeness. A silent day
//! is hatched, a day with nothing due is empty.

use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use crate::i18n::{t, use_lang};

/// received / expected by day, oldest first; `None` where nothing was due.
#[component]
pub fn Received(days: Vec<Option<f64>>) -> impl IntoView {
    let lang = use_lang();
    let known: Vec<f64> = days.iter().flatten().copied().collect();
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    let (count, average) = (days.len(), number::completeness(mean));
    let says = match lang {
        Lang::Zh => format!("近 {count} 天收数率，平均 {average}"),
        Lang::En => format!("Received in the last {count} days, {average} on average"),
    };
    let bars = days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let (class, height) = look(*day);
            let ago = count - at;
            let title = match (day, lang) {
                (None, Lang::Zh) => format!("{ago} 天前：无应收"),
                (None, Lang::En) => format!("{ago} days ago: nothing was due"),
                (_, Lang::Zh) => format!("{ago} 天前：{}", number::completeness(*day)),
                (_, Lang::En) => format!("{ago} days ago: {}", number::completeness(*day)),
            };
            view! { <i class=class style:height=format!("{height:.0}%") title=title></i> }
        })
        .collect_view();
    let gap = longest_gap(&days).map(|(at, length)| {
        let middle = (at as f64 + length as f64 / 2.0) / count.max(1) as f64 * 100.0;
        // What reaches the first of the days shown may have begun earlier.
        let more = if at == 0 { "≥ " } else { "" };
        let words = match lang {
            Lang::Zh => format!("断报 {more}{length} 天"),
            Lang::En => format!("silent {more}{length} d"),
        };
        view! { <span class="gap" style:left=format!("{:.0}%", middle.clamp(22.0, 78.0))>{words}</span> }
    });
    let least = number::threshold(COMPLETENESS_THRESHOLD);
    let limit = match lang {
        Lang::Zh => format!("应收 {least}"),
        Lang::En => format!("{least} due"),
    };
    view! {
        <figure class="received" data-testid="received">
            <figcaption>{says.clone()}</figcaption>
            <div class="received-bars" role="img" aria-label=says>
                {bars}
                <span class="limit" aria-hidden="true" style:bottom=number::threshold(COMPLETENESS_THRESHOLD)>
                    <em>{limit}</em>
                </span>
            </div>
            <p class="received-axis" aria-hidden="true">
                <span>{format!("{count} {}", t(lang, "天前", "days ago"))}</span>
                {gap}
                <span>{t(lang, "昨日", "yesterday")}</span>
            </p>
        </figure>
    }
}

/// Class and height of a day's bar in per cent.
fn look(day: Option<f64>) -> (&'static str, f64) {
    match day {
        None => ("none", 0.0),
        Some(it) if it <= 0.0 => ("missing", 100.0),
        Some(it) if it < COMPLETENESS_THRESHOLD => ("low", it * 100.0),
        Some(it) => ("ok", it.min(1.0) * 100.0),
    }
}

/// First day and length of the longest silence of two days or more.
fn longest_gap(days: &[Option<f64>]) -> Option<(usize, usize)> {
    let silent = |it: &Option<f64>| it.is_some_and(|it| it <= 0.0);
    (0..days.len())
        .map(|at| (at, days[at..].iter().take_while(|it| silent(it)).count()))
        .filter(|it| it.1 >= 2)
        .max_by_key(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_neither_a_low_day_nor_one_with_nothing_due() {
        assert_eq!(look(None).0, "none");
        assert_eq!(look(Some(0.0)), ("missing", 100.0));
        assert_eq!(look(Some(0.5)), ("low", 50.0));
        assert_eq!(look(Some(0.9)).0, "ok");
        let days = [None, None, Some(0.0), Some(0.0), Some(1.0), Some(0.0)];
        assert_eq!(longest_gap(&days), Some((2, 2)));
        assert_eq!(longest_gap(&[None, Some(0.0), Some(0.4)]), None);
    }
}
