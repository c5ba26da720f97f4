//! `/api/v1/imports…`, `/api/v1/import-profiles…`: files that people import, with a preview before anything counts.
//! Every address needs an administrator's token. Preview and commit take the file as the body and the same query: `file`
//! (its name), and `profile` (a saved one; `unit` replaces its unit) or `mapping` (an [`ImportMapping`] as JSON). Without
//! both, a preview shows the bare columns.

use crate::codes::stat_type::StatType;

use super::wire;

wire! {
/// The meaning of each column. Parts that a kind does not use stay empty.
pub struct ImportMapping {
    /// `readings`: one unit, a time column, one column per data item. `records`: a row per value, with its
    /// own unit and data code. `economy`, `targets`, `units`: rows with the columns of that name.
    pub kind: String,
    /// readings: the credit code of the unit, where the file holds one; an unknown unit is created with the next three.
    pub unit: Option<String>,
    /// readings: the name of a unit that is created; without it its credit code.
    pub unit_name: Option<String>,
    /// readings: the GB/T 2260 code of a unit that is created; without it digits 3 to 8 of its credit code.
    pub region: Option<String>,
    /// readings: the GB/T 4754 code with its letter of a unit that is created; without it none.
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
    /// records, economy, targets: value × multiplier = value in the unit of the field.
    pub multiplier: Option<f64>,
}
/// The column of values of one data item.
pub struct MappedItem {
    /// The name of the column.
    pub column: String,
    /// The data code of the item.
    pub data_code: String,
    /// Column value × multiplier = value in the dictionary's unit; without it the unit of measure decides.
    pub multiplier: Option<f64>,
    /// Unit of measure of the column, converted into the dictionary's; without it the heading's. `?`: the heading's,
    /// and the dictionary's where the heading names none.
    pub unit: Option<String>,
    /// The column that names the unit of measure row by row.
    pub unit_column: Option<String>,
}
/// The column of one field.
pub struct MappedField {
    /// The name of the field.
    pub field: String,
    /// The name of the column.
    pub column: String,
}

/// `GET`/`PUT /api/v1/import-profiles/{name}`; a `PUT` sends [`ImportProfileBody`].
pub struct ImportProfile {
    /// The name of the profile.
    pub name: String,
    /// The mapping that it stands for.
    pub mapping: ImportMapping,
    /// Header of the file it was made for: a preview offers the profile whose header fits.
    pub columns: Vec<String>,
    /// When it was saved last, local time `YYYY-MM-DD HH:MM:SS`.
    pub saved_at: String,
    /// Who saved it.
    pub saved_by: String,
}
/// A mapping to save under a name.
pub struct ImportProfileBody {
    /// The mapping.
    pub mapping: ImportMapping,
    /// The header of the file that it is made for.
    pub columns: Vec<String>,
}
/// The saved profiles (`GET /api/v1/import-profiles`).
pub struct ImportProfileList {
    /// The profiles by name.
    pub rows: Vec<ImportProfile>,
}

/// `POST /api/v1/imports/{kind}/preview`: the content of the file and its problems. A preview stores nothing.
pub struct ImportPreview {
    /// The kind of import: `readings`, `records`, `economy`, `targets` or `units`.
    pub kind: String,
    /// The name of the file.
    pub file: String,
    /// `csv`, `xlsx`, `xls` or `html`.
    pub format: String,
    /// Of a text file: `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`; null for a workbook.
    pub encoding: Option<String>,
    /// Of a workbook: all sheets, hidden ones last.
    pub sheets: Vec<ImportSheet>,
    /// Of a workbook: the sheet that was read; else null.
    pub sheet: Option<String>,
    /// Line of the header.
    pub header_line: u32,
    /// Units of measure in the order of the columns, where a row below the header names them.
    pub units: Vec<Option<String>>,
    /// A unit that a title states for the whole table; null where none does.
    pub title_unit: Option<String>,
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
    /// The file's header, in its order.
    pub columns: Vec<String>,
    /// The number of rows below the header.
    pub rows_total: u32,
    /// The number of rows without a problem; 0 without a mapping.
    pub rows_good: u32,
    /// The number of rows with a problem.
    pub rows_bad: u32,
    /// The number of values without a problem: readings, or rows of the other kinds.
    pub readings: u32,
    /// The mapping used; null where the bare columns are shown.
    pub mapping: Option<ImportMapping>,
    /// The name of a saved profile of this kind whose header is this file's; null where there is none.
    pub profile: Option<String>,
    /// Whether the import would create its unit.
    pub creates_unit: bool,
    /// The data items of the file.
    pub series: Vec<ImportSeries>,
    /// The first rows, and every row with a problem up to `max_preview_rows`, by line.
    pub rows: Vec<PreviewRow>,
    /// True: more rows have problems than `rows` shows.
    pub more_bad_rows: bool,
}
/// A sheet of a workbook.
pub struct ImportSheet {
    /// The name of the sheet.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
}
/// A note about the whole file, or about one line of it that was accepted nevertheless.
pub struct ImportNote {
    /// The line, counted from 1; null for a note about the whole file.
    pub line: Option<u32>,
    /// The note in Chinese.
    pub zh: String,
    /// The note in English.
    pub en: String,
}
/// One data item of a file.
pub struct ImportSeries {
    /// The data code of the item.
    pub data_code: String,
    /// The name of its column; of several columns their names joined by ` + `.
    pub column: String,
    /// The number of its values.
    pub readings: u32,
    /// The sum of its values in `unit`.
    pub sum: f64,
    /// The unit of the dictionary; null where it names none.
    pub unit: Option<String>,
    /// The sum in tce on the calorific basis (当量); null for an item that is no energy or has no factor.
    pub tce_calorific: Option<f64>,
    /// The sum in tce on the equivalent basis (等价); null for an item that is no energy or has no factor.
    pub tce_equivalent: Option<f64>,
    /// The number of values below zero.
    pub negative: u32,
    /// The number of values of zero.
    pub zero: u32,
    /// Values that differ from a stored one of the same period: a commit replaces that, or asks an operator. Counted by a
    /// preview and a dry run.
    pub replaces: u32,
    /// The earliest start of a period, local time `YYYY-MM-DD HH:MM:SS`; null without values.
    pub first: Option<String>,
    /// The latest start of a period, local time; null without values.
    pub last: Option<String>,
    /// The number of readings whose stamp was not the start of their period.
    pub moved: u32,
    /// One of them, as stamp → start; null without any.
    pub moved_example: Option<String>,
    /// The number of yearly values for which finer values exist: they are stored and compared, but do not count.
    pub not_counted: u32,
}
/// A row of a preview.
pub struct PreviewRow {
    /// The line, counted from 1, the header included, as the file's program shows it.
    pub line: u32,
    /// Its cells, in the order of `columns`.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<PreviewProblem>,
}
/// Why a row, or one cell of it, is rejected.
pub struct PreviewProblem {
    /// The index into `columns`; null for the row as a whole.
    pub column: Option<u32>,
    /// Where it stands: `B5`, `Sheet1!B5`.
    pub place: String,
    /// The field with the problem.
    pub field: String,
    /// The problem code.
    pub code: String,
    /// What is wrong and how to correct it, in Chinese.
    pub reason_zh: String,
    /// The same in English.
    pub reason_en: String,
}

/// An import that runs or has run (`POST /api/v1/imports/{kind}/jobs`, `GET /api/v1/imports/jobs/{job_id}`).
pub struct ImportJob {
    /// The number of the job.
    pub job_id: u64,
    /// The kind of import: `readings`, `records`, `economy`, `targets` or `units`.
    pub kind: String,
    /// The name of the file.
    pub file: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// The rows of the file that are committed or rejected.
    pub rows_done: u32,
    /// The number of rows below the header; 0 until the file is checked.
    pub rows_total: u32,
    /// Values that were new: readings, or rows of the other kinds.
    pub stored: u32,
    /// Values that equal the stored one, and those that an operator refused before.
    pub unchanged: u32,
    /// Values that replaced a stored one.
    pub replaced: u32,
    /// Replacements that wait for an operator.
    pub awaiting_approval: u32,
    /// The number of rejected rows.
    pub rejected: u32,
    /// The number of units that were created.
    pub created_units: u32,
    /// The uploads under which the values are stored.
    pub upload_ids: Vec<u64>,
    /// What was found, left aside or converted.
    pub notes: Vec<ImportNote>,
    /// The first problems, to show beside the progress.
    pub problems: Vec<ImportProblem>,
    /// The address of the rejected rows as a file: its own columns, then line and reasons; null where none was
    /// rejected.
    pub rejected_file: Option<String>,
    /// Why it failed; null where it did not.
    pub error: Option<ImportFailure>,
    /// When it was started, local time `YYYY-MM-DD HH:MM:SS`.
    pub started_at: String,
    /// When it ended, local time; null while it runs.
    pub finished_at: Option<String>,
}
/// Why a row, or one cell of it, was rejected.
pub struct ImportProblem {
    /// The line, counted from 1, the header included.
    pub line: u32,
    /// Where it stands: `B5`, `Sheet1!B5`.
    pub place: String,
    /// The field with the problem.
    pub field: String,
    /// The problem code.
    pub code: String,
    /// What is wrong and how to correct it, in Chinese.
    pub reason_zh: String,
    /// The same in English.
    pub reason_en: String,
}
/// Why an import failed as a whole.
pub struct ImportFailure {
    /// The problem code.
    pub code: String,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The reason in English.
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

/// The same fields as Chinese heads name them, the first name as the server writes it.
pub const RECORD_FIELDS_ZH: [&[&str]; RECORD_FIELDS.len()] = [
    &["统一社会信用代码"],
    &["数据编码"],
    &["采集频率", "统计类型"],
    &["数据时间"],
    &["数据值", "数值"],
    &["采集方式", "录入方式"],
    &["有效"],
    &["采集范围", "范围"],
    &["计量单位"],
];

/// Columns that say why a row was rejected; an import ignores them.
pub const REASON_COLUMNS: [&str; 6] =
    ["_line", "_field", "_code", "_reason_zh", "_reason_en", "_entry"];

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
