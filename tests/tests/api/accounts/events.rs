//! A stream of events is no activity, and ends with the session that opened it or when its account may see other units.

use std::io::Read;
use std::time::Duration;

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{Person, create};
use serde_json::json;

use super::{app_with_clock, move_clock};

/// A stream as a browser opens it.
pub(super) fn open(app: &TestApp, person: &Person<'_>) -> reqwest::blocking::Response {
    let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(10)).build();
    let ask = client.expect("a client").get(format!("{}/api/v1/events", app.url()));
    let ask = ask.header("cookie", &person.cookie).header("accept", "text/event-stream");
    let stream = ask.send().expect("an answer");
    assert_eq!(stream.status(), 200);
    stream
}

/// Reads to the end; a stream that does not end runs into the client's timeout.
#[track_caller]
pub(super) fn ends(mut stream: reqwest::blocking::Response) {
    let read = stream.read_to_string(&mut String::new());
    assert!(read.is_ok(), "the stream goes on: {read:?}");
}

#[test]
fn a_stream_is_no_activity_and_ends_with_its_idle_session() {
    let (app, clock) = app_with_clock(&[]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let person = Person::sign_in(&app, "wang");
    move_clock(&clock, 10 * 60);
    drop(open(&app, &person));
    move_clock(&clock, 14 * 60);
    let stream = open(&app, &person);
    move_clock(&clock, 16 * 60);
    ends(stream);
    assert!(person.get("/api/v1/session").ok()["account"].is_null());
}

#[test]
fn a_stream_ends_by_sign_out_suspension_and_another_scope() {
    let app = TestApp::new();
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let person = Person::sign_in(&app, "wang");
    let stream = open(&app, &person);
    assert_eq!(person.send("DELETE", "/api/v1/session", None).status, 204);
    ends(stream);

    let person = Person::sign_in(&app, "wang");
    let stream = open(&app, &person);
    let body = json!({"name": "", "display_name": "王", "roles": ["district_office"], "districts": ["120119"], "units": []});
    app.admin("PUT", "/api/v1/accounts/wang", body.to_string().into_bytes()).ok();
    ends(stream);

    let stream = open(&app, &person);
    app.admin("POST", "/api/v1/accounts/wang/suspend", Vec::new()).ok();
    ends(stream);
}
