//! `uploadEnergyData` from bytes to readings: the one-pass reader and the thorough one must agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::profile::national::NATIONAL;
use nengce_core::ingest::{Bounds, NEVER_RETIRED, energy, envelope, message, refusals};

const BOUNDS: Bounds = Bounds {
    now: 1_767_225_600,
    future_skew_seconds: 600,
    value_abs_max: 1e12,
    max_entries: 50,
    ends: None,
    keep: refusals::Keep::USUAL,
    retired_before: NEVER_RETIRED,
    habits: nengce_core::ingest::Habits::USUAL,
};

fuzz_target!(|bytes: &[u8]| {
    let whole = message::read(bytes, &NATIONAL, &BOUNDS);
    let parts = envelope::read(bytes, BOUNDS.max_entries);
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
