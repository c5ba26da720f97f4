//! Today's uploads in one strip: which units reported, what was received, what was rejected, what waits for approval.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::unit::DeviceList;
use nengce_shared::api::upload::{UploadDay, UploadList};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub fn Summary(data: Signal<Arc<UploadList>>, pending: Load<DeviceList>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let today =
        move |of: fn(&UploadDay) -> f64| Signal::derive(move || data.with(|it| of(&it.today)));
    let count = move |of: fn(&UploadDay) -> f64| {
        Signal::derive(move || number::grouped(today(of).get(), 0))
    };
    let (units, reported) =
        (today(|it| f64::from(it.units)), today(|it| f64::from(it.units_reported)));
    let rejected = today(|it| it.rejected as f64);
    let waiting = Signal::derive(move || {
        let total = pending.data.with(|it| it.as_ref().map(|it| it.page.total));
        // What is not approved is not public: to others it is unknown, not none.
        total.filter(|_| session.may(Permission::DecideReplacements))
    });
    let of_units = move || match lang {
        Lang::Zh => format!("/ {} 家", number::grouped(units.get(), 0)),
        Lang::En => format!("of {} units", number::grouped(units.get(), 0)),
    };
    let share =
        Signal::derive(move || if units.get() > 0.0 { reported.get() / units.get() } else { 0.0 });
    let only_rejected = move || url.href_with("/uploads", &[("rejected", Some("true".to_owned()))]);
    view! {
        <KpiStrip label=t(lang, "今日上报", "Uploads today")>
            <Kpi
                id="units-reported"
                label=t(lang, "今日已上报", "Reported today")
                value=count(|it| f64::from(it.units_reported))
                unit=Signal::derive(of_units)
            >
                <BulletBar
                    value=share
                    target=Signal::stored(None)
                    label=Signal::derive(move || format!("{} {}", t(lang, "今日已上报", "Reported today"), number::percent(Some(share.get()))))
                />
                <p class="kpi-note"><a href="#missing" rel="external">{t(lang, "看谁没有上报", "Who has not")}</a></p>
            </Kpi>
            <Kpi id="uploads-today" label=t(lang, "今日上报次数", "Uploads today") value=count(|it| it.uploads as f64) unit=t(lang, "次", "") />
            <Kpi id="entries-today" label=t(lang, "今日条目", "Entries today") value=count(|it| it.entries as f64) unit=t(lang, "条", "") />
            <Kpi
                id="rejected-today"
                label=t(lang, "今日拒收", "Rejected today")
                value=count(|it| it.rejected as f64)
                unit=t(lang, "条", "")
                class=Signal::derive(move || if rejected.get() > 0.0 { "worse" } else { "" })
            >
                <p class="kpi-note"><a href=only_rejected>{t(lang, "看有拒收的上报", "Uploads with rejected entries")}</a></p>
            </Kpi>
            <Kpi
                id="devices-pending"
                label=t(lang, "待批准终端", "Devices to approve")
                value=Signal::derive(move || waiting.get().map_or_else(|| number::MISSING.to_owned(), |it| it.to_string()))
                unit=t(lang, "台", "")
                class=Signal::derive(move || if waiting.get().is_some_and(|it| it > 0) { "worse" } else { "" })
            >
                <p class="kpi-note"><a href=move || super::pending::decided_at(url)>{move || if session.may(Permission::DecideReplacements) { t(lang, "去批准", "Approve them") } else { t(lang, "管理员登录后可见", "Administrators see them") }}</a></p>
            </Kpi>
            <Kpi
                id="unknown-codes-count"
                label=t(lang, "字典之外的编码", "Codes not in the dictionary")
                value=count(|it| it.unknown_codes.len() as f64)
                unit=t(lang, "个", "")
            >
                <p class="kpi-note"><a href="#unknown-codes" rel="external">{t(lang, "看编码", "Which")}</a></p>
            </Kpi>
        </KpiStrip>
    }
}
