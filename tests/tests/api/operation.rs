//! `GET /api/v1/operation`: how the server is doing, for those who hold the administrator's token.

use nengce_shared::api::operation::Operation;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use serde_json::json;

#[test]
fn tells_the_operator_alone() {
    let app = TestApp::shared();
    assert_eq!(app.get("/api/v1/operation").status, 401);
    let days = app.admin_get("/api/v1/operation?days=400");
    assert_eq!(days.status, 400, "400 days");
}

#[test]
fn counts_uploads_reasons_and_editions() {
    let app = TestApp::new();
    let [one, other] = [1, 2].map(|number| {
        app.terminal(&Enterprise::numbered(9700 + number, &format!("运行{number}厂")))
    });
    let bad = |on: &str| with(day(ELECTRICITY, on, 1.0), "dataCode", json!("00-00-0000023400-80"));
    one.upload(&[day(ELECTRICITY, "2025-03-01", 1.0), bad("2025-03-02"), bad("2025-03-03")])
        .refused();
    other.upload(&[bad("2025-03-02")]).refused();
    app.post("/downloadBaseData", &json!({"deviceId": one.device_id})).received();

    let seen: Operation = app.admin_get("/api/v1/operation").read();
    assert_eq!((seen.hours.len(), seen.days), (48, 7));
    let sums = seen
        .hours
        .iter()
        .fold((0, 0, 0), |sum, it| (sum.0 + it.uploads, sum.1 + it.entries, sum.2 + it.rejected));
    assert_eq!(sums, (2, 4, 3));
    assert_eq!(seen.reasons.len(), 1, "{:?}", seen.reasons);
    assert_eq!((seen.reasons[0].entries, seen.reasons[0].units), (3, 2));
    assert_eq!(seen.reasons[0].field, "dataCode");
    assert_eq!((seen.terminals_current, seen.terminals_total), (1, 2));
    // Those that do not have the edition in force come first.
    assert_eq!(seen.terminals[0].enterprise_code, other.enterprise.code);
    assert!(seen.terminals[0].dic_version.is_none());
    assert_eq!(seen.terminals[1].dic_version.as_ref(), Some(&seen.dic_version));
    assert!(seen.terminals[1].downloaded_at.is_some());
    assert_eq!(seen.dictionaries.len(), 14);
    assert!(
        seen.dictionaries.iter().all(|it| it.rows > 0 && !it.replaced && !it.editions.is_empty())
    );
    assert!(seen.queue.max_bytes_in_flight > 0 && seen.queue.queue_messages > 0);
}
