//! The coal-equivalent factors of a year with their sources. The year stands in the address.

use leptos::prelude::*;
use nengce_shared::api::meta::FactorRow;
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::meta::use_meta;
use crate::export::Cell;
use crate::format::{certainty_word, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn FactorsPanel() -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let load = use_load::<Vec<FactorRow>>(|| Some("/api/v1/factors".to_owned()));
    let year_of = |day: Option<&str>| day?.get(..4)?.parse::<i32>().ok();
    let years = Memo::new(move |_| {
        meta.with(|it| {
            let it = it.as_ref()?;
            Some((year_of(it.data_from.as_deref())?, year_of(it.data_until.as_deref())?))
        })
    });
    let year = Memo::new(move |_| {
        let asked = url.get("year").and_then(|it| it.parse().ok());
        asked.or_else(|| years.get().map(|it| it.1))
    });
    let choices = move || {
        let (first, last) = years.get()?;
        let side = move |it: i32| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || (year.get() == Some(it)).to_string()
                    on:click=move |_| url.set(&[("year", Some(it.to_string()))])
                >
                    {it}
                </button>
            }
        };
        Some(
            view! { <div class="segment scrolls" role="group">{(first..=last).map(side).collect_view()}</div> },
        )
    };
    let subtitle = move || match (year.get(), lang) {
        (Some(year), Lang::Zh) => format!("{year} 年有效 · kgce / 计量单位"),
        (Some(year), Lang::En) => format!("in force in {year} · kgce per unit"),
        (None, _) => String::new(),
    };
    let title = t(lang, "折标系数", "Coal-equivalent factors");
    view! {
        <Panel id="factors" class="apart" title subtitle=Signal::derive(subtitle)>
            {choices}
            <Loaded load height=320 let:data>
                <div class="fold">
                    <DataTable
                        label=title
                        columns=columns(lang)
                        rows=Memo::new(move |_| data.with(|it| {
                            let year = year.get();
                            it.iter().filter(|it| is_in_force(it, year)).cloned().collect::<Vec<_>>()
                        }))
                        key=|row: &FactorRow| format!("{} {} {}", row.energy_type, row.basis, row.valid_from)
                        empty=t(lang, "这一年没有系数。", "No factor is in force in this year.")
                    />
                </div>
            </Loaded>
        </Panel>
    }
}

/// Whether the factor holds on some day of the year; without a year every factor is shown.
fn is_in_force(row: &FactorRow, year: Option<i32>) -> bool {
    let of = |day: &str| day.get(..4).and_then(|it| it.parse::<i32>().ok());
    year.is_none_or(|year| {
        of(&row.valid_from).is_none_or(|it| it <= year)
            && row.valid_to.as_deref().and_then(of).is_none_or(|it| it >= year)
    })
}

fn columns(lang: Lang) -> Vec<Column<FactorRow>> {
    vec![
        Column::new(t(lang, "能源", "Energy"), move |row: &FactorRow| {
            Cell::text(lang.pick(&row.zh, &row.en))
        })
        .in_narrow()
        .sort_text(|row| row.energy_type.clone()),
        Column::new(t(lang, "口径", "Basis"), move |row: &FactorRow| {
            Cell::text(row.basis.label(lang))
        })
        .in_narrow()
        .sort_text(|row| row.basis.to_string()),
        Column::new("kgce", |row: &FactorRow| Cell::Figure(Some(row.kgce_per_unit), 4))
            .number()
            .in_narrow()
            .sort_number(|row| Some(row.kgce_per_unit)),
        Column::new(t(lang, "计量单位", "Per"), move |row: &FactorRow| {
            Cell::text(unit_words(&row.quantity_unit, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "有效期", "In force"), move |row: &FactorRow| {
            Cell::text(validity(row, lang))
        })
        .class("dates"),
        Column::new(t(lang, "版本", "Edition"), |row: &FactorRow| {
            Cell::text(row.edition.clone())
        })
        .class("sentence"),
        Column::new(t(lang, "来源", "Source"), move |row: &FactorRow| {
            Cell::text(lang.pick(&row.source_zh, &row.source))
        })
        .class("sentence"),
        Column::new(t(lang, "把握", "Certainty"), move |row: &FactorRow| {
            Cell::text(certainty_word(&row.certainty, lang))
        }),
    ]
}

/// 「2000-01-01 起」, or from a day until a day.
fn validity(row: &FactorRow, lang: Lang) -> String {
    let from = &row.valid_from;
    match (&row.valid_to, lang) {
        (Some(to), _) => format!("{from} – {to}"),
        (None, Lang::Zh) => format!("{from} 起"),
        (None, Lang::En) => format!("from {from}"),
    }
}
