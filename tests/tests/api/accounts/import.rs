//! A list of accounts is looked at first, and taken as a whole or not at all.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, Person, accept};
use serde_json::json;

const PATH: &str = "/api/v1/accounts/import";

#[test]
fn a_list_is_previewed_with_its_errors_and_taken_whole() {
    let app = TestApp::new();
    let wrong = "账号,姓名,角色,区,单位\nzheng,郑某,区主管部门,120112,\nx y,王某,节能监察人员,,\nliu,刘某,皇帝,,\nzheng,郑某,inspector,,\nfeng,冯某,auditor security_administrator,,\n";
    let preview = app.admin_post(&format!("{PATH}?dry_run=true"), wrong.into(), "text/csv").ok();
    let errors = preview["errors"].as_array().expect("errors");
    let places: Vec<_> =
        errors.iter().map(|it| (it["row"].as_u64(), it["field"].as_str())).collect();
    assert!(places.contains(&(Some(3), Some("name"))), "{preview}");
    assert!(places.contains(&(Some(4), Some("roles"))), "{preview}");
    assert!(places.contains(&(Some(5), Some("name"))), "a name stands twice: {preview}");
    assert!(places.contains(&(Some(6), Some("roles"))), "{preview}");
    assert_eq!(preview["invited"][0]["link"], "", "a preview gives no links");
    app.admin_post(PATH, wrong.into(), "text/csv").problem(422, "import_value_unreadable");
    let names = || {
        let all = app.admin_get("/api/v1/accounts").ok()["rows"].clone();
        all.as_array().expect("rows").iter().map(|it| it["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["security"], "nothing was taken");

    let right = "name,display_name,roles,districts\nzheng,郑某,区主管部门,120112、120111\nwang,王某,inspector;policymaker,\n";
    let taken = app.admin_post(PATH, right.into(), "text/csv").ok();
    assert_eq!((&taken["rows"], &taken["changed"]), (&json!(2), &json!([])));
    assert_eq!(names(), ["security", "wang", "zheng"]);
    let link = taken["invited"][0]["link"].as_str().expect("a link");
    accept(&app, link, PASSWORD).ok();
    let zheng = Person::sign_in(&app, "zheng");
    assert_eq!(zheng.account["districts"].as_array().expect("districts").len(), 2);

    let again = app
        .admin_post(PATH, "name,display_name,roles\nzheng,郑某,inspector\n".into(), "text/csv")
        .ok();
    assert_eq!(again["changed"], json!(["zheng"]));
    assert_eq!(zheng.get("/api/v1/session").ok()["account"]["roles"], json!(["inspector"]));
}
