//! Sessions end by sign-out, without activity, after their hours, and by their person; changes need the session's token.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, create, try_sign_in};
use serde_json::json;

use super::{app_with_clock, move_clock};

#[track_caller]
fn is_signed_in(person: &Person<'_>) -> bool {
    !person.get("/api/v1/session").ok()["account"].is_null()
}

#[test]
fn the_cookie_is_strict_and_a_session_ends_by_sign_out_or_from_another() {
    let app = TestApp::new();
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let answer = try_sign_in(&app, &json!({"name": "wang", "password": PASSWORD}), "");
    let cookie = answer.header("set-cookie");
    for part in ["nengce_session=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "this server speaks plain HTTP: {cookie}");
    let (first, second) = (Person::of(&app, &answer), Person::sign_in(&app, "wang"));
    let rows = second.get("/api/v1/sessions").ok()["rows"].clone();
    assert_eq!(rows.as_array().expect("rows").len(), 2);
    let other = rows.as_array().expect("rows").iter().find(|it| it["is_current"] == false);
    let id = other.expect("the other session")["id"].as_str().expect("an id").to_owned();
    second.send("DELETE", &format!("/api/v1/sessions/{id}"), None).ok();
    assert!(!is_signed_in(&first) && is_signed_in(&second));
    first.get("/api/v1/sessions").problem(401, "unauthorised");
    let out = second.send("DELETE", "/api/v1/session", None);
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(!is_signed_in(&second));
}

#[test]
fn a_session_ends_without_activity_and_after_its_hours_whatever_happens() {
    let (app, clock) = app_with_clock(&[]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let idle = Person::sign_in(&app, "wang");
    let busy = Person::sign_in(&app, "wang");
    move_clock(&clock, 14 * 60);
    assert!(is_signed_in(&busy));
    let background = [("cookie", idle.cookie.as_str()), ("x-nengce-background", "1")];
    assert!(!app.get_with("/api/v1/session", &background).ok()["account"].is_null());
    move_clock(&clock, 16 * 60);
    assert!(is_signed_in(&busy), "it was used two minutes ago");
    assert!(!is_signed_in(&idle), "what no person caused keeps no session alive");
    for minutes in (20..12 * 60).step_by(10) {
        move_clock(&clock, minutes * 60);
        assert!(is_signed_in(&busy), "{minutes}");
    }
    move_clock(&clock, 12 * 3_600 + 1);
    assert!(!is_signed_in(&busy));
}

#[test]
fn a_change_needs_the_sessions_token_and_a_page_of_this_server() {
    let app = TestApp::new();
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let person = Person::sign_in(&app, "wang");
    let body = json!({"password": PASSWORD, "new_password": "another good sentence"});
    let send = |headers: &[(&str, &str)]| {
        let own = [("cookie", person.cookie.as_str()), ("content-type", "application/json")];
        let headers = [&own[..], headers].concat();
        app.request_with_body(
            "PUT",
            "/api/v1/account/password",
            body.to_string().into_bytes(),
            &headers,
        )
    };
    let token = ("x-nengce-csrf", person.csrf.as_str());
    send(&[]).problem(403, "csrf_refused");
    send(&[("x-nengce-csrf", "wrong")]).problem(403, "csrf_refused");
    send(&[token, ("sec-fetch-site", "cross-site")]).problem(403, "csrf_refused");
    send(&[token, ("origin", "https://elsewhere.example")]).problem(403, "csrf_refused");
    let other = Person::sign_in(&app, "wang");
    send(&[("x-nengce-csrf", other.csrf.as_str())]).problem(403, "csrf_refused");
    let sign_in = json!({"name": "wang", "password": PASSWORD}).to_string().into_bytes();
    let from_elsewhere = [("content-type", "application/json"), ("sec-fetch-site", "cross-site")];
    app.post_bytes("/api/v1/session", sign_in, &from_elsewhere).problem(403, "csrf_refused");

    assert_eq!(send(&[token, ("sec-fetch-site", "same-origin")]).status, 204);
    assert!(is_signed_in(&person) && !is_signed_in(&other), "the other sessions end");
    let old = json!({"name": "wang", "password": PASSWORD});
    try_sign_in(&app, &old, "").problem(401, "sign_in_refused");
    Person::sign_in_as(&app, &json!({"name": "wang", "password": "another good sentence"}));
}

#[test]
fn sessions_outlive_a_restart_and_the_oldest_gives_way() {
    let mut app = TestApp::with_environment(&[("NENGCE_MAX_SESSIONS", "2")]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let cookies: Vec<String> = (0..3)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(1_100));
            Person::sign_in(&app, "wang").cookie
        })
        .collect();
    app.server.stop();
    app.server.launch();
    let known: Vec<bool> = cookies
        .iter()
        .map(|it| !app.get_with("/api/v1/session", &[("cookie", it)]).ok()["account"].is_null())
        .collect();
    assert_eq!(known, [false, true, true]);
}
