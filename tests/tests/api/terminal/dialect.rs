//! What the national profile accepts of real clients, and what it refuses entry by entry.

use std::sync::Arc;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use serde_json::{Value, json};

fn plain() -> Value {
    day(ELECTRICITY, "2025-03-01", 12.5)
}

/// Checks that the entry is stored as the plain one would be.
#[track_caller]
fn check_read(entry: Value) {
    let app: Arc<TestApp> = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("方言"));
    terminal.upload(&[entry]).received();
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["value"], 12.5, "{rows:?}");
    assert_eq!(rows[0]["stat_date"].as_str().map(|d| &d[..10]), Some("2025-03-01"), "{rows:?}");
    assert_eq!(rows[0]["valid"], true, "{rows:?}");
}

/// Checks that the entry is rejected with its index, field and reason, and that the good entries around it are stored.
#[track_caller]
fn check_refused(entry: Value, field: &str, code: &str) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("方言"));
    let good = [day(ELECTRICITY, "2025-04-01", 1.0), day(ELECTRICITY, "2025-04-02", 2.0)];
    let answer = terminal.upload(&[good[0].clone(), entry, good[1].clone()]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.refused_entry(1, field, code);
    let days: Vec<_> =
        terminal.readings(ELECTRICITY, 1).iter().map(|r| r["value"].clone()).collect();
    assert_eq!(days.len(), 2, "only the good entries are stored: {days:?}");
}

#[test]
fn reads_keys_in_any_letter_case() {
    check_read(json!({
        "datacode": ELECTRICITY, "DATAVALUE": 12.5, "inputtype": 1, "StatType": 1, "statdate": "2025-03-01 00:00:00",
        "uploaddate": "2025-03-02 01:00:00", "SCOPE": 1, "Valid": true,
    }));
}

#[test]
fn reads_numbers_as_strings() {
    let entry = with(plain(), "dataValue", json!("12.5"));
    let entry = with(with(entry, "statType", json!("1")), "inputType", json!("1"));
    check_read(with(entry, "scope", json!("1")));
}

#[test]
fn reads_a_data_code_without_hyphens() {
    check_read(with(plain(), "dataCode", json!("0000000002330011")));
}

#[test]
fn reads_valid_as_bool_number_or_text() {
    for valid in [json!(1), json!("1"), json!("true"), json!("TRUE")] {
        check_read(with(plain(), "valid", valid));
    }
}

#[test]
fn keeps_an_invalid_value_and_does_not_count_it() {
    for valid in [json!(false), json!(0), json!("0"), json!("false")] {
        let app = TestApp::shared();
        let terminal = app.terminal(&Enterprise::new("无效值"));
        terminal.upload(&[with(plain(), "valid", valid.clone())]).received();
        let rows = terminal.readings(ELECTRICITY, 1);
        assert_eq!((rows.len(), &rows[0]["valid"]), (1, &json!(false)), "{valid}: {rows:?}");
        let energy = terminal.get("/energy?from=2025-03-01&to=2025-03-31&grain=day").ok();
        assert_eq!(energy["total_tce"], 0.0, "{valid}: {energy}");
    }
}

#[test]
fn refuses_a_data_code_that_can_be_read_in_two_ways() {
    check_refused(
        with(plain(), "dataCode", json!("00-00-0000023400-80")),
        "dataCode",
        "entry_data_code_ambiguous",
    );
}

#[test]
fn refuses_a_data_code_that_is_none() {
    for code in ["00-00-0000-02330-11", "00-00-0000-0233AA-11", ""] {
        check_refused(
            with(plain(), "dataCode", json!(code)),
            "dataCode",
            "entry_data_code_malformed",
        );
    }
}

#[test]
fn refuses_a_date_in_the_future() {
    check_refused(
        with(plain(), "statDate", json!("2999-01-01 00:00:00")),
        "statDate",
        "entry_stat_date_future",
    );
}

#[test]
fn reads_an_entry_without_valid_and_stamps_with_the_city_s_offset() {
    let mut entry = plain();
    entry.as_object_mut().expect("an object").remove("valid");
    check_read(entry);
    for stamp in ["2025-03-01T00:00:00+08:00", "2025-03-01T00:00:00.000+0800"] {
        check_read(with(plain(), "statDate", json!(stamp)));
    }
}

/// `missing_valid_is_valid = false` refuses it.
#[test]
fn an_entry_without_valid_is_refused_where_so_configured() {
    let app = TestApp::with_environment(&[("NENGCE_MISSING_VALID_IS_VALID", "false")]);
    let terminal = app.terminal(&Enterprise::new("方言"));
    let mut entry = plain();
    entry.as_object_mut().expect("an object").remove("valid");
    let answer = terminal.upload(&[entry]);
    answer.refused_entry(0, "valid", "entry_field_missing");
}

#[test]
fn refuses_a_date_that_is_none() {
    for date in [
        "2025-02-30 00:00:00",
        "gestern",
        "",
        "2025-02-28T16:00:00.000Z",
        "2025-02-28T16:00:00.000+0000",
        "2025-03-01 10:00:00.5 PM",
        "2025-03-01 00:00:00x",
    ] {
        check_refused(
            with(plain(), "statDate", json!(date)),
            "statDate",
            "entry_stat_date_malformed",
        );
    }
}

#[test]
fn refuses_values_that_are_no_quantity() {
    for (value, code) in [
        (json!("NaN"), "entry_value_not_finite"),
        (json!("Infinity"), "entry_value_not_finite"),
        (json!("-inf"), "entry_value_not_finite"),
        (json!(1e300), "entry_value_absurd"),
        (json!("zwölf"), "entry_value_not_number"),
        (json!([12.5]), "entry_value_not_number"),
    ] {
        check_refused(with(plain(), "dataValue", value), "dataValue", code);
    }
}

#[test]
fn refuses_a_stat_type_beyond_the_four() {
    check_refused(with(plain(), "statType", json!(7)), "statType", "entry_stat_type_invalid");
}

#[test]
fn refuses_an_entry_with_an_attribute_missing() {
    for field in ["dataCode", "dataValue", "statType", "statDate"] {
        let mut entry = plain();
        entry.as_object_mut().expect("an object").remove(field);
        check_refused(entry, field, "entry_field_missing");
    }
}

#[test]
fn refuses_an_entry_that_is_no_object() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("方言"));
    let body = terminal.upload(&[json!("x"), plain()]).refused();
    assert_eq!(body["errors"][0]["index"], 0, "{body}");
    assert_eq!(body["errors"][0]["code"], "entry_not_object", "{body}");
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1);
}

#[test]
fn the_sentence_says_which_entry_and_why() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("方言"));
    let bad = with(plain(), "dataCode", json!("00-00-0000023400-80"));
    let body = terminal.upload(&[plain(), bad]).refused();
    let sentence = body["responseMessage"].as_str().expect("a sentence");
    assert!(sentence.contains('2') && sentence.contains("00-00-0000023400-80"), "{sentence}");
}
