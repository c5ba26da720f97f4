//! Deviations of client libraries: no `valid`, bare words for no number, bytes around a message, numbers without
//! quotes.

use super::*;

/// A code of sixteen digits as a bare number keeps its last digit.
#[test]
fn a_code_without_quotes_keeps_every_digit() {
    let entry = with("dataCode", json!(9_100_000_002_330_011_u64));
    let (readings, _) = read(&[entry.replace(r#""scope":1"#, r#""scope":2"#)]);
    let expected = "91-00-0000-023300-11".parse().expect("a code");
    assert_eq!(readings.first().map(|it| it.data_code), Some(expected));
}

#[test]
fn without_valid_an_entry_is_valid_where_the_profile_s_clients_leave_it_out() {
    let mut entry = entry();
    entry.as_object_mut().expect("an object").remove("valid");
    let text = message(&[entry.to_string()]);
    let readings = |profile, absent_is_valid| {
        let leniency = crate::Leniency { absent_is_valid, ..crate::Leniency::USUAL };
        let bounds = Bounds { leniency, ..bounds() };
        let it = whole::read(text.as_bytes(), profile, &bounds).expect("a message");
        let codes: Vec<_> = it.rejected.iter().map(|it| it.code).collect();
        (it.readings.iter().filter(|it| it.valid).count(), codes)
    };
    let refused = (0, vec![ProblemCode::EntryFieldMissing]);
    for profile in crate::profile::ALL {
        let expected = match profile.name {
            "national" | "anhui" => (1, Vec::new()),
            _ => refused.clone(),
        };
        assert_eq!(readings(profile, true), expected, "{}", profile.name);
        assert_eq!(readings(profile, false), refused, "{}", profile.name);
    }
}

/// The words that Java, .NET, Python, Go and C print for no number affect only the entry that holds them.
#[test]
fn a_bare_word_for_no_number_costs_its_entry_alone() {
    for word in [
        "NaN",
        "nan",
        "-nan",
        "Infinity",
        "-Infinity",
        "+Inf",
        "inf",
        "-1.#IND",
        "1.#QNAN",
        "nan(ind)",
    ] {
        let entry = entry_text().replace("12.5", word);
        let text = message(&[entry_text(), entry.clone(), entry_text()]);
        let it = whole::read(text.as_bytes(), &NATIONAL, &bounds()).expect(word);
        assert_eq!(it.readings.len(), 2, "{word}");
        let found: Vec<_> =
            it.rejected.iter().map(|it| (it.index, it.code, it.entry.as_str())).collect();
        let expected = [(1, ProblemCode::EntryValueNotFinite, entry.as_str())];
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn what_clients_leave_around_a_message_is_no_part_of_it() {
    let plain = message(&[entry_text()]);
    let expected = whole::read(plain.as_bytes(), &NATIONAL, &bounds()).expect("a message");
    for (before, behind) in
        [("\u{feff}", ""), ("", "\0"), ("\r\n", "\r\n\0\0\0"), ("\u{feff}\u{feff} ", " ")]
    {
        let text = format!("{before}{plain}{behind}");
        let found = whole::read(text.as_bytes(), &NATIONAL, &bounds());
        assert_eq!(found.as_ref(), Ok(&expected), "{text:?}");
    }
}

#[test]
fn what_a_configuration_says_unreadably_is_told() {
    let item = |field: &str, value: &str| {
        let mut item = json!({"dataCode": "00-00-0000-023300-11", "statType": 1});
        item[field] = json!(value);
        item
    };
    let message = json!({
        "enterprise": {"name": "甲", "regionCode": "120112", "industryCode": "C3110", "jgzh": "perhaps", "energyConsumeLevel": "1x"},
        "collectItemConfig": [item("dataValueMax", "5e3 kWh"), item("dataValueMin", "NaN"), item("dataValueMax", "")],
    });
    let message = message.as_object().expect("an object");
    let (config, refused) =
        config::read(message, ENTERPRISE, &Tianjin, RejectedLimits::USUAL).expect("of the sender");
    let mut fields: Vec<_> = refused.kept.iter().map(|it| it.field.as_str()).collect();
    fields.sort_unstable();
    let expected = ["dataValueMax", "dataValueMin", "energyConsumeLevel", "jgzh"];
    assert_eq!(fields, expected);
    assert_eq!(config.items.map(|it| it.len()), Some(1));
}

#[test]
fn what_terminals_usually_send_is_read_in_one_pass() {
    let plain =
        message(&[entry_text(), with("dataValue", json!("12.50")), with("statType", json!(9))]);
    let spaced = plain
        .replace(',', ", ")
        .replace(':', " : ")
        .replace(" : 00", ":00")
        .replace(":00 :", ":00:");
    for text in [plain, spaced] {
        let it = whole::plain(text.as_bytes(), &NATIONAL, &bounds()).expect(&text);
        assert_eq!((it.readings.len(), it.rejected.len(), it.entries), (2, 1, 3), "{text}");
    }
}

/// An attribute or a list of entries that occurs twice with different values is rejected, since neither can be
/// preferred.
#[test]
fn what_stands_twice_with_different_values_is_refused() {
    let read = |text: &str| whole::read(text.as_bytes(), &NATIONAL, &bounds());
    for (twice, expected) in [
        (r#""dataValue":12.5,"dataValue":12.5"#, None),
        (r#""dataValue":null,"dataValue":12.5"#, None),
        (r#""dataValue":12.5,"dataValue":13"#, Some(ProblemCode::EntryFieldUnreadable)),
        (r#""DATAVALUE":7,"data_value":8"#, Some(ProblemCode::EntryFieldUnreadable)),
    ] {
        let entry = entry_text().replace(r#""dataValue":12.5"#, twice);
        assert!(entry.contains(twice), "{entry}");
        let it = read(&message(&[entry_text(), entry])).expect(twice);
        let found = it.rejected.first().map(|it| it.code);
        assert_eq!((found, it.readings.len() + it.rejected.len()), (expected, 2), "{twice}");
    }
    let plain = message(&[entry_text()]);
    let open = plain.trim_end().trim_end_matches('}');
    for more in [r#""data":[]"#.to_owned(), r#""deviceId":"other""#.to_owned()] {
        let problem = read(&format!("{open},{more}}}")).expect_err(&more);
        assert_eq!(problem.code, ProblemCode::BodyNotJson, "{more}");
        assert!(problem.hint_zh.contains("出现两次"), "{problem:?}");
    }
}

#[test]
fn a_body_that_is_no_message_is_told_for_what_it_is() {
    let plain = message(&[entry_text()]);
    let quoted = serde_json::to_string(&plain).expect("a text");
    for (body, word) in [
        (quoted.as_str(), "不要再编码"),
        ("[{}]", "数组"),
        ("", "空的"),
        ("--X\r\nContent-Disposition: form-data", "multipart"),
        ("json=%7B%22data%22", "表单"),
        ("%7B%22data%22", "表单"),
    ] {
        let problem = whole::read(body.as_bytes(), &NATIONAL, &bounds()).expect_err(body);
        assert!(problem.hint_zh.contains(word), "{body}: {problem:?}");
    }
}
