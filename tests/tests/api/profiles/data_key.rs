//! The data key: the keys of enterprises are encrypted on disk and in backups, and only the right data key decrypts them.

use std::path::Path;
use std::process::Output;

use nengce_messages::profile::shandong::encrypt;
use nengce_messages::profile::sm4::Key;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::server::command;
use serde_json::json;

use super::shandong::post;

const RIGHT: &str = "8f1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa";
const WRONG: &str = "0000000000000000000000000000000000000000000000000000000000000001";
const PROFILES: (&str, &str) = ("NENGCE_PROFILES", "national,shandong,yunnan");

/// All bytes of a folder's database on the disk, the log included.
fn holds(folder: &Path, text: &str) -> bool {
    ["nengce.duckdb", "nengce.duckdb.wal"].iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|it| it == text.as_bytes())
    })
}

/// Starts a server on a folder for a moment, with a key or without.
fn tried(data: &Path, key: Option<&str>) -> Output {
    let mut command = command();
    command.env(PROFILES.0, PROFILES.1);
    if let Some(key) = key {
        command.env("NENGCE_DATA_KEY", key);
    }
    command.args(["verify", "--data"]).arg(data).output().expect("nengce runs")
}

#[track_caller]
fn check_refused(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains("data_key_file") && said.contains("密钥"), "{said}");
}

#[test]
fn keys_that_lay_plain_are_sealed_with_the_first_key_and_no_other_opens_them() {
    let app = TestApp::with_environment(&[PROFILES]);
    let enterprise = Enterprise::new("封存");
    let registration = json!({"enterpriseCode": enterprise.code, "region": "370672"});
    let registered = post(&app, "/enterprise/register", None, &registration).json();
    let secret = registered["secretKey"].as_str().expect("a key").to_owned();
    let device = registered["deviceId"].as_str().expect("a device").to_owned();
    app.approve(&device).ok();
    let backup = |app: &TestApp, name: &str| {
        let body = json!({"folder": name}).to_string().into_bytes();
        app.admin("POST", "/api/v1/maintenance/backup", body).ok();
        app.server.data().join("backups").join(name)
    };
    assert!(holds(&backup(&app, "plain"), &secret), "the search finds what lies plain");
    let folder = app.server.into_folder();
    let data = folder.path().join("data");

    let encrypted = tried(&data, Some(RIGHT));
    assert!(encrypted.status.success(), "{}", String::from_utf8_lossy(&encrypted.stderr));
    assert!(String::from_utf8_lossy(&encrypted.stderr).contains("encrypted now"));
    let before = std::fs::read(data.join("nengce.duckdb")).expect("a database");
    check_refused(&tried(&data, Some(WRONG)));
    check_refused(&tried(&data, None));
    let after = std::fs::read(data.join("nengce.duckdb")).expect("a database");
    assert!(before == after, "a refused start changes nothing");
    let bad = tried(&data, Some("short"));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("64 hexadecimal digits"));

    // A server with the key goes on as before.
    let key_file = folder.path().join("key");
    std::fs::write(&key_file, format!("{RIGHT}\n")).expect("a file");
    let app = TestApp::with(nengce_tests::support::server::Options {
        data: Some(data),
        environment: vec![
            (PROFILES.0.to_owned(), PROFILES.1.to_owned()),
            ("NENGCE_DATA_KEY_FILE".to_owned(), key_file.display().to_string()),
        ],
        ..Default::default()
    });
    let key = Key::from_hex(&secret).expect("the key");
    let entries: Vec<_> = days(ELECTRICITY, "2025-04-01", "2025-04-03", |_| 7.5)
        .iter()
        .map(|it| encrypt(it.as_object().expect("an entry"), &key))
        .collect();
    let message = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
    post(&app, "/enterprise/uploadEnergyData", None, &message).received();
    assert!(!holds(&backup(&app, "encrypted"), &secret), "a backup holds the encrypted form");
    // Later credentials are encrypted as well.
    let later = json!({"enterpriseCode": Enterprise::new("后来").code, "region": "370672"});
    let later = post(&app, "/enterprise/register", None, &later).json();
    let later = later["secretKey"].as_str().expect("a key").to_owned();
    assert!(!holds(&backup(&app, "later"), &later));
}

#[test]
fn a_server_that_is_reached_from_elsewhere_keeps_no_keys_without_a_data_key() {
    let check = |more: &[(&str, &str)]| {
        let mut command = command();
        command.env("NENGCE_PROFILES", "shandong").env("NENGCE_TLS_ENDS_IN_FRONT", "true");
        command.envs(more.iter().copied());
        command.args(["check-config", "--listen", "0.0.0.0:8080"]).output().expect("nengce runs")
    };
    let refused = check(&[]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("NENGCE_DATA_KEY"), "{said}");
    let taken = check(&[("NENGCE_DATA_KEY", RIGHT)]);
    let said = String::from_utf8_lossy(&taken.stdout);
    assert!(taken.status.success() && !said.contains(RIGHT), "the key is not printed: {said}");
}
