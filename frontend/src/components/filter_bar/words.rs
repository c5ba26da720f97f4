//! The filters in words, for exported files.

use nengce_shared::api::meta::Meta;
use nengce_shared::lang::Lang;

use crate::data::meta::{industry_name, region_name};
use crate::format::{basis_word, span};
use crate::snapshot::unit_name;
use crate::url_state::{Comparison, Selection};

/// 「静海区 · C31 黑色金属… · 电力 · 千家 · 等价 · 2025-01 至 2025-09」
pub fn words(
    selection: &Selection,
    shown: Option<(String, String)>,
    meta: Option<&Meta>,
    lang: Lang,
) -> String {
    let mut parts = Vec::new();
    let place = || meta.map(|it| lang.pick(&it.place_zh, &it.place_en).to_owned());
    parts.extend(all(&selection.region, |it| region_name(meta, it, lang), lang).or_else(place));
    let industry = |it: &String| format!("{it} {}", industry_name(meta, it, lang));
    parts.extend(all(&selection.industry, industry, lang));
    parts.extend(all(&selection.energy, |it| it.label(lang).to_owned(), lang));
    parts.extend(all(&selection.class, |it| it.label(lang).to_owned(), lang));
    parts.extend(all(&selection.units, |it| unit_name(it), lang));
    parts.push(basis_word(selection.basis, lang));
    if let Some(code) = selection.compared_district() {
        let name = region_name(meta, code, lang);
        parts.push(format!("{}{name}", lang.pick("对比", "against ")));
    }
    if let Some(year) = selection.base_year() {
        parts.push(match lang {
            Lang::Zh => format!("对比 {year}年"),
            Lang::En => format!("against {year}"),
        });
    }
    if selection.against() == Comparison::Peers {
        parts.push(lang.pick("对比同行均值", "against the average of peers").to_owned());
    }
    // What is shown is more exact than what was asked for, and there is a period when none was asked for.
    match (shown, &selection.from, &selection.to) {
        (Some((from, to)), ..) => parts.push(span(&from, &to, lang)),
        (None, Some(from), Some(to)) => parts.push(span(from, to, lang)),
        _ => {}
    }
    parts.join(" · ")
}

/// Names that a sentence can hold.
const NAMED: usize = 2;

/// All names in a row, for files: what is exported says exactly what it covers.
fn all<T>(list: &[T], name: impl Fn(&T) -> String, lang: Lang) -> Option<String> {
    let names: Vec<String> = list.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(lang.pick("、", ", ")))
}

/// The names in a row while they are few, else how many are selected; `None` for none.
pub fn listed<T>(list: &[T], name: impl Fn(&T) -> String, lang: Lang) -> Option<String> {
    if list.len() <= NAMED {
        return all(list, name, lang);
    }
    Some(match lang {
        Lang::Zh => format!("所选 {} 个", list.len()),
        Lang::En => format!("{} selected", list.len()),
    })
}
