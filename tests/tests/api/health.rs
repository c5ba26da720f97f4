//! `/healthz`, `/readyz`, `/metrics`, and the portal's own files.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::Options;

#[test]
fn health_is_told_to_machines() {
    let app = TestApp::shared();
    app.terminal(&Enterprise::new("健康"))
        .upload(&[day(ELECTRICITY, "2025-01-01", 1.0)])
        .received();
    assert_eq!(app.get("/healthz").status, 200);
    assert_eq!(app.get("/readyz").status, 200);
    let metrics = app.admin_get("/metrics");
    assert_eq!(metrics.status, 200);
    let text = metrics.text();
    assert!(text.lines().any(|line| line.starts_with("# TYPE nengce_")), "Prometheus text: {text}");
    let samples = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for sample in samples {
        let value = sample.rsplit(' ').next().unwrap_or_default();
        assert!(value.parse::<f64>().is_ok(), "{sample}");
    }
}

#[test]
fn strangers_learn_no_details_and_monitoring_learns_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("token");
    std::fs::write(&file, "token-of-the-monitoring\n").expect("the file is written");
    let environment = vec![("NENGCE_MONITORING_TOKEN_FILE".to_owned(), file.display().to_string())];
    let app = TestApp::with(Options { environment, ..Options::default() });
    let keys = |told: serde_json::Value| -> Vec<String> {
        told.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(app.get("/healthz").text(), "ok");
    let bare = keys(app.get("/readyz").ok());
    assert_eq!(bare, ["ready", "reason", "reason_zh", "rollups_behind", "state"]);
    app.get("/metrics").problem(401, "unauthorised");
    let wrong = [("authorization", "Bearer a-wrong-token-of-somebody")];
    app.get_with("/metrics", &wrong).problem(403, "forbidden");
    assert_eq!(keys(app.get_with("/readyz", &wrong).ok()), bare);

    let monitoring = [("authorization", "Bearer token-of-the-monitoring")];
    assert!(app.get_with("/metrics", &monitoring).text().contains("nengce_ready 1"));
    let told = keys(app.get_with("/readyz", &monitoring).ok());
    assert!(
        ["detail", "resting", "log_cut", "data_version"]
            .iter()
            .all(|it| told.contains(&(*it).to_owned())),
        "{told:?}"
    );
    assert_eq!(app.get_with("/api/v1/operation", &monitoring).status, 200);
    for path in
        ["/api/v1/audit", "/api/v1/tokens", "/api/v1/accounts", "/api/v1/claims", "/api/v1/bulk"]
    {
        app.get_with(path, &monitoring).problem(403, "forbidden");
    }
    let refused = app.request("POST", "/api/v1/maintenance/verify", &monitoring);
    refused.problem(403, "forbidden");
}
