//! `replacement_window_days` and `/api/v1/replacements`: old values stay in force until an operator decides.

use nengce_shared::mask::mask;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_value};
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

const OLD_DAY: &str = "2024-02-29";

fn app() -> TestApp {
    TestApp::with_environment(&[("NENGCE_REPLACEMENT_WINDOW_DAYS", "30")])
}

fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = now.expect("after 1970").as_secs() as i64 / 86_400;
    let date = jiff::civil::Date::constant(1970, 1, 1) + jiff::ToSpan::days(days - 1);
    date.to_string()
}

fn value(terminal: &Terminal<'_>, date: &str) -> Value {
    let rows = terminal.readings(ELECTRICITY, 1);
    let row =
        rows.iter().find(|row| row["stat_date"].as_str().is_some_and(|it| it.starts_with(date)));
    row.cloned().unwrap_or_else(|| panic!("no value of {date}"))
}

fn send(terminal: &Terminal<'_>, date: &str, value: f64) {
    terminal.upload(&[day(ELECTRICITY, date, value)]).received();
}

fn waiting(app: &TestApp) -> Value {
    app.get("/api/v1/replacements").ok()
}

#[test]
fn an_old_value_waits_for_an_operator_and_a_recent_one_does_not() {
    let app = app();
    let terminal = app.terminal(&Enterprise::new("迟报"));
    let recent = today();
    for (date, first, second) in [(OLD_DAY, 10.0, 12.0), (recent.as_str(), 1.0, 2.0)] {
        send(&terminal, date, first);
        send(&terminal, date, second);
    }
    assert_eq!(value(&terminal, &recent)["value"], 2.0);
    let old = value(&terminal, OLD_DAY);
    assert_eq!((&old["value"], &old["history"]), (&json!(10.0), &json!([])));
    let list = waiting(&app);
    assert_eq!((&list["open"], &list["window_days"]), (&json!(1), &json!(30)));
    let row = &list["rows"][0];
    assert_eq!((&row["old_value"], &row["new_value"]), (&json!(10.0), &json!(12.0)));
    assert_eq!(row["sent_by"], mask(&terminal.device_id));
    let uploads = app.get("/api/v1/uploads?kind=energy").ok();
    let held: u64 = uploads["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|it| it["awaiting_approval"].as_u64())
        .sum();
    assert_eq!(held, 1, "{uploads}");

    send(&terminal, OLD_DAY, 12.0);
    assert_eq!(waiting(&app)["open"], 1, "the same value again changes nothing");

    let id = &row["replacement_id"];
    let path = format!("/api/v1/replacements/{id}/approve");
    app.post(&path, &json!({})).problem(401, "unauthorised");
    let done = app.admin("POST", &path, Vec::new()).ok();
    assert_eq!((&done["decided"], &done["open"]), (&json!(1), &json!(0)));
    app.admin("POST", &path, Vec::new()).problem(409, "conflict");
    let now = value(&terminal, OLD_DAY);
    assert_eq!(now["value"], 12.0);
    let gone = &now["history"][0];
    assert_eq!((&gone["value"], &gone["approved_by"]), (&json!(10.0), &json!("administrator")));
    assert_eq!(gone["replaced_by_sender"], mask(&terminal.device_id));
    assert_eq!(gone["replaced_by"], now["upload_id"]);
    let energy = terminal
        .get(&format!("/energy?from={OLD_DAY}&to={OLD_DAY}&grain=day&basis=calorific"))
        .ok();
    check_value(&energy["total_tce"], 12.0 * 1.229, "the approved value counts");
}

#[test]
fn a_refused_value_is_kept_on_record_and_does_not_come_up_again() {
    let app = app();
    let terminal = app.terminal(&Enterprise::new("迟报"));
    send(&terminal, OLD_DAY, 10.0);
    send(&terminal, OLD_DAY, 99.0);
    let id = waiting(&app)["rows"][0]["replacement_id"].clone();
    app.admin("POST", &format!("/api/v1/replacements/{id}/refuse"), Vec::new()).ok();
    send(&terminal, OLD_DAY, 99.0);
    assert_eq!(waiting(&app)["open"], 0);
    assert_eq!(value(&terminal, OLD_DAY)["value"], 10.0);
    let kept = app.get("/api/v1/replacements?state=refused").ok();
    assert_eq!(kept["rows"][0]["new_value"], 99.0);
    assert_eq!(kept["rows"][0]["decided_by"], "administrator");
    send(&terminal, OLD_DAY, 11.0);
    send(&terminal, OLD_DAY, 10.0);
    assert_eq!(waiting(&app)["open"], 0, "the sender came back to what stands");
    let all = app.get("/api/v1/replacements?state=superseded").ok();
    assert_eq!(all["rows"][0]["new_value"], 11.0);
}

#[test]
fn a_whole_upload_is_approved_at_once_and_survives_a_kill() {
    let mut app = app();
    let enterprise = Enterprise::new("迟报");
    let months = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01"];
    let device = {
        let terminal = app.terminal(&enterprise);
        for factor in [1.0, 3.0] {
            let entries: Vec<Value> =
                months.iter().map(|date| day(ELECTRICITY, date, factor)).collect();
            terminal.upload(&entries).received();
        }
        terminal.device_id.clone()
    };
    let rows = waiting(&app)["rows"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(4), "{rows}");
    app.server.kill();
    app.server.launch();
    let body = json!({"ids": [], "upload_ids": [rows[0]["upload_id"]], "unit": null, "all": false});
    let body = body.to_string().into_bytes();
    let done = app.admin("POST", "/api/v1/replacements/approve", body).ok();
    assert_eq!(done["decided"], 4);
    app.server.kill();
    app.server.launch();
    let energy = app
        .get(&format!(
            "/api/v1/units/{}/energy?from=2023-12-01&to=2024-03-31&grain=month&basis=calorific",
            enterprise.code
        ))
        .ok();
    check_value(&energy["total_tce"], 12.0 * 1.229, "each day counts its approved value");
    assert_eq!(rows[0]["sent_by"], mask(&device));
    let none = json!({"ids": [], "upload_ids": [], "unit": null, "all": false});
    app.admin("POST", "/api/v1/replacements/refuse", none.to_string().into_bytes())
        .problem(400, "parameter_invalid");
}

#[test]
fn without_a_window_every_replacement_counts_at_once() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("迟报"));
    send(&terminal, OLD_DAY, 10.0);
    send(&terminal, OLD_DAY, 12.0);
    let now = value(&terminal, OLD_DAY);
    assert_eq!(now["value"], 12.0);
    assert_eq!(now["history"][0]["approved_by"], Value::Null);
}

fn get(app: &TestApp, path: &str) -> Value {
    app.get(path).ok()["rows"].clone()
}

/// The readings of a unit, with their history, and its energy by day.
fn stands(app: &TestApp, code: &str) -> (Value, Value) {
    let unit = format!("/api/v1/units/{code}");
    let span = "from=2023-12-01&to=2024-03-31&grain=day&basis=calorific";
    (
        get(app, &format!("{unit}/readings?data_code={ELECTRICITY}&stat_type=1")),
        get(app, &format!("{unit}/energy?{span}")),
    )
}

/// Sends a value for each of three old days, and another that waits to replace it; the unit.
fn three_wait(app: &TestApp) -> Enterprise {
    let terminal = app.terminal(&Enterprise::new("撤销"));
    for value in [10.0, 12.0] {
        let days = ["2023-12-31", "2024-01-01", OLD_DAY];
        let entries: Vec<Value> = days.iter().map(|it| day(ELECTRICITY, it, value)).collect();
        terminal.upload(&entries).received();
    }
    terminal.enterprise.clone()
}

/// Decides on all that waits up to an id; the answer.
fn decide_all(app: &TestApp, word: &str, up_to: &Value) -> Value {
    let batch =
        json!({"ids": [], "upload_ids": [], "unit": null, "all": true, "up_to": up_to}).to_string();
    app.admin("POST", &format!("/api/v1/replacements/{word}"), batch.into_bytes()).ok()
}

fn undo(app: &TestApp, decided: &Value) -> Answer {
    let id = &decided["decision_id"];
    app.admin("POST", &format!("/api/v1/replacements/decisions/{id}/undo"), Vec::new())
}

fn undoable(app: &TestApp) -> Value {
    app.admin_get("/api/v1/replacements").ok()["undoable"].clone()
}

#[test]
fn an_undone_decision_leaves_everything_as_it_was() {
    let mut app = app();
    let code = three_wait(&app).code;
    let before = stands(&app, &code);
    let list = waiting(&app);
    let about = &list["waiting"];
    for (name, expected) in [
        ("values", json!(3)),
        ("units", json!(1)),
        ("items", json!(1)),
        ("first_day", json!("2023-12-31")),
        ("last_day", json!(OLD_DAY)),
    ] {
        assert_eq!(about[name], expected, "{name}");
    }
    let tce = |name: &str| about[name].as_f64().expect("tce");
    check_near(tce("tce_approved") / tce("tce_now"), 1.2, "12 in place of 10 on each day");
    for word in ["approve", "refuse"] {
        let done = decide_all(&app, word, &Value::Null);
        assert_eq!((&done["decided"], &done["open"]), (&json!(3), &json!(0)), "{word}");
        assert_eq!(stands(&app, &code) != before, word == "approve");
        assert_eq!(waiting(&app)["undoable"], json!([]), "strangers are not told of decisions");
        let offered = undoable(&app);
        assert_eq!(offered[0]["decision_id"], done["decision_id"], "{offered}");
        assert_eq!(offered[0]["replacements"], 3);
        let path = format!("/api/v1/replacements/decisions/{}/undo", done["decision_id"]);
        app.post(&path, &json!({})).problem(401, "unauthorised");
        let undone = undo(&app, &done).ok();
        assert_eq!((&undone["undone"], &undone["open"]), (&json!(3), &json!(3)));
        assert_eq!(stands(&app, &code), before, "{word}");
        assert_eq!(waiting(&app), list, "{word}");
        undo(&app, &done).problem(409, "conflict");
    }
    undo(&app, &json!({"decision_id": 999})).problem(404, "not_found");
    let verify = |app: &TestApp| {
        let report = app.admin("POST", "/api/v1/maintenance/verify", Vec::new()).ok();
        assert_eq!(report["ok"], true, "{report}");
    };
    verify(&app);
    app.server.kill();
    app.server.launch();
    assert_eq!(stands(&app, &code), before, "after a kill");
    assert_eq!(decide_all(&app, "approve", &Value::Null)["decided"], 3);
    verify(&app);
}

#[test]
fn a_decision_is_not_undone_in_part() {
    let app = app();
    let unit = three_wait(&app);
    let (code, terminal) = (unit.code.clone(), app.registered(&unit));
    let first = decide_all(&app, "approve", &Value::Null);
    send(&terminal, OLD_DAY, 15.0);
    let stood = stands(&app, &code);
    assert_eq!(undoable(&app), json!([]));
    undo(&app, &first).problem(409, "changed_since");
    assert_eq!(stands(&app, &code), stood, "none of the three is put back");
    // The newer decision about that value can be undone.
    let second = decide_all(&app, "approve", &Value::Null);
    assert_eq!(second["decided"], 1);
    assert_eq!(undo(&app, &second).ok()["undone"], 1);
    assert_eq!(stands(&app, &code), stood);
}

#[test]
fn what_came_after_the_look_is_left_to_wait() {
    let app = app();
    let unit = three_wait(&app);
    let seen = waiting(&app)["waiting"]["last_id"].clone();
    send(&app.registered(&unit), OLD_DAY, 15.0);
    let done = decide_all(&app, "approve", &seen);
    assert_eq!((&done["decided"], &done["open"]), (&json!(2), &json!(1)));
    assert_eq!(waiting(&app)["rows"][0]["new_value"], 15.0);
}
