//! Wrong passwords are counted for an account and an address; demo accounts exist on a demo alone; the pool is bounded.

use std::thread;

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, create, try_sign_in};
use nengce_tests::support::server::Options;
use serde_json::json;

use super::{app_with_clock, move_clock};

#[test]
fn five_wrong_passwords_lock_one_address_and_nobody_else() {
    let (app, clock) = app_with_clock(&[]);
    create(&app, "zheng", &[Role::Inspector], &[], &[]);
    let (wrong, right) = (
        json!({"name": "Zheng", "password": "wrong"}),
        json!({"name": "zheng", "password": PASSWORD}),
    );
    for left in (1..5).rev() {
        let said = try_sign_in(&app, &wrong, "192.0.2.7").problem(401, "sign_in_refused");
        assert_eq!(said["tries_left"], left);
    }
    let said = try_sign_in(&app, &wrong, "192.0.2.7").problem(401, "sign_in_refused");
    assert_eq!(said["tries_left"], 0);
    assert!(said["until"].is_string(), "{said}");
    let locked = try_sign_in(&app, &right, "192.0.2.7");
    assert_eq!(locked.problem(429, "sign_in_locked")["until"], said["until"]);
    let wait: i64 = locked.header("retry-after").parse().expect("seconds");
    assert!((800..=900).contains(&wait), "{wait}");

    Person::of(&app, &try_sign_in(&app, &right, "192.0.2.8"));
    try_sign_in(&app, &right, "192.0.2.7").problem(429, "sign_in_locked");
    move_clock(&clock, 901);
    let said = try_sign_in(&app, &wrong, "192.0.2.7").problem(401, "sign_in_refused");
    assert_eq!(said["tries_left"], 0, "the next one locks for longer");
    move_clock(&clock, 1_900);
    try_sign_in(&app, &right, "192.0.2.7").problem(429, "sign_in_locked");
    move_clock(&clock, 4_000);
    Person::of(&app, &try_sign_in(&app, &right, "192.0.2.7"));
    let said = try_sign_in(&app, &wrong, "192.0.2.7").problem(401, "sign_in_refused");
    assert_eq!(said["tries_left"], 4, "a right password ends the count");

    // A name that nobody has is answered alike.
    let unknown = json!({"name": "nobody.here", "password": "wrong"});
    let said = try_sign_in(&app, &unknown, "192.0.2.9").problem(401, "sign_in_refused");
    assert_eq!(said["tries_left"], 4);
    assert!(!app.server.log().contains(PASSWORD));
}

#[test]
fn one_password_for_many_accounts_is_stopped_and_nobody_else_is_locked_out() {
    let settings = [("NENGCE_SIGN_IN_FAILURES_PER_ADDRESS_PER_HOUR", "3")];
    let (app, clock) = app_with_clock(&settings);
    for name in ["known", "other"] {
        create(&app, name, &[Role::Inspector], &[], &[]);
    }
    let body = |name: &str, password: &str| json!({"name": name, "password": password});
    let sign_in = |name: &str, password: &str, address: &str| {
        try_sign_in(&app, &body(name, password), address)
    };
    Person::of(&app, &sign_in("known", PASSWORD, "192.0.2.7"));
    for name in ["a", "b", "other"] {
        sign_in(name, "Spring-2026!", "192.0.2.7").problem(401, "sign_in_refused");
    }
    let stopped = sign_in("other", PASSWORD, "192.0.2.7");
    assert!(stopped.problem(429, "sign_in_locked")["until"].is_string());
    Person::of(&app, &sign_in("known", PASSWORD, "192.0.2.7"));
    Person::of(&app, &sign_in("other", PASSWORD, "192.0.2.8"));
    move_clock(&clock, 3_700);
    Person::of(&app, &sign_in("other", PASSWORD, "192.0.2.7"));
}

#[test]
fn a_restart_ends_no_lock() {
    let (mut app, _clock) = app_with_clock(&[]);
    create(&app, "zheng", &[Role::Inspector], &[], &[]);
    let wrong = json!({"name": "zheng", "password": "wrong"});
    for _ in 0..5 {
        try_sign_in(&app, &wrong, "192.0.2.7").problem(401, "sign_in_refused");
    }
    app.server.stop();
    app.server.launch();
    let right = json!({"name": "zheng", "password": PASSWORD});
    try_sign_in(&app, &right, "192.0.2.7").problem(429, "sign_in_locked");
    Person::of(&app, &try_sign_in(&app, &right, "192.0.2.8"));
}

#[test]
fn an_account_and_an_address_have_so_many_requests_a_minute() {
    let settings = [
        ("NENGCE_MAX_REQUESTS_PER_ACCOUNT_PER_MINUTE", "5"),
        ("NENGCE_MAX_REQUESTS_PER_ADDRESS_PER_MINUTE", "9"),
    ];
    let (app, clock) = app_with_clock(&settings);
    for name in ["wei", "han"] {
        create(&app, name, &[Role::Inspector], &[], &[]);
    }
    // A whole minute begins, so that the requests below fall into one.
    let into = jiff::Timestamp::now().as_second().rem_euclid(60);
    move_clock(&clock, 60 - into);
    let (wei, han) = (Person::sign_in(&app, "wei"), Person::sign_in(&app, "han"));
    let statuses =
        |ask: &dyn Fn() -> u16, count: usize| -> Vec<u16> { (0..count).map(|_| ask()).collect() };
    let of_wei = statuses(&|| wei.get("/api/v1/units").status, 6);
    assert_eq!(of_wei, [200, 200, 200, 200, 200, 429]);
    let refused = wei.get("/api/v1/units");
    refused.problem(429, "rate_limited");
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(han.get("/api/v1/units").status, 200);
    let stranger = |address: &'static str| {
        let headers = [("x-forwarded-for", address)];
        app.get_with("/api/v1/units", &headers).status
    };
    let of_stranger = statuses(&|| stranger("192.0.2.20"), 10);
    assert_eq!((of_stranger[8], of_stranger[9]), (200, 429));
    assert_eq!(stranger("192.0.2.21"), 200);
    assert_eq!(app.admin_get("/api/v1/units").status, 200);
    move_clock(&clock, 121 - into);
    assert_eq!(wei.get("/api/v1/units").status, 200);
}

#[test]
fn a_full_pool_answers_503_and_others_are_served() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PASSWORD_QUEUE", "1"),
        ("NENGCE_PASSWORD_PASSES", "40"),
    ]);
    let body = |n: usize| json!({"name": format!("nobody.{n}"), "password": "wrong"});
    let found = thread::scope(|scope| {
        let app = &app;
        let all: Vec<_> =
            (0..8).map(|n| scope.spawn(move || try_sign_in(app, &body(n), ""))).collect();
        assert_eq!(app.get("/healthz").status, 200);
        all.into_iter().map(|it| it.join().expect("an answer")).collect::<Vec<_>>()
    });
    let busy: Vec<_> = found.iter().filter(|it| it.status == 503).collect();
    assert!(!busy.is_empty() && busy.len() < 8, "{}", busy.len());
    for it in busy {
        it.problem(503, "overloaded");
        assert!(!it.header("retry-after").is_empty());
    }
}

#[test]
fn a_demo_has_an_account_for_each_role_and_no_other_server_takes_them() {
    let demo = TestApp::with(Options {
        subcommand: Some("demo"),
        arguments: ["--units", "16", "--days", "40"].map(str::to_owned).to_vec(),
        environment: vec![("NENGCE_ADMIN_TOKEN".to_owned(), String::new())],
        ..Options::default()
    });
    let accounts = nengce_tests::support::wait::wait_for("the accounts of the demo", || {
        let found = demo.get("/api/v1/session").ok()["demo_accounts"].as_array().cloned();
        found.filter(|it| !it.is_empty())
    });
    let mut roles: Vec<&str> = accounts.iter().filter_map(|it| it["roles"][0].as_str()).collect();
    roles.sort_unstable();
    let mut all: Vec<&str> = Role::ALL.iter().map(|it| it.as_str()).collect();
    all.sort_unstable();
    assert_eq!(roles, all);
    for it in &accounts {
        let person = Person::sign_in_as(&demo, &json!({"demo_account": it["name"]}));
        assert_eq!(person.account["roles"], it["roles"]);
        assert_eq!(person.account["second_factor_owed"], false);
        let password = json!({"name": it["name"], "password": ""});
        try_sign_in(&demo, &password, "").problem(401, "sign_in_refused");
    }
    let app = TestApp::with_environment(&[("NENGCE_DEMO", "true")]);
    assert_eq!(app.get("/api/v1/session").ok()["demo_accounts"], json!([]));
    let app = TestApp::shared();
    try_sign_in(&app, &json!({"demo_account": "policy"}), "").problem(404, "not_found");
    assert_eq!(app.get("/api/v1/session").ok()["account"], json!(null));
}
