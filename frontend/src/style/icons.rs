//! Line icons, 16 px, drawn in the text's colour. Decoration only: the control's name says what it does.

use leptos::prelude::*;

/// The strokes of an icon on a 16 × 16 grid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Search,
    Sun,
    Moon,
    Link,
    Download,
    Table,
    Chart,
    Enlarge,
    Shrink,
    Chevron,
    Close,
    Menu,
    Info,
    Check,
    Print,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Search => "M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.4 10.4L14 14",
            Self::Sun => {
                "M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
            }
            Self::Moon => "M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z",
            Self::Link => {
                "M6.5 9.5l3-3M5 7L3.4 8.6a2.8 2.8 0 0 0 4 4L9 11M7 5l1.6-1.6a2.8 2.8 0 0 1 4 4L11 9"
            }
            Self::Download => "M8 2v8M4.8 7L8 10.2L11.2 7M2.5 13.5h11",
            Self::Table => "M2 3h12v10H2zM2 6.3h12M2 9.6h12M6 3v10",
            Self::Chart => "M2 2v12h12M4.5 10l3-3.5L10 9l3.5-5",
            Self::Enlarge => "M9.5 2.5h4v4M13.5 2.5L9 7M6.5 13.5h-4v-4M2.5 13.5L7 9",
            Self::Shrink => "M13 7H9V3M9 7l4.5-4.5M3 9h4v4M7 9l-4.5 4.5",
            Self::Chevron => "M4 6l4 4l4-4",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Menu => "M2 4h12M2 8h12M2 12h12",
            Self::Info => "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 7.2V11.5M8 4.6v.4",
            Self::Check => "M3 8.5l3.2 3.2L13 4.8",
            Self::Print => "M4.5 5.5v-4h7v4M4.5 11.5h-3v-6h13v6h-3M4.5 9.5h7v5h-7z",
        }
    }

    pub fn view(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=self.path()></path>
            </svg>
        }
    }
}
