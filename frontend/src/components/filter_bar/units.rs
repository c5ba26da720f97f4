//! The selected units: a chip each, whose name links to the unit's page and whose cross deselects it. Units are
//! selected in charts and tables; there is no list of thousands here.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::i18n::{t, use_lang};
use crate::snapshot::unit_name;
use crate::style::icons::Icon;
use crate::url_state::{UrlState, use_url_state};

/// Units with a chip of their own; more are counted.
const NAMED: usize = 4;

#[component]
pub fn UnitChips() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let units = Memo::new(move |_| url.selection.with(|it| it.units.clone()));
    move || {
        let codes = units.get();
        match codes.len() {
            0 => None,
            1..=NAMED => {
                Some(codes.into_iter().map(|it| named(it, url, lang)).collect_view().into_any())
            }
            several => Some(counted(several, url, lang).into_any()),
        }
    }
}

fn named(code: String, url: UrlState, lang: Lang) -> impl IntoView {
    let (of, mine) = (code.clone(), code.clone());
    let name = Signal::derive(move || unit_name(&of));
    let page = format!("/units/{code}");
    view! {
        <span class="chip chip-value chip-unit" data-code=code>
            <a href=move || url.href(&page)><b>{name}</b></a>
            <button
                type="button"
                aria-label=move || format!("{} {}", t(lang, "清除", "Clear"), name.get())
                on:click=move |_| url.update(|it| it.units.retain(|it| *it != mine))
            >
                {Icon::Close.view()}
            </button>
        </span>
    }
}

fn counted(several: usize, url: UrlState, lang: Lang) -> impl IntoView {
    let text = match lang {
        Lang::Zh => format!("已选 {several} 家单位"),
        Lang::En => format!("{several} units selected"),
    };
    view! {
        <span class="chip chip-value chip-unit">
            <b>{text.clone()}</b>
            <button
                type="button"
                aria-label=format!("{} {text}", t(lang, "清除", "Clear"))
                on:click=move |_| url.update(|it| it.units.clear())
            >
                {Icon::Close.view()}
            </button>
        </span>
    }
}
