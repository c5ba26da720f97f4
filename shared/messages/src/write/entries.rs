//! The entries of `/uploadEnergyData`, and the bodies that carry them in each profile.

use std::fmt::Write as _;

use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Map, Value as Json, json};

use super::stamp;
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

/// An entry as it stands in a message. A simulated terminal also writes codes and dates that no reader takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The data item.
    pub data_code: String,
    /// The value in the unit that the dictionary gives for the item.
    pub value: f64,
    /// How the value was taken, 1 to 7.
    pub input_type: Option<u8>,
    /// The length of the period.
    pub stat_type: StatType,
    /// `YYYY-MM-DD HH:MM:SS`, the start of the period.
    pub stat_date: String,
    /// How much of the unit the value covers.
    pub scope: u8,
    /// Whether the value may be relied on.
    pub valid: bool,
}

impl From<&Value> for Entry {
    fn from(it: &Value) -> Self {
        Self {
            data_code: it.data_code.to_string(),
            value: it.value,
            input_type: it.input_type,
            stat_type: it.stat_type,
            stat_date: stamp(it.at),
            scope: it.data_code.scope() as u8,
            valid: it.valid,
        }
    }
}

/// Why a message cannot be written in a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The registration gave no key, and the profile encrypts with it.
    #[error("the profile encrypts each field, and the registration gave no key")]
    NoKey,
    /// JSON has no word for it.
    #[error("the value of {0} is not a finite number")]
    NotFinite(String),
}

/// The bodies that carry entries in a profile: one, or in Yunnan one for each entry.
///
/// # Errors
/// The profile encrypts, and there is no key; or a value is not finite.
pub fn energy_bodies(
    profile: &Profile,
    key: Option<&Key>,
    device_id: &str,
    enterprise_code: &str,
    sent_at: i64,
    entries: &[Entry],
) -> Result<Vec<String>, WriteError> {
    if let Some(it) = entries.iter().find(|it| !it.value.is_finite()) {
        return Err(WriteError::NotFinite(it.data_code.clone()));
    }
    let sent = stamp(sent_at);
    let from = json!({"deviceId": device_id, "enterpriseCode": enterprise_code});
    Ok(match profile.proof {
        Proof::DeviceId | Proof::Certificate => vec![national(&from, entries, &sent)],
        Proof::SecretKey => {
            let key = key.ok_or(WriteError::NoKey)?;
            let mut whole = from;
            let encrypted = |it| Json::Object(shandong::encrypt(&attributes(it, &sent), key));
            whole["data"] = entries.iter().map(encrypted).collect();
            vec![whole.to_string()]
        }
        Proof::AccessKey => {
            entries.iter().map(|it| record(enterprise_code, it, &sent).to_string()).collect()
        }
    })
}

/// The national form. It is written by hand, because back-fill writes millions of entries.
fn national(from: &Json, entries: &[Entry], sent: &str) -> String {
    let mut body = String::with_capacity(entries.len() * 190 + 200);
    body.push_str(from.to_string().trim_end_matches('}'));
    body.push_str(",\"data\":[");
    for (at, it) in entries.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        let input_type =
            it.input_type.map_or_else(String::new, |it| format!("\"inputType\":{it},"));
        let written = write!(
            body,
            "{{\"dataCode\":\"{}\",\"dataValue\":{},{input_type}\"statType\":{},\"statDate\":\"{}\",\"uploadDate\":\"{sent}\",\"scope\":{},\"valid\":{}}}",
            it.data_code, it.value, it.stat_type as u8, it.stat_date, it.scope, it.valid,
        );
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    body.push_str("]}");
    body
}

/// An entry with every attribute of the protocol.
fn attributes(it: &Entry, sent: &str) -> Map<String, Json> {
    let mut attributes = Map::from_iter(
        [
            ("dataCode", json!(it.data_code)),
            ("dataValue", json!(it.value)),
            ("statType", json!(it.stat_type)),
            ("statDate", json!(it.stat_date)),
            ("uploadDate", json!(sent)),
            ("scope", json!(it.scope)),
            ("valid", json!(it.valid)),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    if let Some(input_type) = it.input_type {
        attributes.insert("inputType".to_owned(), json!(input_type));
    }
    attributes
}

/// A record of Yunnan: every attribute as a text.
fn record(enterprise_code: &str, it: &Entry, sent: &str) -> Json {
    let mut record: Map<String, Json> = attributes(it, sent)
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
            let entries: Vec<Entry> = values.iter().map(Entry::from).collect();
            for profile in [&NATIONAL, &ANHUI] {
                let bodies = energy_bodies(profile, None, DEVICE, ENTERPRISE, 1_700_000_000, &entries);
                let bodies = bodies.expect("a body");
                let read = message::read(bodies[0].as_bytes(), profile, &Bounds::UNLIMITED);
                check(&values, &read.expect("a message").readings);
            }
            let key = Key::from_hex(KEY).expect("a key");
            let bodies = energy_bodies(&SHANDONG, Some(&key), DEVICE, ENTERPRISE, 1_700_000_000, &entries);
            let bodies = bodies.expect("a body");
            let raw = raw_message::read(bodies[0].as_bytes(), usize::MAX).expect("a message");
            check(&values, &shandong::read(&raw, &key, &Bounds::UNLIMITED).readings);
            let bodies = energy_bodies(&yunnan::YUNNAN, None, DEVICE, ENTERPRISE, 1_700_000_000, &entries);
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
