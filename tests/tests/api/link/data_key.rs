//! A registration at a platform above that was kept before there was a data key is encrypted at the first start with one.

use std::path::Path;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use serde_json::json;

use super::{below_in, below_of, configured, token, wait_until_equal, wait_until_up, write_file};

const KEY: &str = "8f1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa";

/// Whether a backup of the platform holds a text.
fn holds(app: &TestApp, backup: &str, text: &str) -> bool {
    let body = json!({"folder": backup}).to_string().into_bytes();
    app.admin("POST", "/api/v1/maintenance/backup", body).ok();
    let folder = app.server.data().join("backups").join(backup);
    let read = |name: &str| std::fs::read(Path::new(&folder).join(name)).unwrap_or_default();
    ["nengce.duckdb", "nengce.duckdb.wal"]
        .iter()
        .any(|it| read(it).windows(text.len()).any(|it| it == text.as_bytes()))
}

#[test]
fn registrations_that_lay_plain_are_encrypted_with_the_first_key() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("link.toml");
    write_file(&file, &[("nation", &nation.url(), &of_nation, "")]);
    let city = below_of(&file, &[]);
    let enterprise = Enterprise::new("封存上联厂");
    let sender = configured(&city, &enterprise).device_id;
    city.registered(&enterprise).upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    wait_until_equal(&city, &nation, &enterprise.code);
    wait_until_up(&city, "nation");
    let devices = nation.admin_get("/api/v1/devices").ok();
    let device = devices["rows"][0]["device_id"].as_str().expect("a device").to_owned();
    assert!(holds(&city, "plain", &device), "the search finds what lies plain");
    let before = city.server.into_folder();
    let data = before.path().join("data");
    let city = below_in(&file, &[("NENGCE_DATA_KEY", KEY)], Some(data));
    city.know_device(&enterprise.code, &sender);
    assert!(!holds(&city, "encrypted", &device), "a backup holds the encrypted form");
    assert!(city.server.log().contains("registrations at platforms above are encrypted now"));
    // The link goes on with it.
    for at in ["2025-03-02", "2025-03-03"] {
        city.registered(&enterprise).upload(&[day(ELECTRICITY, at, 2.0)]).received();
        wait_until_equal(&city, &nation, &enterprise.code);
    }
    assert!(!holds(&city, "later", &device));
    let standing = nation.admin_get("/api/v1/devices").ok();
    assert_eq!(standing["rows"].as_array().map(Vec::len), Some(1), "{standing}");
}
