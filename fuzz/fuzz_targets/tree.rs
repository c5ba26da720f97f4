//! The small messages, read as a tree: registration, configuration, metering.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::fields::text_of;
use nengce_core::ingest::refusals::Keep;
use nengce_core::ingest::{config, metering, tree};
use nengce_core::reference::Dictionaries;
use nengce_shared::credit_code::CreditCode;
use std::sync::LazyLock;

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::built_in);

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(tree) = tree::read(text, 1 << 24) else {
        return;
    };
    let message = tree.object;
    if let Some(code) = text_of(&message, &["enterpriseCode"]) {
        drop(CreditCode::parse(&code));
    }
    drop(text_of(&message, &["region", "regionCode"]));
    drop(config::read(&message, "911201120000000191", &DICTIONARIES, Keep::USUAL));
    drop(metering::read(&message, Keep::USUAL, 4 << 10));
});
