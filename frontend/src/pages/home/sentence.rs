//! The first sentence of an account: every figure that is not zero, each a link.

use leptos::prelude::*;
use nengce_shared::api::home::{Home, HomeFigure};
use nengce_shared::lang::Lang;
use nengce_shared::number::{grouped, signed_percent};

use crate::format::{sign_class, sized_tce};
use crate::i18n::t;

/// The value with its whole, and the unit: `97/97` and 「点」.
pub fn value(it: &HomeFigure, lang: Lang) -> (String, String) {
    let number = |value: f64| {
        let decimals = match value.abs() {
            it if (it - it.round()).abs() < 1e-9 => 0,
            it if it < 1.0 => 3,
            it if it < 10.0 => 2,
            _ => 1,
        };
        grouped(value, decimals)
    };
    match it.value {
        None => ("—".to_owned(), String::new()),
        Some(tce) if it.unit_en == "tce" => {
            let (figure, unit) = sized_tce(tce, lang);
            (figure, unit.to_owned())
        }
        Some(value) => {
            let whole = it.of.map(|it| format!("/{}", number(it))).unwrap_or_default();
            (number(value) + &whole, lang.pick(&it.unit_zh, &it.unit_en).to_owned())
        }
    }
}

/// 「同比 −2.1%」 with its class; nothing without a comparison.
pub fn change(it: &HomeFigure, lang: Lang) -> Option<impl IntoView + use<>> {
    let change = it.change?;
    let words = t(lang, "同比 ", "on the year ");
    Some(
        view! { <span class="note">{words}<b class=sign_class(Some(change))>{signed_percent(Some(change))}</b></span> },
    )
}

/// 「断报 3 家；从未上报 2 家。」 The figures of a first page, or that there is nothing to say.
pub fn sentence(home: &Home, lang: Lang) -> AnyView {
    let told: Vec<_> = home.parts.iter().flat_map(|it| told(&it.figures, &it.name)).collect();
    if told.is_empty() {
        return ().into_any();
    }
    let last = told.len() - 1;
    let clauses = told.into_iter().enumerate().map(|(at, (key, it))| {
        let link = it.link.clone();
        let it = if at == 0 { beginning(it) } else { it };
        let end = if at == last { t(lang, "。", ".") } else { t(lang, "；", "; ") };
        view! { <a href=link data-figure=key>{clause(&it, lang)}</a>{end} }
    });
    view! { <span class="home-sentence" data-testid="sentence">{clauses.collect_view()}</span> }
        .into_any()
}

/// The same without links, for a card of the sign-in page.
pub fn plain_sentence(home: &Home, lang: Lang) -> AnyView {
    let told: Vec<_> = home.parts.iter().flat_map(|it| told(&it.figures, &it.name)).collect();
    let clauses = told.into_iter().enumerate().map(|(at, (_, it))| {
        let it = if at == 0 { beginning(it) } else { it };
        let begin = if at == 0 { "" } else { t(lang, "；", "; ") };
        view! { {begin}{clause(&it, lang)} }
    });
    clauses.collect_view().into_any()
}

/// The figure whose label begins a sentence.
fn beginning(mut it: HomeFigure) -> HomeFigure {
    let mut letters = it.en.chars();
    if let Some(first) = letters.next() {
        it.en = first.to_uppercase().chain(letters).collect();
    }
    it
}

fn told(figures: &[HomeFigure], part: &str) -> Vec<(String, HomeFigure)> {
    let is_told = |it: &&HomeFigure| it.value.is_some_and(|it| it != 0.0) || it.of.is_some();
    figures.iter().filter(is_told).map(|it| (format!("{part}.{}", it.name), it.clone())).collect()
}

fn clause(it: &HomeFigure, lang: Lang) -> impl IntoView + use<> {
    let (figure, unit) = value(it, lang);
    let label = lang.pick(&it.zh, &it.en).to_owned();
    view! { {label}" "<b class:worse=it.is_late>{figure}</b>" "{unit}{change(it, lang).map(|it| view! { {t(lang, "，", ", ")}{it} })} }
}
