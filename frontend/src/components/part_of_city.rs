//! Says on pages that rank or score units that whoever reads them sees a part of the city alone.

use leptos::prelude::*;

use crate::data::session::use_session;
use crate::i18n::{t, use_lang};

/// Nothing for a reader of the whole city.
#[component]
pub fn PartOfCity() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    view! {
        <Show when=move || !session.sees_city()>
            <p class="note apart" role="note" data-testid="part-of-city">
                {t(lang, "位次、中位数、P75 与评分只在本账号可见的单位之间计算，与全市的可能不同；", "Ranks, medians, P75 and scores are computed among the units that this account sees, and may differ from those of the city; ")}
                <a href="/units">{t(lang, "在同业中的位置见单位页", "a unit's page shows its place among peers")}</a>
            </p>
        </Show>
    }
}
