//! The language of the page: Chinese first, English one click away. Texts stand inline where they are used.
//! `?lang=` wins over what was selected before; the tree is rebuilt on a change, so a language is a plain value.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

const LANG_KEY: &str = "nengce.lang";

/// The selected language; only the shell changes it.
#[derive(Clone, Copy)]
pub struct LangSetting(pub RwSignal<Lang>);

impl LangSetting {
    /// From the address, else the store, else Chinese.
    pub fn initial(from_query: Option<String>) -> Self {
        let word = from_query.or_else(|| stored(LANG_KEY)).unwrap_or_default();
        Self(RwSignal::new(Lang::of_tag(&word)))
    }

    pub fn set(self, lang: Lang) {
        store(LANG_KEY, Some(lang.as_str()));
        self.0.set(lang);
    }
}

/// The language of the tree this is called in.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or(Lang::Zh)
}

/// The text of the language out of a pair.
pub fn t(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    lang.pick(zh, en)
}

/// What parts two clauses: a full-width comma in Chinese.
pub fn comma(lang: Lang) -> &'static str {
    lang.pick("，", ", ")
}

/// What parts two sentences on one line.
pub fn semicolon(lang: Lang) -> &'static str {
    lang.pick("；", "; ")
}

/// The value of `lang` attributes.
pub fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// A value of the browser's store; `None` where storage is closed.
pub fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Stores or forgets a value; where storage is closed the choice lasts for the visit.
pub fn store(key: &str, value: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else {
        return;
    };
    let kept = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
    if kept.is_err() {
        leptos::logging::warn!("the browser did not store {key}");
    }
}
