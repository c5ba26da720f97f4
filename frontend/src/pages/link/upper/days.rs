//! How complete the last 14 days are at a platform above: a strip, oldest at the left, and the same as a table.

use leptos::prelude::*;
use nengce_shared::api::link::{LinkDay, UpperPlatform};
use nengce_shared::lang::Lang;

use super::super::words::count;
use crate::components::table::{Column, DataTable};
use crate::day::Day;
use crate::export::Cell;
use crate::i18n::{t, use_lang};

/// Days of the strip.
const DAYS: usize = 14;

/// Item-days of the day that are above, among all that are to be there; none where nothing is.
fn share(it: &LinkDay) -> Option<f64> {
    let all = it.sent + it.due;
    (all > 0).then(|| it.sent as f64 / all as f64)
}

/// The calendar days of the strip, oldest first; a day that the answer does not name has no values.
fn calendar(days: &[LinkDay]) -> Vec<(String, Option<LinkDay>)> {
    let Some(newest) = days.iter().filter_map(|it| Day::read(&it.day)).max() else {
        return Vec::new();
    };
    let named = |day: Day| {
        let day = day.to_string();
        let found = days.iter().find(|it| it.day == day).cloned();
        (day, found)
    };
    let back = std::iter::successors(Some(newest), |it| Some(it.previous_day()));
    let mut all: Vec<_> = back.take(DAYS).map(named).collect();
    all.reverse();
    all
}

#[component]
pub fn Days(upper: Memo<Option<UpperPlatform>>) -> impl IntoView {
    let lang = use_lang();
    let rows = Memo::new(move |_| {
        upper.with(|it| it.as_ref().map(|it| it.days.clone()).unwrap_or_default())
    });
    let label = t(lang, "近 14 天在上级的完整情况", "How complete the last 14 days are above");
    view! {
        <Show
            when=move || rows.with(|it| !it.is_empty())
            fallback=move || view! {
                <p class="note link-more" data-testid="no-days">{t(lang, "还没有一天的数据要上报，完整情况无从说起。", "No day has data to send yet, so nothing can be said of completeness.")}</p>
            }
        >
            <figure class="link-days" data-testid="link-days">
                <figcaption class="note">{label}{t(lang, "：实心已送，斜纹待送，▲ 有数据被拒绝", ": solid is sent, hatched waits, ▲ values refused")}</figcaption>
                <div class="link-strip" aria-hidden="true">
                    {move || calendar(&rows.get()).into_iter().map(|(day, it)| bar(&day, it.as_ref(), lang)).collect_view()}
                </div>
                <div class="received-axis" aria-hidden="true">{move || {
                    let all = calendar(&rows.get());
                    let end = |it: Option<&(String, Option<LinkDay>)>| {
                        it.map(|it| it.0.get(5..).unwrap_or_default().to_owned())
                    };
                    view! { <span>{end(all.first())}</span><span>{end(all.last())}</span> }
                }}</div>
            </figure>
            <details class="link-table">
                <summary>{t(lang, "按日看数字", "The figures by day")}</summary>
                <DataTable label columns=columns(lang) rows key=|it: &LinkDay| it.day.clone() />
            </details>
        </Show>
    }
}

/// A day: sent from the bottom, what waits hatched above it, a triangle where values were refused.
fn bar(day: &str, it: Option<&LinkDay>, lang: Lang) -> impl IntoView + use<> {
    let share = it.and_then(share);
    let refused = it.map_or(0, |it| it.refused);
    let title = match it {
        None => format!("{day} {}", t(lang, "没有数据", "no values")),
        Some(it) => {
            let (sent, due, refused) = (count(it.sent), count(it.due), count(it.refused));
            match lang {
                Lang::Zh => format!("{day} 已送 {sent} 项，待送 {due} 项，拒绝 {refused} 条"),
                Lang::En => {
                    format!("{day}: {sent} items sent, {due} to send, {refused} values refused")
                }
            }
        }
    };
    let class = if share.is_some() { "link-day" } else { "link-day none" };
    let height = format!("{:.1}%", share.unwrap_or(0.0) * 100.0);
    view! {
        <i class=class title=title>
            <b>{(refused > 0).then_some("▲")}</b>
            <span><em style:height=height></em></span>
        </i>
    }
}

fn columns(lang: Lang) -> Vec<Column<LinkDay>> {
    let figure = |head: &'static str, of: fn(&LinkDay) -> u64| {
        Column::new(head, move |it: &LinkDay| Cell::Figure(Some(of(it) as f64), 0))
            .number()
            .in_narrow()
            .sort_number(move |it| Some(of(it) as f64))
    };
    vec![
        Column::new(t(lang, "日期", "Day"), |it: &LinkDay| Cell::text(it.day.clone()))
            .in_narrow()
            .sort_text(|it| it.day.clone()),
        figure(t(lang, "已送项", "Items sent"), |it| it.sent),
        figure(t(lang, "待送项", "To send"), |it| it.due),
        figure(t(lang, "拒绝条", "Values refused"), |it| it.refused),
        Column::new(t(lang, "完整率", "Complete"), |it: &LinkDay| Cell::Completeness(share(it)))
            .number()
            .in_narrow()
            .sort_number(share),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, sent: u64, due: u64) -> LinkDay {
        LinkDay { day: day.to_owned(), sent, due, refused: 0 }
    }

    #[test]
    fn the_strip_has_each_day_and_leaves_days_without_values_open() {
        let all = calendar(&[day("2026-03-02", 4, 1), day("2026-02-28", 5, 0)]);
        assert_eq!(all.len(), DAYS);
        assert_eq!(all[0].0, "2026-02-17");
        let named: Vec<_> =
            all.iter().filter(|it| it.1.is_some()).map(|it| it.0.as_str()).collect();
        assert_eq!(named, ["2026-02-28", "2026-03-02"]);
        assert!(calendar(&[]).is_empty());
    }

    #[test]
    fn a_day_with_nothing_to_send_has_no_share() {
        assert_eq!(share(&day("2026-03-02", 0, 0)), None);
        assert_eq!(share(&day("2026-03-02", 3, 1)), Some(0.75));
    }
}
