//! The configuration message and the list of meters: what the plant's own files say, and the items of the point table.

use std::path::Path;

use anyhow::{Context as _, Result};
use nengce_engine::{Kind, Point};
use nengce_messages::write::CollectItem;
use nengce_shared::stat_type::StatType;
use serde_json::{Value, json};

use crate::config::PlantSettings;

/// The message of the configuration, without the names of device and unit.
pub(crate) fn message(
    plant: &PlantSettings,
    points: &[Point],
    grain_minutes: u32,
) -> Result<Value> {
    let mut message = plant.configuration_file.as_deref().map_or_else(|| Ok(json!({})), file)?;
    let items: Vec<Value> = points.iter().flat_map(|it| items(it, grain_minutes)).collect();
    if let Some(map) = message.as_object_mut() {
        map.insert("collectItemConfig".into(), Value::Array(items));
        let enterprise = map.entry("enterprise").or_insert_with(|| json!({}));
        identify(enterprise, plant);
    }
    Ok(message)
}

/// What the settings say of the unit, where its own file does not.
fn identify(enterprise: &mut Value, plant: &PlantSettings) {
    let Some(map) = enterprise.as_object_mut() else { return };
    let known = [
        ("code", Some(&plant.enterprise_code)),
        ("name", Some(&plant.name)),
        ("regionCode", Some(&plant.region)),
        ("industryCode", plant.industry_code.as_ref()),
    ];
    for (name, value) in known {
        let given = map.keys().any(|it| it.eq_ignore_ascii_case(name));
        if let Some(value) = value.filter(|_| !given) {
            map.insert(name.into(), value.as_str().into());
        }
    }
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
fn items(point: &Point, grain_minutes: u32) -> Vec<Value> {
    let Some(code) = &point.data_code else { return Vec::new() };
    let hours = [
        (StatType::RealTime, f64::from(grain_minutes) / 60.0),
        (StatType::Day, 24.0),
        (StatType::Month, 24.0 * 31.0),
    ];
    hours
        .map(|(stat_type, hours)| {
            let item = CollectItem {
                name: &point.name,
                data_code: code,
                input_type: point.input_type,
                stat_type,
                scope: point.scope.unwrap_or(1),
                system: &point.source,
                bounds: bounds(point, hours),
            };
            item.write()
        })
        .into()
}

/// The least and the most that a point can measure in so many hours, where its table says how fast it counts. Of any
/// other point nobody knows, and the attributes stay away.
fn bounds(point: &Point, hours: f64) -> Option<(f64, f64)> {
    let rate = point.max_rate.filter(|_| point.kind == Kind::Counter)?;
    let largest = point.multipliers.iter().map(|it| it.value).reduce(f64::max).unwrap_or(1.0);
    let most = rate * hours * point.factor * largest;
    Some((most.min(0.0), most.max(0.0)))
}

#[cfg(test)]
mod tests {
    use nengce_engine::points::preview;
    use serde_json::json;

    use super::message;
    use crate::config::PlantSettings;

    const TABLE: &str = "id,name,source,address,kind,unit,factor,dataCode,scope,maxRate,multipliers
E,Supply,m,1/00010000,counter,万kWh,0.0001,00-00-0000-023300-11,1,50,2026-01-01=40;2026-03-01=80
G,Gas,m,2/00010000,counter,万m³,0.0001,00-00-0000-011500-11,1,,
";

    fn plant() -> PlantSettings {
        PlantSettings {
            name: "Works".into(),
            enterprise_code: "911201120000000191".into(),
            region: "120116".into(),
            industry_code: Some("C3011".into()),
            configuration_file: None,
            meters_file: None,
        }
    }

    #[test]
    fn bounds_are_those_of_the_point_table() {
        let points = preview(TABLE.as_bytes(), &[]).points;
        let sent = message(&plant(), &points, 15).expect("a message");
        let most = |at: usize| sent["collectItemConfig"][at]["dataValueMax"].as_f64();
        let close = |at: usize, value: f64| (most(at).expect("a bound") - value).abs() < 1e-9;
        assert!(close(0, 0.1) && close(1, 9.6) && close(2, 297.6), "{sent}");
        assert_eq!(sent["collectItemConfig"][0]["dataValueMin"], 0.0);
        let unknown = &sent["collectItemConfig"][3];
        assert!(unknown.get("dataValueMax").is_none() && unknown.get("dataValueMin").is_none());
    }

    #[test]
    fn the_unit_has_its_name_without_a_file_of_its_own() {
        let mut plant = plant();
        let sent = message(&plant, &[], 15).expect("a message");
        let whole = json!({"code": "911201120000000191", "name": "Works", "regionCode": "120116", "industryCode": "C3011"});
        assert_eq!(sent["enterprise"], whole);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("configuration.json");
        std::fs::write(&file, r#"{"enterprise": {"name": "Its own", "jgzh": true}}"#)
            .expect("written");
        plant.configuration_file = Some(file);
        let sent = message(&plant, &[], 15).expect("a message");
        assert_eq!(
            (&sent["enterprise"]["name"], &sent["enterprise"]["jgzh"]),
            (&json!("Its own"), &json!(true))
        );
        assert_eq!(sent["enterprise"]["regionCode"], "120116");
    }
}
