//! What the page's two charts of the year are drawn in: absolute figures, the months as an index, or the composition as
//! shares. The choice stands in the address; the keys I and % switch it.

use leptos::prelude::*;

use crate::components::typing::is_typing;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

/// The key of the address that holds the scale.
const SCALE_KEY: &str = "scale";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Absolute,
    /// Months in percent of the first one.
    Index,
    /// Energy groups in percent of their month.
    Share,
}

impl Scale {
    /// What the address says; tracked.
    pub fn of(url: UrlState) -> Self {
        match url.get(SCALE_KEY).as_deref() {
            Some("index") => Self::Index,
            Some("share") => Self::Share,
            _ => Self::Absolute,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Absolute => "absolute",
            Self::Index => "index",
            Self::Share => "share",
        }
    }

    fn set(self, url: UrlState) {
        let word = (self != Self::Absolute).then(|| self.word().to_owned());
        url.set(&[(SCALE_KEY, word)]);
    }
}

/// I switches between figures and index, % between figures and shares, wherever the focus is but in a field.
pub fn switch_by_keys(url: UrlState) {
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if is_typing(&event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let other = match event.key().as_str() {
            "i" | "I" => Scale::Index,
            "%" => Scale::Share,
            _ => return,
        };
        event.prevent_default();
        if untrack(|| Scale::of(url)) == other { Scale::Absolute } else { other }.set(url);
    });
    on_cleanup(move || keys.remove());
}

/// Figures on one side, `other` on the other.
#[component]
pub fn ScaleSwitch(other: Scale) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let (name, key) = match other {
        Scale::Share => (t(lang, "占比", "Share"), "%"),
        _ => (t(lang, "指数", "Index"), "I"),
    };
    let is_other = Memo::new(move |_| Scale::of(url) == other);
    view! {
        <div class="segment" role="group" aria-label=t(lang, "图的刻度", "Scale of the chart")>
            <button type="button" aria-pressed=move || (!is_other.get()).to_string() on:click=move |_| Scale::Absolute.set(url)>
                {t(lang, "绝对值", "Absolute")}
            </button>
            <button
                type="button"
                data-scale=other.word()
                aria-pressed=move || is_other.get().to_string()
                aria-keyshortcuts=key
                title=format!("{name} ({key})")
                on:click=move |_| other.set(url)
            >
                {name}
            </button>
        </div>
    }
}
