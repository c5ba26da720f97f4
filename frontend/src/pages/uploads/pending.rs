//! Devices that wait for approval, and how to approve them. Approving needs the administrator's token, so not from here.

use leptos::prelude::*;
use nengce_shared::api::unit::{DeviceList, DeviceRow};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn PendingPanel(pending: Load<DeviceList>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let subtitle = move || {
        let total = pending
            .data
            .with(|it| it.as_ref().map_or(0, |it| it.page.total));
        match lang {
            Lang::Zh => format!("{total} 台"),
            Lang::En => format!("{total} devices"),
        }
    };
    view! {
        <Panel
            id="pending"
            class="capped"
            title=t(lang, "待批准终端", "Devices to approve")
            subtitle=Signal::derive(subtitle)
            note=t(lang, "批准：nengce device approve 终端序列号", "To approve: nengce device approve DEVICE")
        >
            <Loaded load=pending height=80 let:data>
                {
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "待批准终端", "Devices to approve")
                            columns=columns(lang, url)
                            rows
                            key=|row: &DeviceRow| row.device_id.clone()
                            empty=t(lang, "没有终端等待批准。", "No device awaits approval.")
                        />
                    }
                }
            </Loaded>
        </Panel>
    }
}

fn columns(lang: Lang, url: UrlState) -> Vec<Column<DeviceRow>> {
    let name = |row: &DeviceRow| {
        row.unit_name
            .clone()
            .unwrap_or_else(|| row.enterprise_code.clone())
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), move |row: &DeviceRow| {
            Cell::text(name(row))
        })
        .keep()
        .show(move |row| {
            let (name, path) = (name(row), format!("/units/{}", row.enterprise_code));
            view! { <a href=move || url.href(&path)>{name}</a> }
        }),
        Column::new(t(lang, "终端序列号", "Device"), |row: &DeviceRow| {
            Cell::text(row.device_id.clone())
        })
        .keep()
        .show(|row| view! { <code class="breaks">{row.device_id.clone()}</code> }),
        Column::new(t(lang, "注册", "Registered"), |row: &DeviceRow| {
            Cell::text(row.registered_at.clone())
        })
        .show(|row| time_short(&row.registered_at).to_owned()),
    ]
}
