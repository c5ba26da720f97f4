//! The configuration upload (centerInfoURL): the unit's profile and its data items, one row per statType.

use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use super::fields::{first, get, number, small, text_of};
use super::{Defect, Rejected};

/// What a configuration upload says about its unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitConfig {
    pub name: Option<String>,
    pub region_code: Option<String>,
    pub industry_code: Option<String>,
    pub energy_level: Option<u8>,
    pub energy_conversion: Option<bool>,
    /// `enterprise` as it came.
    pub profile: Option<String>,
    /// `None` where the message has no collectItemConfig: the stored items stand.
    pub items: Option<Vec<CollectItem>>,
}

/// One entry of collectItemConfig.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectItem {
    pub data_code: DataCode,
    pub stat_type: u8,
    pub name: Option<String>,
    pub value_max: Option<f64>,
    pub value_min: Option<f64>,
}

/// Reads what is there; each collectItemConfig entry is refused or kept on its own.
pub fn read(message: &Map<String, Value>) -> (UnitConfig, Vec<Rejected>) {
    let mut config = UnitConfig::default();
    let mut rejected = Vec::new();
    if let Some(Value::Object(enterprise)) = get(message, "enterprise") {
        config.name = text_of(enterprise, &["name", "enterpriseName"]);
        config.region_code = text_of(enterprise, &["regionCode", "region"]);
        config.industry_code = text_of(enterprise, &["industryCode"]).map(|it| it.to_uppercase());
        config.energy_level = get(enterprise, "energyConsumeLevel").and_then(small);
        config.energy_conversion = get(enterprise, "jgzh").and_then(super::fields::flag);
        config.profile = serde_json::to_string(enterprise).ok();
        // Without these the unit stands in no district, no industry, no list.
        for (name, there) in [
            ("name", config.name.is_some()),
            ("regionCode", config.region_code.is_some()),
            ("industryCode", config.industry_code.is_some()),
        ] {
            if !there {
                let defect = Defect::new(name, ProblemCode::EntryFieldMissing, name);
                rejected.push(defect.at(0, config.profile.clone().unwrap_or_default()));
            }
        }
    }
    if let Some(Value::Array(entries)) = first(message, &["collectItemConfig", "collectItems"]) {
        let mut items = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            match item(entry) {
                Ok(it) => items.push(it),
                Err(defect) => rejected.push(defect.at(index as u32, entry.to_string())),
            }
        }
        config.items = Some(items);
    }
    (config, rejected)
}

fn item(entry: &Value) -> Result<CollectItem, Defect> {
    let Value::Object(entry) = entry else {
        return Err(Defect::new(
            "collectItemConfig",
            ProblemCode::EntryNotObject,
            "",
        ));
    };
    let text = match text_of(entry, &["dataCode"]) {
        Some(it) => it,
        None => joined(entry)?,
    };
    let data_code = DataCode::parse_lenient(&text).map_err(|error| {
        Defect::new("dataCode", error.problem(), text).hint(error.reason_zh(), error.to_string())
    })?;
    let stat_type = get(entry, "statType")
        .and_then(small)
        .filter(|it| *it <= 3)
        .ok_or_else(|| Defect::new("statType", ProblemCode::EntryStatTypeInvalid, ""))?;
    Ok(CollectItem {
        data_code,
        stat_type,
        name: text_of(entry, &["name"]),
        value_max: get(entry, "dataValueMax").and_then(number),
        value_min: get(entry, "dataValueMin").and_then(number),
    })
}

/// The data code from its parts, as the message carries them.
fn joined(entry: &Map<String, Value>) -> Result<String, Defect> {
    const PARTS: [(&str, usize); 7] = [
        ("processCode", 2),
        ("processUnitCode", 2),
        ("equipmentCode", 2),
        ("equipmentUnitCode", 2),
        ("energyClassCode", 2),
        ("energyTypeCode", 4),
        ("dataUsageCode", 2),
    ];
    let mut code = String::with_capacity(16);
    for (name, width) in PARTS {
        let part = text_of(entry, &[name])
            .ok_or_else(|| Defect::new(name, ProblemCode::EntryFieldMissing, name))?;
        code.push_str(&format!("{part:0>width$}"));
    }
    Ok(code)
}
