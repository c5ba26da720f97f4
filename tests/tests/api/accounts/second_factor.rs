//! The second factor belongs to its person: others cannot take it away without the password, an administrator resets it.

use nengce_core::accounts::one_time_code;
use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, create, try_sign_in};
use serde_json::json;

use super::{app_with_clock, move_clock};

/// Sets the second factor of a person up; its secret.
fn set_up(person: &Person<'_>, now: i64) -> String {
    let set_up = person.send("POST", "/api/v1/account/second-factor", None).ok();
    let secret = set_up["secret"].as_str().expect("a secret").to_owned();
    let code = one_time_code::code(&secret, now).expect("a code");
    person.post("/api/v1/account/second-factor/confirm", &json!({"code": code})).ok();
    secret
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_secs()).expect("a time")
}

#[test]
fn it_is_taken_away_with_the_password_or_reset_by_an_administrator() {
    let app = TestApp::new();
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let person = Person::sign_in(&app, "wang");
    let path = "/api/v1/account/second-factor";
    set_up(&person, now());
    person.send("POST", path, None).problem(409, "conflict");
    person
        .send("DELETE", path, Some(&json!({"password": "wrong"})))
        .problem(401, "sign_in_refused");
    assert_eq!(person.send("DELETE", path, Some(&json!({"password": PASSWORD}))).status, 204);
    let person = Person::sign_in(&app, "wang");
    set_up(&person, now());
    let row = app.admin("POST", "/api/v1/accounts/wang/reset-second-factor", Vec::new()).ok();
    assert_eq!((&row["second_factor"], &row["sessions"]), (&json!(false), &json!(0)));
    person.get("/api/v1/sessions").problem(401, "unauthorised");
    Person::sign_in(&app, "wang");
}

#[test]
fn wrong_codes_count_as_tries_and_old_codes_do_not_work() {
    let (app, clock) = app_with_clock(&[]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let secret = set_up(&Person::sign_in(&app, "wang"), now());
    let with = |code: &str| json!({"name": "wang", "password": PASSWORD, "code": code});
    // Asking without a code neither counts nor resets the count.
    for left in (1..5).rev() {
        try_sign_in(&app, &with(""), "192.0.2.5").problem(401, "second_factor_needed");
        let said =
            try_sign_in(&app, &with("000000"), "192.0.2.5").problem(401, "second_factor_wrong");
        assert_eq!(said["tries_left"], left);
    }
    move_clock(&clock, 3_600);
    let old = one_time_code::code(&secret, now()).expect("a code");
    try_sign_in(&app, &with(&old), "192.0.2.6").problem(401, "second_factor_wrong");
    let code = one_time_code::code(&secret, now() + 3_600).expect("a code");
    Person::of(&app, &try_sign_in(&app, &with(&code), "192.0.2.6"));
}
