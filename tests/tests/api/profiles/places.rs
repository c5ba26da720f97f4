//! The places of the profiles, and the configuration's errors about impossible places.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::command;
use serde_json::json;

/// The output of `check-config` for a refused file.
fn refusal(toml: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("nengce.toml");
    std::fs::write(&file, toml).expect("the file is written");
    let output =
        command().arg("check-config").arg("--config").arg(&file).output().expect("nengce runs");
    assert!(!output.status.success(), "{toml}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_configuration_names_what_is_wrong() {
    for (toml, word) in [
        ("profiles = [\"shangdong\"]", "the nearest valid one is shandong"),
        ("profiles = [\"anhui\"]", "listener of its own"),
        ("profiles = [\"anhui@127.0.0.1:0\"]", "tls_client_authorities"),
        ("profiles = [\"shandong@0.0.0.0:9244\"]", "0.0.0.0:9244 is not a loopback address"),
        ("tls_certificate = \"a.pem\"", "tls_key"),
        ("profiles = [\"shandong:/x\", \"yunnan:/x\"]", "the same place"),
    ] {
        let said = refusal(toml);
        assert!(said.contains(word), "{toml}: {said}");
    }
}

#[test]
fn a_profile_is_spoken_in_its_place_alone() {
    let app = TestApp::with_environment(&[("NENGCE_PROFILES", "shandong:/sd")]);
    let enterprise = Enterprise::new("地点");
    let body = json!({"enterpriseCode": enterprise.code, "region": "370672"});
    let given = app.post("/sd/register", &body).received();
    assert_eq!(given["centerDataURL"], format!("{}/sd/uploadEnergyData", app.url()));
    assert_ne!(app.post("/register", &body).status, 200, "the national profile is not listed");
}
