//! The provinces' decoders: Shandong's sealed entries, Yunnan's single records and passwords.
//! What is sealed here opens to the same; what others sealed is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_core::ingest::envelope;
use nengce_core::ingest::profile::sm4::Key;
use nengce_core::ingest::profile::{shandong, yunnan};
use nengce_fuzz::BOUNDS;
use serde_json::Value;

const KEY: &str = "0123456789abcdeffedcba9876543210";

fuzz_target!(|bytes: &[u8]| {
    let key = Key::from_hex(KEY).expect("a key");
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(key.open(&key.seal(text)).as_deref(), Some(text));
        drop(key.open(text));
        drop(yunnan::open_password(KEY, "911201120000000191", text));
    }
    if let Ok(envelope) = envelope::read(bytes, BOUNDS.max_entries) {
        let message = shandong::read(&envelope, &key, &BOUNDS);
        let read = message.readings.len() + message.rejected.len();
        assert_eq!(read, envelope.entries.len());
        assert!(message.readings.iter().all(|it| it.value.is_finite()));
    }
    if let Ok(Value::Object(mut message)) = serde_json::from_slice(bytes) {
        if let Ok(reading) = yunnan::record(&message, &BOUNDS) {
            assert!(reading.value.is_finite());
        }
        if let Some(Value::Array(entries)) = message.get_mut("data") {
            let sealed = entries.iter().filter_map(Value::as_object);
            let sealed: Vec<Value> = sealed.map(|it| shandong::seal(it, &key).into()).collect();
            *entries = sealed;
            let again = Value::Object(message).to_string();
            if let Ok(envelope) = envelope::read(again.as_bytes(), BOUNDS.max_entries) {
                drop(shandong::read(&envelope, &key, &BOUNDS));
            }
        }
    }
});
