//! `uploadEnergyData` from bytes to readings: the one-pass reader and the thorough one must agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_fuzz::BOUNDS;
use nengce_messages::profile::national::NATIONAL;
use nengce_messages::{energy, message, raw_message};

fuzz_target!(|bytes: &[u8]| {
    let whole = message::read(bytes, &NATIONAL, &BOUNDS);
    let parts = raw_message::read(bytes, BOUNDS.max_entries);
    match (whole, parts) {
        (Ok(whole), Ok(parts)) => {
            let (readings, refused) = energy::read(&parts.entries, &NATIONAL, &BOUNDS);
            assert_eq!(whole.readings, readings);
            assert_eq!(whole.rejected, refused.kept);
            assert_eq!(whole.entries as usize, readings.len() + refused.count() as usize);
            assert!(readings.iter().all(|it| it.value.is_finite()));
        }
        (Err(whole), Err(parts)) => assert_eq!(whole, parts),
        (whole, parts) => panic!("{whole:?} but {}", parts.is_ok()),
    }
});
