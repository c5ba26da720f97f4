//! Light, dark, or as the system says; and the palette that canvases read once per change. No colours here.

use std::cell::OnceCell;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::palette::Palette;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::i18n::{store, stored};
use crate::style::palette::read_palette;
use crate::style::print::PrintStyle;

const THEME_KEY: &str = "nengce.theme";
const DARK_QUERY: &str = "(prefers-color-scheme: dark)";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ThemeSetting {
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy)]
pub struct Theme {
    pub setting: RwSignal<ThemeSetting>,
    system_dark: RwSignal<bool>,
    pub print: PrintStyle,
    /// The computed colours of the theme on screen; while the page is printed, those of paper.
    pub palette: RwSignal<Option<Arc<Palette>>>,
    /// Rises once the page's own fonts are there; canvases paint again.
    pub fonts: RwSignal<bool>,
}

impl Theme {
    /// Reads the choice, follows the system, keeps `data-theme` and the palette in step.
    pub fn provide() -> Self {
        let setting = match stored(THEME_KEY).as_deref() {
            Some("light") => ThemeSetting::Light,
            Some("dark") => ThemeSetting::Dark,
            _ => ThemeSetting::System,
        };
        let theme = Self {
            setting: RwSignal::new(setting),
            system_dark: RwSignal::new(system_is_dark()),
            print: PrintStyle::watch(),
            palette: RwSignal::new(None),
            fonts: RwSignal::new(false),
        };
        follow_system(theme.system_dark);
        await_fonts(theme.fonts);
        Effect::new(move |_| {
            theme.system_dark.track();
            apply(theme.setting.get());
            theme.palette.set(if theme.print.printing.get() {
                theme.print.palette()
            } else {
                read_palette("--")
            });
        });
        provide_context(theme);
        theme
    }

    pub fn is_dark(self) -> bool {
        match self.setting.get() {
            ThemeSetting::System => self.system_dark.get(),
            ThemeSetting::Light => false,
            ThemeSetting::Dark => true,
        }
    }

    /// One click: the other theme; back on the system's own, the system is followed again.
    pub fn toggle(self) {
        let dark = !untrack(|| self.is_dark());
        let setting = match (dark == self.system_dark.get_untracked(), dark) {
            (true, _) => ThemeSetting::System,
            (false, true) => ThemeSetting::Dark,
            (false, false) => ThemeSetting::Light,
        };
        store(THEME_KEY, word(setting));
        self.setting.set(setting);
    }
}

pub fn use_theme() -> Theme {
    expect_context::<Theme>()
}

/// The page's font family, for canvases. Asked for once: the question makes the browser lay the page out.
pub fn font_family() -> String {
    thread_local! {
        static FAMILY: OnceCell<String> = const { OnceCell::new() };
    }
    let asked = || {
        document()
            .body()
            .and_then(|body| window().get_computed_style(&body).ok().flatten())
            .and_then(|style| style.get_property_value("font-family").ok())
            .unwrap_or_else(|| "sans-serif".to_owned())
    };
    FAMILY.with(|it| it.get_or_init(asked).clone())
}

fn word(setting: ThemeSetting) -> Option<&'static str> {
    match setting {
        ThemeSetting::System => None,
        ThemeSetting::Light => Some("light"),
        ThemeSetting::Dark => Some("dark"),
    }
}

fn apply(setting: ThemeSetting) {
    let Some(root) = document().document_element() else {
        return;
    };
    let done = match word(setting) {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
    if done.is_err() {
        leptos::logging::warn!("the theme could not be set");
    }
}

fn system_is_dark() -> bool {
    window().match_media(DARK_QUERY).ok().flatten().is_some_and(|list| list.matches())
}

fn follow_system(dark: RwSignal<bool>) {
    let Ok(Some(list)) = window().match_media(DARK_QUERY) else {
        return;
    };
    let changed = Closure::<dyn FnMut()>::new(move || dark.set(system_is_dark()));
    if list.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref()).is_ok() {
        // Listens as long as the page lives.
        changed.forget();
    }
}

fn await_fonts(ready: RwSignal<bool>) {
    let fonts = document().fonts();
    let weights: Vec<_> = ["400", "600"]
        .map(|weight| fonts.load(&format!("{weight} 12px \"Nengce Figures\"")))
        .into();
    leptos::task::spawn_local(async move {
        for promise in weights {
            // A font that cannot be had leaves the system's; either way the wait is over.
            let _settled = wasm_bindgen_futures::JsFuture::from(promise).await;
        }
        ready.set(true);
    });
}
