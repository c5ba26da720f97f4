//! The mean week of one place by hour, and the same by shift.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::balance::{BalanceEnergy, BalancePlace};
use nengce_shared::api::shifts::ShiftPlan;
use nengce_shared::api::unit_readings::LoadProfile;
use nengce_shared::lang::Lang;

use super::shift_form::ShiftForm;
use super::shifts::ShiftsPanel;
use super::{PLACE, name_of};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::data::session::use_session;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::unit::{UnitCode, week};
use crate::url_state::use_url_state;

/// The place that the address names, else the first one; with an item that has hours, where there is one.
fn shown(energy: &BalanceEnergy, wanted: Option<&str>) -> Option<BalancePlace> {
    let named = energy.places.iter().find(|it| Some(it.place.as_str()) == wanted);
    named.or_else(|| energy.places.first()).cloned()
}

#[component]
pub(super) fn ProfilePanel(energy: Signal<Arc<BalanceEnergy>>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let code = expect_context::<UnitCode>();
    let place = Memo::new(move |_| {
        let wanted = url.get(PLACE);
        energy.with(|it| shown(it, wanted.as_deref()))
    });
    let item = Memo::new(move |_| {
        place.with(|it| it.as_ref().filter(|it| it.has_hours)?.data_codes.first().cloned())
    });
    let load = use_load::<LoadProfile>(move || {
        item.get().map(|it| code.path(&format!("/load-profile?data_code={it}")))
    });
    let sees_shifts = move || session.may(Permission::Submissions);
    let shifts = use_load::<ShiftPlan>(move || sees_shifts().then(|| code.path("/shifts")));
    let changed = Callback::new(move |()| shifts.retry());
    let name = move || place.with(|it| it.as_ref().map(name_of)).unwrap_or_default();
    let title = Signal::derive(move || match lang {
        Lang::Zh => format!("{}：周曲线", name()),
        Lang::En => format!("{}: mean week", name()),
    });
    let subtitle = load.text(move |it| {
        let (unit, from, to) = (unit_words(&it.unit, lang), &it.from, &it.to);
        match lang {
            Lang::Zh => format!("每小时平均，{unit} · {from} 至 {to}"),
            Lang::En => format!("hourly mean, {unit}, {from} to {to}"),
        }
    });
    view! {
        <div class="split">
            <div class="col">
                <Show
                    when=move || item.with(Option::is_some)
                    fallback=move || view! {
                        <section class="panel"><p class="state" data-testid="no-hours">{move || match lang {
                            Lang::Zh => format!("{}没有小时值，没有周曲线与班次。", name()),
                            Lang::En => format!("{} has no hourly values, so it has no week and no shifts.", name()),
                        }}</p></section>
                    }
                >
                    <ChartPanel
                        source=Source::Request(load)
                        id="place-week"
                        title
                        subtitle
                        height=200.0
                        crosshair=false
                        layout=move |it, width, height| week::scene(it, width, height, lang)
                        tip=move |it, row| week::tip(it, row, lang)
                        table=move |it| week::table(it, lang)
                        is_empty=Box::new(|it| it.hours.iter().flatten().all(Option::is_none))
                        empty=t(lang, "近 12 周没有完整的小时值。", "No complete hourly values in the last twelve weeks.")
                        drill_down=Box::new(move |it, _| {
                            let span = DrillDown::of("from", &it.from).with("to", &it.to);
                            Some(span.with("unit", code.0.get_untracked()))
                        })
                    />
                </Show>
            </div>
            <div class="col">
                <Show when=sees_shifts>
                    {move || shifts.data.get().map(|plan| {
                        let plan = Signal::derive(move || plan.clone());
                        view! {
                            <ShiftsPanel load plan title=Signal::derive(name) />
                            <Show when=move || session.may(Permission::Submit)><ShiftForm plan code=code.0 changed /></Show>
                        }
                    })}
                </Show>
            </div>
        </div>
    }
}
