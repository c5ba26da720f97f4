//! `statDate` of every statType: never in the future, always at the start of its period.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::stamp;
use nengce_fuzz::BOUNDS;

fuzz_target!(|text: &str| {
    for stat_type in 0..4 {
        if let Ok(at) = stamp::read(text, stat_type, &BOUNDS) {
            assert!(at <= BOUNDS.now + BOUNDS.future_skew_seconds);
            assert!(stat_type == 0 || at.rem_euclid(86_400) == 0);
            assert_eq!(stamp::seconds(stamp::date_time(at)), at);
        }
    }
});
