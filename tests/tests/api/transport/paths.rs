//! Addresses in other spellings are accepted where they are unambiguous; unknown addresses name the nearest.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use serde_json::{Value, json};

fn registration() -> Value {
    let enterprise = Enterprise::new("地址");
    json!({"enterpriseCode": enterprise.code, "region": enterprise.region})
}

#[test]
fn letter_case_and_slashes_do_not_matter() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("地址"));
    for (n, path) in [
        "/UploadEnergyData",
        "/uploadenergydata",
        "/UPLOADENERGYDATA/",
        "//uploadEnergyData",
        "/uploadEnergyData//",
        "/%75ploadEnergyData",
    ]
    .into_iter()
    .enumerate()
    {
        let entry = day(ELECTRICITY, &format!("2025-01-{:02}", n + 1), 1.0);
        app.post(path, &terminal.message(&[entry])).received();
    }
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 6);
    app.post("/Register?x=1", &registration()).received();
}

#[test]
fn an_unknown_address_is_404_in_the_protocol_s_shape_with_the_nearest() {
    let app = TestApp::shared();
    for (path, nearest) in [
        ("/uploadEnergyDate", "/uploadEnergyData"),
        ("/regist", "/register"),
        ("/versioncheck.do", "/versionCheck"),
        ("/nengce/uploadMeteringData", "/uploadMeteringData"),
    ] {
        let answer = app.post(path, &json!({}));
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        let body = answer.refused();
        assert_eq!(body["errors"][0]["code"], "not_found", "{body}");
        let sentence = body["responseMessage"].as_str().unwrap_or_default();
        assert!(sentence.contains(nearest), "{path}: {sentence}");
    }
    let long = format!("/{}", "x".repeat(5_000));
    let answer = app.post(&long, &json!({}));
    assert!(answer.status == 404 && answer.text().len() < 1_000, "{}", answer.text());
    app.post("/api/v1/nothing", &json!({})).problem(404, "not_found");
    assert_eq!(app.get("/Register").status, 200, "a page of the portal");
    assert_eq!(app.admin("PUT", "/nothing", Vec::new()).status, 405);
}

#[test]
fn below_a_profile_s_prefix_too() {
    let app = TestApp::with_config("profiles = [\"national\", \"shandong\", \"yunnan\"]\n");
    app.post("/Enterprise/Register/", &registration()).received();
    let body = app.post("/enterprise/registre", &json!({})).refused();
    let sentence = body["responseMessage"].as_str().unwrap_or_default();
    assert!(sentence.contains("/enterprise/register"), "{sentence}");
    let taken = app.post("/ynenergy//CheckVersion", &json!({})).json();
    assert!(taken["responseCode"].is_number() && taken["responseCode"] != 404, "{taken}");
    let unknown = app.post("/YNEnergy/requestAKK", &json!({}));
    assert_eq!((unknown.status, &unknown.json()["responseCode"]), (404, &json!(404)));
    assert!(unknown.text().contains("/YNEnergy/requestAK"), "{}", unknown.text());
    // Every mounted path is described, and no other.
    let document = app.get("/api/openapi.json").ok();
    let paths = document["paths"].as_object().expect("paths");
    for path in ["/register", "/enterprise/register", "/YNEnergy/requestAK"] {
        assert!(paths.contains_key(path), "{path}");
    }
    let national = TestApp::shared().get("/api/openapi.json").ok();
    assert!(national["paths"].get("/YNEnergy/requestAK").is_none());
}
