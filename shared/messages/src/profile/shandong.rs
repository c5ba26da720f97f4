//! Reads the messages of Shandong: the national messages with every attribute of an entry encrypted by
//! SM4/ECB/PKCS7 as hexadecimal text, deviceId and enterpriseCode in the clear; `valid` 0 means valid.

use std::borrow::Cow;

use nengce_shared::problem::ProblemCode;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::sm4::Key;
use super::{Profile, Proof};
use crate::energy::{self, ATTRIBUTES, Entry};
use crate::message::Message;
use crate::raw_message::RawMessage;
use crate::rejected_entries::RejectedEntries;
use crate::scalar::Scalar;
use crate::{Bounds, Problem, Reading};

/// Shandong: fields encrypted with SM4.
///
/// Found in a public client's log of a province's platform (2021): registration answers `secretKey` (32 hexadecimal
/// digits = the key's 16 bytes) and the same key when asked again; paths below `/enterprise`; the refusal 「解密失败！」;
/// the comment 「0有效数据；1无效数据」. This file's cipher decrypts that log's fields. Inferred: the words true and false
/// keep their meaning; configuration, meters and downloads are in the clear.
pub const SHANDONG: Profile = Profile {
    name: "shandong",
    prefix: "/enterprise",
    valid,
    valid_may_be_absent: false,
    proof: Proof::SecretKey,
};

fn valid(scalar: &Scalar<'_>) -> Option<bool> {
    match scalar {
        Scalar::Text(it) => match it.trim() {
            "0" => Some(true),
            "1" => Some(false),
            _ => super::national::valid(scalar),
        },
        Scalar::Number(0.0) => Some(true),
        Scalar::Number(1.0) => Some(false),
        it => super::national::valid(it),
    }
}

/// Decrypts and reads every entry of a message; a bad entry does not affect the good ones.
pub fn read(raw_message: &RawMessage<'_>, key: &Key, bounds: &Bounds) -> Message {
    let mut readings = Vec::with_capacity(raw_message.entries.len());
    let mut rejected = RejectedEntries::new(bounds.rejected_limits);
    for (index, raw) in raw_message.entries.iter().enumerate() {
        match entry(raw, key, bounds) {
            Ok(it) => readings.push(it),
            Err((problem, None)) => rejected.add(index as u32, problem, raw.get()),
            Err((problem, Some(decrypted))) => {
                rejected.add_made(index as u32, problem, || shown(&decrypted));
            }
        }
    }
    Message {
        device_id: raw_message.device_id.clone(),
        enterprise_code: raw_message.enterprise_code,
        entries: u32::try_from(raw_message.entries.len()).unwrap_or(u32::MAX),
        readings,
        rejected: rejected.kept,
        rejected_more: rejected.more,
    }
}

/// Reads one entry. With the problem comes the decrypted entry, so that people can correct it; `None` where it could not be
/// decrypted and is kept as it was sent.
fn entry<'a>(
    raw: &'a RawValue,
    key: &Key,
    bounds: &Bounds,
) -> Result<Reading, (Problem, Option<Box<Entry<'a>>>)> {
    let encrypted: Entry<'_> = energy::parse(raw.get()).map_err(|it| (it, None))?;
    let decrypted = decrypt(encrypted, key).map_err(|it| (it, None))?;
    energy::reading(&decrypted, &SHANDONG, bounds).map_err(|it| (it, Some(Box::new(decrypted))))
}

fn decrypt<'a>(mut entry: Entry<'a>, key: &Key) -> Result<Entry<'a>, Problem> {
    for name in ATTRIBUTES {
        let Some(slot) = entry.slot(name) else {
            continue;
        };
        let plain = match slot {
            Scalar::Missing => continue,
            Scalar::Text(it) => key.decrypt(it),
            _ => None,
        };
        let plain = plain.ok_or_else(|| {
            Problem::new(name, ProblemCode::EntryDecryptionFailed, slot.shown()).hint(
                "用注册返回的 secretKey，SM4/ECB/PKCS7 加密，十六进制",
                "SM4/ECB/PKCS7 with the secretKey of the registration, as hexadecimal text",
            )
        })?;
        *slot = Scalar::Text(Cow::Owned(plain));
    }
    Ok(entry)
}

fn shown(entry: &Entry<'_>) -> String {
    let mut entry = entry.clone();
    let mut it = Map::new();
    for name in ATTRIBUTES {
        if let Some(Scalar::Text(text)) = entry.slot(name) {
            it.insert(name.to_owned(), Value::from(text.to_string()));
        }
    }
    Value::Object(it).to_string()
}

/// Encrypts the attributes of an entry, as a terminal of the province does.
pub fn encrypt(entry: &Map<String, Value>, key: &Key) -> Map<String, Value> {
    entry
        .iter()
        .map(|(name, value)| {
            let text = match value {
                Value::Bool(it) => u8::from(!it).to_string(),
                Value::String(it) => it.clone(),
                it => it.to_string(),
            };
            (name.clone(), Value::from(key.encrypt(&text)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::message;
    use crate::profile::national::NATIONAL;
    use crate::raw_message;

    const BOUNDS: Bounds = Bounds {
        now: 1_800_000_000,
        future_skew_seconds: 600,
        value_abs_max: 1e12,
        max_entries: 100,
        ends: None,
        rejected_limits: crate::rejected_entries::RejectedLimits::USUAL,
        retired_before: crate::NEVER_RETIRED,
        leniency: crate::Leniency::USUAL,
    };

    fn clear(day: u32, value: f64, valid: bool) -> Map<String, Value> {
        let entry = json!({
            "dataCode": "00-00-0000-023300-11", "dataValue": value, "inputType": 1, "statType": 1,
            "statDate": format!("2024-01-{day:02} 00:00:00"), "uploadDate": "2024-02-01 01:00:00", "scope": 1, "valid": valid,
        });
        entry.as_object().cloned().unwrap()
    }

    fn body(entries: &[Map<String, Value>]) -> Vec<u8> {
        json!({"deviceId": "d", "enterpriseCode": "911201120000000191", "data": entries})
            .to_string()
            .into_bytes()
    }

    fn encrypted(entries: &[Map<String, Value>], with: &Key, key: &Key) -> Message {
        let entries: Vec<_> = entries.iter().map(|it| encrypt(it, with)).collect();
        let body = body(&entries);
        read(&raw_message::read(&body, 100).unwrap(), key, &BOUNDS)
    }

    proptest! {
        #[test]
        fn sealed_messages_say_what_the_clear_ones_say(
            key: [u8; 16],
            entries in proptest::collection::vec((1..=31u32, -1_000_000_000..1_000_000_000i64, any::<bool>()), 1..6),
        ) {
            let key = Key::new(key);
            let entries: Vec<_> = entries.into_iter().map(|(day, hundredths, valid)| clear(day, hundredths as f64 / 100.0, valid)).collect();
            let national = message::read(&body(&entries), &NATIONAL, &BOUNDS).unwrap();
            prop_assert_eq!(encrypted(&entries, &key, &key), national);
        }

        #[test]
        fn another_key_opens_nothing(key: [u8; 16], other: [u8; 16], value in -1e9..1e9f64) {
            prop_assume!(key != other);
            let found = encrypted(&[clear(1, value, true)], &Key::new(key), &Key::new(other));
            prop_assert!(found.readings.is_empty());
            prop_assert_eq!(found.rejected.len(), 1);
        }
    }

    #[test]
    fn one_damaged_field_refuses_its_entry_alone() {
        let key = Key::new([7; 16]);
        let mut entries: Vec<_> = [clear(1, 1.0, true), clear(2, 2.0, true), clear(32, 3.0, true)]
            .iter()
            .map(|it| encrypt(it, &key))
            .collect();
        entries[1]["dataValue"] = json!("00ff");
        let body = body(&entries);
        let found = read(&raw_message::read(&body, 100).unwrap(), &key, &BOUNDS);
        assert_eq!(found.readings.len(), 1);
        let codes: Vec<_> =
            found.rejected.iter().map(|it| (it.index, it.field.as_str(), it.code)).collect();
        assert_eq!(
            codes,
            [
                (1, "dataValue", ProblemCode::EntryDecryptionFailed),
                (2, "statDate", ProblemCode::EntryStatDateMalformed),
            ]
        );
        assert!(
            found.rejected[1].entry.contains("2024-01-32"),
            "decrypted, so that people can correct it"
        );
    }
}
