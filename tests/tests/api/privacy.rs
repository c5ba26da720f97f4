//! Only administrators see device ids, keys and tokens: no answer to an anonymous reader holds one, nor does the log.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use nengce_shared::mask::mask;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::ADMIN_TOKEN;
use serde_json::{Value, json};

struct Town {
    app: TestApp,
    /// The units whose pages are requested.
    codes: Vec<String>,
    /// The secrets that only their holder and administrators may see.
    secrets: Vec<String>,
    uploads: Vec<u64>,
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn town() -> Town {
    let app = TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong,yunnan"),
        ("NENGCE_REPLACEMENT_WINDOW_DAYS", "30"),
        ("NENGCE_LOG", "debug"),
    ]);
    let mut secrets = vec![ADMIN_TOKEN.to_owned()];
    let national = Enterprise::new("国家规约").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&national);
    secrets.push(terminal.device_id.clone());
    // A stored value, a replacement that awaits approval, a rejected entry and a profile that hold the id.
    for value in [1.0, 2.0] {
        terminal.upload(&[day(ELECTRICITY, "2024-01-01", value)]).received();
    }
    let mut odd = day(ELECTRICITY, "2024-01-02", 3.0);
    odd["deviceId"] = json!(terminal.device_id);
    odd["serial"] = json!(format!("ab{}", terminal.device_id));
    odd["label"] = json!(terminal.device_id.to_uppercase());
    odd["statType"] = json!(9);
    terminal.upload(&[odd]).refused();
    let mut config = national.config_message(&terminal.device_id);
    config["enterprise"]["remark"] = json!(terminal.device_id);
    config["enterprise"]["dataIndex"] = json!(terminal.device_id);
    app.post("/uploadConfigData", &config).received();
    app.admin_post(
        "/api/v1/replacements/approve",
        br#"{"ids":[],"upload_ids":[],"unit":null,"all":true}"#.to_vec(),
        "application/json",
    )
    .ok();
    terminal.upload(&[day(ELECTRICITY, "2024-01-01", 4.0)]).received();

    let waiting = app.registered(&Enterprise::new("待批"));
    waiting.upload_config().received();
    waiting.upload(&[day(ELECTRICITY, "2024-01-01", 1.0)]).received();
    secrets.push(waiting.device_id.clone());

    let shandong = Enterprise::new("山东");
    let body = json!({"enterpriseCode": shandong.code, "region": shandong.region});
    let given = app.post("/enterprise/register", &body).received();
    let device = text(&given["deviceId"]);
    app.approve(&device).ok();
    app.post("/enterprise/uploadConfigData", &shandong.config_message(&device)).received();
    secrets.extend([device, text(&given["secretKey"])]);

    let yunnan = Enterprise::new("云南");
    let body = json!({"enterpriseCode": yunnan.code});
    let key = app.post("/YNEnergy/enterpriseInfo/rwk", &body).ok();
    secrets.push(text(&key["data"]["secretKey"]));

    let body = json!({"name": "system", "units": [national.code], "all_units": false});
    let made = app.admin("POST", "/api/v1/tokens", body.to_string().into_bytes()).ok();
    secrets.push(text(&made["token"]));
    let uploads = app.admin_get("/api/v1/uploads?limit=1000").ok();
    let uploads = uploads["rows"].as_array().expect("rows");
    Town {
        codes: vec![national.code, shandong.code, waiting.enterprise.code, yunnan.code],
        secrets,
        uploads: uploads.iter().filter_map(|it| it["upload_id"].as_u64()).collect(),
        app,
    }
}

/// All readable text of a body; of a workbook its cells.
fn readable(answer: &Answer) -> String {
    let kind = answer.header("content-type");
    if kind.contains("spreadsheetml") {
        let mut book: Xlsx<_> =
            open_workbook_from_rs(Cursor::new(answer.body.clone())).expect("a workbook");
        let sheets = book.worksheets();
        let rows = sheets.iter().flat_map(|it| it.1.rows());
        let cells = rows.flatten().map(ToString::to_string);
        return cells.collect::<Vec<_>>().join("\n");
    }
    let mut plain = Vec::new();
    if answer.header("content-encoding") == "gzip" {
        flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut plain).expect("gzip");
    } else {
        plain.clone_from(&answer.body);
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn hex(text: &str) -> String {
    text.bytes().map(|it| format!("{it:02x}")).collect()
}

/// The addresses of a path of the document, with known values for its parameters.
fn addresses(path: &str, town: &Town) -> Vec<String> {
    let fill = |name: &str, values: Vec<String>, all: Vec<String>| -> Vec<String> {
        let place = format!("{{{name}}}");
        all.into_iter()
            .flat_map(|it| match it.contains(&place) {
                true => values.iter().map(|v| it.replace(&place, v)).collect(),
                false => vec![it],
            })
            .collect()
    };
    let uploads = || town.uploads.iter().map(u64::to_string).collect();
    let mut all = vec![path.to_owned()];
    all = fill("code", town.codes.clone(), all);
    all = fill("upload_id", uploads(), all);
    all = fill("subject", vec!["0101".to_owned()], all);
    all = fill("device_id", town.secrets[1..2].to_vec(), all);
    for other in ["finding_id", "job_id", "bulk_id"] {
        all = fill(other, vec!["1".to_owned()], all);
    }
    fill("name", vec!["factors".to_owned()], all)
}

#[test]
fn no_answer_to_a_stranger_holds_an_id_or_a_key_and_neither_does_the_log() {
    let town = town();
    let document = town.app.get("/api/openapi.json").ok();
    let mut forbidden: BTreeSet<String> = town.secrets.iter().map(|it| it.to_lowercase()).collect();
    forbidden.extend(town.secrets.iter().map(|it| hex(it)));
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        let is_stream =
            item["get"]["responses"]["200"]["content"].get("text/event-stream").is_some();
        if item.get("get").is_none() || is_stream {
            continue;
        }
        for address in addresses(path, &town) {
            for query in [
                "",
                "?limit=1",
                "?limit=1000",
                "?format=csv",
                "?format=xlsx",
                "?format=parquet",
                "?state=all",
                "?from=2024-01-01&to=2024-12-31",
                "?data_code=00-00-0000-023300-11",
            ] {
                let whole = format!("{address}{query}");
                // An answer about an address with an id repeats only the end of the id.
                let answer = town.app.get(&whole);
                let body = readable(&answer).to_lowercase();
                for secret in &forbidden {
                    assert!(!body.contains(secret.as_str()), "{whole}: {body}");
                }
                asked += u32::from(answer.status == 200);
            }
        }
    }
    assert!(asked > 100, "only {asked} answers were read");
    for token in ["wrong-token-of-a-stranger", &town.secrets[4]] {
        let token = format!("Bearer {token}");
        let body = town.app.get_with("/api/v1/devices", &[("authorization", &token)]).text();
        assert!(!body.contains(&town.secrets[1]), "{body}");
    }
    // The path of a request is logged at this level; ids in it are masked.
    let device = &town.secrets[1];
    town.app.approve(device).ok();
    let log = town.app.server.log();
    assert!(log.contains("/approve"), "requests are logged: {log}");
    for secret in &town.secrets {
        assert!(!log.contains(secret.as_str()), "the log holds {secret}");
    }
}

#[test]
fn administrators_see_ids_whole_and_others_their_last_four_characters() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("可见").collects(ELECTRICITY, 1));
    for value in [1.0, 2.0] {
        terminal.upload(&[day(ELECTRICITY, "2025-01-01", value)]).received();
    }
    let code = &terminal.enterprise.code;
    let (id, end) = (terminal.device_id.clone(), mask(&terminal.device_id));
    assert_eq!(end.chars().count(), 5);
    let readings = format!("/api/v1/units/{code}/readings");
    for (path, place) in [
        ("/api/v1/devices".to_owned(), "/rows/0/device_id"),
        ("/api/v1/uploads?kind=energy".to_owned(), "/rows/0/sent_by"),
        (format!("/api/v1/units/{code}"), "/devices/0/device_id"),
        (readings.clone(), "/rows/0/sent_by"),
        (readings.clone(), "/rows/0/history/0/sent_by"),
        (readings, "/rows/0/history/0/replaced_by_sender"),
    ] {
        let (shown, whole) = (app.get(&path), app.admin_get(&path));
        assert_eq!(shown.ok().pointer(place), Some(&json!(end)), "{path} {place}");
        assert_eq!(whole.ok().pointer(place), Some(&json!(id)), "{path} {place}");
        let tag = whole.header("etag").to_owned();
        if !tag.is_empty() {
            assert_ne!(shown.header("etag"), tag, "{path}: one answer for both");
            assert!(shown.header("vary").contains("authorization"), "{path}");
        }
    }
    // An anonymous reader cannot find a device by parts of its id.
    let by = |piece: &str| format!("/api/v1/devices?q={piece}");
    assert_eq!(app.get(&by(&id[..6])).ok()["page"]["total"], 0);
    assert_eq!(app.admin_get(&by(&id[..6])).ok()["page"]["total"], 1);
    let refused = app.post("/versionCheck", &json!({"deviceId": "f".repeat(32)}));
    assert!(!refused.text().contains(&"f".repeat(32)), "{}", refused.text());
}

#[test]
fn pages_of_devices_go_on_where_they_ended() {
    let app = TestApp::new();
    let mut expected: Vec<String> =
        (0..5).map(|n| app.terminal(&Enterprise::new(&format!("页{n}"))).device_id).collect();
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = app.admin_get(&format!("/api/v1/devices?limit=2&cursor={cursor}")).ok();
        let rows = page["rows"].as_array().expect("rows");
        found.extend(rows.iter().map(|it| text(&it["device_id"])));
        match page["page"]["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn an_error_says_back_at_most_a_hundred_characters() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("回显"));
    let long = "x".repeat(3_000);
    let mut answers: Vec<Answer> = [
        format!("/api/v1/units/{long}"),
        format!("/api/v1/units/{long}/energy"),
        format!("/api/v1/units?{long}=1"),
        format!("/api/v1/units?region={long}"),
        format!("/api/v1/units?limit={long}"),
        format!("/api/v1/uploads/{long}/rejected"),
        format!("/api/v1/devices?state={long}"),
        format!("/api/v1/benchmarks/{long}"),
        format!("/api/v1/quality/units/{long}"),
        format!("/api/{long}"),
    ]
    .iter()
    .map(|it| app.get(it))
    .collect();
    let mut odd = day(ELECTRICITY, "2025-01-01", 1.0);
    odd["dataCode"] = json!(long);
    let whole = |field: &str| {
        let mut message = terminal.message(&[]);
        message[field] = json!(long);
        message
    };
    answers.push(app.post("/register", &json!({"enterpriseCode": long, "region": "120116"})));
    answers.push(
        app.post("/register", &json!({"enterpriseCode": terminal.enterprise.code, "region": long})),
    );
    answers.push(terminal.upload_message(&whole("deviceId")));
    answers.push(terminal.upload_message(&whole("enterpriseCode")));
    answers.push(terminal.upload(&[odd]));
    answers.push(app.admin("POST", &format!("/api/v1/devices/{long}/approve"), Vec::new()));
    answers.push(app.admin("POST", &format!("/api/v1/unit-changes/{long}/approve"), Vec::new()));
    answers.push(app.admin("POST", &format!("/api/v1/imports/{long}"), Vec::new()));
    let body = json!({"name": "n", "units": [long], "all_units": false});
    answers.push(app.admin("POST", "/api/v1/tokens", body.to_string().into_bytes()));
    for kind in ["units", "economy", "targets"] {
        let file = format!(
            "enterprise_code,name,region_code,month,value_added,scope,code,kind,from_year,to_year,value\n{0},{0},{0},{0},{0},{0},{0},{0},{0},{0},{0}\n",
            long
        );
        let path = format!("/api/v1/imports/{kind}");
        let mut answer = app.admin_post(&path, file.into_bytes(), "text/csv");
        // The rejected rows themselves come back whole, to correct and send again.
        if let Ok(mut report) = serde_json::from_slice::<Value>(&answer.body) {
            report["rejected_csv"] = Value::Null;
            answer.body = report.to_string().into_bytes();
        }
        answers.push(answer);
    }
    for answer in answers {
        let text = answer.text();
        assert!(
            !text.contains(&"x".repeat(101)),
            "{} {}: {}",
            answer.what.get(..60).unwrap_or(&answer.what),
            answer.status,
            text.get(..2_000).unwrap_or(&text)
        );
    }
}
