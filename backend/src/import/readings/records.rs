//! A row per value, with its own unit and data code: the one check of such rows, whatever file or upload they came in.

use std::borrow::Cow;

use nengce_core::reference::Dictionaries;
use nengce_messages::energy::{self, Entry};
use nengce_messages::profile::national::NATIONAL;
use nengce_messages::scalar::{Scalar, key_is};
use nengce_messages::{Bounds, Problem, Reading, echo, stamp};
use nengce_shared::api::imports::{RECORD_FIELDS, RECORD_FIELDS_ZH};
use nengce_shared::basis::Basis;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::factor;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity;

use crate::import::checked_file::Units;
use crate::import::problem::FileProblem;
use crate::import::sheet::letters;

/// A row before it is checked.
#[derive(Debug, Default)]
pub struct Record<'a> {
    pub enterprise: Scalar<'a>,
    pub entry: Entry<'a>,
    /// The unit of measure; missing: the dictionary's.
    pub measure: Scalar<'a>,
}

/// The unit that a credit code names.
pub fn unit(text: &str, units: &Units<'_>) -> Result<i32, Problem> {
    const FIELD: &str = "enterpriseCode";
    if text.is_empty() {
        return Err(Problem::new(FIELD, ProblemCode::EntryFieldMissing, FIELD));
    }
    let code = CreditCode::parse(text).map_err(|error| {
        Problem::new(FIELD, ProblemCode::EntryCreditCodeInvalid, text)
            .hint(error.reason_zh(), error.to_string())
    })?;
    units(code.as_str()).map_err(|it| Problem::new(FIELD, it, text))
}

/// The unit and the reading of a row, by the rules of the terminal protocol, in the dictionary's unit of measure.
pub fn check(
    record: &Record<'_>,
    units: &Units<'_>,
    dictionaries: &Dictionaries,
    bounds: &Bounds,
) -> Result<(i32, Reading), Problem> {
    let unit = unit(&record.enterprise.text().unwrap_or_default(), units)?;
    let mut reading = energy::reading(&record.entry, &NATIONAL, bounds)?;
    match (&record.measure, record.measure.text()) {
        (Scalar::Missing, _) => {}
        (_, Some(measure)) => {
            reading.value = converted(&reading, &measure, dictionaries, bounds)?;
        }
        // A flag or a list is no unit; passing over it would take the value in the dictionary's.
        (it, None) => {
            let code = ProblemCode::ImportMeasureUnknown;
            return Err(Problem::new("dataUnit", code, it.shown()));
        }
    }
    usable(&reading, dictionaries)?;
    Ok((unit, reading))
}

/// A measured factor (classes 05, 06) far from the default in every unit would be kept and used nowhere.
pub fn usable(reading: &Reading, dictionaries: &Dictionaries) -> Result<(), Problem> {
    if !matches!(reading.data_code.class_digits(), "05" | "06") {
        return Ok(());
    }
    let kind = reading.data_code.energy_type();
    let day = stamp::date_time(reading.at).date();
    let factor = dictionaries.factor(kind, Basis::Calorific, day);
    let known = dictionaries.energy_type(kind).zip(factor);
    match known {
        Some((energy, factor))
            if factor::measured(reading.value, factor.kgce_per_unit, &energy.unit).is_none() =>
        {
            let usual = factor.kgce_per_unit;
            let rejected =
                Problem::new("dataValue", ProblemCode::EntryValueAbsurd, reading.value.to_string());
            Err(rejected.hint(
                format!("实测折标系数与缺省值 {usual} kgce/{} 相差过大，按 kgce、tce、kJ、MJ、kcal 都不合理", energy.unit),
                format!("a measured factor far from the default {usual} kgce per {} in kgce, tce, kJ, MJ and kcal alike", energy.unit),
            ))
        }
        _ => Ok(()),
    }
}

fn converted(
    reading: &Reading,
    measure: &str,
    dictionaries: &Dictionaries,
    bounds: &Bounds,
) -> Result<f64, Problem> {
    const FIELD: &str = "dataUnit";
    let refuse = |code| Problem::new(FIELD, code, measure);
    let to = dictionaries.quantity_unit(&reading.data_code).ok_or_else(|| {
        refuse(ProblemCode::ImportMeasureUnknown).hint(
            "字典没有该数据编码的单位，请留空",
            "the dictionary has no unit for this data code: leave it empty",
        )
    })?;
    let factor = quantity::factor(Some(measure), to).map_err(|error| {
        refuse(ProblemCode::ImportMeasureUnknown)
            .hint(error.reason(Lang::Zh), error.reason(Lang::En))
    })?;
    let value = reading.value * factor;
    match value.abs() <= bounds.value_abs_max {
        true => Ok(value),
        false => Err(refuse(ProblemCode::EntryValueAbsurd)),
    }
}

/// Where the fields of a record stand in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    at: [Option<usize>; RECORD_FIELDS.len()],
}

impl Columns {
    /// Finds fields by name, English without regard to case and underscores, or Chinese; the first five must be there unless
    /// `given` has them for every row.
    pub fn of(header: &[String], given: &[&str]) -> Result<Self, FileProblem> {
        let is = |it: &String, which: usize| {
            let name = it.trim().trim_start_matches(['*', '＊']).trim();
            key_is(name, RECORD_FIELDS[which]) || RECORD_FIELDS_ZH[which].contains(&name)
        };
        let at = std::array::from_fn(|which| header.iter().position(|it| is(it, which)));
        for (which, (field, first)) in RECORD_FIELDS.iter().zip(&at).enumerate() {
            let Some(first) = *first else { continue };
            if let Some(behind) = header[first + 1..].iter().position(|it| is(it, which)) {
                let second = letters(first + 1 + behind);
                let words = format!("{field}（{}, {second}）", letters(first));
                return Err(FileProblem::new(ProblemCode::ImportColumnDuplicate, words));
            }
        }
        let missing = RECORD_FIELDS
            .iter()
            .zip(&at)
            .take(5)
            .find(|(field, at)| at.is_none() && !given.contains(field));
        match missing {
            None => Ok(Self { at }),
            Some((field, _)) => Err(FileProblem::new(
                ProblemCode::ImportColumnMissing,
                format!("{field}（{}）", echo(&header.join(", "))),
            )),
        }
    }

    pub fn has(&self, field: &str) -> bool {
        self.place(field).is_some()
    }

    /// A row of text; an empty cell is a missing field.
    pub fn record<'a>(&self, cell: impl Fn(usize) -> Option<&'a str>) -> Record<'a> {
        let field = |which: usize| match self.at[which].and_then(&cell).map(str::trim) {
            None | Some("") => Scalar::Missing,
            Some(it) => Scalar::Text(Cow::Borrowed(it)),
        };
        Record {
            enterprise: field(0),
            entry: Entry {
                data_code: field(1),
                stat_type: field(2),
                stat_date: field(3),
                data_value: field(4),
                input_type: field(5),
                valid: field(6),
                scope: field(7),
                upload_date: Scalar::Missing,
            },
            measure: field(8),
        }
    }

    /// The columns that are fields of a record, in their order.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.at.iter().flatten().copied()
    }

    /// Where a field stands.
    pub fn place(&self, field: &str) -> Option<usize> {
        let at = RECORD_FIELDS.iter().position(|it| *it == field)?;
        self.at[at]
    }
}
