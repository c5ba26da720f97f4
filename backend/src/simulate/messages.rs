//! The bodies that a terminal sends, as the protocol writes them.

use std::fmt::Write;

use nengce_core::city::calendar::date_of;
use nengce_core::city::{CityUnit, DemoCity, Entry, Role};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::stat_type::StatType;
use serde_json::{Value, json};

/// An energy message; written by hand, a catching-up terminal sends millions of entries.
pub(super) fn energy(
    device_id: &str,
    enterprise_code: &str,
    upload_date: &str,
    entries: &[Entry],
) -> String {
    let mut body = String::with_capacity(entries.len() * 190 + 200);
    let head = format!(
        "{{\"deviceId\":\"{device_id}\",\"enterpriseCode\":\"{enterprise_code}\",\"data\":["
    );
    body.push_str(&head);
    for (at, it) in entries.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        let written = write!(
            body,
            "{{\"dataCode\":\"{}\",\"dataValue\":{},\"inputType\":{},\"statType\":{},\"statDate\":\"{}\",\"uploadDate\":\"{upload_date}\",\"scope\":{},\"valid\":true}}",
            it.data_code, it.value, it.input_type, it.stat_type, it.stat_date, it.scope
        );
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    body.push_str("]}");
    body
}

/// One record of a province that takes them one by one.
pub(super) fn record(enterprise_code: &str, it: &Entry) -> Value {
    json!({
        "enterpriseCode": enterprise_code, "dataCode": it.data_code, "convertRation": "1", "valid": "1",
        "dataValue": it.value.to_string(), "scope": it.scope.to_string(), "inputType": it.input_type.to_string(),
        "statType": it.stat_type.to_string(), "statDate": it.stat_date, "uploadDate": it.stat_date,
    })
}

/// The configuration of a unit: profile, processes, one collectItemConfig entry per statType.
pub(super) fn config(device_id: &str, unit: &CityUnit) -> Value {
    let mut items = Vec::new();
    for item in &unit.items {
        let stat_types: &[StatType] = match item.role {
            Role::Energy { .. } if unit.monthly => &[StatType::Month],
            Role::Energy { hourly: true, .. } | Role::SubUnit { .. } => {
                &[StatType::RealTime, StatType::Day]
            }
            Role::Energy { hourly: false, .. } => &[StatType::Day],
            _ => &[StatType::Month],
        };
        let code = &item.data_code;
        for stat_type in stat_types {
            let (least, most) = unit.bounds(item, *stat_type);
            items.push(json!({
                "name": item.name, "dataCode": code,
                "processCode": &code[0..2], "processUnitCode": &code[3..5],
                "equipmentCode": &code[6..8], "equipmentUnitCode": &code[8..10],
                "energyClassCode": &code[11..13], "energyTypeCode": &code[13..17], "dataUsageCode": &code[18..20],
                "inputType": item.input_type, "dataValueMax": most, "dataValueMin": least,
                "statType": stat_type, "scope": item.scope, "collectSystemName": "能源管理系统", "remark": "",
            }));
        }
    }
    let processes: Vec<Value> = unit
        .products
        .iter()
        .map(|it| json!({"processCode": it.process, "processName": it.process_name, "industryCode": unit.industry}))
        .collect();
    let is_process_unit = |it: &&nengce_core::city::Item| it.scope == 3;
    let process_units: Vec<Value> = unit
        .items
        .iter()
        .filter(is_process_unit)
        .map(|it| {
            let (code, name) = (&it.data_code, it.name.trim_end_matches("电力"));
            json!({"code": &code[3..5], "name": name, "processCode": &code[0..2], "commDate": "2016-05-01", "designedCapacity": ""})
        })
        .collect();
    let energy_center = unit
        .items
        .iter()
        .any(|it| EnergyGroup::of_type(&it.data_code[13..17]) == EnergyGroup::Electricity);
    json!({
        "deviceId": device_id,
        "enterpriseCode": unit.enterprise_code,
        "collectItemConfig": items,
        "enterprise": {
            "code": unit.enterprise_code, "name": unit.name, "typeCode": "159", "typeName": "其他有限责任公司",
            "industryCode": unit.industry, "fieldCode": unit.kind.field_code.to_string(), "regionCode": unit.region,
            "center": energy_center && unit.gross_tce > 1_000_000.0, "corporationCode": unit.enterprise_code,
            "jgzh": !unit.kind.outputs.is_empty(), "energyConsumeLevel": unit.energy_level,
            "latitude": 38.9 + 0.9 * f64::from(unit.index as u32 % 97) / 97.0,
            "longitude": 116.9 + 1.0 * f64::from(unit.index as u32 % 89) / 89.0,
            "phone": "022-00000000", "leadingProduct": unit.kind.words_of(unit.industry).first(),
        },
        "process": processes,
        "processUnit": process_units,
        "group": {},
    })
}

/// The meters of a unit; calibration counts from the city's first day.
pub(super) fn metering(device_id: &str, city: &DemoCity, unit: &CityUnit) -> Value {
    let first = nengce_core::city::calendar::index_of(city.first_day);
    let last = nengce_core::city::calendar::index_of(city.last_day);
    let expired =
        city.faults_of(unit).any(|it| it.kind == nengce_core::city::FaultKind::ExpiredMeter);
    let meters: Vec<Value> = unit
        .meters
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let mut calibrated = first + it.calibrated;
            // A kept instrument is calibrated again and again; the expired one is not.
            while !(expired && at == 0) && calibrated + it.cycle_days <= last + 20 {
                calibrated += it.cycle_days - 15;
            }
            json!({
                "code": it.code, "name": it.name, "level": it.level, "state": it.state, "energyType": it.energy_type,
                "accuracyClass": it.accuracy_class, "installer": 1, "cycle": it.cycle_days,
                "lastCheckDate": date_of(calibrated).to_string(),
                "nextCheckDate": date_of(calibrated + it.cycle_days).to_string(),
                "dataCodes": [it.data_code],
            })
        })
        .collect();
    json!({"deviceId": device_id, "enterpriseCode": unit.enterprise_code, "data": meters})
}
