//! A security administrator publishes and withdraws; it holds at once and after a restart.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{Person, create};
use serde_json::json;

#[test]
fn what_is_published_is_open_at_once_and_after_a_restart() {
    let mut app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", "figures"),
        ("NENGCE_SECOND_FACTOR_ROLES", "auditor"),
    ]);
    create(&app, "shen", &[Role::SecurityAdministrator], &[], &[]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let shen = Person::sign_in(&app, "shen");
    let act = |what: &str| shen.send("POST", &format!("/api/v1/publication/{what}"), None);
    assert_eq!((app.get("/api/v1/units").status, app.get("/api/v1/uploads").status), (200, 401));
    let rows = act("uploads/publish").ok()["rows"].clone();
    assert_eq!(rows[0], json!({"permission": "figures", "published": true}));
    assert_eq!(rows[3], json!({"permission": "uploads", "published": true}));
    assert_eq!(app.get("/api/v1/uploads").status, 200);
    act("figures/withdraw").ok();
    assert_eq!((app.get("/api/v1/units").status, app.get("/api/v1/meta").status), (401, 200));

    act("import/publish").problem(404, "not_found");
    let wang = Person::sign_in(&app, "wang");
    wang.send("POST", "/api/v1/publication/figures/publish", None).problem(403, "forbidden");
    let events =
        app.admin_get("/api/v1/audit?order=oldest&action=publication.publish").ok()["rows"].clone();
    let event = &events[0]["event"];
    assert_eq!((&event["actor"], &event["object"]), (&json!("shen"), &json!("uploads")));
    assert_eq!(event["before"], "[\"figures\"]");
    assert_eq!(event["after"], "[\"figures\",\"uploads\"]");

    drop((shen, wang));
    app.server.stop();
    app.server.launch();
    assert_eq!((app.get("/api/v1/units").status, app.get("/api/v1/uploads").status), (401, 200));
}
