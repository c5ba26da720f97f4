//! The link to platforms above: chains of real servers, what goes up, what is refused and said, and what comes down.

mod chain;
mod data_key;
mod dictionaries;
mod members;
mod refusals;
mod regions;
mod registration;
mod retention;
mod rules;
mod shandong;

use std::path::{Path, PathBuf};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::server::Options;
use nengce_tests::support::terminal::Terminal;
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

/// The token of a platform below for regions.
pub(crate) fn token(upper: &TestApp, regions: &[&str]) -> String {
    let body = json!({"name": "below", "units": [], "all_units": false, "regions": regions});
    let made = upper.admin("POST", "/api/v1/tokens", body.to_string().into_bytes()).ok();
    made["token"].as_str().expect("a token").to_owned()
}

/// A platform whose link leads to these, each by name, address, token and more lines of the file.
pub(crate) fn below(uppers: &[(&str, &str, &str, &str)], settings: &[(&str, &str)]) -> TestApp {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let file = folder.join("link.toml");
    write_file(&file, uppers);
    below_of(&file, settings)
}

/// Writes the file of the link.
pub(crate) fn write_file(file: &Path, uppers: &[(&str, &str, &str, &str)]) {
    let entry = |(name, url, token, more): &(&str, &str, &str, &str)| {
        format!("[[upper]]\nname = \"{name}\"\nurl = \"{url}\"\ntoken = \"{token}\"\n{more}\n")
    };
    let text: String = uppers.iter().map(entry).collect();
    std::fs::write(file, text).expect("the file of the link");
}

/// A platform with a file of the link.
pub(crate) fn below_of(file: &Path, settings: &[(&str, &str)]) -> TestApp {
    below_in(file, settings, None)
}

/// The same on the data folder of a server that was stopped.
pub(crate) fn below_in(file: &Path, settings: &[(&str, &str)], data: Option<PathBuf>) -> TestApp {
    let own = [
        ("NENGCE_LINK_FILE", file.to_str().expect("a path")),
        ("NENGCE_LINK_ROUND_SECONDS", "1"),
        ("NENGCE_LINK_LONGEST_REST_SECONDS", "1"),
    ];
    let environment = own.iter().chain(settings);
    let environment = environment.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    TestApp::with(Options { environment: environment.collect(), data, ..Options::default() })
}

/// The platform above with a name, as the page of the link shows it.
pub(crate) fn upper(app: &TestApp, name: &str) -> Value {
    let link = app.admin_get("/api/v1/link").ok();
    let rows = link["uppers"].as_array().expect("uppers");
    rows.iter().find(|it| it["name"] == name).cloned().expect("the platform above")
}

/// Waits until everything that waits is taken or refused.
#[track_caller]
pub(crate) fn wait_until_up(app: &TestApp, name: &str) {
    wait_until("everything is up", || {
        let it = upper(app, name);
        it["due_item_days"] == 0 && it["sent_at"].is_string()
    });
}

/// The values of a unit, each with its item, grain and time, in one order.
pub(crate) fn values(app: &TestApp, unit: &str) -> Vec<String> {
    let answer = app.get(&format!("/api/v1/units/{unit}/readings?limit=1000"));
    if answer.status != 200 {
        return Vec::new();
    }
    let list = answer.ok();
    let mut rows: Vec<String> = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|it| {
            format!("{} {} {} {}", it["data_code"], it["stat_type"], it["stat_date"], it["value"])
        })
        .collect();
    rows.sort();
    rows
}

/// A step on a platform above.
pub(crate) fn step(app: &TestApp, name: &str, step: &str) -> Value {
    app.admin("POST", &format!("/api/v1/link/{name}/{step}"), b"{}".to_vec()).ok()
}

/// Waits until a platform has exactly the values of another.
#[track_caller]
pub(crate) fn wait_until_equal(here: &TestApp, above: &TestApp, unit: &str) {
    let expected = values(here, unit);
    assert!(!expected.is_empty(), "something to compare");
    wait_until("the platform above has the same values", || values(above, unit) == expected);
}

/// What the page of the link says of a unit.
pub(crate) fn unit_of(app: &TestApp, name: &str, unit: &str) -> Option<Value> {
    let list = app.admin_get(&format!("/api/v1/link/{name}/units?q={unit}")).ok();
    list["rows"].as_array().and_then(|it| it.first()).cloned()
}

/// A terminal sends its configuration again, and the change of the unit is confirmed.
pub(crate) fn changed(app: &TestApp, to: &nengce_tests::support::enterprise::Enterprise) {
    let device = app.known_device(&to.code).expect("a device");
    app.registered(to).upload_configuration(&to.config_message(&device)).received();
    let changes = app.admin_get("/api/v1/unit-changes").ok();
    let rows = changes["rows"].as_array().expect("rows");
    let waits = rows.iter().find(|it| it["enterprise_code"] == to.code.as_str());
    let id = waits.and_then(|it| it["change_id"].as_u64()).expect("a change that waits");
    app.admin("POST", &format!("/api/v1/unit-changes/{id}/approve"), Vec::new()).ok();
}

/// A terminal of a platform that sent its configuration.
pub(crate) fn configured<'a>(
    app: &'a TestApp,
    enterprise: &nengce_tests::support::enterprise::Enterprise,
) -> Terminal<'a> {
    let terminal = app.terminal(enterprise);
    terminal.upload_config().received();
    terminal
}
