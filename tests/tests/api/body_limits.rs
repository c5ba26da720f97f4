//! Every address has a limit for bodies. A request that declares a larger body is refused before the body is sent, in
//! the form of the address. Rejected entries are bounded in answers, in the list and in what is stored.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use nengce_tests::support::server::ADMIN_TOKEN;
use serde_json::{Value, json};

const PROFILES: (&str, &str) = ("NENGCE_PROFILES", "national,shandong,yunnan");

/// The answer to a head that promises ten gigabytes, of which none is sent.
fn promised(app: &TestApp, method: &str, path: &str, (bearer, media): (&str, &str)) -> String {
    let mut stream = TcpStream::connect(app.server.listens_on()).expect("a connection");
    let patience = Some(Duration::from_secs(20));
    stream.set_read_timeout(patience).expect("a time limit");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: nengce\r\nAuthorization: Bearer {bearer}\r\n\
         Content-Type: {media}\r\nConnection: close\r\nContent-Length: 10000000000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("the head is sent");
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    assert!(read.is_ok(), "{method} {path} waits for the body: {read:?}");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn every_address_refuses_a_body_over_its_limit_before_it_is_sent() {
    let app = TestApp::with_environment(&[PROFILES]);
    let token = super::bulk::token(&app, &[]);
    let document = app.get("/api/openapi.json").ok();
    let mut looked_at = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["get", "post", "put", "delete"] {
            if item.get(method).is_none() {
                continue;
            }
            let address = path.replace("{kind}", "readings").replace(['{', '}'], "");
            let shown = match path.as_str() {
                "/api/v1/bulk/readings" => (token.as_str(), super::bulk::NDJSON),
                _ => (ADMIN_TOKEN, "application/json"),
            };
            let answer = promised(&app, &method.to_uppercase(), &address, shown);
            looked_at += 1;
            // A sender without a key is refused before the body is read.
            let keyless = path.starts_with("/YNEnergy") && answer.contains("\"responseCode\":401");
            assert!(
                keyless || answer.starts_with("HTTP/1.1 413 ") && answer.contains("body_too_large"),
                "{method} {address}: {answer}"
            );
        }
    }
    assert!(looked_at > 60, "{looked_at} addresses");
}

#[test]
fn small_messages_have_a_small_limit_as_sent_and_as_unpacked() {
    let app = TestApp::with_environment(&[PROFILES, ("NENGCE_MAX_SMALL_BODY_BYTES", "20000")]);
    let terminal = app.terminal(&Enterprise::new("小报文"));
    let padded = |bytes: usize| {
        json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code, "x": " ".repeat(bytes)})
            .to_string()
            .into_bytes()
    };
    let plain: &[(&str, &str)] = &[("content-type", "application/json")];
    let packed: &[(&str, &str)] = &[("content-encoding", "gzip")];
    for path in [
        "/register",
        "/versionCheck",
        "/uploadConfigData",
        "/uploadMeteringData",
        "/downloadBaseData",
        "/downloadConfigData",
        "/enterprise/register",
        "/YNEnergy/enterpriseInfo/rwk",
    ] {
        for (body, headers) in [(padded(30_000), plain), (gzip(&padded(30_000)), packed)] {
            let answer = app.post_bytes(path, body, headers);
            assert_eq!(answer.status, 413, "{path}: {}", answer.text());
            assert!(answer.text().contains("body_too_large"), "{path}: {}", answer.text());
        }
        assert_ne!(app.post_bytes(path, padded(100), plain).status, 413, "{path}");
    }
    let body = json!({"name": "x".repeat(30_000), "units": [], "all_units": true});
    let answer = app.admin("POST", "/api/v1/tokens", body.to_string().into_bytes());
    answer.problem(413, "body_too_large");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A body of few bytes per value, which would take a hundred times as much memory when parsed.
#[test]
fn a_small_message_of_many_values_is_refused() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("多值"));
    let head = format!(
        "{{\"deviceId\":\"{}\",\"enterpriseCode\":\"{}\",",
        terminal.device_id, terminal.enterprise.code
    );
    let body = format!("{head}\"collectItemConfig\":[{}0]}}", "{\"\":0},".repeat(100_000));
    let answer = app.post_bytes("/uploadConfigData", body.into_bytes(), &[]);
    assert_eq!(answer.status, 413, "{}", answer.text());
    let body = format!("{head}\"x\":{}{}}}", "[".repeat(300), "]".repeat(300));
    let answer = app.post_bytes("/versionCheck", body.into_bytes(), &[]);
    assert!(answer.refused().to_string().contains("body_not_json"));
}

fn rejected(app: &TestApp, upload: &Value, query: &str) -> Answer {
    app.get(&format!("/api/v1/uploads/{upload}/rejected{query}"))
}

#[test]
fn refused_entries_are_bounded_in_the_answer_in_the_list_and_on_the_disk() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_REJECTIONS_PER_MESSAGE", "40"),
        ("NENGCE_MAX_ERRORS_PER_ANSWER", "10"),
        ("NENGCE_MAX_REJECTED_ENTRY_BYTES", "2000"),
        ("NENGCE_MAX_REJECTED_PAGE_BYTES", "20000"),
    ]);
    let terminal = app.terminal(&Enterprise::new("多拒"));
    let bad = with(day(ELECTRICITY, "2025-03-01", 1.0), "dataCode", json!("x".repeat(5_000)));
    let mut entries = vec![bad; 100];
    entries.push(day(ELECTRICITY, "2025-03-01", 1.0));
    let answer = terminal.upload(&entries).refused();
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(10), "{answer}");
    assert_eq!((&answer["errorsMore"], &answer["errorsNotKept"]), (&json!(90), &json!(60)));
    let sentence = answer["responseMessage"].as_str().expect("a sentence");
    assert!(sentence.contains("等共100条有误，其中60条只计数未留存；其余已接收"), "{sentence}");
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 1, "the good one is stored");
    let upload = &app.get("/api/v1/uploads?rejected=true").ok()["rows"][0];
    assert_eq!(upload["rejected"], 100);
    let id = &upload["upload_id"];
    let (mut seen, mut query) = (0, String::new());
    loop {
        let page = rejected(&app, id, &query);
        assert!(page.text().len() < 40_000, "{} bytes", page.text().len());
        let page = page.ok();
        assert_eq!((&page["not_kept"], &page["page"]["total"]), (&json!(60), &json!(40)));
        for row in page["rows"].as_array().expect("rows") {
            let entry = row["entry"].as_str().expect("an entry");
            assert!(entry.len() < 2_200 && entry.contains(" bytes, sha256:"), "{entry}");
            seen += 1;
        }
        let Some(next) = page["page"]["next"].as_str() else {
            break;
        };
        query = format!("?cursor={next}");
    }
    assert_eq!(seen, 40);
    assert_eq!(rejected(&app, id, "?limit=3").ok()["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(rejected(&app, id, "?format=csv").text().lines().count(), 41);
    rejected(&app, id, "?cursor=00").problem(400, "cursor_invalid");
}

#[test]
fn a_device_that_waits_has_small_bounds() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_PENDING_READINGS_PER_DEVICE", "2"),
        ("NENGCE_MAX_PENDING_CONFIG_BYTES", "1500"),
        ("NENGCE_MAX_REQUESTS_PER_PENDING_DEVICE_PER_MINUTE", "6"),
    ]);
    let enterprise = Enterprise::new("待批");
    let terminal = app.registered(&enterprise);
    let upload =
        |day_of: u32| terminal.upload(&[day(ELECTRICITY, &format!("2025-01-{day_of:02}"), 1.0)]);
    upload(1).received();
    upload(2).received();
    let over = upload(3);
    assert_eq!(over.status, 429, "{}", over.text());
    assert!(over.refused().to_string().contains("pending_full"));
    assert_eq!(over.header("retry-after"), "3600");
    terminal.upload_config().received();
    let mut large = enterprise.config_message(&terminal.device_id);
    large["process"] = json!(vec!["x".repeat(100); 20]);
    let refused = app.post("/uploadConfigData", &large).refused();
    assert!(refused.to_string().contains("body_too_large"), "{refused}");
    assert!((0..6).any(|_| upload(1).status == 429), "its pace is slower");
    assert_eq!(app.approve(&terminal.device_id).status, 200);
    upload(3).received();
    app.post("/uploadConfigData", &large).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 3);
}

#[test]
fn meters_and_configured_items_are_bounded_by_unit() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_METERS_PER_UNIT", "3"),
        ("NENGCE_MAX_CONFIG_ITEMS", "2"),
    ]);
    let enterprise = Enterprise::new("仪表").collects(ELECTRICITY, 0).collects(ELECTRICITY, 1);
    let terminal = app.terminal(&enterprise);
    let meters = |from: u32, to: u32| {
        let data: Vec<Value> = (from..to).map(|at| json!({"code": format!("M{at}")})).collect();
        let message = json!({"deviceId": terminal.device_id, "enterpriseCode": enterprise.code, "data": data});
        terminal.upload_metering(&message)
    };
    meters(0, 3).received();
    let refused = meters(2, 4).refused();
    assert!(refused.to_string().contains("too_many_items"), "{refused}");
    meters(1, 3).received();
    let long = json!({"deviceId": terminal.device_id, "enterpriseCode": enterprise.code,
                      "data": [{"code": "M1", "note": "x".repeat(250_000)}, {"code": "M2", "name": "换过的"}]});
    let partly = terminal.upload_metering(&long).refused();
    assert_eq!(
        (&partly["errors"][0]["code"], &partly["errors"][0]["index"]),
        (&json!("entry_too_long"), &json!(0)),
        "{partly}"
    );
    let rows = terminal.get("/meters").ok()["rows"].clone();
    assert!(rows.to_string().contains("换过的"), "{rows}");
    assert_eq!(rows.as_array().map(Vec::len), Some(3), "{rows}");
    let more = enterprise.clone().collects(ELECTRICITY, 2);
    let refused =
        app.post("/uploadConfigData", &more.config_message(&terminal.device_id)).refused();
    assert!(refused.to_string().contains("too_many_items"), "{refused}");
}

/// One meter of a new code with a note.
fn noted(app: &TestApp, (device, enterprise): (&str, &str), at: usize, bytes: usize) -> Answer {
    let message = json!({"deviceId": device, "enterpriseCode": enterprise,
                         "data": [{"code": format!("M{at:04}"), "note": "n".repeat(bytes)}]});
    let headers = [("content-encoding", "gzip")];
    app.post_bytes("/uploadMeteringData", gzip(message.to_string().as_bytes()), &headers)
}

#[test]
fn meters_of_a_device_that_waits_are_bounded_by_their_bytes_and_go_aside_with_it() {
    let app = TestApp::with_environment(&[("NENGCE_MAX_PENDING_CONFIG_BYTES", "30000")]);
    let enterprise = Enterprise::new("长注");
    let device = app.registered(&enterprise).device_id.clone();
    let who = (device.as_str(), enterprise.code.as_str());
    let long = noted(&app, who, 0, 20_000).refused();
    assert!(long.to_string().contains("entry_too_long"), "{long}");
    let mut taken = 0;
    let over = loop {
        let answer = noted(&app, who, taken + 1, 3_500);
        if answer.status != 200 {
            break answer;
        }
        answer.received();
        taken += 1;
        assert!(taken < 40, "no end");
    };
    assert_eq!(over.status, 429, "{}", over.text());
    assert!(over.refused().to_string().contains("pending_full"));
    assert_eq!(taken, 8, "each with its row");
    // The same message again replaces the stored one.
    noted(&app, who, 1, 3_500).received();
    let list = format!(
        "enterprise_code,name,region_code,industry_code\n{},名册,120116,C3110\n",
        enterprise.code
    );
    app.import("units", "units.csv", &list);
    assert_eq!(app.approve(&device).status, 200);
    let path = format!("/api/v1/units/{}/meters", enterprise.code);
    let rows = app.get(&path).ok()["rows"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(taken), "{rows}");
    // An approved device has the limits of a unit.
    for at in 0..20 {
        noted(&app, who, 100 + at, 3_500).received();
    }
}

#[test]
fn what_waits_with_all_devices_is_bounded_until_one_leaves() {
    let app = TestApp::with_environment(&[("NENGCE_MAX_PENDING_CONFIG_BYTES_IN_ALL", "40000")]);
    let mut devices = Vec::new();
    let full = loop {
        let enterprise = Enterprise::new("众待");
        let device = app.registered(&enterprise).device_id.clone();
        let who = (device.as_str(), enterprise.code.as_str());
        let mut config = enterprise.config_message(&device);
        config["note"] = json!("c".repeat(5_000));
        let answer = app.post("/uploadConfigData", &config);
        devices.push((device.clone(), config));
        if answer.status == 429 {
            break answer;
        }
        answer.received();
        let answer = noted(&app, who, 1, 3_000);
        if answer.status == 429 {
            break answer;
        }
        answer.received();
        assert!(devices.len() < 20, "no end");
    };
    assert!(full.refused().to_string().contains("pending_full"));
    assert!(devices.len() > 2, "{} devices", devices.len());
    let (_, last) = devices.last().expect("one");
    assert_eq!(app.post("/uploadConfigData", last).status, 429);
    // An approved or revoked device no longer counts as pending.
    assert_eq!(app.approve(&devices[0].0).status, 200);
    let revoke = format!("/api/v1/devices/{}/revoke", devices[1].0);
    assert_eq!(app.admin("POST", &revoke, Vec::new()).status, 200);
    app.post("/uploadConfigData", last).received();
}

#[test]
fn a_configuration_that_changes_for_ever_takes_the_room_of_one() {
    let mut app = TestApp::new();
    let enterprise = Enterprise::new("改配");
    let device = app.terminal(&enterprise).device_id.clone();
    let file = app.server.data().join("nengce.duckdb");
    let (mut state, mut sent) = (1_u64, 0);
    for _ in 0..40 {
        let mut note = String::new();
        while note.len() < 400_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            note.push_str(&format!("{state:016x}"));
        }
        let mut config = enterprise.config_message(&device);
        config["note"] = json!(note);
        sent += 400_000;
        app.post("/uploadConfigData", &config).received();
    }
    app.server.stop();
    let length = std::fs::metadata(&file).expect("the file").len();
    assert!(length < sent / 2, "{length} bytes of {sent} sent");
}
