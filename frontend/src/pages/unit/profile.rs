//! What the unit's configuration upload says of it, and its devices.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{DeviceRow, ProfileField, UnitDetail};
use nengce_shared::lang::Lang;
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
        Column::new(t(lang, "字段", "Field"), move |row: &ProfileField| {
            Cell::text(field(&row.field, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "值", "Value"), move |row: &ProfileField| {
            Cell::text(value(&row.value, lang))
        })
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

/// Names of the fields of a configuration upload.
const FIELDS: [(&str, &str, &str); 19] = [
    ("center", "能源管理中心", "Energy management centre"),
    ("code", "统一社会信用代码", "Credit code"),
    ("corporationCode", "法人单位代码", "Code of the legal entity"),
    ("energyConsumeLevel", "用能等级", "Level of consumption"),
    ("fieldCode", "领域代码", "Code of the field"),
    ("industryCode", "行业代码", "Industry code"),
    ("jgzh", "能源加工转换单位", "Conversion unit"),
    ("latitude", "纬度", "Latitude"),
    ("leadingProduct", "主要产品", "Leading product"),
    ("longitude", "经度", "Longitude"),
    ("name", "名称", "Name"),
    ("phone", "电话", "Telephone"),
    ("regionCode", "行政区划代码", "District code"),
    ("typeCode", "单位类型代码", "Code of the unit's type"),
    ("typeName", "单位类型", "Type of unit"),
    ("address", "地址", "Address"),
    ("email", "电子邮箱", "E-mail"),
    ("fax", "传真", "Fax"),
    ("remark", "备注", "Remark"),
];

/// The name of a field; a field that the protocol does not know as it came.
fn field(key: &str, lang: Lang) -> String {
    let known = FIELDS.iter().find(|it| it.0 == key);
    known.map_or_else(|| key.to_owned(), |it| t(lang, it.1, it.2).to_owned())
}

fn value(value: &str, lang: Lang) -> String {
    match value {
        "true" => t(lang, "是", "yes").to_owned(),
        "false" => t(lang, "否", "no").to_owned(),
        other => other.to_owned(),
    }
}
