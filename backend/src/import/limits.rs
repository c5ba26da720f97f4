//! The limits of a file for import, and the refusal that names the limit, the place and what to do.

use nengce_shared::problem::ProblemCode;

use crate::import::problem::FileProblem;

/// Every bound of a sheet; each is the configuration's key of the same name after `max_import_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub rows: usize,
    pub columns: usize,
    pub cells: usize,
    pub cell_bytes: usize,
    /// Bytes of all cells together, a text that many cells share counted in each.
    pub text_bytes: usize,
    /// Bytes of a workbook's parts together, counted while they are unpacked.
    pub unpacked_bytes: usize,
    /// Parts of a workbook's package.
    pub parts: usize,
    pub sheets: usize,
    pub shared_strings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 1_048_576,
            columns: 1_024,
            cells: 5_000_000,
            cell_bytes: 128 << 10,
            text_bytes: 128 << 20,
            unpacked_bytes: 512 << 20,
            parts: 2_000,
            sheets: 256,
            shared_strings: 1_000_000,
        }
    }
}

/// Beyond a limit: its key with the value, where, and what to do.
pub fn beyond(key: &str, limit: usize, place: &str, zh: &str, en: &str) -> FileProblem {
    let place = match place {
        "" => String::new(),
        it => format!("{it}: "),
    };
    FileProblem::new(ProblemCode::ImportTooLarge, format!("{place}{key} = {limit}；{zh} / {en}"))
}

pub fn too_many_rows(limits: &Limits, place: &str) -> FileProblem {
    let (zh, en) = ("行数过多，请分成几个文件", "too many rows; split the file");
    beyond("max_import_rows", limits.rows, place, zh, en)
}

pub fn too_many_columns(limits: &Limits, place: &str) -> FileProblem {
    let (zh, en) =
        ("列数过多，请删去右侧无关的列", "too many columns; delete those far to the right");
    beyond("max_import_columns", limits.columns, place, zh, en)
}

pub fn too_many_cells(limits: &Limits, place: &str) -> FileProblem {
    let (zh, en) = ("单元格过多，请分成几个文件", "too many cells; split the file");
    beyond("max_import_cells", limits.cells, place, zh, en)
}

pub fn cell_too_long(limits: &Limits, place: &str) -> FileProblem {
    let (zh, en) =
        ("单元格过长，是否有引号未闭合？", "the cell is too long; is a quotation mark left open?");
    beyond("max_import_cell_bytes", limits.cell_bytes, place, zh, en)
}

pub fn too_much_text(limits: &Limits, place: &str) -> FileProblem {
    let (zh, en) = ("文字过多，请分成几个文件", "too much text; split the file");
    beyond("max_import_text_bytes", limits.text_bytes, place, zh, en)
}

pub fn too_many_problems(most: usize, place: &str) -> FileProblem {
    let (zh, en) = (
        "有问题的单元格过多，先核对列的含义、日期写法和单位；尚未入库",
        "too many cells have problems: check what the columns mean, how dates are written, and units; nothing was stored",
    );
    beyond("max_import_problems", most, place, zh, en)
}
