//! Files of people whatever they are (CSV in any characters, XLSX, XLS, pages): read within the limits, or refused with a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce::import::limits::Limits;
use nengce::import::sheet::{Choice, Sheet};
use nengce_shared::problem::ProblemCode;

const LIMITS: Limits = Limits {
    rows: 1_000,
    columns: 64,
    cells: 10_000,
    cell_bytes: 4 << 10,
    text_bytes: 256 << 10,
    unpacked_bytes: 4 << 20,
    parts: 64,
    sheets: 8,
    shared_strings: 1_000,
};

fuzz_target!(|input: (u8, &[u8])| {
    let (line, bytes) = input;
    let choice = Choice { sheet: None, header_line: (line > 0).then_some(line.into()) };
    match Sheet::read_as(bytes, &choice, &LIMITS) {
        Ok(sheet) => {
            assert!(sheet.rows.len() <= LIMITS.rows && sheet.header.len() <= LIMITS.columns);
            let ordered = sheet.rows.windows(2).all(|it| it[0].line < it[1].line);
            assert!(ordered, "lines rise");
            for row in &sheet.rows {
                assert!(row.len() <= LIMITS.columns && !row.is_blank());
                for cell in row.cells() {
                    let _number = nengce_shared::cell::number(cell);
                    let _moment = nengce_shared::cell::moment(cell, None);
                    drop(nengce_shared::quantity::of_column(cell, Some(cell), None));
                }
            }
        }
        Err(problem) => {
            let known = [
                ProblemCode::ImportFileUnreadable,
                ProblemCode::ImportTooLarge,
                ProblemCode::ImportColumnMissing,
            ];
            assert!(known.contains(&problem.code), "{problem:?}");
        }
    }
});
