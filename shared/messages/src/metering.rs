//! Reads the meter upload (centerMeteringDataURL): instruments with level, state and calibration dates. Clients name
//! the attributes differently, so each has several names.

use jiff::civil::Date;
use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use super::fields::{first, shown, small, text_of};
use super::rejected_entries::{RejectedEntries, RejectedLimits};
use super::wall_time::{self, WallTimeError};
use super::{Leniency, Problem, checks};

/// A measuring instrument of a unit.
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
    /// The accuracy class as it was sent.
    pub accuracy_class: Option<String>,
    /// The day of the last calibration.
    pub last_calibration: Option<Date>,
    /// The day by which the next one is due.
    pub next_calibration: Option<Date>,
    /// The data items that the meter measures.
    pub data_codes: Vec<String>,
    /// The entry as it was sent.
    pub raw: String,
}

const CODE: &[&str] = &["code", "meterCode", "meterNo", "equipmentCode", "number"];
const LEVEL: &[&str] = &["level", "meterLevel"];
const STATE: &[&str] = &["state", "meterState", "status"];
const ENERGY: &[&str] = &["energyType", "energyTypeCode"];
const ACCURACY: &[&str] = &["accuracy", "accuracyClass", "accuracyLevel"];
const LAST_CHECK: &[&str] = &["lastCheckDate", "lastCalibration", "lastVerifyDate", "lastDate"];
const NEXT_CHECK: &[&str] = &["nextCheckDate", "nextCalibration", "nextVerifyDate", "nextDate"];
const RELATED: &[&str] = &["dataCodes", "dataCode", "relations"];

/// Reads the meters of a message. A meter without a code, with an unreadable date or of more than `most_bytes` is
/// rejected by itself.
///
/// # Errors
/// The message has no list `data`.
pub fn read(
    message: &Map<String, Value>,
    limits: RejectedLimits,
    most_bytes: usize,
) -> Result<(Vec<Meter>, RejectedEntries), Problem> {
    let Some(Value::Array(entries)) = first(message, &["data", "meters", "meter"]) else {
        return Err(Problem::new("data", ProblemCode::BodyDataMissing, ""));
    };
    let (mut meters, mut rejected) =
        (Vec::with_capacity(entries.len()), RejectedEntries::new(limits));
    for (index, entry) in entries.iter().enumerate() {
        match meter(entry, most_bytes) {
            Ok(it) => meters.push(it),
            Err(problem) => rejected.add_made(index as u32, problem, || entry.to_string()),
        }
    }
    Ok((meters, rejected))
}

fn meter(entry: &Value, most_bytes: usize) -> Result<Meter, Problem> {
    let Value::Object(it) = entry else {
        return Err(Problem::new("data", ProblemCode::EntryNotObject, ""));
    };
    let raw = entry.to_string();
    if raw.len() > most_bytes {
        let found = raw.len().to_string();
        return Err(Problem::new("data", ProblemCode::EntryTooLong, found).hint(
            format!("一块仪表最多 {most_bytes} 字节"),
            format!("a meter has at most {most_bytes} bytes"),
        ));
    }
    let code = text_of(it, CODE)
        .ok_or_else(|| Problem::new("code", ProblemCode::EntryFieldMissing, "code"))?;
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
        last_calibration: date(it, "lastCheckDate", LAST_CHECK)?,
        next_calibration: date(it, "nextCheckDate", NEXT_CHECK)?,
        data_codes: first(it, RELATED).map(codes).transpose()?.unwrap_or_default(),
        raw,
    })
}

fn date(
    it: &Map<String, Value>,
    field: &'static str,
    names: &[&str],
) -> Result<Option<Date>, Problem> {
    let Some(text) = text_of(it, names) else {
        return Ok(None);
    };
    wall_time::parse(&text, Leniency::USUAL.offset_minutes).map(|it| Some(it.date())).map_err(
        |why| {
            let (zh, en) = match why {
                WallTimeError::Form => ("格式应为 YYYY-MM-DD", "write it as YYYY-MM-DD"),
                why => why.hint(),
            };
            Problem::new(field, ProblemCode::EntryStatDateMalformed, text).hint(zh, en)
        },
    )
}

/// Reads an optional number from 0 to 255. A value that is present but unreadable is a problem.
fn small_of(
    it: &Map<String, Value>,
    field: &'static str,
    names: &[&str],
) -> Result<Option<u8>, Problem> {
    match first(it, names) {
        None => Ok(None),
        Some(Value::String(it)) if it.trim().is_empty() => Ok(None),
        Some(value) => small(value).map(Some).ok_or_else(|| {
            Problem::new(field, ProblemCode::EntryFieldUnreadable, shown(value))
                .hint("应为整数", "it must be a whole number")
        }),
    }
}

fn codes(value: &Value) -> Result<Vec<String>, Problem> {
    let one = |it: &Value| {
        let text = match it {
            Value::Object(it) => text_of(it, &["dataCode"]),
            it => super::fields::text(it),
        }
        .unwrap_or_default();
        DataCode::parse_lenient(&text).map(|it| it.to_string()).map_err(|error| {
            Problem::new("dataCode", error.problem(), text)
                .hint(error.reason_zh(), error.to_string())
        })
    };
    match value {
        Value::Array(many) => many.iter().map(one).collect(),
        it => Ok(vec![one(it)?]),
    }
}
