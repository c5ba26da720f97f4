//! `POST /api/v1/bulk/readings`, its results, and the tokens of industry systems.

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::server::command;
use serde_json::{Value, json};

pub(crate) const NDJSON: &str = "application/x-ndjson";

pub(crate) fn token(app: &TestApp, units: &[&str]) -> String {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    let name = format!("system-{}", NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let body = json!({"name": name, "units": units, "all_units": units.is_empty()});
    let made = app.admin("POST", "/api/v1/tokens", body.to_string().into_bytes()).ok();
    made["token"].as_str().expect("a token").to_owned()
}

pub(crate) fn send(
    app: &TestApp,
    token: &str,
    media: &str,
    body: Vec<u8>,
    more: &[(&str, &str)],
) -> Answer {
    let token = format!("Bearer {token}");
    let mut headers = vec![("authorization", token.as_str()), ("content-type", media)];
    headers.extend_from_slice(more);
    app.post_bytes("/api/v1/bulk/readings", body, &headers)
}

pub(crate) fn line(unit: &str, date: &str, value: &str) -> String {
    format!(
        "{{\"enterpriseCode\":\"{unit}\",\"dataCode\":\"{ELECTRICITY}\",\"statType\":1,\
         \"statDate\":\"{date} 00:00:00\",\"dataValue\":{value},\"inputType\":1,\"valid\":true,\"scope\":1}}\n"
    )
}

fn result(app: &TestApp, answer: &Value, format: &str) -> Answer {
    let path = answer["result"].as_str().expect("where the result is");
    let answer = app.admin_get(&format!("{path}?format={format}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

pub(crate) fn outcomes(app: &TestApp, answer: &Value) -> Vec<String> {
    let text = result(app, answer, "ndjson").text();
    let rows = text.lines().map(|it| serde_json::from_str::<Value>(it).expect("a line of JSON"));
    rows.enumerate()
        .map(|(at, row)| {
            assert_eq!(row["row"], at as u64 + 1, "{row}");
            row["outcome"].as_str().expect("an outcome").to_owned()
        })
        .collect()
}

pub(crate) fn stored(app: &TestApp, unit: &str) -> Vec<f64> {
    let list = app.get(&format!("/api/v1/units/{unit}/readings?limit=1000")).ok();
    let rows = list["rows"].as_array().expect("rows");
    rows.iter().filter_map(|it| it["value"].as_f64()).collect()
}

#[test]
fn rows_of_many_units_are_stored_and_each_row_has_its_outcome() {
    let app = TestApp::shared();
    let codes: Vec<String> =
        (0..3).map(|_| app.terminal(&Enterprise::new("系统")).enterprise.code).collect();
    let unknown = Enterprise::new("未知").code;
    let token = token(&app, &[]);
    let mut body = String::new();
    for (at, code) in codes.iter().enumerate() {
        body.push_str(&line(code, "2025-03-01", &format!("{}", at + 1)));
        body.push('\n');
    }
    body.push_str(&line(&codes[0], "2025-03-01", "1"));
    body.push_str(&line(&codes[0], "2025-03-01", "9"));
    body.push_str(&line(&codes[1], "2025-02-30", "1"));
    body.push_str(&line(&unknown, "2025-03-01", "1"));
    body.push_str("[1]\n");
    body.push_str(&line(&codes[2], "2025-03-02", "\"NaN\""));
    let answer = send(&app, &token, NDJSON, body.into_bytes(), &[]).refused();
    assert_eq!(
        (
            &answer["rows"],
            &answer["stored"],
            &answer["unchanged"],
            &answer["replaced"],
            &answer["rejected"]
        ),
        (&json!(9), &json!(3), &json!(1), &json!(1), &json!(4)),
        "{answer}"
    );
    assert_eq!(
        outcomes(&app, &answer),
        [
            "stored",
            "stored",
            "stored",
            "unchanged",
            "replaced",
            "rejected",
            "rejected",
            "rejected",
            "rejected"
        ]
    );
    let errors: Vec<(u64, &str, &str)> = answer["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|it| {
            (
                it["row"].as_u64().unwrap_or(0),
                it["field"].as_str().unwrap_or(""),
                it["code"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        errors,
        [
            (6, "statDate", "entry_stat_date_malformed"),
            (7, "enterpriseCode", "import_unit_unknown"),
            (8, "row", "entry_not_object"),
            (9, "dataValue", "entry_value_not_finite"),
        ]
    );
    assert_eq!(stored(&app, &codes[0]), [9.0]);
    let csv = result(&app, &answer, "csv").text();
    assert!(csv.starts_with("row,outcome,field,code,reason_zh,reason_en\n1,stored,"), "{csv}");
    let uploads = app.get(&format!("/api/v1/uploads?kind=bulk&unit={}", codes[1])).ok();
    assert_eq!(uploads["rows"][0]["rejected"], 1, "the unit's own list shows what was refused");
}

#[test]
fn a_token_speaks_for_its_units_until_it_is_revoked() {
    let app = TestApp::shared();
    let mine = app.terminal(&Enterprise::new("系统")).enterprise.code;
    let other = app.terminal(&Enterprise::new("系统")).enterprise.code;
    let token = token(&app, &[&mine]);
    let body = line(&mine, "2025-03-01", "1") + &line(&other, "2025-03-01", "1");
    let answer = send(&app, &token, NDJSON, body.clone().into_bytes(), &[]);
    answer.refused_entry(1, "enterpriseCode", "entry_unit_forbidden");
    assert_eq!((stored(&app, &mine).len(), stored(&app, &other).len()), (1, 0));
    let id = answer.json()["bulkId"].clone();
    let own = format!("Bearer {token}");
    let seen = app.get_with(&format!("/api/v1/bulk/{id}"), &[("authorization", &own)]).ok();
    assert_eq!((&seen["state"], &seen["rows"]), (&json!("done"), &json!(2)));
    let stranger = format!("Bearer {}", self::token(&app, &[&other]));
    app.get_with(&format!("/api/v1/bulk/{id}"), &[("authorization", &stranger)])
        .problem(404, "not_found");
    app.get(&format!("/api/v1/bulk/{id}/result")).problem(401, "unauthorised");
    let list = app.admin_get("/api/v1/tokens");
    assert!(!list.text().contains(&token), "a token is shown once");
    app.admin(
        "POST",
        &format!("/api/v1/tokens/{}/revoke", seen["sent_by"].as_str().unwrap_or_default()),
        Vec::new(),
    )
    .ok();
    let refused = send(&app, &token, NDJSON, body.clone().into_bytes(), &[]);
    assert_eq!(refused.status, 403, "{}", refused.text());
    refused.refused();
    let nobody =
        app.post_bytes("/api/v1/bulk/readings", body.into_bytes(), &[("content-type", NDJSON)]);
    assert_eq!(nobody.status, 401);
}

#[test]
fn a_token_expires_and_the_list_says_when_it_was_used() {
    let clock = tempfile::NamedTempFile::new().expect("a file");
    let file = clock.path().to_str().expect("a path");
    let app = TestApp::with_environment(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let make = |days: u32| {
        let body = json!({"name": format!("mes {days}"), "units": [], "all_units": true, "valid_days": days});
        app.admin("POST", "/api/v1/tokens", body.to_string().into_bytes())
    };
    for days in [0, 1_097] {
        make(days).problem(400, "parameter_invalid");
    }
    let made = make(2).ok();
    let rows = || app.admin_get("/api/v1/tokens").ok()["rows"].clone();
    assert_eq!(rows()[0]["expires_at"], made["expires_at"]);
    assert!(rows()[0]["last_used_at"].is_null());
    let own = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let ask = || app.get_with("/api/v1/bulk", &[("authorization", &own)]);
    ask().ok();
    let used = rows()[0]["last_used_at"].clone();
    assert!(used.is_string());
    std::fs::write(clock.path(), "86400").expect("the clock is moved");
    ask().ok();
    assert_ne!(rows()[0]["last_used_at"], used);
    std::fs::write(clock.path(), "172800").expect("the clock is moved");
    ask().problem(403, "token_expired");
    let refused = app.post_bytes(
        "/api/v1/bulk/readings",
        Vec::new(),
        &[("authorization", &own), ("content-type", NDJSON)],
    );
    assert_eq!(refused.refused()["errors"][0]["code"], "token_expired");
}

#[test]
fn the_same_key_and_body_get_the_same_answer_and_another_body_none() {
    let app = TestApp::shared();
    let unit = app.terminal(&Enterprise::new("系统")).enterprise.code;
    let token = token(&app, &[&unit]);
    let key = [("idempotency-key", "2025-03-01/1")];
    let body = line(&unit, "2025-03-01", "1").into_bytes();
    let first = send(&app, &token, NDJSON, body.clone(), &key);
    assert_eq!(first.received()["stored"], 1);
    let again = send(&app, &token, NDJSON, body.clone(), &key);
    assert_eq!(again.received(), first.json());
    assert_eq!(again.header("idempotency-replayed"), "true");
    let other = send(&app, &token, NDJSON, line(&unit, "2025-03-01", "2").into_bytes(), &key);
    assert_eq!(other.status, 409);
    assert_eq!(other.refused()["errors"][0]["code"], "idempotency_key_reused");
    let without = send(&app, &token, NDJSON, body, &[]).received();
    assert_eq!((&without["stored"], &without["unchanged"]), (&json!(0), &json!(1)));
    assert_eq!(stored(&app, &unit), [1.0]);
}

#[test]
fn the_command_makes_lists_and_revokes_tokens() {
    let app = TestApp::new();
    let unit = app.terminal(&Enterprise::new("系统")).enterprise.code;
    let run = |arguments: &[&str]| {
        let mut token = command();
        token.arg("token").args(arguments).arg("--data").arg(app.server.data());
        let output = token.output().expect("nengce runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let token = run(&["create", "--name", "mes", "--units", &unit, "--days", "30"]);
    send(&app, &token, NDJSON, line(&unit, "2025-03-01", "1").into_bytes(), &[]).received();
    let listed = run(&["list"]);
    assert!(
        listed.contains(&unit) && listed.contains("  expires 20") && listed.contains("  used 20"),
        "{listed}"
    );
    run(&["revoke", "mes"]);
    assert_eq!(send(&app, &token, NDJSON, Vec::new(), &[]).status, 403);
    assert!(run(&["list"]).contains("revoked"));
}
