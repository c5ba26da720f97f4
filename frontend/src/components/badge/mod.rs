//! Warning levels: a shape and a word on a pale background, so that nobody depends on colour alone.

use leptos::prelude::*;
use nengce_charts::scene::Sign;
use nengce_shared::lang::Lang;
use nengce_shared::warning::WarningLevel;

use crate::i18n::use_lang;

/// A badge: shape + word. `long` adds the colour's name.
#[component]
pub fn LevelBadge(
    #[prop(into)] level: Signal<WarningLevel>,
    #[prop(optional)] long: bool,
) -> impl IntoView {
    let lang = use_lang();
    let level = Memo::new(move |_| level.get());
    let words = move || {
        let level = level.get();
        if long {
            return level.label(lang).into_any();
        }
        match level_short(level, lang).rsplit_once(' ') {
            Some((word, number)) => {
                view! { <span class="level-word">{word}" "</span>{number} }.into_any()
            }
            None => level_short(level, lang).into_any(),
        }
    };
    view! {
        <span class=move || format!("badge {}", level_class(level.get()))>
            {move || level_shape(level.get())}
            <span>{words}</span>
        </span>
    }
}

/// The shape alone, for places that say the word elsewhere.
pub fn level_shape(level: WarningLevel) -> impl IntoView {
    let path = match level {
        WarningLevel::Level1 => "M6 1.2L11.3 10.6H.7z",
        WarningLevel::Level2 => "M6 .6L11.4 6L6 11.4L.6 6z",
        WarningLevel::Level3 => "M6 1.4a4.6 4.6 0 1 1 0 9.2a4.6 4.6 0 0 1 0-9.2z",
        WarningLevel::Pending => {
            "M6 1.4a4.6 4.6 0 1 1 0 9.2a4.6 4.6 0 0 1 0-9.2zM6 3a3 3 0 1 0 0 6a3 3 0 0 0 0-6z"
        }
    };
    view! {
        <svg class="level-shape" viewBox="0 0 12 12" aria-hidden="true">
            <path d=path fill-rule="evenodd"></path>
        </svg>
    }
}

/// 「二级」 of 「二级 · 黄」: the shape already says which.
pub fn level_short(level: WarningLevel, lang: Lang) -> &'static str {
    let label = level.label(lang);
    label.split_once(" · ").map_or(label, |(short, _)| short)
}

/// The sign of a level in a chart.
pub fn level_sign(level: WarningLevel) -> Sign {
    match level {
        WarningLevel::Level1 => Sign::Triangle,
        WarningLevel::Level2 => Sign::Diamond,
        WarningLevel::Level3 => Sign::Dot,
        WarningLevel::Pending => Sign::Ring,
    }
}

fn level_class(level: WarningLevel) -> &'static str {
    match level {
        WarningLevel::Level1 => "lv1",
        WarningLevel::Level2 => "lv2",
        WarningLevel::Level3 => "lv3",
        WarningLevel::Pending => "lv-none",
    }
}
