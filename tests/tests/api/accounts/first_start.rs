//! The first start prints a link; its holder becomes the security administrator, who needs a second factor.

use nengce_core::accounts::one_time_code;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, accept, try_sign_in};
use nengce_tests::support::server::command;
use nengce_tests::support::wait::wait_for;
use serde_json::json;

/// The link that the n-th start printed.
fn printed_link(app: &TestApp, start: usize) -> String {
    wait_for("a link is printed", || {
        let log = app.server.log();
        let mut links = log.lines().filter(|it| it.contains("/invitation#"));
        links.nth(start - 1).map(|it| it.trim().to_owned())
    })
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_secs()).expect("a time")
}

#[test]
fn from_the_printed_link_to_a_security_administrator_with_a_second_factor() {
    let mut app = TestApp::new();
    let old = printed_link(&app, 1);
    app.server.stop();
    app.server.launch();
    let link = printed_link(&app, 2);
    assert_ne!(old, link, "each start prints another link while no account is in use");
    accept(&app, &old, PASSWORD).problem(404, "invitation_invalid");
    accept(&app, &link, "short").problem(422, "password_weak");
    accept(&app, &link, "the security officer").problem(422, "password_weak");
    assert_eq!(accept(&app, &link, PASSWORD).ok()["name"], "security");
    accept(&app, &link, PASSWORD).problem(404, "invitation_invalid");

    let person = Person::sign_in(&app, "security");
    assert_eq!(person.account["roles"], json!(["security_administrator"]));
    assert_eq!(person.account["second_factor_owed"], true);
    person.get("/api/v1/accounts").problem(403, "second_factor_owed");

    let set_up = person.send("POST", "/api/v1/account/second-factor", None).ok();
    let secret = set_up["secret"].as_str().expect("a secret");
    assert!(set_up["qr_svg"].as_str().expect("a picture").contains("<svg"));
    assert!(set_up["uri"].as_str().expect("an address").starts_with("otpauth://totp/"));
    let confirm = "/api/v1/account/second-factor/confirm";
    person.post(confirm, &json!({"code": "000000"})).problem(401, "second_factor_wrong");
    let code = one_time_code::code(secret, now()).expect("a code");
    let codes = person.post(confirm, &json!({"code": code})).ok();
    assert_eq!(codes["codes"].as_array().expect("codes").len(), 10);
    person.get("/api/v1/accounts").ok();

    let body = json!({"name": "security", "password": PASSWORD});
    try_sign_in(&app, &body, "").problem(401, "second_factor_needed");
    let used = json!({"name": "security", "password": PASSWORD, "code": code});
    try_sign_in(&app, &used, "").problem(401, "second_factor_wrong");
    let recovery = json!({"name": "security", "password": PASSWORD, "code": codes["codes"][3]});
    assert_eq!(Person::sign_in_as(&app, &recovery).account["recovery_codes_left"], 9);
    try_sign_in(&app, &recovery, "").problem(401, "second_factor_wrong");
    let next = one_time_code::code(secret, now() + 30).expect("a code");
    Person::sign_in_as(&app, &json!({"name": "security", "password": PASSWORD, "code": next}));

    let cookie = person.cookie.clone();
    app.server.stop();
    app.server.launch();
    assert_eq!(
        app.server.log().matches("/invitation#").count(),
        2,
        "no link once an account is in use"
    );
    app.get_with("/api/v1/accounts", &[("cookie", &cookie)]).ok();
    let stored = std::fs::read(app.server.data().join("nengce.duckdb")).expect("the database");
    let holds = |it: &str| stored.windows(it.len()).any(|part| part == it.as_bytes());
    assert!(!holds(secret) && !holds(PASSWORD), "neither secret nor password lies on the disk");
}

#[test]
fn the_command_line_invites_and_suspends() {
    let app = TestApp::new();
    let run = |arguments: &[&str]| {
        let data = app.server.data();
        let output = command()
            .arg("account")
            .args(arguments)
            .arg("--data")
            .arg(data)
            .output()
            .expect("nengce runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), said + &String::from_utf8_lossy(&output.stderr))
    };
    let (done, link) =
        run(&["invite", "zhou", "--role", "centre_operator", "--display-name", "周某"]);
    assert!(done, "{link}");
    accept(&app, link.trim(), PASSWORD).ok();
    assert_eq!(Person::sign_in(&app, "zhou").account["display_name"], "周某");
    assert!(run(&["list"]).1.contains("zhou  周某  centre_operator  active"));
    assert!(run(&["suspend", "zhou"]).0);
    assert!(run(&["list"]).1.contains("zhou  周某  centre_operator  suspended"));
    let (done, said) = run(&["invite", "x1", "--role", "emperor"]);
    assert!(!done && said.contains("district_office"), "{said}");
    let (done, said) = run(&["invite", "x1", "--role", "auditor,security_administrator"]);
    assert!(!done && said.contains("roles"), "{said}");
}
