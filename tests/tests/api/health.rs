//! `/healthz`, `/readyz`, `/metrics`, and the portal's own files.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};

#[test]
fn health_is_told_to_machines() {
    let app = TestApp::shared();
    app.terminal(&Enterprise::new("健康"))
        .upload(&[day(ELECTRICITY, "2025-01-01", 1.0)])
        .received();
    assert_eq!(app.get("/healthz").status, 200);
    assert_eq!(app.get("/readyz").status, 200);
    let metrics = app.get("/metrics");
    assert_eq!(metrics.status, 200);
    let text = metrics.text();
    assert!(text.lines().any(|line| line.starts_with("# TYPE nengce_")), "Prometheus text: {text}");
    let samples = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for sample in samples {
        let value = sample.rsplit(' ').next().unwrap_or_default();
        assert!(value.parse::<f64>().is_ok(), "{sample}");
    }
}
