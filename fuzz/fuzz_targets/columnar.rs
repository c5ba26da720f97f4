//! Rows of industry systems in columns (Arrow, Parquet), damaged in any way: read, refused or unreadable, never a fault.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce::import::readings::bulk::Format;
use nengce_fuzz::read_rows;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let format = if kind & 1 == 0 { Format::Arrow } else { Format::Parquet };
    read_rows(bytes, format, false);
});
