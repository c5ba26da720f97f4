//! The configuration upload (centerInfoURL): the unit's profile and its data items, one row per statType.

use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Map, Value};

use super::fields::{first, get, number, shown, small, text_of};
use super::identity::{self, Identity};
use super::refusals::{Keep, Refusals};
use super::{Defect, checks};
use crate::reference::Dictionaries;

/// What a configuration upload says about its unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitConfig {
    /// Who the unit is; empty where the message has no `enterprise`.
    pub identity: Identity,
    /// `enterprise` as it came, without keys and what is not fit to be shown.
    pub profile: Option<Map<String, Value>>,
    /// `None` where the message has no collectItemConfig: the stored items stand.
    pub items: Option<Vec<CollectItem>>,
}

/// One entry of collectItemConfig.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectItem {
    /// The item.
    pub data_code: DataCode,
    /// The length of the periods that it is sent for.
    pub stat_type: StatType,
    /// What the unit calls it.
    pub name: Option<String>,
    /// The greatest value that the unit expects, in the dictionary's unit of the item.
    pub value_max: Option<f64>,
    /// The least value that the unit expects.
    pub value_min: Option<f64>,
}

/// Reads what is there; each field of `enterprise` and each collectItemConfig entry is refused or kept on its own.
/// `enterprise` of another unit than the sender's refuses the message.
pub fn read(
    message: &Map<String, Value>,
    sender: &str,
    dictionaries: &Dictionaries,
    keep: Keep,
) -> Result<(UnitConfig, Refusals), Defect> {
    let mut config = UnitConfig::default();
    let mut refused = Refusals::new(keep);
    if let Some(Value::Object(enterprise)) = get(message, "enterprise") {
        let code = text_of(enterprise, &["code", "enterpriseCode"]);
        if let Some(code) = code.filter(|it| !it.eq_ignore_ascii_case(sender)) {
            return Err(Defect::new("enterprise.code", ProblemCode::EntryUnitMismatch, code)
                .hint("应为本单位的统一社会信用代码", "it must be the credit code of the sender"));
        }
        let (identity, unusable) = identity::read(enterprise, dictionaries);
        let (mut profile, unfit) = identity::shown(enterprise);
        for it in &unusable {
            identity::remove(&mut profile, it.field);
        }
        let entry = || identity::without_secrets(enterprise).to_string();
        // Without these the unit stands in no district, no industry, no list.
        for name in [identity::NAME, identity::REGION, identity::INDUSTRY] {
            if !identity.contains_key(name) && !unusable.iter().any(|it| it.field == name) {
                let defect = Defect::new(name, ProblemCode::EntryFieldMissing, name);
                refused.add_made(0, defect, entry);
            }
        }
        // An attribute of the identity that is unfit was told by its own name.
        let unfit =
            unfit.into_iter().filter(|it| !unusable.iter().any(|told| told.found == it.found));
        for defect in unusable.clone().into_iter().chain(unfit) {
            refused.add_made(0, defect, entry);
        }
        config.identity = identity;
        config.profile = Some(profile);
    }
    if let Some(Value::Array(entries)) = first(message, &["collectItemConfig", "collectItems"]) {
        let mut items = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            match item(entry) {
                Ok(it) => items.push(it),
                Err(defect) => refused.add_made(index as u32, defect, || entry.to_string()),
            }
        }
        config.items = Some(items);
    }
    Ok((config, refused))
}

fn item(entry: &Value) -> Result<CollectItem, Defect> {
    let Value::Object(entry) = entry else {
        return Err(Defect::new("collectItemConfig", ProblemCode::EntryNotObject, ""));
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
        .and_then(StatType::from_code)
        .ok_or_else(|| Defect::new("statType", ProblemCode::EntryStatTypeInvalid, ""))?;
    Ok(CollectItem {
        data_code,
        stat_type,
        name: named(entry)?,
        value_max: read_as(entry, "dataValueMax", finite)?,
        value_min: read_as(entry, "dataValueMin", finite)?,
    })
}

fn named(entry: &Map<String, Value>) -> Result<Option<String>, Defect> {
    let name = text_of(entry, &["name"]);
    name.as_deref().map_or(Ok(()), |it| checks::text("name", it))?;
    Ok(name)
}

fn finite(value: &Value) -> Option<f64> {
    number(value).filter(|it| it.is_finite())
}

/// An attribute that is there and not empty; one that cannot be read is not passed over.
fn read_as<T>(
    object: &Map<String, Value>,
    name: &'static str,
    read: fn(&Value) -> Option<T>,
) -> Result<Option<T>, Defect> {
    match get(object, name) {
        None => Ok(None),
        Some(Value::String(it)) if it.trim().is_empty() => Ok(None),
        Some(value) => read(value)
            .map(Some)
            .ok_or_else(|| Defect::new(name, ProblemCode::EntryFieldUnreadable, shown(value))),
    }
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
