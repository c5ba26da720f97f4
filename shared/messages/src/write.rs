//! Writes what a terminal sends: the bodies of each message, and values in the form that a profile demands.

mod collect_item;
mod entries;

use serde_json::{Value as Json, json};

use crate::local_seconds::date_time;

pub use collect_item::CollectItem;
pub use entries::{Entry, Value, WriteError, energy_bodies};

/// A moment of local wall time as messages write it.
pub fn stamp(local_seconds: i64) -> String {
    date_time(local_seconds).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `/register`: `known_device` proves a sender that is registered, `registration_code` one that an operator expects.
pub fn register(
    enterprise_code: &str,
    region: &str,
    known_device: Option<&str>,
    registration_code: Option<&str>,
) -> Json {
    let mut message = json!({"enterpriseCode": enterprise_code, "region": region});
    if let Some(id) = known_device {
        message["deviceId"] = json!(id);
    }
    if let Some(code) = registration_code {
        message["registrationCode"] = json!(code);
    }
    message
}

/// `/versionCheck`, and every other message that only names its sender.
pub fn version_check(device_id: &str) -> Json {
    json!({"deviceId": device_id})
}

/// `/downloadBaseData`: one dictionary, or all.
pub fn download_dictionaries(device_id: &str, dictionary: Option<&str>) -> Json {
    let mut message = version_check(device_id);
    if let Some(name) = dictionary {
        message["itemIndex"] = json!(name);
    }
    message
}
