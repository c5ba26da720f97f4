//! `statDate` of every statType: never in the future, always at the start of its period.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::{Bounds, NEVER_RETIRED, stamp};

const BOUNDS: Bounds = Bounds {
    now: 1_767_225_600,
    future_skew_seconds: 600,
    value_abs_max: 1e12,
    max_entries: 50,
    ends: None,
    keep: nengce_core::ingest::refusals::Keep::USUAL,
    retired_before: NEVER_RETIRED,
    habits: nengce_core::ingest::Habits::USUAL,
};

fuzz_target!(|text: &str| {
    for stat_type in 0..4 {
        if let Ok(at) = stamp::read(text, stat_type, &BOUNDS) {
            assert!(at <= BOUNDS.now + BOUNDS.future_skew_seconds);
            assert!(stat_type == 0 || at.rem_euclid(86_400) == 0);
            assert_eq!(stamp::seconds(stamp::date_time(at)), at);
        }
    }
});
