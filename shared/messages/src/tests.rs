//! The national profile reads and rejects entries one by one, and no bytes make it panic.

use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::known_codes::tests::Tianjin;

use super::profile::national::NATIONAL;
use super::rejected_entries::RejectedLimits;
use super::{
    Bounds, Reading, Rejected, config, energy, message as whole, metering, raw_message, stamp,
};

mod client_libraries;

const ENTERPRISE: &str = "911201120000000191";

fn bounds() -> Bounds {
    Bounds {
        now: stamp::seconds(jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0)),
        future_skew_seconds: 600,
        value_abs_max: 1e12,
        max_entries: 3,
        ends: None,
        rejected_limits: super::rejected_entries::RejectedLimits::USUAL,
        retired_before: super::NEVER_RETIRED,
        leniency: super::Leniency::USUAL,
    }
}

fn entry() -> Value {
    json!({
        "dataCode": "00-00-0000-023300-11", "dataValue": 12.5, "inputType": 4, "statType": 1,
        "statDate": "2025-03-01 00:00:00", "uploadDate": "2025-03-02 01:00:00", "scope": 1, "valid": true,
    })
}

fn with(field: &str, value: Value) -> String {
    let mut entry = entry();
    entry[field] = value;
    entry.to_string()
}

fn message(entries: &[String]) -> String {
    let data = entries.join(",");
    format!(r#"{{"deviceId":"d","enterpriseCode":"{ENTERPRISE}","data":[{data}]}}"#)
}

fn read(entries: &[String]) -> (Vec<Reading>, Vec<Rejected>) {
    let text = message(entries);
    let it = raw_message::read(text.as_bytes(), 10).expect("an envelope");
    let (readings, refused) = energy::read(&it.entries, &NATIONAL, &bounds());
    let found = (readings, refused.kept);
    let wide = Bounds { max_entries: 10, ..bounds() };
    let it = whole::read(text.as_bytes(), &NATIONAL, &wide).expect("a message");
    assert_eq!((&it.readings, &it.rejected), (&found.0, &found.1), "{text}");
    found
}

#[track_caller]
fn check_read(entry: &str) {
    let plain = Reading {
        data_code: "00-00-0000-023300-11".parse().expect("a code"),
        stat_type: StatType::Day,
        at: stamp::seconds(jiff::civil::date(2025, 3, 1).at(0, 0, 0, 0)),
        off: 0,
        value: 12.5,
        valid: true,
        input_type: Some(4),
    };
    assert_eq!(read(&[entry.to_owned()]), (vec![plain], Vec::new()), "{entry}");
}

/// Checks that the entry is rejected at its place and kept as it was sent, and that the good entries around it are
/// accepted.
#[track_caller]
fn check_refused(entry: &str, field: &str, code: ProblemCode) {
    let good = entry_text();
    let (readings, rejected) = read(&[good.clone(), entry.to_owned(), good]);
    assert_eq!(readings.len(), 2, "{entry}");
    let found: Vec<_> = rejected
        .iter()
        .map(|it| (it.index, it.field.as_str(), it.code, it.entry.as_str()))
        .collect();
    assert_eq!(found, [(1, field, code, entry)]);
}

fn entry_text() -> String {
    entry().to_string()
}

#[test]
fn habits_of_real_clients_are_read() {
    check_read(&entry_text());
    check_read(&entry_text().to_lowercase());
    check_read(&entry_text().replace("dataCode", "DATACODE").replace("statDate", "stat_date"));
    for (field, value) in [
        ("dataCode", json!("0000000002330011")),
        ("dataCode", json!(" 00-00-0000-023300-11 ")),
        ("dataValue", json!("12.50")),
        ("dataValue", json!(" 1.25e1 ")),
        ("statType", json!("1")),
        ("statType", json!(1.0)),
        ("scope", json!("1")),
        ("inputType", json!("4")),
        ("statDate", json!("2025-03-01T00:00:00")),
        ("statDate", json!("2025-03-01")),
        ("valid", json!(1)),
        ("valid", json!("1")),
        ("valid", json!("TRUE")),
        ("valid", json!(null)),
        ("statDate", json!("2025-03-01T00:00:00+08:00")),
        ("statDate", json!("2025-03-01T00:00:00.000+0800")),
        ("remark", json!({"of": ["a", "client"]})),
    ] {
        check_read(&with(field, value));
    }
    // A key occurs twice with the same value.
    check_read(&entry_text().replacen('{', r#"{"dataValue":12.50,"#, 1));
}

#[test]
fn what_cannot_be_read_is_refused_alone() {
    use ProblemCode as P;
    for (field, value, code) in [
        ("dataCode", json!("00-00-0000023400-80"), P::EntryDataCodeAmbiguous),
        ("dataCode", json!("00-00-0000-02330-11"), P::EntryDataCodeMalformed),
        ("dataCode", json!(null), P::EntryFieldMissing),
        ("dataValue", json!("NaN"), P::EntryValueNotFinite),
        ("dataValue", json!("-inf"), P::EntryValueNotFinite),
        ("dataValue", json!("1,5"), P::EntryValueNotNumber),
        ("dataValue", json!([1]), P::EntryValueNotNumber),
        ("dataValue", json!(1.1e12), P::EntryValueAbsurd),
        ("dataValue", json!(null), P::EntryFieldMissing),
        ("statType", json!(4), P::EntryStatTypeInvalid),
        ("statType", json!(0.5), P::EntryStatTypeInvalid),
        ("statDate", json!("gestern"), P::EntryStatDateMalformed),
        ("statDate", json!("2026-01-02 00:00:00"), P::EntryStatDateFuture),
        ("statDate", json!("2025-03-01 12:00:00"), P::EntryStatDateNotPeriodStart),
        ("inputType", json!(8), P::EntryInputTypeInvalid),
        ("scope", json!(2), P::EntryScopeMismatch),
        ("scope", json!(9), P::EntryScopeInvalid),
        ("valid", json!("perhaps"), P::EntryValidUnreadable),
        ("valid", json!(""), P::EntryValidUnreadable),
        ("valid", json!("true!"), P::EntryValidUnreadable),
        ("dataValue", json!("12.5 kWh"), P::EntryValueNotNumber),
        ("dataValue", json!("1.#QNAN"), P::EntryValueNotFinite),
        ("statType", json!("1日"), P::EntryStatTypeInvalid),
        ("scope", json!("1;"), P::EntryScopeInvalid),
        ("dataCode", json!("00-00-0000-023300-11x"), P::EntryDataCodeMalformed),
        // A code of sixteen digits that no double holds exactly is not read as another code.
        ("dataCode", json!(9_999_999_999_999_999_999_u64), P::EntryDataCodeMalformed),
        ("statDate", json!("2025-02-28T16:00:00.000Z"), P::EntryStatDateMalformed),
        ("statDate", json!("2025-03-01 00:00:00.5"), P::EntryStatDateMalformed),
    ] {
        check_refused(&with(field, value), field, code);
    }
    check_refused("5", "data", P::EntryNotObject);
    let huge = entry_text().replace("12.5", "1e400");
    check_refused(&huge, "dataValue", P::EntryValueNotFinite);
    let broken = entry_text().replace("00-00-0000", r"\ud800");
    check_refused(&broken, "data", P::EntryFieldUnreadable);
}

#[track_caller]
fn check_malformed(body: &[u8], code: ProblemCode) {
    let found = whole::read(body, &NATIONAL, &bounds()).map_err(|it| it.code);
    assert_eq!(found.err(), Some(code), "{}", String::from_utf8_lossy(body));
}

#[test]
fn a_malformed_envelope_says_what_is_wrong() {
    use ProblemCode as P;
    let whole = message(&[entry_text()]);
    check_malformed(&whole.as_bytes()[..whole.len() - 1], P::BodyNotJson);
    check_malformed(whole.replace("12.5", "12,5x").as_bytes(), P::BodyNotJson);
    check_malformed(format!("{whole}{whole}").as_bytes(), P::BodyNotJson);
    check_malformed(format!("{whole}\0x").as_bytes(), P::BodyNotJson);
    check_malformed(b"\xff", P::BodyNotJson);
    check_malformed(b"[1]", P::BodyNotJson);
    check_malformed(whole.replace("0191", "0192").as_bytes(), P::EntryCreditCodeInvalid);
    check_malformed(whole.replace("deviceId", "device").as_bytes(), P::EntryFieldMissing);
    check_malformed(whole.replace(r#""data":"#, r#""date":"#).as_bytes(), P::BodyDataMissing);
    check_malformed(message(&vec![entry_text(); 4]).as_bytes(), P::TooManyEntries);
}

#[test]
fn meters_are_read_under_their_several_names() {
    let message = json!({"data": [
        {"meterCode": "M1", "meterLevel": "2", "STATE": 1, "lastCheckDate": "2025/01/31 00:00:00",
         "relations": [{"dataCode": "0000000002330011", "sign": "+"}]},
        {"name": "no code"},
        {"code": 7, "nextCheckDate": "soon"},
        {"code": 8, "lastCheckDate": "2025-01-31T16:00:00Z"},
        {"code": 9, "nextCheckDate": "2025-01-311"},
        {"code": 10, "level": "2级"},
        {"code": 11, "state": 1.5},
        {"code": 12, "note": "x".repeat(5_000)},
        {"code": 13, "note": "x".repeat(4_000)},
    ]});
    let (meters, refused) =
        metering::read(message.as_object().expect("an object"), RejectedLimits::USUAL, 4_096)
            .expect("a list");
    let rejected = refused.kept;
    assert_eq!(meters.len(), 2);
    let meter = &meters[0];
    assert_eq!((meter.code.as_str(), meter.level, meter.state), ("M1", Some(2), Some(1)));
    assert_eq!(meter.last_calibration, Some(jiff::civil::date(2025, 1, 31)));
    assert_eq!(meter.data_codes, ["00-00-0000-023300-11"]);
    let found: Vec<_> = rejected.iter().map(|it| (it.index, it.field.as_str())).collect();
    let expected = [
        (1, "code"),
        (2, "nextCheckDate"),
        (3, "lastCheckDate"),
        (4, "nextCheckDate"),
        (5, "level"),
        (6, "state"),
        (7, "data"),
    ];
    assert_eq!(found, expected);
    assert_eq!(rejected[6].code, ProblemCode::EntryTooLong);
}

#[test]
fn a_configuration_joins_data_codes_from_their_parts() {
    let item = json!({
        "processCode": "4", "processUnitCode": "00", "equipmentCode": 0, "equipmentUnitCode": "00",
        "energyClassCode": "02", "energyTypeCode": "3300", "dataUsageCode": 11, "statType": 1, "dataValueMax": "5e3",
    });
    let message = json!({
        "enterprise": {"name": "甲", "regionCode": "120112", "industryCode": "C3110", "jgzh": "0"},
        "collectItemConfig": [item, {"statType": 1}],
    });
    let message = message.as_object().expect("an object");
    let dictionaries = Tianjin;
    let (config, rejected) =
        config::read(message, "911201120000000191", &dictionaries, RejectedLimits::USUAL)
            .expect("of the sender");
    let rejected = rejected.kept;
    let identity = &config.identity;
    assert_eq!((identity["name"].as_str(), identity["jgzh"].as_str()), ("甲", "false"));
    let items = config.items.expect("items");
    assert_eq!(items[0].data_code.to_string(), "04-00-0000-023300-11");
    assert_eq!(items[0].value_max, Some(5e3));
    assert_eq!((items.len(), rejected.len(), rejected[0].index), (1, 1, 1));
}

/// JSON-like text: real messages with pieces exchanged, cut and doubled.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let whole = message(&[entry_text(), entry_text()]).into_bytes();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 0..6);
    edits.prop_map(move |edits| {
        let mut bytes = whole.clone();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn every_entry_of_any_message_is_accounted_for(bytes in prop_oneof![mangled(), prop::collection::vec(any::<u8>(), 0..80)]) {
        if let Ok(it) = raw_message::read(&bytes, 3) {
            let (readings, refused) = energy::read(&it.entries, &NATIONAL, &bounds());
            prop_assert_eq!(readings.len() + refused.count() as usize, it.entries.len());
            let rejected = refused.kept;
            for it in readings {
                prop_assert!(it.value.is_finite() && it.value.abs() <= 1e12);
            }
            prop_assert!(rejected.iter().all(|it| !it.reason_zh.is_empty() && !it.reason_en.is_empty()));
        }
    }

    /// The single-pass reader and the full reader agree, and plain messages do not need the full reader.
    #[test]
    fn both_ways_of_reading_agree(bytes in mangled()) {
        let thorough = whole::thorough(&bytes, &NATIONAL, &bounds());
        if let Some(it) = whole::plain(&bytes, &NATIONAL, &bounds()) {
            prop_assert_eq!(Ok(it), thorough);
        }
    }
}

/// When two stamps of one message mean the same day, one value is stored and the other is rejected.
#[test]
fn stamps_of_one_message_never_swallow_each_other() {
    let entry = |date: &str, value: f64| {
        format!(
            r#"{{"dataCode":"00-00-0000-023300-11","dataValue":{value},"inputType":4,"statType":1,"statDate":"{date}","uploadDate":"2025-03-02 00:10:00","scope":1,"valid":true}}"#
        )
    };
    let (readings, rejected) =
        read(&[entry("2025-02-28 23:59:59", 28.0), entry("2025-03-01 00:00:00", 1.0)]);
    let found: Vec<_> = readings
        .iter()
        .map(|it| (stamp::date_time(it.at).date().to_string(), it.value, it.off))
        .collect();
    assert_eq!(found, [("2025-02-28".to_owned(), 28.0, 86_399), ("2025-03-01".to_owned(), 1.0, 0)]);
    assert_eq!(rejected, []);
    let (readings, rejected) = read(&[
        entry("2025-02-28 23:59:59", 28.0),
        entry("2025-02-28 00:00:00", 27.0),
        entry("2025-02-28 23:59:30", 28.5),
    ]);
    assert_eq!(readings.iter().map(|it| it.value).collect::<Vec<_>>(), [27.0]);
    let refused: Vec<_> = rejected.iter().map(|it| (it.index, it.code)).collect();
    assert_eq!(refused, [0, 2].map(|at| (at, ProblemCode::EntryStampsClash)));
    assert!(rejected[0].entry.contains("23:59:59"), "{}", rejected[0].entry);
}
