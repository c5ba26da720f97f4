//! Laws of all decoders: what was encoded is decoded to the same, and no bytes, mutated valid messages included, make a
//! decoder fail other than by an error.

use jiff::civil::date;
use nengce_core::reference::Dictionaries;
use nengce_messages::profile::national::NATIONAL;
use nengce_messages::rejected_entries::RejectedLimits;
use nengce_messages::{Bounds, Reading, config, message, metering, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;
use serde_json::{Value, json};

const ENTERPRISE: &str = "911201120000000191";

static DICTIONARIES: std::sync::LazyLock<Dictionaries> =
    std::sync::LazyLock::new(Dictionaries::built_in);
const CODES: [&str; 4] = [
    "00-00-0000-023300-11",
    "00-00-0000-010100-11",
    "00-00-0000-090200-30",
    "00-00-0000-011500-11",
];

fn bounds() -> Bounds {
    Bounds {
        now: stamp::seconds(date(2026, 1, 1).at(0, 0, 0, 0)),
        future_skew_seconds: 600,
        value_abs_max: 1e12,
        max_entries: 100,
        ends: None,
        rejected_limits: RejectedLimits::USUAL,
        retired_before: nengce_messages::NEVER_RETIRED,
        leniency: nengce_messages::Leniency::USUAL,
    }
}

prop_compose! {
    fn reading()(
        code in 0..CODES.len(),
        stat_type in prop::sample::select(&StatType::ALL[..]),
        day in 0i64..3_000,
        hour in 0i64..24,
        // Fifteen digits, more than meters have: with seventeen a JSON number may differ in its last bit.
        thousandths in -1_000_000_000_000_000i64..1_000_000_000_000_000,
        valid: bool,
        input_type in 1u8..8,
    ) -> Reading {
        let first = date(2017, 1, 1).saturating_add(jiff::Span::new().days(day));
        let at = match stat_type {
            StatType::RealTime => first.at(hour as i8, 0, 0, 0),
            StatType::Day => first.at(0, 0, 0, 0),
            StatType::Month => first.first_of_month().at(0, 0, 0, 0),
            StatType::Year => first.first_of_year().at(0, 0, 0, 0),
        };
        Reading {
            data_code: DataCode::parse_strict(CODES[code]).expect("a code"),
            stat_type,
            at: stamp::seconds(at),
            off: 0,
            value: thousandths as f64 / 1_000.0,
            valid,
            input_type: Some(input_type),
        }
    }
}

/// As a terminal writes it; `style` says how numbers, codes and flags are spelt.
fn encode(it: &Reading, style: u8) -> Value {
    let code = it.data_code.to_string();
    let at = stamp::date_time(it.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    json!({
        "dataCode": if style & 1 == 0 { code } else { code.replace('-', "") },
        "dataValue": if style & 2 == 0 { json!(it.value) } else { json!(it.value.to_string()) },
        "statType": if style & 4 == 0 { json!(it.stat_type) } else { json!(it.stat_type.to_string()) },
        "statDate": at, "uploadDate": "2026-01-01 00:00:00", "scope": 1, "inputType": it.input_type,
        "valid": match style >> 3 & 3 { 0 => json!(it.valid), 1 => json!(u8::from(it.valid)), _ => json!(it.valid.to_string()) },
    })
}

fn message_of(entries: &[Value]) -> Value {
    json!({"deviceId": "d", "enterpriseCode": ENTERPRISE, "data": entries})
}

fn decode_all(bytes: &[u8]) {
    if let Ok(it) = message::read(bytes, &NATIONAL, &bounds()) {
        assert_eq!(
            it.entries as usize,
            it.readings.len() + it.rejected.len(),
            "no entry is dropped silently"
        );
        assert!(it.readings.iter().all(|it| it.value.is_finite()));
    }
    if let Ok(Value::Object(tree)) = serde_json::from_slice(bytes) {
        drop(config::read(&tree, ENTERPRISE, &*DICTIONARIES, RejectedLimits::USUAL));
        drop(metering::read(&tree, RejectedLimits::USUAL, 4_096));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(code) = DataCode::parse_lenient(text) {
            assert_eq!(DataCode::parse_strict(&code.to_string()), Ok(code));
        }
        drop(CreditCode::parse(text));
        for stat_type in StatType::ALL {
            if let Ok(at) = stamp::read(text, stat_type, &bounds()) {
                assert!(at <= bounds().now + bounds().future_skew_seconds, "the future is refused");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_was_encoded_is_decoded_to_the_same(
        rows in prop::collection::vec((reading(), 0u8..32), 0..20),
    ) {
        let entries: Vec<Value> = rows.iter().map(|(it, style)| encode(it, *style)).collect();
        let text = message_of(&entries).to_string();
        let it = message::read(text.as_bytes(), &NATIONAL, &bounds()).expect("a message");
        prop_assert_eq!(it.rejected, vec![]);
        prop_assert_eq!(it.readings, rows.into_iter().map(|it| it.0).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_upset_a_decoder(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        decode_all(&bytes);
    }

    #[test]
    fn no_mutation_of_a_valid_message_upsets_a_decoder(
        row in reading(),
        style in 0u8..32,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 0..6),
    ) {
        let mut bytes = message_of(&[encode(&row, style), encode(&row, 0)]).to_string().into_bytes();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        decode_all(&bytes);
    }

    #[test]
    fn times_survive_a_round_trip(seconds in -2_000_000_000i64..8_000_000_000) {
        prop_assert_eq!(stamp::seconds(stamp::date_time(seconds)), seconds);
    }

    #[test]
    fn a_completed_credit_code_is_valid_and_one_with_another_digit_is_not(
        first in "9[1-3]120112[0-9A-HJ-NPQRTUWXY]{9}", at in 0usize..18, digit in "[0-9]",
    ) {
        let code = CreditCode::with_check_digit(&first).expect("17 characters");
        prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
        let mut other = code.as_str().to_owned();
        other.replace_range(at..=at, &digit);
        prop_assert_eq!(CreditCode::parse(&other).is_ok(), other == code.as_str());
    }
}
