//! What an enterprise sees of its own unit on its first page: yesterday and today, the month so far, the last quarters, and
//! its place among its peers. Of several units the address names the one on screen.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::common::Named;
use nengce_shared::api::cost::CostView;
use nengce_shared::api::unit::UnitDetail;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::day::Day;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::costs::tables::GapsPanel;
use crate::pages::unit::UnitCode;
use crate::pages::unit::consumption::DailyPanel;
use crate::pages::unit::load_curve::CurvePanel;
use crate::pages::unit::peers::PeersPanel;
use crate::url_state::use_url_state;

/// The unit on screen: the one of the address, else the first.
pub fn chosen(units: Memo<Vec<Named>>) -> UnitCode {
    let url = use_url_state();
    UnitCode(Memo::new(move |_| {
        units.with(|units| {
            let asked = url.get("unit");
            let named = units.iter().find(|it| Some(&it.code) == asked.as_ref());
            named.or(units.first()).map(|it| it.code.clone()).unwrap_or_default()
        })
    }))
}

/// Chooses among several units.
#[component]
pub fn UnitChip(units: Memo<Vec<Named>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let options = Signal::derive(move || {
        let option = |it: &Named| ChipOption::new(&it.code, lang.pick(&it.zh, &it.en), &it.code);
        units.with(|it| it.iter().map(option).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || { units.with(Vec::len) > 1 }>
            <div class="chips apart">
                <Chip
                    name=t(lang, "单位", "Unit")
                    all=t(lang, "第一家", "The first one")
                    options
                    value=Signal::derive(move || url.get("unit"))
                    on_select=move |unit| url.set(&[("unit", unit)])
                />
            </div>
        </Show>
    }
}

/// The month up to yesterday and the last two days of the unit on screen, and its place among its peers.
#[component]
pub fn OwnUnit(today: Memo<String>) -> impl IntoView {
    let (code, session) = (expect_context::<UnitCode>(), use_session());
    let yesterday = move || Day::read(&today.get()).map(Day::previous_day);
    // On the first day of a month it shows the month that has just ended. A day that is not over is in the curve alone.
    let month = use_load::<UnitDetail>(move || {
        let yesterday = yesterday()?;
        Some(code.path(&format!("?from={}&to={yesterday}", yesterday.first_of_month())))
    });
    let days = use_load::<UnitDetail>(move || {
        let (yesterday, today) = (yesterday()?, today.get());
        Some(code.path(&format!("?from={yesterday}&to={today}")))
    });
    // What the gap to the benchmark means in tce and, with the unit's tariffs, in yuan.
    let costs = use_load::<CostView>(move || {
        session.may(Permission::Submissions).then(|| code.path("/costs"))
    });
    view! {
        <Show when=move || costs.data.with(|it| it.as_ref().is_some_and(|it| !it.gaps.is_empty()))>
            <Loaded load=costs height=120 let:data><GapsPanel data /></Loaded>
        </Show>
        <div class="own-unit" data-testid="own-unit">
            <div>
                <Loaded load=month height=320 let:data>
                    <DailyPanel data />
                </Loaded>
            </div>
            <div>
                <Loaded load=days height=260 let:data>
                    <CurvePanel data />
                </Loaded>
                <PeersPanel />
            </div>
        </div>
    }
}
