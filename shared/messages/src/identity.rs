//! The identity of a unit: the attributes of `enterprise` whose changes an operator decides once the unit is approved.
//! They are checked and written in one form, so that they can be compared.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields::{first, flag, same, small, text, text_of};
use super::{Problem, checks};
use crate::KnownCodes;
use nengce_shared::problem::ProblemCode;

/// An attribute with its name in the protocol and the other names that clients use.
pub struct Attribute {
    /// The name in the protocol.
    pub field: &'static str,
    names: &'static [&'static str],
    /// The name on screen.
    pub zh: &'static str,
    /// The name on screen.
    pub en: &'static str,
    /// Whether the attribute decides how the unit counts: its district, industry, class or conversion.
    pub changes_figures: bool,
}

const fn attribute(
    names: &'static [&'static str],
    zh: &'static str,
    en: &'static str,
    changes_figures: bool,
) -> Attribute {
    Attribute { field: names[0], names, zh, en, changes_figures }
}

/// The name of the unit.
pub const NAME: &str = "name";
/// The six digits of its district (GB/T 2260).
pub const REGION: &str = "regionCode";
/// Its industry with the letter (GB/T 4754).
pub const INDUSTRY: &str = "industryCode";
/// The size band of its yearly consumption.
pub const LEVEL: &str = "energyConsumeLevel";
/// Whether it converts energy.
pub const CONVERSION: &str = "jgzh";
const LONGITUDE: &str = "longitude";
const LATITUDE: &str = "latitude";

/// Every attribute, in the order in which a change shows them.
pub const ATTRIBUTES: [Attribute; 9] = [
    attribute(&[NAME, "enterpriseName"], "单位名称", "Name", false),
    attribute(&[REGION, "region"], "行政区划", "District", true),
    attribute(&[INDUSTRY], "行业", "Industry", true),
    attribute(&[LEVEL], "能耗等级", "Consumption level", true),
    attribute(&[CONVERSION], "能源加工转换单位", "Conversion unit", true),
    attribute(&[LONGITUDE], "经度", "Longitude", false),
    attribute(&[LATITUDE], "纬度", "Latitude", false),
    attribute(&["typeCode"], "单位类型", "Type", false),
    attribute(&["corporationCode"], "法人单位代码", "Legal person's code", false),
];

/// Values by field, each in one form, such as `C3110`, `4`, `true`, `117.2`.
pub type Identity = BTreeMap<&'static str, String>;

/// The attribute of a field.
pub fn attribute_of(field: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|it| it.field == field)
}

/// Reads the attributes of `enterprise`. An unusable attribute is left out and named among the problems.
pub fn read(
    enterprise: &Map<String, Value>,
    dictionaries: &impl KnownCodes,
) -> (Identity, Vec<Problem>) {
    let mut identity = Identity::new();
    let mut problems = Vec::new();
    for it in &ATTRIBUTES {
        let Some(found) = text_of(enterprise, it.names) else {
            continue;
        };
        let value = first(enterprise, it.names).unwrap_or(&Value::Null);
        match one(it.field, value, found, dictionaries) {
            Ok(known) => drop(identity.insert(it.field, known)),
            Err(problem) => problems.push(problem),
        }
    }
    // Clients that know no coordinates send zeros.
    if [LONGITUDE, LATITUDE].iter().all(|it| identity.get(it).is_none_or(|it| it == "0")) {
        identity.remove(LONGITUDE);
        identity.remove(LATITUDE);
    }
    (identity, problems)
}

fn one(
    field: &'static str,
    value: &Value,
    found: String,
    dictionaries: &impl KnownCodes,
) -> Result<String, Problem> {
    let unreadable = |zh: &str, en: &str| {
        Problem::new(field, ProblemCode::EntryFieldUnreadable, found.as_str()).hint(zh, en)
    };
    checks::text(field, &found)?;
    match field {
        REGION => checks::region(dictionaries, field, &found)?,
        INDUSTRY => {
            let code = found.to_uppercase();
            checks::industry(dictionaries, field, &code)?;
            return Ok(code);
        }
        LEVEL => {
            let level = small(value).filter(|it| (1..=6).contains(it));
            return level
                .map(|it| it.to_string())
                .ok_or_else(|| unreadable("应为 1–6", "it must be 1–6"));
        }
        CONVERSION => {
            return flag(value)
                .map(|it| it.to_string())
                .ok_or_else(|| unreadable("应为 true 或 false", "it must be true or false"));
        }
        LONGITUDE => return checks::degrees(field, &found, 180.0).map(|it| it.to_string()),
        LATITUDE => return checks::degrees(field, &found, 90.0).map(|it| it.to_string()),
        _ => {}
    }
    Ok(found)
}

/// A value as JSON writes it.
pub fn to_json(field: &str, value: &str) -> Value {
    match field {
        LEVEL | LONGITUDE | LATITUDE | CONVERSION => {
            serde_json::from_str(value).unwrap_or_else(|_| value.into())
        }
        _ => value.into(),
    }
}

/// Removes an attribute from `enterprise`, under any of its names.
pub fn remove(enterprise: &mut Map<String, Value>, field: &str) {
    if let Some(it) = attribute_of(field) {
        enterprise.retain(|key, _| !it.names.iter().any(|name| same(key, name)));
    }
}

/// Sets attributes of `enterprise` to their values in `from`; an attribute that `from` lacks is removed.
pub fn keep_from(
    enterprise: &mut Map<String, Value>,
    from: Option<&Map<String, Value>>,
    fields: impl IntoIterator<Item = &'static str>,
) {
    for field in fields {
        remove(enterprise, field);
        let known = attribute_of(field).zip(from);
        if let Some(stood) = known.and_then(|(it, from)| first(from, it.names)) {
            enterprise.insert(field.to_owned(), stood.clone());
        }
    }
}

/// Attributes that are secrets: whoever knows them can send messages for the unit.
const SECRETS: [&str; 9] = [
    "deviceId",
    "dataIndex",
    "secretKey",
    "workingKey",
    "password",
    "token",
    "accessKey",
    "ak",
    "license",
];

/// `enterprise` as it was sent, without secrets.
pub fn without_secrets(enterprise: &Map<String, Value>) -> Value {
    let is_open = |key: &str| !SECRETS.iter().any(|it| same(key, it));
    let open = enterprise.iter().filter(|(key, _)| is_open(key));
    Value::Object(open.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// `enterprise` as it may be shown: without secrets, and without texts that must not be shown, which are named among
/// the problems.
pub fn shown(enterprise: &Map<String, Value>) -> (Map<String, Value>, Vec<Problem>) {
    let mut kept = Map::new();
    let mut problems = Vec::new();
    for (key, value) in enterprise {
        if SECRETS.iter().any(|it| same(key, it)) {
            continue;
        }
        let checked = checks::text("enterprise", key).and_then(|()| fit(value));
        match checked {
            Ok(()) => drop(kept.insert(key.clone(), value.clone())),
            Err(problem) => problems.push(problem),
        }
    }
    (kept, problems)
}

fn fit(value: &Value) -> Result<(), Problem> {
    match value {
        Value::String(_) => checks::text("enterprise", &text(value).unwrap_or_default()),
        Value::Array(all) => all.iter().try_for_each(fit),
        Value::Object(all) => all.iter().try_for_each(|(key, value)| {
            checks::text("enterprise", key)?;
            fit(value)
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::known_codes::tests::Tianjin;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(it) => it,
            _ => unreachable!("an object"),
        }
    }

    #[test]
    fn values_are_compared_in_one_form() {
        let dictionaries = Tianjin;
        let one =
            object(json!({"name": " 津门特钢 ", "regionCode": 120110, "industryCode": "c3110",
            "energyConsumeLevel": "4", "jgzh": 0, "latitude": "39.0", "longitude": 117.20}));
        let other = object(
            json!({"enterpriseName": "津门特钢", "REGION_CODE": "120110", "industryCode": "C3110",
            "energyConsumeLevel": 4, "jgzh": "false", "latitude": 39, "longitude": "117.2"}),
        );
        let (a, wrong) = read(&one, &dictionaries);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(a, read(&other, &dictionaries).0);
        assert_eq!(a[INDUSTRY], "C3110");
        assert_eq!(to_json(LONGITUDE, &a[LONGITUDE]), json!(117.2));
    }

    #[test]
    fn what_cannot_be_used_is_told_and_left_out() {
        let dictionaries = Tianjin;
        let (identity, wrong) = read(
            &object(
                json!({"name": "津门\u{202e}特钢", "regionCode": "999999", "industryCode": "X9",
                "energyConsumeLevel": 9, "jgzh": "perhaps", "latitude": 91, "longitude": "west", "typeCode": "159"}),
            ),
            &dictionaries,
        );
        assert_eq!(identity.keys().copied().collect::<Vec<_>>(), ["typeCode"]);
        let fields: Vec<_> = wrong.iter().map(|it| it.field).collect();
        assert_eq!(fields.len(), 7, "{fields:?}");
        let (none, wrong) =
            read(&object(json!({"latitude": 0, "longitude": "0.0", "name": null})), &dictionaries);
        assert!(none.is_empty() && wrong.is_empty(), "{none:?} {wrong:?}");
    }

    #[test]
    fn keys_are_no_part_of_a_profile() {
        let (kept, wrong) = shown(&object(
            json!({"name": "甲", "dataIndex": "0123", "Secret_Key": "k", "phone": 1,
            "address": "x\u{200b}", "productionLine": [{"name": "一线"}]}),
        ));
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert_eq!(wrong.len(), 1);
    }

    #[test]
    fn a_profile_keeps_what_stands_whatever_it_was_called() {
        let old = object(json!({"enterpriseName": "旧名", "phone": "1"}));
        let mut new = object(json!({"NAME": "新名", "phone": "2", "latitude": 39.0}));
        keep_from(&mut new, Some(&old), [NAME, LATITUDE]);
        assert_eq!(Value::Object(new), json!({"name": "旧名", "phone": "2"}));
    }
}
