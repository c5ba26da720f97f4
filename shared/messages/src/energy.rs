//! Reads the entries of a data upload: each becomes a reading or is rejected. The profiles hold what differs between
//! provinces.

use std::borrow::Cow;
use std::fmt;

use nengce_shared::data_code::DataCode;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::province::Profile;
use super::rejected_entries::RejectedEntries;
use super::scalar::{STANDS_TWICE, Scalar, key_is, once};
use super::text::is_no_number;
use super::{Bounds, Problem, Reading, period, stamp};

/// The attributes of an entry as they were sent.
#[derive(Debug, Clone, Default)]
pub struct Entry<'a> {
    /// `dataCode`.
    pub data_code: Scalar<'a>,
    /// `dataValue`.
    pub data_value: Scalar<'a>,
    /// `inputType`.
    pub input_type: Scalar<'a>,
    /// `statType`.
    pub stat_type: Scalar<'a>,
    /// `statDate`.
    pub stat_date: Scalar<'a>,
    /// `uploadDate`.
    pub upload_date: Scalar<'a>,
    /// `scope`.
    pub scope: Scalar<'a>,
    /// `valid`.
    pub valid: Scalar<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Entry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry<'de>, A::Error> {
                let mut entry = Entry::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    match entry.slot(&key) {
                        Some(slot) => once(slot, map.next_value()?, &key)?,
                        None => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(entry)
            }
        }
        deserializer.deserialize_map(EntryVisitor)
    }
}

impl<'a> Entry<'a> {
    /// The attribute that a key names, in the protocol's spelling or in any letter case.
    pub(super) fn slot(&mut self, key: &str) -> Option<&mut Scalar<'a>> {
        match key {
            "dataCode" => Some(&mut self.data_code),
            "dataValue" => Some(&mut self.data_value),
            "inputType" => Some(&mut self.input_type),
            "statType" => Some(&mut self.stat_type),
            "statDate" => Some(&mut self.stat_date),
            "uploadDate" => Some(&mut self.upload_date),
            "scope" => Some(&mut self.scope),
            "valid" => Some(&mut self.valid),
            _ => ATTRIBUTES
                .into_iter()
                .find(|name| key != *name && key_is(key, name))
                .and_then(|name| self.slot(name)),
        }
    }
}

/// The attributes of an entry as the protocol names them (NECC-NHJC-04).
pub const ATTRIBUTES: [&str; 8] =
    ["dataCode", "dataValue", "inputType", "statType", "statDate", "uploadDate", "scope", "valid"];

/// Reads every entry; a bad entry does not affect the good ones.
pub fn read(
    entries: &[&RawValue],
    profile: &Profile,
    bounds: &Bounds,
) -> (Vec<Reading>, RejectedEntries) {
    let mut readings = Vec::with_capacity(entries.len());
    let mut rejected = RejectedEntries::new(bounds.rejected_limits);
    let mut off_start = Vec::new();
    for (index, raw) in entries.iter().enumerate() {
        match parse(raw.get()).and_then(|entry| reading(&entry, profile, bounds)) {
            Ok(it) => {
                if it.off != 0 {
                    off_start.push((readings.len(), index as u32, raw.get()));
                }
                readings.push(it);
            }
            Err(problem) => rejected.add(index as u32, problem, raw.get()),
        }
    }
    reject_clashes(&mut readings, &mut rejected, &off_start);
    (readings, rejected)
}

/// Rejects a reading whose stamp means the same period as another stamp of the message. `off_start` lists the readings
/// whose stamp lay off the start of their period: place among the readings, index of the entry, and its text.
pub(super) fn reject_clashes(
    readings: &mut Vec<Reading>,
    rejected: &mut RejectedEntries,
    off_start: &[(usize, u32, &str)],
) {
    if off_start.is_empty() {
        return;
    }
    for place in period::clashes(readings).into_iter().rev() {
        let lost = readings.remove(place);
        if let Some((_, index, raw)) = off_start.iter().find(|it| it.0 == place) {
            rejected.add(*index, period::clash(&lost), raw);
        }
    }
    rejected.kept.sort_by_key(|it| it.index);
}

/// Parses the attributes of one entry.
pub(super) fn parse(raw: &str) -> Result<Entry<'_>, Problem> {
    serde_json::from_str(raw).map_err(|error| unreadable(raw, &error))
}

/// The reason why an entry that is JSON has no attributes: it is no object, or a value is out of range.
fn unreadable(raw: &str, error: &serde_json::Error) -> Problem {
    let why = error.to_string();
    if !raw.trim_start().starts_with('{') {
        Problem::new("data", ProblemCode::EntryNotObject, "")
    } else if why.contains("number out of range") {
        Problem::new("dataValue", ProblemCode::EntryValueNotFinite, "")
    } else if why.contains(STANDS_TWICE) {
        let zh = format!("同一属性出现两次且值不同：{why}");
        Problem::new("data", ProblemCode::EntryFieldUnreadable, "").hint(zh, why)
    } else {
        Problem::new("data", ProblemCode::EntryFieldUnreadable, "").hint(&*why, &*why)
    }
}

/// Reads one entry by the rules of the national series NECC-NHJC-04 (GB/T 37947).
///
/// # Errors
/// An attribute is missing, unreadable or out of its bounds; the problem names the first such attribute.
pub fn reading(entry: &Entry<'_>, profile: &Profile, bounds: &Bounds) -> Result<Reading, Problem> {
    let data_code = data_code(&entry.data_code)?;
    let stat_type =
        entry.stat_type.small().and_then(StatType::from_code).ok_or_else(|| {
            invalid("statType", &entry.stat_type, ProblemCode::EntryStatTypeInvalid)
        })?;
    let date = entry.stat_date.text().ok_or_else(|| missing("statDate"))?;
    let period = stamp::read_period(&date, stat_type, bounds)?;
    let value = value(&entry.data_value, bounds)?;
    let valid = match &entry.valid {
        Scalar::Missing if profile.valid_may_be_absent && bounds.leniency.absent_is_valid => true,
        Scalar::Missing => return Err(missing("valid")),
        it => (profile.valid)(it)
            .ok_or_else(|| invalid("valid", it, ProblemCode::EntryValidUnreadable))?,
    };
    let input_type = match &entry.input_type {
        Scalar::Missing => None,
        it => Some(
            it.small()
                .filter(|it| (1..=7).contains(it))
                .ok_or_else(|| invalid("inputType", it, ProblemCode::EntryInputTypeInvalid))?,
        ),
    };
    scope(&entry.scope, &data_code)?;
    Ok(Reading {
        data_code,
        stat_type,
        at: period.start,
        off: period.off,
        value,
        valid,
        input_type,
    })
}

fn data_code(scalar: &Scalar<'_>) -> Result<DataCode, Problem> {
    let text = scalar.text().ok_or_else(|| missing("dataCode"))?;
    DataCode::parse_lenient(&text).map_err(|error| {
        Problem::new("dataCode", error.problem(), text.as_ref())
            .hint(error.reason_zh(), error.to_string())
    })
}

fn value(scalar: &Scalar<'_>, bounds: &Bounds) -> Result<f64, Problem> {
    let value = match scalar {
        Scalar::Missing => return Err(missing("dataValue")),
        Scalar::Text(it) if is_no_number(it) => f64::NAN,
        it => {
            it.number().ok_or_else(|| invalid("dataValue", it, ProblemCode::EntryValueNotNumber))?
        }
    };
    if !value.is_finite() {
        return Err(invalid("dataValue", scalar, ProblemCode::EntryValueNotFinite));
    }
    if value.abs() > bounds.value_abs_max {
        return Err(invalid("dataValue", scalar, ProblemCode::EntryValueAbsurd).hint(
            format!("绝对值上限 {:e}，核对单位", bounds.value_abs_max),
            format!("magnitudes up to {:e}; check the unit", bounds.value_abs_max),
        ));
    }
    Ok(value)
}

fn scope(scalar: &Scalar<'_>, code: &DataCode) -> Result<(), Problem> {
    let stated = match scalar {
        Scalar::Missing => return Ok(()),
        it => it
            .small()
            .filter(|it| (1..=4).contains(it))
            .ok_or_else(|| invalid("scope", it, ProblemCode::EntryScopeInvalid))?,
    };
    let of_code = code.scope();
    if u16::from(stated) != of_code.code() {
        return Err(invalid("scope", scalar, ProblemCode::EntryScopeMismatch).hint(
            format!("数据编码的范围是 {}", of_code.code()),
            format!("the data code says {}", of_code.code()),
        ));
    }
    Ok(())
}

fn missing(field: &'static str) -> Problem {
    let example = match field {
        "dataCode" => "00-00-0000-023300-11",
        "dataValue" => "12.5",
        "statDate" => "2025-03-01 00:00:00",
        "valid" => "true",
        _ => "1",
    };
    Problem::new(field, ProblemCode::EntryFieldMissing, field)
        .hint(format!("例如 {example}"), format!("such as {example}"))
}

fn invalid(field: &'static str, scalar: &Scalar<'_>, code: ProblemCode) -> Problem {
    if matches!(scalar, Scalar::Missing) {
        return missing(field);
    }
    let (zh, en) = what_is_right(code);
    Problem::new(field, code, scalar.shown()).hint(zh, en)
}

/// What an attribute may be, for whoever mends the entry.
fn what_is_right(code: ProblemCode) -> (&'static str, &'static str) {
    match code {
        ProblemCode::EntryStatTypeInvalid => (
            "应为 0（实时）、1（日）、2（月）或 3（年）",
            "it is 0 (real-time), 1 (day), 2 (month) or 3 (year)",
        ),
        ProblemCode::EntryValueNotNumber => ("应为数字，例如 12.5", "it is a number, such as 12.5"),
        ProblemCode::EntryValueNotFinite => {
            ("没有数值就不报这一条", "leave the entry out where there is no value")
        }
        ProblemCode::EntryValidUnreadable => {
            ("应为 true 或 false、1 或 0", "it is true or false, 1 or 0")
        }
        ProblemCode::EntryInputTypeInvalid => {
            ("应为 1 至 7 的整数", "it is a whole number from 1 to 7")
        }
        ProblemCode::EntryScopeInvalid => (
            "应为 1（全厂）、2（工序）、3（工序单元）或 4（重点设备）",
            "it is 1 (whole plant), 2 (process), 3 (process unit) or 4 (key equipment)",
        ),
        _ => ("", ""),
    }
}
