//! The foot of the page: a note on invented data, the scope of the statistics, editions of dictionaries, the year of
//! the factors, the API.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use crate::data::meta::use_meta;
use crate::i18n::{t, use_lang};

#[component]
pub fn Foot() -> impl IntoView {
    let (lang, meta) = (use_lang(), use_meta());
    let demo = move || {
        meta.with(|it| it.as_ref().is_some_and(|it| it.demo)).then(|| {
            t(
                lang,
                "示意数据：单位名称与数值均为虚构",
                "Invented data: names and figures are made up",
            )
        })
    };
    let counted = move || {
        meta.with(|meta| {
            let meta = meta.as_ref()?;
            let total: u32 = meta.units_by_class.iter().map(|it| it.units).sum();
            let parts: Vec<String> = meta
                .units_by_class
                .iter()
                .filter(|it| it.units > 0)
                .map(|it| format!("{} {}", it.class.label(lang), it.units))
                .collect();
            Some(match lang {
                Lang::Zh => format!("统计口径：重点用能单位 {total} 家（{}）", parts.join("、")),
                Lang::En => format!("Scope: {total} key energy-using units ({})", parts.join(", ")),
            })
        })
    };
    let editions = move || {
        meta.with(|meta| {
            let it = &meta.as_ref()?.editions;
            Some(format!(
                "{} {} · {} {} · {} {}",
                t(lang, "区划", "Districts"),
                it.region,
                t(lang, "行业", "Industries"),
                it.industry,
                t(lang, "折标系数", "Factors"),
                it.factor
            ))
        })
    };
    view! {
        <footer class="foot">
            <span>{demo}</span>
            <span class="spring"></span>
            <span>{counted}</span>
            <span>{editions}</span>
            <a href="/api/docs" rel="external">{t(lang, "接口", "API")}</a>
        </footer>
    }
}
