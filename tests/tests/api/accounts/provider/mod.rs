//! Signing in at the provider of an organisation: a real one, npm oidc-provider, that the test starts.

mod accounts;
mod outages;
mod tokens;

use nengce_tests::support::app::TestApp;
use serde_json::Value;

/// The entries of the audit log about sign-ins that were refused, oldest first: the actor and the reason.
fn refused(app: &TestApp) -> Vec<(String, String)> {
    let answer = app.admin_get("/api/v1/audit?order=oldest&action=sign_in").ok();
    let text = |it: &Value, name: &str| it["event"][name].as_str().unwrap_or_default().to_owned();
    let rows = answer["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|it| (text(it, "actor"), text(it, "reason"))).collect()
}
