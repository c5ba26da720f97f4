//! The audit log through a real server: what is recorded of whom, the files that prove themselves, and a chain that is
//! broken on purpose.

use duckdb::Connection;
use nengce_core::accounts::one_time_code;
use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::person::{PASSWORD, Person, create};
use nengce_tests::support::server::{Options, command};
use serde_json::{Value, json};

fn entries(app: &TestApp, query: &str) -> Vec<Value> {
    let list = app.admin_get(&format!("/api/v1/audit?{query}")).ok();
    list["rows"].as_array().expect("rows").clone()
}

/// Action, actor, object and outcome of the entries that a query finds, oldest first.
fn told(app: &TestApp, query: &str) -> Vec<[String; 4]> {
    let text = |it: &Value, name: &str| it["event"][name].as_str().expect("a text").to_owned();
    entries(app, &format!("order=oldest&{query}"))
        .iter()
        .map(|it| ["action", "actor", "object", "outcome"].map(|name| text(it, name)))
        .collect()
}

fn run(arguments: &[&str]) -> (bool, String) {
    let output = command().args(arguments).output().expect("nengce runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// A server with an approved device, a made and revoked token, and a stranger who tried.
fn busy() -> TestApp {
    let app = TestApp::new();
    app.terminal(&Enterprise::new("审计厂"));
    let token = json!({"name": "erp", "all_units": true, "units": []}).to_string();
    app.admin_post("/api/v1/tokens", token.into_bytes(), "application/json").ok();
    app.admin("POST", "/api/v1/tokens/erp/revoke", Vec::new()).ok();
    assert_eq!(app.get("/api/v1/tokens").status, 401);
    assert_eq!(app.get("/api/v1/tokens").status, 401);
    app
}

#[test]
fn changes_looks_files_and_refusals_are_recorded_with_their_actor() {
    let app = busy();
    let made = told(&app, "action=token");
    let of_token = |action: &str| [action, "administrator", "erp", "done"].map(str::to_owned);
    assert_eq!(made, [of_token("token.create"), of_token("token.revoke")]);
    let created = &entries(&app, "action=token.create")[0]["event"];
    assert_eq!(created["actor_kind"], "token");
    assert_eq!(created["address"], "127.0.0.1");
    assert!(created["after"].as_str().expect("JSON").contains("\"all_units\":true"));
    assert!(created["before"].is_null());

    let approved = &entries(&app, "action=device.approve")[0]["event"];
    assert_eq!(approved["before"], "{\"state\":\"pending\"}");
    assert_eq!(approved["after"], "{\"state\":\"approved\"}");

    let refused = told(&app, "outcome=refused");
    let refusal = ["access", "", "GET /api/v1/tokens", "refused"].map(str::to_owned);
    assert_eq!(refused, [refusal], "the same refusal is recorded once in a while");

    let unit = app.admin_get("/api/v1/devices").ok()["rows"][0]["enterprise_code"].clone();
    let unit = unit.as_str().expect("a unit").to_owned();
    for _ in 0..3 {
        app.admin_get(&format!("/api/v1/units/{unit}")).ok();
    }
    let looks = told(&app, &format!("action=unit.look&object={unit}"));
    assert_eq!(looks.len(), 1, "the same look is recorded once in a while: {looks:?}");

    let wrong = json!({"name": "security", "password": "wrong"});
    for _ in 0..2 {
        assert_eq!(app.post("/api/v1/session", &wrong).status, 401);
    }
    let failed = told(&app, "action=sign_in&actor=security");
    assert_eq!(failed.len(), 2, "each failed sign-in of an account is recorded: {failed:?}");

    app.admin_get("/api/v1/tokens?format=csv");
    let exported = told(&app, "action=export");
    assert_eq!(exported[0][2], "GET /api/v1/tokens?format=csv");
    let failed = app.admin("POST", "/api/v1/tokens/nobody/revoke", Vec::new());
    assert_eq!(failed.status, 404);
    assert_eq!(told(&app, "outcome=failed")[0][0], "token.revoke");
    assert!(!told(&app, "action=configuration.change&actor=system").is_empty());
    assert_eq!(failed.header("x-request-id").len(), 16);
}

#[test]
fn prints_decisions_and_work_are_recorded_with_what_they_did() {
    let app = TestApp::new();
    let enterprise = Enterprise::new("留痕厂");
    let terminal = app.terminal(&enterprise);
    for _ in 0..2 {
        let page = "/api/v1/prints/%2Funits%2F1%3Ffrom%3D2025";
        assert_eq!(app.admin("POST", page, Vec::new()).status, 204);
    }
    let printed = told(&app, "action=print");
    assert_eq!(printed.len(), 1, "{printed:?}");
    assert_eq!(printed[0][2], "/units/1?from=2025");
    let long = format!("/api/v1/prints/%2F{}", "x".repeat(600));
    assert_eq!(app.admin("POST", &long, Vec::new()).status, 400);
    assert_eq!(app.request("POST", "/api/v1/prints/%2Funits", &[]).status, 401);

    let named = told(&app, "action=device.approve")[0][2].clone();
    let last = &terminal.device_id[28..];
    assert!(named.contains(last) && named.ends_with(&enterprise.code), "{named}");
    assert!(!named.contains(&terminal.device_id));
    let made =
        app.admin("POST", &format!("/api/v1/devices/{}/code", terminal.device_id), Vec::new()).ok();
    let message = json!({"enterpriseCode": enterprise.code, "region": enterprise.region, "registrationCode": made["code"]});
    app.post("/register", &message).received();
    let replaced = &entries(&app, "action=device.replace")[0]["event"];
    assert_eq!(replaced["actor_kind"], "device");
    assert!(replaced["actor"].as_str().is_some_and(|it| it.ends_with(&enterprise.code)));
    assert!(replaced["before"].as_str().is_some_and(|it| it.contains(last)), "{replaced}");
    let path = format!("/api/v1/devices/{}/release", enterprise.code);
    app.admin("POST", &path, Vec::new()).ok();
    let released = &entries(&app, "action=device.release")[0]["event"];
    assert!(released["before"].as_str().is_some_and(|it| it.contains("approved")), "{released}");

    app.admin("POST", "/api/v1/maintenance/verify", Vec::new()).ok();
    let checked = &entries(&app, "action=maintenance.verify")[0]["event"];
    assert!(checked["after"].as_str().is_some_and(|it| it.contains("\"ok\":true")), "{checked}");
    let csv = "月份,电\n2025-01,10\n".as_bytes().to_vec();
    let path = format!(
        "/api/v1/imports/readings?file=months.csv&unit={}&name=x&region=120116&map=time=月份;00-00-0000-023300-11=电",
        Enterprise::new("导入厂").code
    );
    app.admin_post(&path, csv, "text/csv").ok();
    let imported = entries(&app, "action=import.file");
    let stored =
        |it: &Value| it["event"]["after"].as_str().is_some_and(|it| it.contains("\"stored\":1"));
    assert!(imported.iter().any(stored), "{imported:?}");
}

#[test]
fn the_list_is_paged_filtered_and_sent_as_a_file() {
    let app = busy();
    let first = app.admin_get("/api/v1/audit?limit=2").ok();
    let cursor = first["page"]["next"].as_str().expect("more").to_owned();
    let second = app.admin_get(&format!("/api/v1/audit?limit=2&cursor={cursor}")).ok();
    let numbers = |it: &Value| -> Vec<u64> {
        let rows = it["rows"].as_array().expect("rows").iter();
        rows.map(|it| it["number"].as_u64().expect("a number")).collect()
    };
    let all = [numbers(&first), numbers(&second)].concat();
    assert!(all.len() > 2 && all.windows(2).all(|it| it[0] == it[1] + 1), "{all:?}");
    assert!(entries(&app, "from=2001-01-01&to=2001-12-31").is_empty());
    let csv = app.admin_get("/api/v1/audit?format=csv&lang=en").text();
    assert!(csv.contains("token.create") && csv.contains("Hash function"), "{csv}");
    app.admin_get("/api/v1/audit?outcome=perhaps").problem(400, "parameter_invalid");
    assert_eq!(app.get("/api/v1/audit").status, 401);
    assert_eq!(app.admin_get("/api/v1/audit/head?number=99999").status, 404);
    let chain = app.admin_get("/api/v1/audit/chain").ok();
    assert!(chain["broken"].is_null() && chain["entries"].as_u64() > Some(4), "{chain}");
}

#[test]
fn an_exported_file_proves_itself_and_an_edited_one_does_not() {
    let app = busy();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let data = app.server.data().display().to_string();
    let (file, later, edited) = (path("a.jsonl"), path("b.jsonl"), path("c.jsonl"));
    let (done, said) = run(&["audit", "export", &file, "--data", &data]);
    assert!(done, "{said}");
    let (done, said) = run(&["audit", "verify", &file]);
    assert!(done && said.contains("the chain is whole"), "{said}");
    let (done, said) = run(&["audit", "export", &later, "--data", &data]);
    assert!(done, "{said}");
    let (done, said) = run(&["audit", "verify", &later, "--against", &file]);
    assert!(done, "{said}");

    let text = std::fs::read_to_string(&file).expect("a file");
    std::fs::write(&edited, text.replace("token.revoke", "token.create")).expect("it is written");
    let (done, said) = run(&["audit", "verify", &edited]);
    assert!(!done && said.contains("was changed after it was written"), "{said}");
    let shorter: Vec<&str> = text.lines().collect();
    let without = [&shorter[..3], &shorter[4..]].concat().join("\n");
    std::fs::write(&edited, without).expect("it is written");
    let (done, said) = run(&["audit", "verify", &edited]);
    assert!(!done && said.contains("breaks at entry 3"), "{said}");
}

/// A switch of the algorithms in the configuration: earlier entries, heads and secrets stay readable.
#[test]
fn national_algorithms_are_switched_on_and_what_was_before_stays_readable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let start = |settings: &[(&str, &str)]| {
        let key = ("NENGCE_DATA_KEY".to_owned(), "0f".repeat(32));
        let settings =
            settings.iter().map(|(name, it)| (format!("NENGCE_{name}"), (*it).to_owned()));
        let environment = settings.chain([key]).collect();
        let data = Some(folder.path().join("data"));
        TestApp::with(Options { environment, data, ..Options::default() })
    };
    let export = |app: &TestApp, to: &str| {
        let data = app.server.data().display().to_string();
        let (done, said) = run(&["audit", "export", to, "--data", &data]);
        assert!(done, "{said}");
    };
    let (first, second, forged) = (path("a.jsonl"), path("b.jsonl"), path("c.jsonl"));
    let mut app = start(&[]);
    create(&app, "wei", &[Role::Inspector], &[], &[]);
    let person = Person::sign_in(&app, "wei");
    let set_up = person.send("POST", "/api/v1/account/second-factor", None).ok();
    let secret = set_up["secret"].as_str().expect("a secret").to_owned();
    let begun = jiff::Timestamp::now().as_second();
    let code = |later: i64| one_time_code::code(&secret, begun + later).expect("a code");
    let body = json!({"code": code(0)});
    person.send("POST", "/api/v1/account/second-factor/confirm", Some(&body)).ok();
    export(&app, &first);
    app.server.stop();
    let app =
        start(&[("AUDIT_HASH", "sm3"), ("AUDIT_SIGNATURE", "sm2"), ("DATA_CIPHER", "sm4gcm")]);
    let sign_in = json!({"name": "wei", "password": PASSWORD, "code": code(30)});
    Person::sign_in_as(&app, &sign_in);
    create(&app, "han", &[Role::Inspector], &[], &[]);
    assert_eq!(app.admin_get("/api/v1/audit/chain").ok()["broken"], Value::Null);
    export(&app, &second);
    let (done, said) = run(&["audit", "verify", &second, "--against", &first]);
    assert!(done && said.contains("key sm2:04"), "{said}");
    let text = std::fs::read_to_string(&second).expect("a file");
    assert!(text.contains("\"algorithm\":\"sha256\"") && text.contains("\"algorithm\":\"sm3\""));
    let signed = text.rfind("\"signature\":\"").expect("a signed head");
    let another = text[..signed].to_owned() + &text[signed..].replacen("\":\"", "\":\"00", 1);
    std::fs::write(&forged, another).expect("it is written");
    let (done, said) = run(&["audit", "verify", &forged]);
    assert!(!done && said.contains("链在第"), "{said}");
}

#[test]
fn an_entry_changed_in_the_database_is_found_and_named() {
    let mut app = busy();
    app.server.stop();
    let data = app.server.data();
    let verify = |data: &str| run(&["verify", "--data", data]);
    let folder = data.display().to_string();
    let (done, said) = verify(&folder);
    assert!(done, "{said}");
    let conn = Connection::open(data.join("nengce.duckdb")).expect("the server is stopped");
    let number: u64 = conn
        .query_row(include_str!("audit_break.sql"), [], |it| it.get(0))
        .expect("an entry is changed");
    drop(conn);
    let (done, said) = verify(&folder);
    let named = format!("{number}: ");
    assert!(!done && said.contains("audit_chain") && said.contains(&named), "{said}");
}
