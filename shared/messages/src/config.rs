//! The configuration upload (centerInfoURL): the unit's profile and its data items, one row per statType.

use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Map, Value};

use super::fields::{first, get, number, shown, small, text_of};
use super::identity::{self, Identity};
use super::rejected_entries::{RejectedEntries, RejectedLimits};
use super::{Problem, checks};
use crate::KnownCodes;

/// What a configuration upload states about its unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitConfig {
    /// The identity of the unit; empty where the message has no `enterprise`.
    pub identity: Identity,
    /// `enterprise` as it was sent, without secrets and without texts that must not be shown.
    pub profile: Option<Map<String, Value>>,
    /// The data items; `None` where the message has no collectItemConfig, so that the stored items remain.
    pub items: Option<Vec<CollectItem>>,
}

/// One entry of collectItemConfig.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectItem {
    /// The item.
    pub data_code: DataCode,
    /// The length of the periods for which the unit sends it.
    pub stat_type: StatType,
    /// The unit's own name of the item.
    pub name: Option<String>,
    /// The greatest value that the unit expects, in the dictionary's unit of the item.
    pub value_max: Option<f64>,
    /// The least value that the unit expects.
    pub value_min: Option<f64>,
}

/// Reads a configuration message. Each field of `enterprise` and each entry of collectItemConfig is accepted or
/// rejected by itself.
///
/// # Errors
/// The message describes another enterprise than `enterprise_code`.
pub fn read(
    message: &Map<String, Value>,
    sender: &str,
    dictionaries: &impl KnownCodes,
    limits: RejectedLimits,
) -> Result<(UnitConfig, RejectedEntries), Problem> {
    let mut config = UnitConfig::default();
    let mut rejected = RejectedEntries::new(limits);
    if let Some(Value::Object(enterprise)) = get(message, "enterprise") {
        let code = text_of(enterprise, &["code", "enterpriseCode"]);
        if let Some(code) = code.filter(|it| !it.eq_ignore_ascii_case(sender)) {
            return Err(Problem::new("enterprise.code", ProblemCode::EntryUnitMismatch, code)
                .hint("应为本单位的统一社会信用代码", "it must be the credit code of the sender"));
        }
        let (identity, unusable) = identity::read(enterprise, dictionaries);
        let (mut profile, unfit) = identity::shown(enterprise);
        for it in &unusable {
            identity::remove(&mut profile, it.field);
        }
        let entry = || identity::without_secrets(enterprise).to_string();
        // Without these attributes the unit would belong to no district, no industry and no list.
        for name in [identity::NAME, identity::REGION, identity::INDUSTRY] {
            if !identity.contains_key(name) && !unusable.iter().any(|it| it.field == name) {
                let problem = Problem::new(name, ProblemCode::EntryFieldMissing, name);
                rejected.add_made(0, problem, entry);
            }
        }
        // The check of the identity has already named these attributes.
        let unfit =
            unfit.into_iter().filter(|it| !unusable.iter().any(|told| told.found == it.found));
        for problem in unusable.clone().into_iter().chain(unfit) {
            rejected.add_made(0, problem, entry);
        }
        config.identity = identity;
        config.profile = Some(profile);
    }
    if let Some(Value::Array(entries)) = first(message, &["collectItemConfig", "collectItems"]) {
        let mut items = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            match item(entry) {
                Ok(it) => items.push(it),
                Err(problem) => rejected.add_made(index as u32, problem, || entry.to_string()),
            }
        }
        config.items = Some(items);
    }
    Ok((config, rejected))
}

fn item(entry: &Value) -> Result<CollectItem, Problem> {
    let Value::Object(entry) = entry else {
        return Err(Problem::new("collectItemConfig", ProblemCode::EntryNotObject, ""));
    };
    let text = match text_of(entry, &["dataCode"]) {
        Some(it) => it,
        None => joined(entry)?,
    };
    let data_code = DataCode::parse_lenient(&text).map_err(|error| {
        Problem::new("dataCode", error.problem(), text).hint(error.reason_zh(), error.to_string())
    })?;
    let stat_type = get(entry, "statType")
        .and_then(small)
        .and_then(StatType::from_code)
        .ok_or_else(|| Problem::new("statType", ProblemCode::EntryStatTypeInvalid, ""))?;
    Ok(CollectItem {
        data_code,
        stat_type,
        name: named(entry)?,
        value_max: read_as(entry, "dataValueMax", finite)?,
        value_min: read_as(entry, "dataValueMin", finite)?,
    })
}

fn named(entry: &Map<String, Value>) -> Result<Option<String>, Problem> {
    let name = text_of(entry, &["name"]);
    name.as_deref().map_or(Ok(()), |it| checks::text("name", it))?;
    Ok(name)
}

fn finite(value: &Value) -> Option<f64> {
    number(value).filter(|it| it.is_finite())
}

/// Reads an optional attribute. A value that is present but unreadable is a problem.
fn read_as<T>(
    object: &Map<String, Value>,
    name: &'static str,
    read: fn(&Value) -> Option<T>,
) -> Result<Option<T>, Problem> {
    match get(object, name) {
        None => Ok(None),
        Some(Value::String(it)) if it.trim().is_empty() => Ok(None),
        Some(value) => read(value)
            .map(Some)
            .ok_or_else(|| Problem::new(name, ProblemCode::EntryFieldUnreadable, shown(value))),
    }
}

/// The data code, joined from the parts that the message carries.
fn joined(entry: &Map<String, Value>) -> Result<String, Problem> {
    const CODE_PARTS: [(&str, usize); 7] = [
        ("processCode", 2),
        ("processUnitCode", 2),
        ("equipmentCode", 2),
        ("equipmentUnitCode", 2),
        ("energyClassCode", 2),
        ("energyTypeCode", 4),
        ("dataUsageCode", 2),
    ];
    let mut code = String::with_capacity(16);
    for (name, width) in CODE_PARTS {
        let part = text_of(entry, &[name])
            .ok_or_else(|| Problem::new(name, ProblemCode::EntryFieldMissing, name))?;
        code.push_str(&format!("{part:0>width$}"));
    }
    Ok(code)
}
