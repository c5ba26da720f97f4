//! What the unit's configuration upload says of it, and its devices.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{DeviceRow, ProfileField, UnitDetail};
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::id_end;
use crate::i18n::{t, use_lang};
use crate::pages::units::device_state;

#[component]
pub fn ProfilePanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let lang = use_lang();
    let fields = Memo::new(move |_| data.with(|it| it.profile.clone()));
    let devices = Memo::new(move |_| data.with(|it| it.devices.clone()));
    let field_columns = vec![
        Column::new(t(lang, "字段", "Field"), |row: &ProfileField| Cell::text(row.field.clone()))
            .in_narrow(),
        Column::new(t(lang, "值", "Value"), |row: &ProfileField| Cell::text(row.value.clone()))
            .in_narrow(),
    ];
    let or_missing = |it: &Option<String>| it.clone().unwrap_or_else(|| number::MISSING.to_owned());
    let device_columns = vec![
        Column::new(t(lang, "终端序列号", "Device"), |row: &DeviceRow| {
            Cell::text(id_end(&row.device_id))
        })
        .in_narrow()
        .show(|row| view! { <code class="breaks">{id_end(&row.device_id)}</code> }),
        Column::new(t(lang, "状态", "State"), move |row: &DeviceRow| {
            Cell::text(device_state(&row.state, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "注册", "Registered"), |row: &DeviceRow| {
            Cell::text(row.registered_at.clone())
        }),
        Column::new(t(lang, "批准", "Approved"), move |row: &DeviceRow| {
            Cell::text(or_missing(&row.approved_at))
        }),
        Column::new(t(lang, "上传时刻", "Upload time"), |row: &DeviceRow| {
            Cell::text(row.upload_time.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "最近通信", "Last seen"), move |row: &DeviceRow| {
            Cell::text(or_missing(&row.last_seen))
        }),
    ];
    view! {
        <div class="pair">
            <Panel id="devices" title=t(lang, "终端", "Devices")>
                <DataTable
                    label=t(lang, "终端", "Devices")
                    columns=device_columns
                    rows=devices
                    key=|row: &DeviceRow| row.device_id.clone()
                    empty=t(lang, "没有终端，数据来自导入。", "No device; data come from imports.")
                />
            </Panel>
            <Panel id="profile" class="capped" title=t(lang, "单位信息", "Profile") subtitle=t(lang, "配置上报的字段", "fields of the configuration upload")>
                <DataTable
                    label=t(lang, "单位信息", "Profile")
                    columns=field_columns
                    rows=fields
                    key=|row: &ProfileField| row.field.clone()
                    empty=t(lang, "没有上报配置。", "No configuration was uploaded.")
                />
            </Panel>
        </div>
    }
}
