//! The meter upload (centerMeteringDataURL): instruments with level, state and calibration dates.
//! The message's family is national, its attribute names differ between clients: each has several.

use jiff::civil::Date;
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use super::fields::{first, shown, small, text_of};
use super::refusals::{Keep, Refusals};
use super::wall_time::{self, Refusal};
use super::{Defect, Habits, checks};

/// One instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Meter {
    /// The unit's own number of the meter.
    pub code: String,
    /// What the unit calls it.
    pub name: String,
    /// 1 unit in/out, 2 main sub-unit, 3 main equipment.
    pub level: Option<u8>,
    /// 1 normal, 2 faulty, 3 stopped.
    pub state: Option<u8>,
    /// The four digits of the energy that it measures.
    pub energy_type: Option<String>,
    /// As it is written.
    pub accuracy_class: Option<String>,
    /// The day of the last calibration.
    pub last_calibration: Option<Date>,
    /// The day by which the next one is due.
    pub next_calibration: Option<Date>,
    /// The items that rest on it.
    pub data_codes: Vec<String>,
    /// The entry as it came.
    pub raw: String,
}

const CODE: &[&str] = &["code", "meterCode", "meterNo", "equipmentCode", "number"];
const LEVEL: &[&str] = &["level", "meterLevel"];
const STATE: &[&str] = &["state", "meterState", "status"];
const ENERGY: &[&str] = &["energyType", "energyTypeCode"];
const ACCURACY: &[&str] = &["accuracy", "accuracyClass", "accuracyLevel"];
const LAST: &[&str] = &["lastCheckDate", "lastCalibration", "lastVerifyDate", "lastDate"];
const NEXT: &[&str] = &["nextCheckDate", "nextCalibration", "nextVerifyDate", "nextDate"];
const RELATED: &[&str] = &["dataCodes", "dataCode", "relations"];

/// Reads `data`; a meter without a code, with an unreadable date or of more than `most_bytes` is refused on its own.
pub fn read(
    message: &Map<String, Value>,
    keep: Keep,
    most_bytes: usize,
) -> Result<(Vec<Meter>, Refusals), Defect> {
    let Some(Value::Array(entries)) = first(message, &["data", "meters", "meter"]) else {
        return Err(Defect::new("data", ProblemCode::BodyDataMissing, ""));
    };
    let (mut meters, mut refused) = (Vec::with_capacity(entries.len()), Refusals::new(keep));
    for (index, entry) in entries.iter().enumerate() {
        match meter(entry, most_bytes) {
            Ok(it) => meters.push(it),
            Err(defect) => refused.add_made(index as u32, defect, || entry.to_string()),
        }
    }
    Ok((meters, refused))
}

fn meter(entry: &Value, most_bytes: usize) -> Result<Meter, Defect> {
    let Value::Object(it) = entry else {
        return Err(Defect::new("data", ProblemCode::EntryNotObject, ""));
    };
    let raw = entry.to_string();
    if raw.len() > most_bytes {
        let found = raw.len().to_string();
        return Err(Defect::new("data", ProblemCode::EntryTooLong, found).hint(
            format!("一块仪表最多 {most_bytes} 字节"),
            format!("a meter has at most {most_bytes} bytes"),
        ));
    }
    let code = text_of(it, CODE)
        .ok_or_else(|| Defect::new("code", ProblemCode::EntryFieldMissing, "code"))?;
    checks::text("code", &code)?;
    let name = text_of(it, &["name", "meterName"]).unwrap_or_else(|| code.clone());
    checks::text("name", &name)?;
    let (energy_type, accuracy_class) = (text_of(it, ENERGY), text_of(it, ACCURACY));
    for (field, text) in [("energyType", &energy_type), ("accuracy", &accuracy_class)] {
        if let Some(text) = text {
            checks::text(field, text)?;
        }
    }
    Ok(Meter {
        name,
        code,
        level: small_of(it, "level", LEVEL)?,
        state: small_of(it, "state", STATE)?,
        energy_type,
        accuracy_class,
        last_calibration: date(it, "lastCheckDate", LAST)?,
        next_calibration: date(it, "nextCheckDate", NEXT)?,
        data_codes: first(it, RELATED).map(codes).transpose()?.unwrap_or_default(),
        raw,
    })
}

fn date(
    it: &Map<String, Value>,
    field: &'static str,
    names: &[&str],
) -> Result<Option<Date>, Defect> {
    let Some(text) = text_of(it, names) else {
        return Ok(None);
    };
    wall_time::parse(&text, Habits::USUAL.offset_minutes).map(|it| Some(it.date())).map_err(|why| {
        let (zh, en) = match why {
            Refusal::Form => ("格式应为 YYYY-MM-DD", "write it as YYYY-MM-DD"),
            why => why.hint(),
        };
        Defect::new(field, ProblemCode::EntryStatDateMalformed, text).hint(zh, en)
    })
}

/// A small whole number, where there is one; what is none is not passed over.
fn small_of(
    it: &Map<String, Value>,
    field: &'static str,
    names: &[&str],
) -> Result<Option<u8>, Defect> {
    match first(it, names) {
        None => Ok(None),
        Some(Value::String(it)) if it.trim().is_empty() => Ok(None),
        Some(value) => small(value).map(Some).ok_or_else(|| {
            Defect::new(field, ProblemCode::EntryFieldUnreadable, shown(value))
                .hint("应为整数", "it must be a whole number")
        }),
    }
}

fn codes(value: &Value) -> Result<Vec<String>, Defect> {
    let one = |it: &Value| {
        let text = match it {
            Value::Object(it) => text_of(it, &["dataCode"]),
            it => super::fields::text(it),
        }
        .unwrap_or_default();
        DataCode::parse_lenient(&text).map(|it| it.to_string()).map_err(|error| {
            Defect::new("dataCode", error.problem(), text)
                .hint(error.reason_zh(), error.to_string())
        })
    };
    match value {
        Value::Array(many) => many.iter().map(one).collect(),
        it => Ok(vec![one(it)?]),
    }
}
