//! The configuration message and the list of meters: what the plant's own files say, and the items of the point table.

use std::path::Path;

use anyhow::{Context as _, Result};
use nengce_engine::Point;
use serde_json::{Value, json};

use crate::config::PlantSettings;

/// The message of the configuration, without the names of device and unit.
pub(crate) fn message(plant: &PlantSettings, points: &[Point]) -> Result<Value> {
    let mut message = plant.configuration_file.as_deref().map_or_else(|| Ok(json!({})), file)?;
    let items: Vec<Value> = points.iter().flat_map(items).collect();
    if let Some(map) = message.as_object_mut() {
        map.insert("collectItemConfig".into(), Value::Array(items));
    }
    Ok(message)
}

/// The message of the meters, if the plant has a file of them.
pub(crate) fn meters(plant: &PlantSettings) -> Result<Option<Value>> {
    let Some(path) = plant.meters_file.as_deref() else { return Ok(None) };
    let found = file(path)?;
    Ok(Some(if found.is_array() { json!({"data": found}) } else { found }))
}

fn file(path: &Path) -> Result<Value> {
    let place = path.display();
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("无法读取 {place}。Cannot read {place}."))?;
    serde_json::from_str(&text).with_context(|| format!("{place} 不是 JSON。{place} is not JSON."))
}

/// One entry for real-time values and one for each longer period that is sent.
fn items(point: &Point) -> Vec<Value> {
    let Some(code) = point.data_code else { return Vec::new() };
    let text = code.to_string();
    let parts: Vec<&str> = text.split('-').collect();
    let [process, unit, equipment, class, usage] = parts[..] else { return Vec::new() };
    if equipment.len() != 4 || class.len() != 6 {
        return Vec::new();
    }
    [0, 1, 2]
        .map(|stat| {
            json!({
                "name": point.name, "processCode": process, "processUnitCode": unit,
                "equipmentCode": &equipment[..2], "equipmentUnitCode": &equipment[2..],
                "energyClassCode": &class[..2], "energyTypeCode": &class[2..], "dataUsageCode": usage,
                "inputType": point.input_type, "statType": stat, "scope": point.scope.unwrap_or(1),
                "dataValueMax": 1e9, "dataValueMin": 0.0,
                "collectSystemName": point.source, "remark": "",
            })
        })
        .into()
}
