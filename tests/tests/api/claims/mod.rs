//! A later registration of an enterprise needs a proof; without one it becomes a claim that an operator decides.

mod codes;
mod decisions;
mod lapse;
mod limits;
mod profiles;
mod proofs;
mod rotation;
mod unproved;

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use serde_json::{Value, json};

/// A proxy on this machine names the client, so that a test chooses the address of a registration.
pub(crate) fn app_behind_proxy(more: &[(&str, &str)]) -> TestApp {
    let mut settings = vec![("NENGCE_TRUSTED_PROXIES", "127.0.0.1")];
    settings.extend(more);
    TestApp::with_environment(&settings)
}

pub(crate) fn registration(enterprise: &Enterprise) -> Value {
    json!({"enterpriseCode": enterprise.code, "region": enterprise.region})
}

/// Posts to a path from an address.
pub(crate) fn post_from(app: &TestApp, address: &str, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
    app.post_bytes(path, body.to_string().into_bytes(), &headers)
}

/// Registers from an address and returns the answer.
pub(crate) fn register_from(app: &TestApp, address: &str, enterprise: &Enterprise) -> Answer {
    post_from(app, address, "/register", &registration(enterprise))
}

/// A registered and approved enterprise with its device.
pub(crate) fn approved_from(app: &TestApp, address: &str, enterprise: &Enterprise) -> String {
    let device = device_of(&register_from(app, address, enterprise));
    app.approve(&device).ok();
    device
}

pub(crate) fn device_of(answer: &Answer) -> String {
    let device = answer.received()["deviceId"].clone();
    device.as_str().expect("a deviceId").to_owned()
}

/// The answer reveals nothing and tells the plant what to do.
#[track_caller]
pub(crate) fn check_in_place(answer: &Answer) {
    let body = answer.refused();
    assert_eq!(body["errors"][0]["code"], "terminal_in_place", "{body}");
    assert_eq!(body["responseMessage"], "该企业已有终端，更换请联系节能中心", "{body}");
    for secret in ["deviceId", "secretKey", "uploadTime"] {
        assert!(body.get(secret).is_none(), "{secret}: {body}");
    }
}

/// The claims of an enterprise, newest first.
pub(crate) fn claims_of(app: &TestApp, enterprise: &Enterprise) -> Vec<Value> {
    let list = app.admin_get(&format!("/api/v1/claims?q={}", enterprise.code)).ok();
    list["rows"].as_array().expect("rows").clone()
}

pub(crate) fn decide(app: &TestApp, claim: &Value, to: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/claims/{}/{to}", claim["claim_id"]);
    app.admin("POST", &path, body.to_string().into_bytes())
}

pub(crate) fn device_row(app: &TestApp, enterprise: &Enterprise, device: &str) -> Value {
    let list = app.admin_get(&format!("/api/v1/devices?q={}&limit=1000", enterprise.code)).ok();
    let rows = list["rows"].as_array().expect("rows").clone();
    let row = rows.into_iter().find(|it| it["device_id"] == device);
    row.unwrap_or_else(|| panic!("{device} is not listed: {list}"))
}

/// An upload of one day as a device.
pub(crate) fn upload(app: &TestApp, enterprise: &Enterprise, device: &str) -> Answer {
    let entries = [day(ELECTRICITY, "2025-03-02", 1.0)];
    let body = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
    app.post("/uploadEnergyData", &body)
}

/// A file that states by how many seconds the server's clock is ahead.
pub(crate) fn clock() -> tempfile::NamedTempFile {
    tempfile::NamedTempFile::new().expect("a temporary file")
}
