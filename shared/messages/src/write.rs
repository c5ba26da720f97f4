//! Writes what a terminal sends: the bodies of each message, and values in the form that a profile demands.

use std::fmt::Write as _;

use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Map, Value as Json, json};

use crate::local_seconds::date_time;
use crate::profile::sm4::Key;
use crate::profile::{Profile, Proof, shandong};

/// A value to send: one data item for one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The data item.
    pub data_code: DataCode,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of the period in seconds of local wall time since 1970-01-01 00:00:00.
    pub at: i64,
    /// The value in the unit that the dictionary gives for the item.
    pub value: f64,
    /// Whether the value may be relied on.
    pub valid: bool,
    /// How the value was taken, 1 to 7; `None` where its first sender did not say.
    pub input_type: Option<u8>,
}

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

/// `/uploadEnergyData` in the national form. It is written by hand, because back-fill writes millions of entries.
pub fn energy(device_id: &str, enterprise_code: &str, sent_at: i64, values: &[Value]) -> String {
    let mut body = String::with_capacity(values.len() * 190 + 200);
    let head = json!({"deviceId": device_id, "enterpriseCode": enterprise_code}).to_string();
    body.push_str(head.trim_end_matches('}'));
    body.push_str(",\"data\":[");
    let sent = stamp(sent_at);
    for (at, it) in values.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        let input_type =
            it.input_type.map_or_else(String::new, |it| format!("\"inputType\":{it},"));
        let written = write!(
            body,
            "{{\"dataCode\":\"{}\",\"dataValue\":{},{input_type}\"statType\":{},\"statDate\":\"{}\",\"uploadDate\":\"{sent}\",\"scope\":{},\"valid\":{}}}",
            it.data_code,
            it.value,
            it.stat_type as u8,
            stamp(it.at),
            it.data_code.scope() as u8,
            it.valid,
        );
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    body.push_str("]}");
    body
}

/// Why a message cannot be written in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The registration gave no key, and the profile encrypts with it.
    #[error("the profile encrypts each field, and the registration gave no key")]
    NoKey,
    /// JSON has no word for it.
    #[error("the value of {0} is not a finite number")]
    NotFinite(DataCode),
}

/// The bodies that carry values in a profile: one, or in Yunnan one for each value.
///
/// # Errors
/// The profile encrypts, and there is no key; or a value is not finite.
pub fn energy_bodies(
    profile: &Profile,
    key: Option<&Key>,
    device_id: &str,
    enterprise_code: &str,
    sent_at: i64,
    values: &[Value],
) -> Result<Vec<String>, WriteError> {
    if let Some(it) = values.iter().find(|it| !it.value.is_finite()) {
        return Err(WriteError::NotFinite(it.data_code));
    }
    match profile.proof {
        Proof::DeviceId | Proof::Certificate => {
            Ok(vec![energy(device_id, enterprise_code, sent_at, values)])
        }
        Proof::SecretKey => {
            let key = key.ok_or(WriteError::NoKey)?;
            let encrypted = |it: &Value| Json::Object(shandong::encrypt(&entry(it, sent_at), key));
            let data: Vec<Json> = values.iter().map(encrypted).collect();
            let whole =
                json!({"deviceId": device_id, "enterpriseCode": enterprise_code, "data": data});
            Ok(vec![whole.to_string()])
        }
        Proof::AccessKey => {
            Ok(values.iter().map(|it| record(enterprise_code, it, sent_at).to_string()).collect())
        }
    }
}

/// An entry with every attribute of the protocol.
fn entry(it: &Value, sent_at: i64) -> Map<String, Json> {
    let mut entry = json!({
        "dataCode": it.data_code.to_string(), "dataValue": it.value,
        "statType": it.stat_type, "statDate": stamp(it.at), "uploadDate": stamp(sent_at),
        "scope": it.data_code.scope() as u8, "valid": it.valid,
    });
    if let Some(input_type) = it.input_type {
        entry["inputType"] = json!(input_type);
    }
    match entry {
        Json::Object(it) => it,
        _ => unreachable!("an object"),
    }
}

/// A record of Yunnan: every attribute as a text.
fn record(enterprise_code: &str, it: &Value, sent_at: i64) -> Json {
    let mut record: Map<String, Json> = entry(it, sent_at)
        .into_iter()
        .map(|(name, value)| match value {
            Json::Bool(it) => (name, json!(u8::from(it).to_string())),
            Json::String(it) => (name, json!(it)),
            it => (name, json!(it.to_string())),
        })
        .collect();
    record.insert("enterpriseCode".to_owned(), json!(enterprise_code));
    record.insert("convertRation".to_owned(), json!("1"));
    Json::Object(record)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::{anhui::ANHUI, national::NATIONAL, shandong::SHANDONG, yunnan};
    use crate::raw_message;
    use crate::{Bounds, Reading, message};

    const ENTERPRISE: &str = "911201120000000191";
    const DEVICE: &str = "df839a6c207e07f4e7d7110ad63ef644";
    const KEY: &str = "0123456789abcdeffedcba9876543210";

    fn values() -> impl Strategy<Value = Vec<Value>> {
        let one = (any::<bool>(), prop::option::of(1_u8..=7), -1e9..1e9_f64, 0_i64..9_000)
            .prop_map(|(valid, input_type, value, day)| Value {
                data_code: DataCode::parse_strict("00-00-0000-023300-11").expect("a code"),
                stat_type: StatType::Day,
                at: (11_000 + day) * 86_400,
                value,
                valid,
                input_type,
            });
        prop::collection::vec(one, 1..5)
    }

    fn check(sent: &[Value], read: &[Reading]) {
        assert_eq!(sent.len(), read.len());
        for (sent, read) in sent.iter().zip(read) {
            assert_eq!(sent.data_code, read.data_code);
            assert_eq!((sent.stat_type, sent.at), (read.stat_type, read.at));
            assert_eq!((sent.value, sent.valid), (read.value, read.valid));
            assert_eq!(sent.input_type, read.input_type);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_in_every_profile(values in values()) {
            for profile in [&NATIONAL, &ANHUI] {
                let bodies = energy_bodies(profile, None, DEVICE, ENTERPRISE, 1_700_000_000, &values);
                let bodies = bodies.expect("a body");
                let read = message::read(bodies[0].as_bytes(), profile, &Bounds::UNLIMITED);
                check(&values, &read.expect("a message").readings);
            }
            let key = Key::from_hex(KEY).expect("a key");
            let bodies = energy_bodies(&SHANDONG, Some(&key), DEVICE, ENTERPRISE, 1_700_000_000, &values);
            let bodies = bodies.expect("a body");
            let raw = raw_message::read(bodies[0].as_bytes(), usize::MAX).expect("a message");
            check(&values, &shandong::read(&raw, &key, &Bounds::UNLIMITED).readings);
            let bodies = energy_bodies(&yunnan::YUNNAN, None, DEVICE, ENTERPRISE, 1_700_000_000, &values);
            let read: Vec<Reading> = bodies
                .expect("bodies")
                .iter()
                .map(|it| match serde_json::from_str(it) {
                    Ok(Json::Object(it)) => yunnan::record(&it, &Bounds::UNLIMITED).expect("a record"),
                    other => panic!("{other:?}"),
                })
                .collect();
            check(&values, &read);
        }
    }

    #[test]
    fn a_profile_that_encrypts_needs_its_key() {
        let written = energy_bodies(&SHANDONG, None, DEVICE, ENTERPRISE, 0, &[]);
        assert_eq!(written, Err(WriteError::NoKey));
    }
}
