//! Dictionaries come down: offered with what they change, applied when somebody decides so.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::sources::workspace;
use nengce_tests::support::wait::wait_for;
use serde_json::{Value, json};

use super::{below, configured, step, token};

fn offer(app: &TestApp) -> Option<Value> {
    let link = app.admin_get("/api/v1/link").ok();
    link["offers"].as_array().and_then(|it| it.iter().find(|it| it["state"] == "offered")).cloned()
}

fn decide(app: &TestApp, id: &Value, decision: &Value) -> nengce_tests::support::answer::Answer {
    let path = format!("/api/v1/link/offers/{id}");
    app.admin("POST", &path, decision.to_string().into_bytes())
}

#[test]
fn an_edition_from_above_is_offered_with_its_changes_and_applied_on_decision() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &[]);
    configured(&city, &Enterprise::new("字典厂"))
        .upload(&[day(ELECTRICITY, "2025-03-01", 1.0)])
        .received();
    super::wait_until_up(&city, "nation");
    assert!(offer(&city).is_none(), "the same dictionaries are no offer");
    let change = |from: &str, to: &str| {
        let file = workspace().join("backend/core/data/working_days.csv");
        let text = std::fs::read_to_string(file).expect("the dictionary").replacen(
            "State Council arrangement",
            from,
            1,
        );
        assert!(text.contains(from));
        let path = "/api/v1/imports/dictionary?dictionary=working_days&file=working_days.csv";
        nation.admin_post(path, text.replacen(from, to, 1).into_bytes(), "text/csv").ok();
        step(&city, "nation", "retry");
    };
    change("State Council arrangement", "State Council decision");
    let first = wait_for("an edition is offered", || offer(&city));
    let shown = &first["changes"][0];
    assert_eq!(shown["dictionary"], "working_days", "{first}");
    assert!(
        shown["rows"][0]["before"].is_string() && shown["rows"][0]["after"].is_string(),
        "{first}"
    );
    let before = city.admin_get("/api/v1/link").ok()["dic_version"].clone();
    let later =
        decide(&city, &first["offer_id"], &json!({"apply": true, "effective_on": "2999-01-01"}))
            .ok();
    let of = |link: &Value| link["offers"][0].clone();
    assert_eq!(
        (&of(&later)["state"], &later["dic_version"]),
        (&json!("scheduled"), &before),
        "{later}"
    );
    let applied =
        decide(&city, &first["offer_id"], &json!({"apply": true, "effective_on": null})).ok();
    assert_eq!(of(&applied)["state"], "applied", "{applied}");
    assert_ne!(applied["dic_version"], before, "{applied}");
    let again = decide(&city, &first["offer_id"], &json!({"apply": false, "effective_on": null}));
    assert_eq!(again.status, 409, "{}", again.text());
    // The next one is declined, and nothing changes.
    change("State Council decision", "State Council order");
    let second = wait_for("another edition is offered", || offer(&city));
    let in_force = city.admin_get("/api/v1/link").ok()["dic_version"].clone();
    let declined =
        decide(&city, &second["offer_id"], &json!({"apply": false, "effective_on": null})).ok();
    assert_eq!(
        (&of(&declined)["state"], &declined["dic_version"]),
        (&json!("declined"), &in_force),
        "{declined}"
    );
    assert_eq!(
        decide(&city, &json!(99), &json!({"apply": true, "effective_on": null})).status,
        404
    );
}
