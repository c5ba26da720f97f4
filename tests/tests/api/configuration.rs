//! `nengce.toml` < `NENGCE_*` < flags; unknown keys are errors that name the nearest valid key.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::{Options, command};

/// Runs `check-config` on a file: success and output.
fn check_config(toml: &str, environment: &[(&str, &str)]) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("nengce.toml");
    std::fs::write(&file, toml).expect("the file is written");
    let mut command = command();
    command.arg("check-config").arg("--config").arg(&file).envs(environment.iter().copied());
    let output = command.output().expect("nengce runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let (fine, said) = check_config("max_body_bites = 5\n", &[]);
    assert!(!fine && said.contains("max_body_bites") && said.contains("max_body_bytes"), "{said}");
    let (fine, said) = check_config("", &[("NENGCE_TIME_ZOME", "Asia/Shanghai")]);
    assert!(!fine && said.to_lowercase().contains("time_zone"), "{said}");
}

#[test]
fn a_wrong_type_or_value_is_an_error() {
    for (toml, word) in [
        ("listen = 5\n", "listen"),
        ("max_body_bytes = \"many\"\n", "max_body_bytes"),
        ("time_zone = \"Moon/Base\"\n", "Moon"),
    ] {
        let (fine, said) = check_config(toml, &[]);
        assert!(!fine && said.contains(word), "{toml}: {said}");
    }
    assert!(check_config("max_body_bytes = 1048576\n", &[]).0);
}

#[test]
fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let options = Options {
        config: Some(
            "public_address = \"https://file.example\"\nplace_zh = \"文件市\"\n".to_owned(),
        ),
        environment: vec![(
            "NENGCE_PUBLIC_ADDRESS".to_owned(),
            "https://environment.example/".to_owned(),
        )],
        ..Options::default()
    };
    let app = TestApp::with(options);
    let registration = app
        .post(
            "/register",
            &serde_json::json!({"enterpriseCode": Enterprise::new("").code, "region": "120116"}),
        )
        .received();
    assert_eq!(registration["centerDataURL"], "https://environment.example/uploadEnergyData");
    assert_eq!(app.get("/api/v1/meta").ok()["place_zh"], "文件市");
}

#[test]
fn plain_http_off_loopback_is_refused() {
    let mut command = command();
    let folder = tempfile::tempdir().expect("a temporary folder");
    command.args(["serve", "--listen", "0.0.0.0:0", "--data"]).arg(folder.path().join("data"));
    let output = command.output().expect("nengce runs");
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("loopback"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_command_has_help() {
    for name in ["serve", "demo", "simulate", "import", "export", "device", "check-config"] {
        let output = command().args([name, "--help"]).output().expect("nengce runs");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(
            output.stdout.len() > 200,
            "{name} --help says little: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}
