//! The caption of files exported from this page: the unit, the basis and the days, without the filters of other pages.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::UnitDetail;

use crate::export::period::ExportScope;
use crate::format::{basis_word, span};
use crate::i18n::use_lang;
use crate::load::Load;

/// 「津海钢铁 · 等价 · 2025年1–9月」
pub fn of_page(load: Load<UnitDetail>) -> ExportScope {
    let lang = use_lang();
    ExportScope(Signal::derive(move || {
        let words = load.answer(|it| {
            let days = span(&it.scope.from, &it.scope.to, lang);
            [it.unit.name.clone(), basis_word(it.scope.basis, lang), days].join(" · ")
        });
        words.unwrap_or_default()
    }))
}

/// Of a panel without a basis whose days are not the page's: 「津海钢铁 · 2025-07-26 至 10-17」.
pub fn of_days(
    unit: Signal<Arc<UnitDetail>>,
    days: Signal<Option<(String, String)>>,
) -> ExportScope {
    let lang = use_lang();
    ExportScope(Signal::derive(move || {
        let name = unit.with(|it| it.unit.name.clone());
        let days = days.get().map(|(from, to)| span(&from, &to, lang));
        [Some(name), days].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }))
}
