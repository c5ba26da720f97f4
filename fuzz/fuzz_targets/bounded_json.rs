//! The small messages (registration, configuration, metering) as bounded JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::reference::Dictionaries;
use nengce_messages::bounded_json;
use nengce_messages::fields::text_of;
use nengce_messages::rejected_entries::RejectedLimits;
use nengce_messages::{config, metering};
use nengce_shared::credit_code::CreditCode;
use std::sync::LazyLock;

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::built_in);

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(read) = bounded_json::read(text, 1 << 24) else {
        return;
    };
    let message = read.object;
    if let Some(code) = text_of(&message, &["enterpriseCode"]) {
        drop(CreditCode::parse(&code));
    }
    drop(text_of(&message, &["region", "regionCode"]));
    drop(config::read(&message, "911201120000000191", &*DICTIONARIES, RejectedLimits::USUAL));
    drop(metering::read(&message, RejectedLimits::USUAL, 4 << 10));
});
