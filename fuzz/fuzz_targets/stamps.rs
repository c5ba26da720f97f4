//! `statDate` of every statType: never in the future, always at the start of its period.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_fuzz::BOUNDS;
use nengce_messages::stamp;
use nengce_shared::stat_type::StatType;

fuzz_target!(|text: &str| {
    for stat_type in StatType::ALL {
        if let Ok(at) = stamp::read(text, stat_type, &BOUNDS) {
            assert!(at <= BOUNDS.now + BOUNDS.future_skew_seconds);
            assert!(stat_type == StatType::RealTime || at.rem_euclid(86_400) == 0);
            assert_eq!(stamp::seconds(stamp::date_time(at)), at);
        }
    }
});
