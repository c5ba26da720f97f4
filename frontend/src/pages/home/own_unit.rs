//! What an enterprise sees of its own unit on its first page: yesterday and today, the month so far, the last quarters, and
//! its place among its peers. Of several units the address names the one on screen.

use leptos::prelude::*;
use nengce_shared::api::common::Named;
use nengce_shared::api::unit::UnitDetail;

use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::states::Loaded;
use crate::day::Day;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::unit::UnitCode;
use crate::pages::unit::compliance::CompliancePanel;
use crate::pages::unit::consumption::DailyPanel;
use crate::pages::unit::load_curve::CurvePanel;
use crate::pages::unit::peers::PeersPanel;
use crate::url_state::use_url_state;

#[component]
pub fn OwnUnit(
    /// The units of the account, at least one.
    units: Vec<Named>,
    /// The local day.
    today: Memo<String>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let codes: Vec<String> = units.iter().map(|it| it.code.clone()).collect();
    let several = units.len() > 1;
    let code = UnitCode(Memo::new(move |_| {
        let asked = url.get("unit").filter(|it| codes.contains(it));
        asked.or_else(|| codes.first().cloned()).unwrap_or_default()
    }));
    provide_context(code);
    let options: Vec<_> = units
        .iter()
        .map(|it| ChipOption::new(&it.code, lang.pick(&it.zh, &it.en), &it.code))
        .collect();
    let yesterday = move || Day::read(&today.get()).map(Day::previous_day);
    // On the first day of a month it shows the month that has just ended.
    let month = use_load::<UnitDetail>(move || {
        let yesterday = yesterday()?;
        let (first, today) = (yesterday.first_of_month(), today.get());
        Some(code.path(&format!("?from={first}&to={today}")))
    });
    let days = use_load::<UnitDetail>(move || {
        let (yesterday, today) = (yesterday()?, today.get());
        Some(code.path(&format!("?from={yesterday}&to={today}")))
    });
    view! {
        <Show when=move || several>
            <div class="chips">
                <Chip
                    name=t(lang, "单位", "Unit")
                    all=t(lang, "第一家", "The first one")
                    options=options.clone()
                    value=Signal::derive(move || url.get("unit"))
                    on_select=move |unit| url.set(&[("unit", unit)])
                />
            </div>
        </Show>
        <div class="split" data-testid="own-unit">
            <div class="col">
                <Loaded load=month height=320 let:data>
                    <DailyPanel data />
                </Loaded>
                <Loaded load=days height=260 let:data>
                    <CurvePanel data />
                </Loaded>
            </div>
            <div class="col">
                <CompliancePanel />
                <PeersPanel />
            </div>
        </div>
    }
}
