//! The provinces' decoders: Shandong's encrypted entries, Yunnan's single records and passwords.
//! A text that is encrypted here decrypts to itself; any other message is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_fuzz::BOUNDS;
use nengce_messages::profile::sm4::Key;
use nengce_messages::profile::{shandong, yunnan};
use nengce_messages::raw_message;
use serde_json::Value;

const KEY: &str = "0123456789abcdeffedcba9876543210";

fuzz_target!(|bytes: &[u8]| {
    let key = Key::from_hex(KEY).expect("a key");
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(key.decrypt(&key.encrypt(text)).as_deref(), Some(text));
        drop(key.decrypt(text));
        drop(yunnan::decrypt_password(KEY, "911201120000000191", text));
    }
    if let Ok(raw_message) = raw_message::read(bytes, BOUNDS.max_entries) {
        let message = shandong::read(&raw_message, &key, &BOUNDS);
        let read = message.readings.len() + message.rejected.len();
        assert_eq!(read, raw_message.entries.len());
        assert!(message.readings.iter().all(|it| it.value.is_finite()));
    }
    if let Ok(Value::Object(mut message)) = serde_json::from_slice(bytes) {
        if let Ok(reading) = yunnan::record(&message, &BOUNDS) {
            assert!(reading.value.is_finite());
        }
        if let Some(Value::Array(entries)) = message.get_mut("data") {
            let encrypted = entries.iter().filter_map(Value::as_object);
            let encrypted: Vec<Value> =
                encrypted.map(|it| shandong::encrypt(it, &key).into()).collect();
            *entries = encrypted;
            let again = Value::Object(message).to_string();
            if let Ok(raw_message) = raw_message::read(again.as_bytes(), BOUNDS.max_entries) {
                drop(shandong::read(&raw_message, &key, &BOUNDS));
            }
        }
    }
});
