//! The panel of one task: its figures as cells, and the first rows of what stands behind them.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::home::{Home, HomeFigure, HomePart, HomeRow};
use nengce_shared::lang::Lang;

use super::sentence::{change, value};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn PartPanel(data: Signal<Arc<Home>>, name: String) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let part =
        Memo::new(move |_| data.with(|it| it.parts.iter().find(|it| it.name == name).cloned()));
    let of = move |take: fn(&HomePart, Lang) -> String| {
        Signal::derive(move || {
            part.with(|it| it.as_ref().map(|it| take(it, lang)).unwrap_or_default())
        })
    };
    let title = of(|it, lang| lang.pick(&it.zh, &it.en).to_owned());
    let subtitle = of(|it, lang| lang.pick(&it.about_zh, &it.about_en).to_owned());
    let id = part.with_untracked(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let figures = move || part.get().map(|it| it.figures).unwrap_or_default();
    let rows = Memo::new(move |_| part.get().map(|it| it.rows).unwrap_or_default());
    let more = move || {
        part.get().and_then(|it| {
            let hidden = it.rows_total.saturating_sub(it.rows.len() as u64);
            let words = match lang {
                Lang::Zh => format!("另有 {hidden} 条"),
                Lang::En => format!("{hidden} more"),
            };
            (hidden > 0)
                .then(|| view! { <p class="home-more"><a href=it.link.clone()>{words}</a></p> })
        })
    };
    let has_rows = move || rows.with(|it| !it.is_empty());
    view! {
        <Panel class="capped" title subtitle>
            <div class="home-figures" id=format!("part-{id}")>
                <For each=figures key=|it| format!("{}{:?}{:?}{:?}{}", it.name, it.value, it.of, it.change, it.link) children=move |it| cell(&it, lang) />
            </div>
            <Show when=has_rows>
                {
                    let (heads, has_notes) = rows.with_untracked(|it| (
                        it.first().map(|it| it.figures.clone()).unwrap_or_default(),
                        it.iter().any(|it| !it.note_en.is_empty()),
                    ));
                    view! { <DataTable label=title columns=columns(&heads, has_notes, url, lang) rows key=|row: &HomeRow| format!("{} {}", row.link, row.zh) /> }
                }
            </Show>
            {more}
        </Panel>
    }
}

fn cell(it: &HomeFigure, lang: Lang) -> impl IntoView + use<> {
    let (figure, unit) = value(it, lang);
    view! {
        <a href=it.link.clone() data-figure=it.name.clone()>
            <span class="kpi-label">{lang.pick(&it.zh, &it.en).to_owned()}</span>
            <span class="kpi-value"><b class:worse=it.is_late>{figure}</b><span class="unit">{unit}</span></span>
            {change(it, lang)}
        </a>
    }
}

fn columns(
    heads: &[HomeFigure],
    has_notes: bool,
    url: UrlState,
    lang: Lang,
) -> Vec<Column<HomeRow>> {
    let name = Column::new(t(lang, "名称", "Name"), move |row: &HomeRow| {
        Cell::text(lang.pick(&row.zh, &row.en))
    })
    .in_narrow()
    .class("narrow")
    .show(move |row| {
        // A finding opens beside this page.
        let finding = row.link.split_once("finding=").map(|it| it.1.to_owned());
        let link = row.link.clone();
        let link = move || match &finding {
            Some(it) => url.href_here(&[("finding", Some(it.clone()))]),
            None => link.clone(),
        };
        view! { <a href=link>{lang.pick(&row.zh, &row.en).to_owned()}</a> }
    });
    let note = Column::new(t(lang, "情况", "State"), move |row: &HomeRow| {
        Cell::text(lang.pick(&row.note_zh, &row.note_en))
    })
    .in_narrow()
    .class("sentence");
    let figures = heads.iter().enumerate().map(|(at, head)| {
        let of = move |row: &HomeRow| row.figures.get(at).and_then(|it| it.value);
        Column::new(lang.pick(&head.zh, &head.en).to_owned(), move |row: &HomeRow| {
            Cell::Figure(of(row), 0)
        })
        .number()
        .show(move |row| {
            row.figures.get(at).map(|it| {
                let (figure, unit) = value(it, lang);
                // The head of a table's column names a unit that all rows share.
                let unit = (it.unit_en == "tce").then_some(unit);
                view! { <b class:worse=it.is_late>{figure}</b>" "{unit}" "{change(it, lang)} }
            })
        })
        .sort_number(of)
    });
    std::iter::once(name).chain(has_notes.then_some(note)).chain(figures).collect()
}
