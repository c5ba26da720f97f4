//! The filters in words, for exported files.

use nengce_shared::api::meta::Meta;
use nengce_shared::lang::Lang;

use crate::format::{basis_word, span};
use crate::meta::{industry_name, region_name};
use crate::url_state::Filters;

/// 「静海区 · C31 黑色金属… · 电力 · 千家 · 等价 · 2025-01 至 2025-09」
pub fn words(
    filters: &Filters,
    shown: Option<(String, String)>,
    meta: Option<&Meta>,
    lang: Lang,
) -> String {
    let mut parts = Vec::new();
    match &filters.region {
        Some(code) => parts.push(region_name(meta, code, lang)),
        None => parts.extend(meta.map(|it| lang.pick(&it.place_zh, &it.place_en).to_owned())),
    }
    if let Some(code) = &filters.industry {
        parts.push(format!("{code} {}", industry_name(meta, code, lang)));
    }
    parts.extend(filters.energy.map(|it| it.label(lang).to_owned()));
    parts.extend(filters.class.map(|it| it.label(lang).to_owned()));
    parts.push(basis_word(filters.basis, lang));
    // What is shown is more exact than what was asked for, and there is a period when none was asked for.
    match (shown, &filters.from, &filters.to) {
        (Some((from, to)), ..) => parts.push(span(&from, &to, lang)),
        (None, Some(from), Some(to)) => parts.push(span(from, to, lang)),
        _ => {}
    }
    parts.join(" · ")
}
