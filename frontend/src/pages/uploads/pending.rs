//! Devices that wait for approval, for administrators; the page of terminals is where they are decided.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::unit::{DeviceList, DeviceRow};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::format::{id_end, time_short};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{UrlState, use_url_state};

/// Where the devices that wait are decided; tracked.
pub fn decided_at(url: UrlState) -> String {
    url.href_with("/terminals", &[("state", Some("pending".to_owned()))])
}

#[component]
pub fn PendingPanel(pending: Load<DeviceList>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let subtitle = move || {
        let total = pending.data.with(|it| it.as_ref().map(|it| it.page.total));
        match (total.filter(|_| session.may(Permission::DecideReplacements)), lang) {
            (Some(total), Lang::Zh) => format!("{total} 台"),
            (Some(total), Lang::En) => format!("{total} devices"),
            (None, _) => String::new(),
        }
    };
    view! {
        <Panel id="pending" class="capped" title=t(lang, "待批准终端", "Devices to approve") subtitle=Signal::derive(subtitle)>
            <Show
                when=move || session.may(Permission::DecideReplacements)
                fallback=move || view! {
                    <p class="note">{t(lang, "还没有批准的单位不公开，管理员登录后可见。", "Units that nobody approved are not public; administrators see them.")}</p>
                }
            >
                <Loaded load=pending height=80 let:data>
                    {
                        let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                        view! {
                            <DataTable
                                label=t(lang, "待批准终端", "Devices to approve")
                                columns=columns(lang)
                                rows
                                key=|row: &DeviceRow| row.device_id.clone()
                                empty=t(lang, "没有终端等待批准。", "No device awaits approval.")
                            />
                        }
                    }
                </Loaded>
            </Show>
            <p class="more"><a href=move || decided_at(url)>{t(lang, "去终端页批准", "Approve on the page of terminals")}</a></p>
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<DeviceRow>> {
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &DeviceRow| {
            Cell::text(row.unit_name.clone().unwrap_or_else(|| row.enterprise_code.clone()))
        })
        .in_narrow(),
        Column::new(t(lang, "终端序列号", "Device"), |row: &DeviceRow| {
            Cell::text(id_end(&row.device_id))
        })
        .in_narrow()
        .show(|row| view! { <code class="breaks">{id_end(&row.device_id)}</code> }),
        Column::new(t(lang, "注册", "Registered"), |row: &DeviceRow| {
            Cell::text(row.registered_at.clone())
        })
        .show(|row| time_short(&row.registered_at).to_owned()),
    ]
}
