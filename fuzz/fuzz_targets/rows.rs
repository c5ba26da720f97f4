//! Rows of industry systems as text (NDJSON, CSV, either packed): every row is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce::import::readings::bulk::Format;
use nengce_fuzz::read_rows;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let format = if kind & 1 == 0 { Format::Ndjson } else { Format::Csv };
    read_rows(bytes, format, kind & 2 != 0);
});
