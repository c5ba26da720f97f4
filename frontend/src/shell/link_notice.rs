//! Says what in the address names nothing, and links to the same page with the nearest value that does.

use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::level_shape;
use crate::data::meta::use_meta;
use crate::i18n::{t, use_lang};
use crate::url_state::{WrongPart, use_url_state};

#[component]
pub fn LinkNotice() -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let wrong = Memo::new(move |_| {
        meta.with(|meta| meta.as_ref().map_or_else(Vec::new, |meta| url.wrong_parts(meta)))
    });
    let line = move |part: WrongPart| {
        let words = match (part.mended.as_deref(), lang) {
            (Some(mended), Lang::Zh) => format!("改为 {mended}"),
            (Some(mended), Lang::En) => format!("Change it to {mended}"),
            (None, Lang::Zh) => "去掉它".to_owned(),
            (None, Lang::En) => "Leave it out".to_owned(),
        };
        let href = url.href_here(&[(part.key, part.mended.clone())]);
        let name = key_name(part.key, lang);
        let said = match lang {
            Lang::Zh => format!("链接里的{name}“{}”有误。", part.value),
            Lang::En => format!("The {name} '{}' of this link is not valid. ", part.value),
        };
        view! { <span>{said}<a href=href data-testid="mended-link">{words}</a>" "</span> }
    };
    move || {
        let wrong = wrong.get();
        (!wrong.is_empty()).then(|| {
            view! {
                <aside class="service-notice" aria-label=t(lang, "链接", "Link")>
                    {level_shape(WarningLevel::Level2)}
                    <p role="status" data-testid="link-notice">{wrong.into_iter().map(line).collect_view()}</p>
                </aside>
            }
        })
    }
}

fn key_name(key: &str, lang: Lang) -> &'static str {
    match key {
        "region" => t(lang, "区划", "district"),
        "industry" => t(lang, "行业", "industry"),
        "class" => t(lang, "类别", "class"),
        "energy" => t(lang, "能源", "energy"),
        "basis" => t(lang, "口径", "basis"),
        "compare" => t(lang, "对比", "comparison"),
        "from" => t(lang, "起始日期", "first day"),
        _ => t(lang, "结束日期", "last day"),
    }
}
