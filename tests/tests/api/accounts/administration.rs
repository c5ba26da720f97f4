//! A security administrator invites, changes and suspends; the three administrators are never one account.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, accept, create, try_sign_in};
use serde_json::{Value, json};

/// A server on which security administrators need no second factor.
fn app() -> TestApp {
    TestApp::with_environment(&[("NENGCE_SECOND_FACTOR_ROLES", "auditor")])
}

fn body(name: &str, roles: &[&str]) -> Value {
    json!({"name": name, "display_name": "某人", "roles": roles, "districts": [], "units": []})
}

#[test]
fn an_account_is_invited_changed_suspended_and_resumed() {
    let app = app();
    create(&app, "shen", &[Role::SecurityAdministrator], &[], &[]);
    let shen = Person::sign_in(&app, "shen");
    let invited = shen.post("/api/v1/accounts", &body("zheng", &["inspector"])).ok();
    shen.post("/api/v1/accounts", &body("zheng", &["inspector"])).problem(409, "conflict");
    let again = shen.post("/api/v1/accounts/zheng/invite", &json!({})).ok();
    let link = |it: &Value| it["link"].as_str().expect("a link").to_owned();
    accept(&app, &link(&invited), PASSWORD).problem(404, "invitation_invalid");
    accept(&app, &link(&again), PASSWORD).ok();
    let zheng = Person::sign_in(&app, "zheng");
    zheng.get("/api/v1/accounts").problem(403, "forbidden");

    let row = shen
        .send("PUT", "/api/v1/accounts/zheng", Some(&body("", &["policymaker", "inspector"])))
        .ok();
    assert_eq!(row["roles"], json!(["policymaker", "inspector"]));
    assert_eq!(zheng.get("/api/v1/session").ok()["account"]["roles"], row["roles"]);

    let row = shen.send("POST", "/api/v1/accounts/zheng/suspend", None).ok();
    assert_eq!((&row["state"], &row["sessions"]), (&json!("suspended"), &json!(0)));
    assert!(zheng.get("/api/v1/session").ok()["account"].is_null(), "the session ended at once");
    let right = json!({"name": "zheng", "password": PASSWORD});
    try_sign_in(&app, &right, "").problem(403, "forbidden");
    let wrong = json!({"name": "zheng", "password": "wrong"});
    try_sign_in(&app, &wrong, "").problem(401, "sign_in_refused");
    shen.send("POST", "/api/v1/accounts/zheng/resume", None).ok();
    Person::sign_in(&app, "zheng");

    for (method, path) in [("PUT", ""), ("POST", "/suspend"), ("POST", "/reset-second-factor")] {
        let path = format!("/api/v1/accounts/shen{path}");
        shen.send(method, &path, Some(&body("shen", &["inspector"]))).problem(409, "conflict");
    }
    shen.send("POST", "/api/v1/accounts/zhang/suspend", None).problem(404, "not_found");
    app.get("/api/v1/accounts").problem(401, "unauthorised");
}

#[test]
fn a_change_of_an_account_is_recorded_with_what_it_was_before() {
    let app = TestApp::new();
    create(&app, "zheng", &[Role::Inspector], &[], &[]);
    let changed = body("zheng", &["policymaker"]).to_string().into_bytes();
    app.admin("PUT", "/api/v1/accounts/zheng", changed).ok();
    app.admin("POST", "/api/v1/accounts/zheng/suspend", Vec::new()).ok();
    let list = "name,display_name,roles\nzheng,某人,inspector\nwang,王某,inspector\n";
    app.admin_post("/api/v1/accounts/import", list.into(), "text/csv").ok();
    let events = |action: &str| {
        let path = format!("/api/v1/audit?order=oldest&action={action}");
        let rows = app.admin_get(&path).ok()["rows"].as_array().cloned().unwrap_or_default();
        let read = |it: &Value| {
            let json = |name: &str| {
                let text = it["event"][name].as_str().unwrap_or("null");
                serde_json::from_str::<Value>(text).expect("JSON")
            };
            (it["event"]["object"].clone(), json("before"), json("after"))
        };
        rows.iter().map(read).collect::<Vec<_>>()
    };
    let made = events("account.create");
    let (object, before, after) = made.last().expect("it is recorded");
    assert_eq!((object, before), (&json!("zheng"), &json!(null)));
    assert_eq!(after["roles"], json!(["inspector"]));
    let (_, before, after) = &events("invitation.accept")[made.len() - 1];
    assert_eq!((&before["state"], &after["state"]), (&json!("invited"), &json!("active")));
    assert_eq!(after["password"], "changed", "no hash is named: {after}");
    let (_, before, after) = &events("account.change")[0];
    assert_eq!(before["roles"], json!(["inspector"]));
    assert_eq!(after["roles"], json!(["policymaker"]));
    let (_, before, after) = &events("account.suspend")[0];
    assert_eq!((before, after), (&json!({"state": "active"}), &json!({"state": "suspended"})));
    let imported = events("account.import");
    assert_eq!(imported.len(), 2, "an entry for each account: {imported:?}");
    create(&app, "feng", &[Role::Inspector], &[], &[]);
    Person::sign_in(&app, "feng");
    assert_eq!(events("session.start").len(), 1, "a sign-in is recorded once");
}

#[test]
fn roles_that_exclude_each_other_and_scopes_that_are_missing_are_refused() {
    let app = app();
    let send = |body: &Value| {
        let body = body.to_string().into_bytes();
        app.admin_post("/api/v1/accounts", body, "application/json")
    };
    for (roles, field) in [
        (&["auditor", "security_administrator"][..], "roles"),
        (&["system_administrator", "inspector"], "roles"),
        (&[], "roles"),
        (&["district_office"], "districts"),
        (&["enterprise_clerk"], "units"),
    ] {
        let said = send(&body("someone", roles)).problem(400, "parameter_invalid");
        assert_eq!(said["errors"][0]["field"], field, "{said}");
    }
    let mut of_nowhere = body("someone", &["district_office"]);
    of_nowhere["districts"] = json!(["999999"]);
    assert_eq!(
        send(&of_nowhere).problem(400, "parameter_invalid")["errors"][0]["field"],
        "districts"
    );
    assert_eq!(
        send(&body("某人", &["auditor"])).problem(400, "parameter_invalid")["errors"][0]["field"],
        "name"
    );
    of_nowhere["districts"] = json!(["120112"]);
    send(&of_nowhere).ok();
}
