//! The span of a unit's page: this year so far, or a whole year of those with data. Kept in the address.

use leptos::prelude::*;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::data::meta::use_meta;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn YearChip() -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let year = |day: &Option<String>| day.as_deref()?.get(..4)?.parse::<i32>().ok();
    let options = Signal::derive(move || {
        meta.with(|meta| {
            let span =
                meta.as_ref().and_then(|it| Some((year(&it.data_from)?, year(&it.data_until)?)));
            span.map_or_else(Vec::new, |(first, last)| {
                (first..=last)
                    .rev()
                    .map(|it| ChipOption::new(&it.to_string(), &it.to_string(), ""))
                    .collect()
            })
        })
    });
    // Another span than one year, as a brush on another page may leave it, is shown as it is.
    let value = Signal::derive(move || {
        let selection = url.selection.get();
        match (selection.from, selection.to) {
            (Some(from), Some(to)) if from == to => Some(from),
            (None, None) => None,
            (from, to) => {
                Some(format!("{} – {}", from.unwrap_or_default(), to.unwrap_or_default()))
            }
        }
    });
    let select = move |year: Option<String>| {
        url.update(|it| (it.from, it.to) = (year.clone(), year));
    };
    view! {
        <Chip
            name=t(lang, "时段", "Span")
            all=t(lang, "本年", "This year")
            options
            value
            on_select=select
        />
    }
}
