//! The small messages, read as a tree: registration, configuration, metering.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::fields::text_of;
use nengce_core::ingest::{config, metering};
use nengce_shared::credit_code::CreditCode;
use nengce_core::reference::Dictionaries;
use serde_json::Value;
use std::sync::LazyLock;

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::built_in);

fuzz_target!(|bytes: &[u8]| {
    let Ok(Value::Object(message)) = serde_json::from_slice(bytes) else {
        return;
    };
    if let Some(code) = text_of(&message, &["enterpriseCode"]) {
        drop(CreditCode::parse(&code));
    }
    drop(text_of(&message, &["region", "regionCode"]));
    drop(config::read(&message, "911201120000000191", &DICTIONARIES));
    drop(metering::read(&message));
});
