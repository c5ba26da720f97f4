//! From a mapping, as people save it, to a plan of reading; every part that cannot be read is named.

pub mod columns;
pub mod stamps;

use nengce_messages::echo;
use nengce_shared::api::imports::{ImportMapping, MappedItem};
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;

use columns::{MappedColumn, Measure, ReadingsMapping};
use stamps::{DateFormat, Stamps, interval};

/// A part of a mapping that cannot be used: its name, and what it may be.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingProblem {
    pub part: &'static str,
    pub reason: String,
}

fn refuse(part: &'static str, reason: impl Into<String>) -> MappingProblem {
    MappingProblem { part, reason: reason.into() }
}

fn wrong(part: &'static str, found: &str, allowed: &str) -> MappingProblem {
    refuse(part, format!("{}（{allowed}）", echo(found)))
}

/// Reads the text form `time=COLUMN;CODE=COLUMN*MULTIPLIER;…` into a mapping, and its columns with what each one's unit is.
pub fn take_text(mapping: &mut ImportMapping, text: &str) -> Result<(), MappingProblem> {
    let (time, unit, maps) = ReadingsMapping::of_map(text).map_err(|it| refuse("map", it))?;
    mapping.time_column = Some(time);
    mapping.unit_column = unit.or(mapping.unit_column.take());
    mapping.items = maps
        .into_iter()
        .map(|suggestion| {
            let mut item = MappedItem {
                column: suggestion.column,
                data_code: suggestion.data_code.to_string(),
                multiplier: None,
                unit: None,
                unit_column: None,
            };
            match suggestion.measure {
                Measure::Factor(factor) => item.multiplier = Some(factor),
                Measure::Unit(unit) => item.unit = Some(unit),
                _ => item.unit = Some(DICTIONARY.to_owned()),
            }
            item
        })
        .collect();
    Ok(())
}

/// The unit of a column of the text form that names none: the heading's, else the dictionary's.
pub const DICTIONARY: &str = "?";

fn given(it: &Option<String>) -> Option<String> {
    it.clone().filter(|it| !it.trim().is_empty())
}

/// The plan of a table of readings.
pub fn readings(mapping: &ImportMapping) -> Result<ReadingsMapping, MappingProblem> {
    let time_column = given(&mapping.time_column)
        .ok_or_else(|| refuse("time_column", "时间列未指定 / no column of time stamps"))?;
    if mapping.items.is_empty() {
        return Err(refuse("items", "没有数据列 / no column is mapped to a data code"));
    }
    let maps: Vec<MappedColumn> = mapping.items.iter().map(item).collect::<Result<_, _>>()?;
    for (at, it) in maps.iter().enumerate() {
        let twice =
            |other: &MappedColumn| other.data_code == it.data_code && other.column == it.column;
        if maps[..at].iter().any(twice) {
            return Err(refuse("items", format!("{} 出现两次 / stands twice", it.data_code)));
        }
    }
    Ok(ReadingsMapping {
        time_column,
        unit_column: given(&mapping.unit_column),
        maps,
        stat_type: mapping.stat_type,
        input_type: small("input_type", mapping.input_type.unwrap_or(7), 7)?,
        stamps: stamps(mapping)?,
    })
}

fn item(it: &MappedItem) -> Result<MappedColumn, MappingProblem> {
    let data_code = DataCode::parse_lenient(&it.data_code)
        .map_err(|error| refuse("items", format!("{}: {error}", echo(&it.data_code))))?;
    if it.column.trim().is_empty() {
        let words = format!("{data_code}: 列名为空 / the column's name is empty");
        return Err(refuse("items", words));
    }
    let measure = match (it.multiplier, given(&it.unit_column), given(&it.unit)) {
        (Some(factor), _, _) if !multiplies(factor) => {
            return Err(refuse("items", format!("{}: multiplier", echo(&it.column))));
        }
        (Some(factor), _, _) => Measure::Factor(factor),
        (None, Some(column), _) => Measure::PerRow(column),
        (None, None, Some(unit)) if unit == DICTIONARY => Measure::HeadingOrDictionary,
        (None, None, Some(unit)) => Measure::Unit(unit),
        (None, None, None) => Measure::Heading,
    };
    Ok(MappedColumn { data_code, column: it.column.clone(), measure })
}

fn small(part: &'static str, given: u8, last: u8) -> Result<u8, MappingProblem> {
    match given {
        it if it <= last => Ok(it),
        it => Err(wrong(part, &it.to_string(), &format!("0–{last}"))),
    }
}

/// Times nothing, every value would be lost.
pub fn multiplies(factor: f64) -> bool {
    factor.is_finite() && factor != 0.0
}

/// What values of a list are multiplied by.
pub fn multiplier(mapping: &ImportMapping) -> Result<Option<f64>, MappingProblem> {
    match mapping.multiplier {
        Some(it) if !multiplies(it) => Err(wrong("multiplier", &it.to_string(), "≠ 0")),
        it => Ok(it),
    }
}

/// How the file writes dates.
pub fn dates(mapping: &ImportMapping) -> Result<DateFormat, MappingProblem> {
    match mapping.dates.as_deref() {
        None | Some("") => Ok(DateFormat::Found),
        Some(dates) => {
            DateFormat::parse(dates).ok_or_else(|| wrong("dates", dates, "ymd, dmy, mdy, %…"))
        }
    }
}

/// What a file of records says of its stamps: `None` for starts, else the length of real-time intervals, 0 where it is
/// not said.
pub fn ends(mapping: &ImportMapping) -> Result<Option<i64>, MappingProblem> {
    let named =
        ImportMapping { stat_type: mapping.stat_type.or(Some(StatType::Day)), ..mapping.clone() };
    let it = stamps(&named)?;
    Ok(it.ends.then_some(it.interval_seconds))
}

fn stamps(mapping: &ImportMapping) -> Result<Stamps, MappingProblem> {
    let format = dates(mapping)?;
    let interval_seconds = match mapping.interval.as_deref().filter(|it| !it.is_empty()) {
        None => 0,
        Some(text) => interval(text).ok_or_else(|| wrong("interval", text, "15m, 1h, 1d"))?,
    };
    let ends = match mapping.stamps.as_deref() {
        None | Some("" | "start") => false,
        Some("end") => true,
        Some(other) => return Err(wrong("stamps", other, "start, end")),
    };
    let midnight_closes_day = match mapping.midnight.as_deref() {
        None | Some("" | "opens-day") => false,
        Some("closes-day") => true,
        Some(other) => return Err(wrong("midnight", other, "opens-day, closes-day")),
    };
    if ends && interval_seconds == 0 && mapping.stat_type.unwrap_or_default() == StatType::RealTime
    {
        return Err(refuse(
            "interval",
            "实时数据按终点填写时须说明间隔 / ends of real-time intervals need the interval's length",
        ));
    }
    Ok(Stamps { format, ends, interval_seconds, midnight_closes_day })
}
