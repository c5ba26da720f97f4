//! No secret that a server is used with gets into its log, at its finest level. The log is JSON on request, and the id of a
//! request stands in it, in the answer and in the audit entry.

use nengce_core::accounts::one_time_code;
use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::person::{Person, accept, secret, try_sign_in};
use nengce_tests::support::server::ADMIN_TOKEN;
use serde_json::{Value, json};

const DATA_KEY: &str = "8f1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa";
const MONITORING: &str = "token-of-the-monitoring";

/// The lines of the log, which are JSON; what commands print for people is left out.
fn lines(app: &TestApp) -> Vec<Value> {
    let log = app.server.log();
    let lines = log.lines().filter(|it| it.starts_with('{'));
    lines.map(|it| serde_json::from_str(it).unwrap_or_else(|_| panic!("no JSON: {it}"))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The secrets of a person: invitation, passwords, session, token of changes, second factor, recovery codes.
fn of_a_person(app: &TestApp) -> Vec<String> {
    let account = json!({"name": "wei", "display_name": "wei", "roles": [Role::Inspector], "districts": [], "units": []});
    let body = account.to_string().into_bytes();
    let invited = app.admin_post("/api/v1/accounts", body, "application/json").ok();
    let link = text(&invited["link"]);
    accept(app, &link, "seven plain stones here").ok();
    let with = |password: &str| json!({"name": "wei", "password": password});
    try_sign_in(app, &with("Wrong-Guess-2026!"), "").problem(401, "sign_in_refused");
    let person = Person::of(app, &try_sign_in(app, &with("seven plain stones here"), ""));
    let set_up = person.send("POST", "/api/v1/account/second-factor", None).ok();
    let key = text(&set_up["secret"]);
    let now = jiff::Timestamp::now().as_second();
    let code = one_time_code::code(&key, now).expect("a code");
    let body = json!({"code": code});
    let codes = person.send("POST", "/api/v1/account/second-factor/confirm", Some(&body)).ok();
    let codes: Vec<String> = codes["codes"].as_array().expect("codes").iter().map(text).collect();
    let recovered = json!({"name": "wei", "password": "seven plain stones here", "code": codes[0]});
    let again = Person::of(app, &try_sign_in(app, &recovered, ""));
    let cookie = |it: &Person<'_>| it.cookie.split_once('=').expect("a cookie").1.to_owned();
    let (first, second) = (cookie(&person), cookie(&again));
    let csrf = [person.csrf.clone(), again.csrf.clone()];
    let own =
        ["seven plain stones here", "Wrong-Guess-2026!", secret(&link), &key, &first, &second];
    own.map(str::to_owned).into_iter().chain(csrf).chain(codes).collect()
}

/// The secrets of terminals and of an industry system: device ids, keys, a one-time code, tokens.
fn of_machines(app: &TestApp) -> Vec<String> {
    let terminal = app.terminal(&Enterprise::new("保密厂"));
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let device = terminal.device_id.clone();
    let code = app.admin("POST", &format!("/api/v1/devices/{device}/code"), Vec::new()).ok();
    let body = json!({"enterpriseCode": Enterprise::new("鲁厂").code, "region": "370672"});
    let registered = app.post("/enterprise/register", &body).json();
    let token = json!({"name": "erp", "all_units": true, "units": []}).to_string();
    let made = app.admin_post("/api/v1/tokens", token.into_bytes(), "application/json").ok();
    let token = text(&made["token"]);
    for bearer in [token.as_str(), "a-guess-of-a-stranger", MONITORING] {
        app.get_with("/api/v1/bulk", &[("authorization", &format!("Bearer {bearer}"))]);
    }
    let (key, id) = (text(&registered["secretKey"]), text(&registered["deviceId"]));
    vec![device, text(&code["code"]), key, id, token, "a-guess-of-a-stranger".to_owned()]
}

#[test]
fn no_secret_gets_into_the_log() {
    let app = TestApp::with_environment(&[
        ("NENGCE_LOG", "trace"),
        ("NENGCE_LOG_FORMAT", "json"),
        ("NENGCE_DATA_KEY", DATA_KEY),
        ("NENGCE_MONITORING_TOKEN", MONITORING),
        ("NENGCE_PROFILES", "national,shandong"),
    ]);
    let mut secrets = [ADMIN_TOKEN, DATA_KEY, MONITORING].map(str::to_owned).to_vec();
    let local = std::fs::read(app.server.data().join("server.json")).expect("a file");
    let local: Value = serde_json::from_slice(&local).expect("JSON");
    secrets.push(text(&local["token"]));
    secrets.extend(of_a_person(&app));
    secrets.extend(of_machines(&app));
    for name in ["audit.key", "account.key"] {
        let digits = std::fs::read_to_string(app.server.data().join(name)).unwrap_or_default();
        secrets.extend((!digits.is_empty()).then(|| digits.trim().to_owned()));
    }
    let all = lines(&app);
    assert!(all.len() > 50, "{} lines", all.len());
    for it in &secrets {
        assert!(it.len() >= 8, "{it} may stand anywhere");
        let found = all.iter().find(|line| line.to_string().contains(it.as_str()));
        assert!(found.is_none(), "{it}: {found:?}");
    }
}

#[test]
fn the_id_of_a_request_stands_in_answer_log_and_audit_entry() {
    let app = TestApp::with_environment(&[("NENGCE_LOG_FORMAT", "json")]);
    let token = json!({"name": "erp", "all_units": true, "units": []}).to_string();
    let made = app.admin_post("/api/v1/tokens", token.into_bytes(), "application/json");
    made.ok();
    let entries = app.admin_get("/api/v1/audit?action=token.create").ok();
    assert_eq!(entries["rows"][0]["event"]["request_id"], made.header("x-request-id"));

    let refused = try_sign_in(&app, &json!({"name": "nobody", "password": "wrong"}), "");
    let id = refused.header("x-request-id");
    assert_eq!(id.len(), 16);
    let line = lines(&app).into_iter().find(|it| it["message"] == "a sign-in failed");
    let line = line.expect("a line of the log");
    assert_eq!((&line["span"]["id"], &line["level"]), (&json!(id), &json!("WARN")), "{line}");
    let believed = app.get_with("/healthz", &[("x-request-id", "forged")]);
    assert!(!["", "forged"].contains(&believed.header("x-request-id")));
    let terminal = app.post("/register", &json!({}));
    assert_eq!(terminal.header("x-request-id").len(), 16);
}
