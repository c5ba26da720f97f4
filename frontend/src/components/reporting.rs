//! Whether units report today: a badge for one unit, counts for many, and filters by it.

use leptos::prelude::*;
use nengce_shared::api::common::{Reporting, ReportingCounts, Scope};
use nengce_shared::lang::Lang;
use nengce_shared::reporting_state::ReportingState;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::level_shape;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, joined, toggle_value, use_url_state};

/// The key of the address that holds the states looked for.
const REPORTING_KEY: &str = "reporting";

/// Shape and words: 「▲ 断报 14 天，自 11-12」.
pub fn reporting_badge(reporting: &Reporting, lang: Lang) -> AnyView {
    let (class, level) = match reporting.state {
        ReportingState::Never | ReportingState::Silent => ("badge lv1", WarningLevel::Level1),
        ReportingState::Resumed => ("badge lv2", WarningLevel::Level2),
        ReportingState::NotDue => ("badge lv-none", WarningLevel::Pending),
        ReportingState::Reporting => ("badge lv3", WarningLevel::Level3),
    };
    let state = reporting.state.as_str();
    view! { <span class=class data-reporting=state>{level_shape(level)}<span>{reporting_words(reporting, lang)}</span></span> }
        .into_any()
}

/// The state with its day and its length.
pub fn reporting_words(reporting: &Reporting, lang: Lang) -> String {
    let word = reporting.state.label(lang);
    let (Some(since), Some(days)) = (&reporting.since, reporting.days) else {
        return word.to_owned();
    };
    match (reporting.state, lang) {
        (ReportingState::Silent, Lang::Zh) => format!("{word} {days} 天，自 {since}"),
        (ReportingState::Silent, Lang::En) => format!("{word} for {days} days, since {since}"),
        (ReportingState::Resumed, Lang::Zh) => format!("{since} {word}，此前断 {days} 天"),
        (ReportingState::Resumed, Lang::En) => {
            format!("{word} on {since} after {days} days")
        }
        (ReportingState::Never, Lang::Zh) => format!("{word}，已 {days} 天"),
        (ReportingState::Never, Lang::En) => format!("{word}, for {days} days"),
        _ => word.to_owned(),
    }
}

/// The order of a list: whoever never reported first, then the longest silence, whoever reports last.
pub fn urgency(reporting: &Reporting) -> f64 {
    f64::from(reporting.state.code()) - f64::from(reporting.days.unwrap_or(0)) / 100_000.0
}

/// 「今日 271/286 家上报，12 家断报，3 家从未上报」; each count of units without data opens their list.
pub fn today(counts: &ReportingCounts, url: UrlState, lang: Lang) -> AnyView {
    let all: u32 = ReportingState::ALL.iter().map(|state| counts.of(*state)).sum();
    if all == 0 {
        return ().into_any();
    }
    let came = counts.reporting + counts.resumed;
    let words = match lang {
        Lang::Zh => format!("今日 {came}/{all} 家上报"),
        Lang::En => format!("{came} of {all} units report today"),
    };
    let links = [ReportingState::Silent, ReportingState::Never, ReportingState::NotDue]
        .into_iter()
        .filter(|state| counts.of(*state) > 0)
        .map(|state| {
            let words = match lang {
                Lang::Zh => format!("{} 家{}", counts.of(state), state.label(lang)),
                Lang::En => format!("{} {}", counts.of(state), state.label(lang)),
            };
            let href = move || url.href_with("/units", &[(REPORTING_KEY, Some(state.to_string()))]);
            view! { {t(lang, "，", ", ")}<a href=href data-reporting-link=state.as_str()>{words}</a> }
        })
        .collect_view();
    view! { <span data-testid="reporting-today">{words}{links}</span> }.into_any()
}

/// Filters of the list of units: each state with its count, and units without data in the span.
#[component]
pub fn ReportingChips(scope: Signal<Option<Scope>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let values = move || -> Vec<String> {
        url.get(REPORTING_KEY)
            .map_or_else(Vec::new, |it| it.split(',').map(str::to_owned).collect())
    };
    let chips = ReportingState::ALL
        .iter()
        .map(|state| {
            let word = state.as_str();
            let number =
                move || scope.with(|it| it.as_ref().map(|it| it.reporting_today.of(*state)));
            let toggle = move |_| {
                let mut states = untrack(values);
                toggle_value(&mut states, word.to_owned(), true);
                url.set(&[(REPORTING_KEY, joined(&states)), ("cursor", None)]);
            };
            view! {
                <button
                    type="button"
                    class="chip"
                    data-testid=format!("reporting-{word}")
                    aria-pressed=move || values().iter().any(|it| it == word).to_string()
                    on:click=toggle
                >
                    {state.label(lang)}" "{number}
                </button>
            }
        })
        .collect_view();
    let without = move || url.get("data").as_deref() == Some("none");
    let toggle_without = move |_| {
        let wanted = !untrack(without);
        url.set(&[("data", wanted.then(|| "none".to_owned())), ("cursor", None)]);
    };
    view! {
        {chips}
        <button
            type="button"
            class="chip"
            data-testid="data-none"
            aria-pressed=move || without().to_string()
            on:click=toggle_without
        >
            {t(lang, "本期无数据", "No data in the span")}
        </button>
    }
}
