//! The caption of files exported from this page: the subject and the selected unit, then the filters that apply here.

use leptos::prelude::*;

use super::load::{Loads, selected};
use super::words::subject_name;
use crate::components::filter_bar::words;
use crate::data::meta::use_meta;
use crate::export::period::ExportScope;
use crate::i18n::use_lang;
use crate::url_state::use_url_state;

/// 「高炉生铁 · 津海钢铁 · 天津市 · 等价 · 2025年」
pub fn of_page(loads: Loads) -> ExportScope {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    ExportScope(Signal::derive(move || {
        let view = loads.view.data.get();
        let mut parts = Vec::new();
        if let Some(view) = &view {
            parts.push(subject_name(&view.subject, lang));
            parts.extend(selected(view).map(|(_, row)| row.unit.name.clone()));
        }
        // A product counts all energies, and no subject compares with other units than its own.
        let mut selection = url.selection.get().without_comparison();
        if view.as_ref().is_some_and(|it| it.subject.kind == "product") {
            selection.energy.clear();
        }
        let days = view.map(|it| (it.scope.from.clone(), it.scope.to.clone()));
        parts.push(meta.with(|it| words(&selection, days, it.as_deref(), lang)));
        parts.join(" · ")
    }))
}
