//! `/api/v1/imports…`, `/api/v1/import-profiles…`: files that people import, with a preview before anything counts.
//! Every address here needs an administrator's token.
//!
//! Preview and commit take the file as the body and the same query: `file` (its name), and either `profile` (a saved
//! one; `unit` replaces its unit) or `mapping` (an [`ImportMapping`] as JSON). Without either, a preview shows the bare
//! columns.

use crate::codes::stat_type::StatType;

use super::wire;

wire! {
/// The meaning of each column. Parts that a kind does not use stay empty.
pub struct ImportMapping {
    /// `readings`: one unit, a time column, one column per data item. `records`: a row per value, with its
    /// own unit and data code. `economy`, `targets`, `units`: rows with the columns of that name.
    pub kind: String,
    /// readings: credit code; an unknown unit is created with the next three.
    pub unit: Option<String>,
    pub unit_name: Option<String>,
    pub region: Option<String>,
    pub industry: Option<String>,
    /// Sheet of a workbook; without it the first visible one that holds a table.
    pub sheet: Option<String>,
    /// Line of the header; without it the first row of names with data below.
    pub header_line: Option<u32>,
    /// readings: the column of credit codes, where the file holds many units.
    pub unit_column: Option<String>,
    /// readings: the column of time stamps.
    pub time_column: Option<String>,
    /// readings: the columns of values.
    pub items: Vec<MappedItem>,
    /// Other kinds: fields whose column has another name. `records` knows enterpriseCode, dataCode, statType,
    /// statDate, dataValue, inputType, valid, scope and dataUnit.
    pub fields: Vec<MappedField>,
    /// `ymd`, `dmy`, `mdy` or a strptime pattern; without it, the order that the column's cells show.
    pub dates: Option<String>,
    /// `start` (default) or `end` of the interval.
    pub stamps: Option<String>,
    /// `15m`, `1h`, `1d`.
    pub interval: Option<String>,
    /// `opens-day` (default) or `closes-day`.
    pub midnight: Option<String>,
    /// 0 real-time (default), 1 day, 2 month, 3 year.
    pub stat_type: Option<StatType>,
    /// 1–7; 7 (other) by default.
    pub input_type: Option<u8>,
    /// economy, targets: value × multiplier = value in the unit of the field.
    pub multiplier: Option<f64>,
}
pub struct MappedItem {
    pub column: String,
    pub data_code: String,
    /// Column value × multiplier = value in the dictionary's unit; without it the unit of measure decides.
    pub multiplier: Option<f64>,
    /// Unit of measure of the column, converted into the dictionary's; without it the heading's. `?`: the heading's,
    /// and the dictionary's where the heading names none.
    pub unit: Option<String>,
    /// The column that names the unit of measure row by row.
    pub unit_column: Option<String>,
}
pub struct MappedField {
    pub field: String,
    pub column: String,
}

/// `GET`/`PUT /api/v1/import-profiles/{name}`; a `PUT` sends [`ImportProfileBody`].
pub struct ImportProfile {
    pub name: String,
    pub mapping: ImportMapping,
    /// Header of the file it was made for: a preview offers the profile whose header fits.
    pub columns: Vec<String>,
    pub saved_at: String,
    pub saved_by: String,
}
pub struct ImportProfileBody {
    pub mapping: ImportMapping,
    pub columns: Vec<String>,
}
/// `GET /api/v1/import-profiles`, by name.
pub struct ImportProfileList {
    pub rows: Vec<ImportProfile>,
}

/// `POST /api/v1/imports/{kind}/preview`: the content of the file and its problems. A preview stores nothing.
pub struct ImportPreview {
    pub kind: String,
    pub file: String,
    /// `csv`, `xlsx`, `xls` or `html`.
    pub format: String,
    /// Of a text file: `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: Option<String>,
    /// Of a workbook: all sheets, hidden ones last, and the one that was read.
    pub sheets: Vec<ImportSheet>,
    pub sheet: Option<String>,
    /// Line of the header.
    pub header_line: u32,
    /// Units of measure in the order of the columns, where a row below the header names them.
    pub units: Vec<Option<String>>,
    /// A unit that a title states for the whole table.
    pub title_unit: Option<String>,
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
    /// The file's header, in its order.
    pub columns: Vec<String>,
    /// Rows below the header; rows without and with a problem. `readings` counts values.
    pub rows_total: u32,
    pub rows_good: u32,
    pub rows_bad: u32,
    pub readings: u32,
    /// The mapping used; `None` shows the bare columns.
    pub mapping: Option<ImportMapping>,
    /// Name of a saved profile of this kind whose header is this file's.
    pub profile: Option<String>,
    /// A unit that would be created.
    pub creates_unit: bool,
    pub series: Vec<ImportSeries>,
    /// The first rows, and every row with a problem up to `max_preview_rows`, by line.
    pub rows: Vec<PreviewRow>,
    /// True: more rows have problems than `rows` shows.
    pub more_bad_rows: bool,
}
pub struct ImportSheet {
    pub name: String,
    pub hidden: bool,
}
/// A note about the whole file, or about one line of it that was accepted nevertheless.
pub struct ImportNote {
    pub line: Option<u32>,
    pub zh: String,
    pub en: String,
}
/// One data item of a file.
pub struct ImportSeries {
    pub data_code: String,
    pub column: String,
    pub readings: u32,
    pub sum: f64,
    pub unit: Option<String>,
    pub tce_calorific: Option<f64>,
    pub tce_equivalent: Option<f64>,
    /// Values below zero, and values of zero.
    pub negative: u32,
    pub zero: u32,
    /// Values that differ from a stored one of the same period: a commit replaces that, or asks an operator. Counted by a
    /// preview and a dry run.
    pub replaces: u32,
    pub first: Option<String>,
    pub last: Option<String>,
    /// The number of readings whose stamp was not the start of their period, and one example: stamp → start.
    pub moved: u32,
    pub moved_example: Option<String>,
    /// The number of yearly values for which finer values exist: they are stored and compared, but do not count.
    pub not_counted: u32,
}
pub struct PreviewRow {
    /// Counted from 1, the header included, as the file's program shows it.
    pub line: u32,
    pub cells: Vec<String>,
    pub problems: Vec<PreviewProblem>,
}
pub struct PreviewProblem {
    /// Index into `columns`; `None`: the row as a whole.
    pub column: Option<u32>,
    /// Where it stands: `B5`, `Sheet1!B5`.
    pub place: String,
    pub field: String,
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
}

/// `POST /api/v1/imports/{kind}/jobs` (202) and `GET /api/v1/imports/jobs/{job_id}`.
pub struct ImportJob {
    pub job_id: u64,
    pub kind: String,
    pub file: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// The rows of the file that are committed or rejected.
    pub rows_done: u32,
    pub rows_total: u32,
    /// Values: readings, or rows of the other kinds.
    pub stored: u32,
    pub unchanged: u32,
    pub replaced: u32,
    /// Replacements that wait for an operator.
    pub awaiting_approval: u32,
    /// The number of rejected rows.
    pub rejected: u32,
    pub created_units: u32,
    pub upload_ids: Vec<u64>,
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
    /// The first problems, to show beside the progress.
    pub problems: Vec<ImportProblem>,
    /// The address of the rejected rows, in the file's format and columns with one column more for the reason.
    pub rejected_file: Option<String>,
    /// Why it failed.
    pub error: Option<ImportFailure>,
    pub started_at: String,
    pub finished_at: Option<String>,
}
pub struct ImportProblem {
    pub line: u32,
    /// Where it stands: `B5`, `Sheet1!B5`.
    pub place: String,
    pub field: String,
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
}
pub struct ImportFailure {
    pub code: String,
    pub reason_zh: String,
    pub reason_en: String,
}
}

/// Fields of a file of records, in the order of the templates.
pub const RECORD_FIELDS: [&str; 9] = [
    "enterpriseCode",
    "dataCode",
    "statType",
    "statDate",
    "dataValue",
    "inputType",
    "valid",
    "scope",
    "dataUnit",
];

impl ImportMapping {
    /// A mapping that names nothing yet.
    pub fn of_kind(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            unit: None,
            unit_name: None,
            region: None,
            industry: None,
            sheet: None,
            header_line: None,
            unit_column: None,
            time_column: None,
            items: Vec::new(),
            fields: Vec::new(),
            dates: None,
            stamps: None,
            interval: None,
            midnight: None,
            stat_type: None,
            input_type: None,
            multiplier: None,
        }
    }
}
