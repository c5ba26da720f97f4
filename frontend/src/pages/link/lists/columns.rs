//! What the lists of a platform above show alike: the unit, and a reason with its code.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::components::table::Column;
use crate::export::Cell;
use crate::i18n::t;
use crate::url_state::UrlState;

/// The unit of a row, by its code and name. Whoever may not see a unit's data gets no link to it.
pub(super) fn unit_column<R: 'static>(
    lang: Lang,
    url: UrlState,
    links: bool,
    unit: fn(&R) -> (&String, &String),
) -> Column<R> {
    Column::new(t(lang, "单位", "Unit"), move |it: &R| Cell::text(unit(it).1.clone()))
        .in_narrow()
        .show(move |it| {
            let (code, name) = unit(it);
            let (path, name) = (format!("/units/{code}"), name.clone());
            match links {
                true => view! { <a href=move || url.href(&path)>{name}</a> }.into_any(),
                false => name.into_any(),
            }
        })
        .sort_text(move |it| unit(it).1.clone())
}

/// A reason in words with its code; one of them alone where the other is not known.
pub(super) fn reason_with_code(code: &str, reason: &str) -> String {
    match (code, reason) {
        ("", reason) => reason.to_owned(),
        (code, "") => code.to_owned(),
        (code, reason) => format!("{reason} · {code}"),
    }
}
