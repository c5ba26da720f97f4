//! Units that are not approved appear in no list and no count; operators see them among the devices.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::{Enterprise, credit_code};
use nengce_tests::support::message::{ELECTRICITY, day};
use serde_json::{Value, json};

/// Fields that change with every commit or second and reveal no unit.
fn without_time(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for name in
                ["data_version", "data_time", "updated_at", "behind_seconds", "days_per_minute"]
            {
                fields.remove(name);
            }
            let inner = std::mem::take(fields);
            Value::Object(
                inner.into_iter().map(|(key, value)| (key, without_time(value))).collect(),
            )
        }
        Value::Array(all) => std::mem::take(all).into_iter().map(without_time).collect(),
        _ => value,
    }
}

/// Every public answer by its address.
fn public(city: &City) -> Vec<(String, Value)> {
    let app = &city.app;
    let unit = &city.units[0].code;
    let mut paths: Vec<String> = [
        "/api/v1/meta",
        "/api/v1/timeline",
        "/api/v1/dual-control?from=2025-01-01&to=2025-12-31",
        "/api/v1/energy-flow?from=2025-01-01&to=2025-12-31",
        "/api/v1/intensity?by=region&from=2025-01-01&to=2025-12-31",
        "/api/v1/benchmarks?from=2025-01-01&to=2025-12-31",
        "/api/v1/inspection-targets",
        "/api/v1/units?limit=1000",
        "/api/v1/units?q=路人",
        "/api/v1/slice?group=unit&from=2025-01-01&to=2025-12-31",
        "/api/v1/uploads?limit=1000",
        "/api/v1/devices?limit=1000",
        "/api/v1/devices?state=pending",
        "/api/v1/quality/units?limit=1000",
        "/api/v1/quality/findings?limit=1000",
        "/api/v1/replacements",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.push(format!("/api/v1/units/{unit}"));
    let mut all: Vec<(String, Value)> = paths
        .into_iter()
        .map(|it| {
            let answer = app.get(&it);
            let value = without_time(answer.ok());
            (it, value)
        })
        .collect();
    let sent = app.get_with("/api/v1/snapshot", &[("accept-encoding", "identity")]);
    let snapshot = nengce_analysis::codec::decode(&sent.body).expect("a snapshot");
    let units: Vec<_> = snapshot.units.iter().map(|it| (&it.code, &it.name)).collect();
    let told = format!("{units:?} {:?} {:?}", snapshot.targets, snapshot.products);
    all.push(("/api/v1/snapshot".to_owned(), Value::String(told)));
    for file in ["/api/v1/units", "/api/v1/uploads", "/api/v1/devices"] {
        let path = format!("{file}?format=csv");
        all.push((path.clone(), json!(app.get(&path).text())));
    }
    all
}

/// The part after a unit's code in every address of the document that has one and that this server publishes.
fn of_a_unit(app: &TestApp) -> Vec<String> {
    let document = app.get("/api/openapi.json").json();
    let paths = document["paths"].as_object().expect("paths");
    let parts: Vec<String> = paths
        .iter()
        .filter(|(_, it)| {
            let permission = it["get"]["x-permission"].as_str().unwrap_or_default();
            ["figures", "unit_data", "quality", "uploads", "devices"].contains(&permission)
        })
        .filter_map(|(path, _)| path.strip_prefix("/api/v1/units/{code}"))
        .map(|part| match part {
            "/readings" => format!("{part}?data_code={ELECTRICITY}&stat_type=1"),
            other => other.to_owned(),
        })
        .collect();
    assert!(parts.len() >= 7, "{parts:?}");
    parts
}

#[test]
fn strangers_change_no_public_answer() {
    // One address represents all that the attack had.
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_MAX_REGISTRATIONS_PER_ADDRESS_PER_HOUR", "1000"),
        ("NENGCE_MAX_REGISTRATIONS_PER_HOUR", "1000"),
    ]));
    city.app.wait_until_assessed();
    let before = public(&city);
    let mut last = None;
    for n in 0..152 {
        let mut stranger = Enterprise::new(&format!("路人{n}"))
            .region("120101")
            .industry("C3110")
            .level(6)
            .collects(ELECTRICITY, 1);
        stranger.code = credit_code(&format!("91120101MA08T{n:04}"));
        let terminal = city.app.registered(&stranger);
        terminal.upload_config().received();
        terminal
            .upload_metering(&json!({
                "deviceId": terminal.device_id, "enterpriseCode": stranger.code,
                "data": [{"code": "M1", "name": "路人电表", "nextCheckDate": "2020-01-01"}],
            }))
            .received();
        terminal
            .upload(&[day(ELECTRICITY, "2025-06-01", 1e6), json!({"dataCode": "nonsense"})])
            .refused();
        last = Some(terminal);
    }
    city.app.wait_until_assessed();
    for ((path, old), (_, new)) in before.iter().zip(public(&city)) {
        assert_eq!(*old, new, "{path}");
    }
    let stranger = last.expect("a stranger");
    for part in of_a_unit(&city.app) {
        let answer = stranger.get(&part);
        assert_eq!(answer.status, 404, "{part}: {}", answer.text());
    }
    let uploads = city.app.admin_get("/api/v1/uploads?limit=1000").ok();
    let of_stranger = uploads["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|it| {
            it["enterprise_code"] == stranger.enterprise.code.as_str() && it["kind"] == "energy"
        })
        .expect("an administrator sees the upload")
        .clone();
    let rejected = format!("/api/v1/uploads/{}/rejected", of_stranger["upload_id"]);
    assert_eq!(city.app.get(&rejected).status, 404);
    city.app.admin_get(&rejected).ok();

    // Operators see the pending device, and after the approval it appears.
    let waiting = city.app.admin_get("/api/v1/devices?state=pending&limit=1").ok();
    assert_eq!(waiting["page"]["total"], 152);
    city.app.approve(&stranger.device_id).ok();
    assert_eq!(stranger.get("").ok()["unit"]["name"], "路人151");
    assert_eq!(city.app.get("/api/v1/units?q=路人151").ok()["page"]["total"], 1);
    assert_eq!(stranger.readings(ELECTRICITY, 1).len(), 1);
}

#[test]
fn a_stranger_does_not_speak_for_a_unit_that_an_operator_listed() {
    let app = TestApp::new();
    let listed = Enterprise::new("在册热电").collects(ELECTRICITY, 1);
    app.import(
        "units",
        "units.csv",
        &format!(
            "enterprise_code,name,region_code,industry_code,class\n{},在册热电,120116,D4412,thousand\n",
            listed.code
        ),
    );
    let path = format!("/api/v1/units/{}", listed.code);
    let before = without_time(app.get(&path).ok());
    let mut said = listed.clone().region("120101").industry("C3110").level(6);
    said.name = "冒名".to_owned();
    let stranger = app.registered(&said);
    let answer = stranger.upload_config().received();
    assert!(answer["hint"].as_str().is_some_and(|it| it.contains("批准")), "{answer}");
    let meters = json!({
        "deviceId": stranger.device_id, "enterpriseCode": listed.code,
        "data": [{"code": "M1", "name": "电表", "nextCheckDate": "2020-01-01"}],
    });
    stranger.upload_metering(&meters).received();
    stranger.upload(&[day(ELECTRICITY, "2025-06-01", 5.0)]).received();
    assert_eq!(before, without_time(app.get(&path).ok()));
    assert_eq!(app.get(&format!("{path}/meters")).ok()["rows"], json!([]));
    let list = app.get("/api/v1/uploads").ok();
    assert_eq!(list["page"]["total"], 0, "{list}");

    // Messages from before the operator listed the unit are set aside in the same way.
    let early = app.registered(&Enterprise::new("先注册").level(6));
    early.upload_config().received();
    let code = &early.enterprise.code;
    let meters = json!({"deviceId": early.device_id, "enterpriseCode": code, "data": [{"code": "M1", "name": "表"}]});
    early.upload_metering(&meters).received();
    let list =
        format!("enterprise_code,name,region_code,industry_code\n{code},后列册,120116,D4412\n");
    app.import("units", "units.csv", &list);
    let shown = early.get("").ok();
    assert_eq!(shown["profile"], json!([]), "{shown}");
    assert_eq!(shown["unit"]["class"], "ten_thousand", "{shown}");
    assert_eq!(early.get("/meters").ok()["rows"], json!([]));
    app.approve(&early.device_id).ok();
    let shown = early.get("").ok();
    assert_eq!(shown["unit"]["name"], "后列册", "{shown}");
    assert_eq!(shown["unit"]["class"], "ten_thousand", "{shown}");
    assert_eq!(early.get("/meters").ok()["rows"][0]["meter_code"], "M1");
    let waiting = app.admin_get(&format!("/api/v1/unit-changes?q={code}")).ok();
    let fields = waiting["rows"][0]["fields"].to_string();
    for field in ["name", "industryCode", "energyConsumeLevel"] {
        assert!(fields.contains(field), "{waiting}");
    }

    // The operator approves the terminal, not its statements about the unit.
    app.approve(&stranger.device_id).ok();
    let after = app.get(&path).ok();
    assert_eq!(after["unit"]["name"], "在册热电", "{after}");
    assert_eq!(after["unit"]["region"]["code"], "120116", "{after}");
    assert_eq!(after["unit"]["class"], "thousand", "{after}");
    assert_eq!(after["meters"]["total"], 1, "{after}");
    assert_eq!(stranger.readings(ELECTRICITY, 1).len(), 1);
    let path = format!("/api/v1/unit-changes?q={}", listed.code);
    let changes = app.admin_get(&path).ok();
    assert_eq!(changes["page"]["total"], 1, "{changes}");
}
