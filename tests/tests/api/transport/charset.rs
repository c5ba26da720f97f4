//! Bodies in a declared character set are decoded; for an undeclared one other than UTF-8, the answer names the
//! probable set.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use nengce_tests::support::terminal::Terminal;
use serde_json::json;

/// 锅炉房 in GBK, which GB2312 and GB18030 write alike.
const BOILER_HOUSE: &[u8] = b"\xb9\xf8\xc2\xaf\xb7\xbf";

fn in_gbk(text: &str) -> Vec<u8> {
    let parts: Vec<_> = text.split("锅炉房").map(str::as_bytes).collect();
    parts.join(BOILER_HOUSE)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn configuration(terminal: &Terminal<'_>) -> String {
    let enterprise = &terminal.enterprise;
    json!({
        "deviceId": terminal.device_id, "enterpriseCode": enterprise.code,
        "enterprise": {"name": "锅炉房", "regionCode": enterprise.region, "industryCode": enterprise.industry},
    })
    .to_string()
}

#[test]
fn declared_character_sets_are_decoded() {
    let app = TestApp::shared();
    for (name, value, gbk) in [
        ("content-type", "application/json; charset=GBK", true),
        ("content-type", "application/json;charset=\"gb2312\"", true),
        ("content-type", "text/plain; Charset=GB18030", true),
        ("content-encoding", "GBK", true),
        ("content-type", "application/json; charset=utf-16", false),
        ("content-type", "application/json; charset=UTF-16LE", false),
    ] {
        let terminal = app.registered(&Enterprise::new("字符集"));
        let text = configuration(&terminal);
        let body = if gbk { in_gbk(&text) } else { wide(&text) };
        app.post_bytes("/uploadConfigData", body, &[(name, value)]).received();
        app.approve(&terminal.device_id).ok();
        let unit = terminal.get("").ok();
        assert!(unit.to_string().contains("锅炉房"), "{value}: {unit}");
    }
}

#[test]
fn a_character_set_as_content_encoding_is_one() {
    let app = TestApp::shared();
    for value in ["UTF-8", "utf8", "identity, utf-8"] {
        let terminal = app.terminal(&Enterprise::new("字符集"));
        let entry = with(day(ELECTRICITY, "2025-01-01", 1.0), "remark", json!("锅炉房"));
        let body = terminal.message(&[entry]).to_string().into_bytes();
        app.post_bytes("/uploadEnergyData", body, &[("content-encoding", value)]).received();
        assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1, "{value}");
    }
    let refused =
        app.post_bytes("/uploadEnergyData", b"{}".to_vec(), &[("content-encoding", "zstd")]);
    assert_eq!(refused.status, 415);
    refused.refused();
}

#[test]
fn an_undeclared_one_is_named() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("字符集"));
    let text = configuration(&terminal);
    for (path, body, name) in [
        ("/uploadConfigData", in_gbk(&text), "GB18030"),
        ("/uploadEnergyData", in_gbk(&text), "GB18030"),
        ("/uploadConfigData", wide(&text), "UTF-16"),
    ] {
        let answer = app.post_bytes(path, body, &[("content-type", "application/json")]);
        let sentence = answer.refused()["responseMessage"].clone();
        let sentence = sentence.as_str().unwrap_or_default();
        assert!(sentence.contains(name) && sentence.contains("charset"), "{sentence}");
    }
}
