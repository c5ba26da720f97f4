//! Checks a file as a whole: which rows are valid, which are rejected and why. Stores nothing.

use nengce_shared::api::imports::ImportMapping;

use super::checked_file::{CheckContext, CheckProblem, CheckedFile, ValidRows};
use super::readings::{record_sheet, totals};
use super::results::notes;
use super::sheet::Sheet;
use super::{lists, mapping};
use crate::list_rows::{EconomyRow, TargetRow, TemperatureRow, UnitRow};

/// Kinds of files.
pub const KINDS: [&str; 6] = ["readings", "records", "economy", "targets", "units", "temperatures"];

/// Reads every row; columns that the mapping names otherwise are renamed in the sheet.
pub fn check(
    sheet: &mut Sheet,
    mapping: &ImportMapping,
    context: &CheckContext<'_>,
) -> Result<CheckedFile, CheckProblem> {
    for it in &mapping.fields {
        sheet.rename(&it.column, &it.field)?;
    }
    let mut checked = match mapping.kind.as_str() {
        "readings" => table(sheet, mapping, context)?,
        "records" => record_sheet::check(sheet, mapping, context)?,
        "economy" => list::<EconomyRow>(sheet, mapping, context, ValidRows::Economy)?,
        "targets" => list::<TargetRow>(sheet, mapping, context, ValidRows::Targets)?,
        "temperatures" => list::<TemperatureRow>(sheet, mapping, context, ValidRows::Temperatures)?,
        _ => list::<UnitRow>(sheet, mapping, context, ValidRows::Units)?,
    };
    let mut said = notes::of_sheet(sheet);
    said.append(&mut checked.notes);
    checked.notes = said;
    Ok(checked)
}

/// A list of the economy, of targets, of units or of temperatures.
fn list<T: lists::Listed>(
    sheet: &Sheet,
    mapping: &ImportMapping,
    context: &CheckContext<'_>,
    good: fn(Vec<T>) -> ValidRows,
) -> Result<CheckedFile, CheckProblem> {
    let reading = lists::Reading {
        dictionaries: context.dictionaries,
        dates: mapping::dates(mapping)?,
        multiplier: mapping::multiplier(mapping)?,
        most: context.max_problems,
    };
    let read = lists::read::<T>(sheet, &reading)?;
    Ok(CheckedFile {
        good: good(read.good),
        rejected: read.rejected,
        series: Vec::new(),
        notes: read.notes,
    })
}

/// A table with a time column and a column for each data item.
fn table(
    sheet: &Sheet,
    mapping: &ImportMapping,
    context: &CheckContext<'_>,
) -> Result<CheckedFile, CheckProblem> {
    let readings_mapping = mapping::readings(mapping)?;
    let CheckContext { bounds, dictionaries, units, max_problems } = context;
    let read = readings_mapping.read(sheet, bounds, dictionaries, units, *max_problems)?;
    let column = |code: &_| readings_mapping.column_of(code);
    let readings = read.values.iter().map(|it| &it.1);
    Ok(CheckedFile {
        series: totals::by_item(readings, dictionaries, column),
        good: ValidRows::Values { values: read.values, per_row: readings_mapping.maps.len() },
        rejected: read.rejected,
        notes: read.notes,
    })
}
