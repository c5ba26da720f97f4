//! What a simulated terminal says of its unit: the configuration and the meters.

use nengce_core::city::calendar::date_of;
use nengce_core::city::{CityUnit, DemoCity, Role};
use nengce_messages::write::CollectItem;
use nengce_shared::data_code::DataCode;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::stat_type::StatType;
use serde_json::{Value, json};

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
        let Ok(code) = DataCode::parse_strict(&item.data_code) else { continue };
        for stat_type in stat_types {
            let item = CollectItem {
                name: &item.name,
                data_code: &code,
                input_type: item.input_type,
                stat_type: *stat_type,
                scope: item.scope,
                system: "能源管理系统",
                bounds: Some(unit.bounds(item, *stat_type)),
            };
            items.push(item.write());
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
