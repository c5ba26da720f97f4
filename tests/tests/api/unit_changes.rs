//! A change that a terminal proposes for an approved unit awaits an operator; the rest of its message is accepted.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{COKE, ELECTRICITY};
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

use super::profiles::conversation::Conversation;
use super::profiles::shandong;

fn unit(terminal: &Terminal<'_>) -> Value {
    terminal.get("").ok()["unit"].clone()
}

pub(crate) fn changes(app: &TestApp, state: &str, code: &str) -> Vec<Value> {
    let list = app.admin_get(&format!("/api/v1/unit-changes?state={state}&q={code}")).ok();
    list["rows"].as_array().expect("rows").clone()
}

pub(crate) fn decide(app: &TestApp, change: &Value, how: &str, body: &str) -> Value {
    let path = format!("/api/v1/unit-changes/{}/{how}", change["change_id"]);
    app.admin("POST", &path, body.as_bytes().to_vec()).ok()
}

/// The stored and the proposed value, field by field.
fn difference(change: &Value) -> Vec<(String, String, String)> {
    let text = |it: &Value| it["code"].as_str().unwrap_or("—").to_owned();
    let fields = change["fields"].as_array().expect("fields");
    fields
        .iter()
        .map(|it| {
            let field = it["field"].as_str().expect("a field").to_owned();
            (field, text(&it["now"]), text(&it["proposed"]))
        })
        .collect()
}

/// An approved terminal with a stored configuration.
pub(crate) fn settled<'a>(app: &'a TestApp, name: &str) -> Terminal<'a> {
    app.terminal(
        &Enterprise::new(name).region("120116").industry("C3110").level(4).collects(ELECTRICITY, 1),
    )
}

/// Another name, district, industry, class, place and type in one message.
fn moved(terminal: &Terminal<'_>, name: &str) -> Value {
    let mut other = terminal.enterprise.clone().collects(COKE, 1);
    other.name = name.to_owned();
    let mut message = other
        .region("120101")
        .industry("C2614")
        .level(6)
        .conversion()
        .config_message(&terminal.device_id);
    message["enterprise"]["latitude"] = json!(39.5);
    message["enterprise"]["longitude"] = json!("117.90");
    message["enterprise"]["typeCode"] = json!("110");
    message["enterprise"]["phone"] = json!("022-11111111");
    message
}

#[test]
fn what_would_make_another_unit_waits_and_the_rest_is_taken() {
    let app = TestApp::shared();
    let terminal = settled(&app, "原名厂");
    let code = terminal.enterprise.code.clone();
    let before = unit(&terminal);
    let answer = app.post("/uploadConfigData", &moved(&terminal, "新名厂")).received();
    assert!(
        answer["hint"].as_str().is_some_and(|it| it.contains("单位名称") && it.contains("待")),
        "{answer}"
    );
    assert_eq!(unit(&terminal), before, "nothing moved");
    let profile = terminal.get("").ok()["profile"].to_string();
    assert!(profile.contains("022-11111111"), "the rest is taken: {profile}");
    for held in ["新名厂", "120101", "C2614", "39.5", "117.9", "\"110\""] {
        assert!(!profile.contains(held), "{held}: {profile}");
    }
    let config = app
        .post(
            "/downloadConfigData",
            &json!({"deviceId": terminal.device_id, "enterpriseCode": code}),
        )
        .received();
    assert!(config.to_string().contains("0209"), "the new item is taken: {config}");

    let pending = changes(&app, "pending", &code);
    assert_eq!(pending.len(), 1, "{pending:?}");
    let change = &pending[0];
    let expected: Vec<(String, String, String)> = [
        ("name", "原名厂", "新名厂"),
        ("regionCode", "120116", "120101"),
        ("industryCode", "C3110", "C2614"),
        ("energyConsumeLevel", "4", "6"),
        ("jgzh", "false", "true"),
        ("longitude", "117.2", "117.9"),
        ("latitude", "39", "39.5"),
        ("typeCode", "159", "110"),
    ]
    .map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    .to_vec();
    assert_eq!(difference(change), expected);
    assert_eq!(change["fields"][1]["proposed"]["zh"], "和平区", "{change}");
    assert_eq!(change["fields"][1]["flags"][0], "changes_figures", "{change}");
    assert_eq!(change["sent_by"], terminal.device_id.as_str());
    assert_eq!(change["address"], "127.0.0.1");
    app.get("/api/v1/unit-changes").problem(401, "unauthorised");

    let done = decide(&app, change, "approve", "{\"reason\": \"搬迁批文 12 号\"}");
    assert_eq!((&done["state"], &done["reason"]), (&json!("approved"), &json!("搬迁批文 12 号")));
    assert_eq!(difference(&done), expected, "the record keeps what stood");
    let now = terminal.get("").ok();
    assert_eq!(now["unit"]["name"], "新名厂", "{now}");
    assert_eq!(now["unit"]["region"]["code"], "120101", "{now}");
    assert_eq!(now["unit"]["class"], "hundred", "{now}");
    assert_eq!(now["energy_conversion_unit"], true, "{now}");
    assert!(now["profile"].to_string().contains("39.5"), "{now}");
    let path = format!("/api/v1/unit-changes/{}/refuse", change["change_id"]);
    app.admin("POST", &path, Vec::new()).problem(409, "conflict");
    app.admin("POST", "/api/v1/unit-changes/99999999/approve", Vec::new())
        .problem(404, "not_found");
}

#[test]
fn a_refused_change_stays_refused_and_a_newer_one_supersedes() {
    let app = TestApp::shared();
    let mut terminal = settled(&app, "甲厂");
    let code = terminal.enterprise.code.clone();
    let say = |terminal: &mut Terminal<'_>, name: &str| {
        terminal.enterprise.name = name.to_owned();
        terminal.upload_config().received()
    };
    say(&mut terminal, "乙厂");
    say(&mut terminal, "乙厂");
    let first = changes(&app, "all", &code);
    assert_eq!(first.len(), 1, "the same again is no other change: {first:?}");
    say(&mut terminal, "丙厂");
    let all = changes(&app, "all", &code);
    let states: Vec<_> = all.iter().map(|it| it["state"].clone()).collect();
    assert_eq!(states, ["pending", "superseded"]);
    decide(&app, &all[0], "refuse", "");
    let answer = say(&mut terminal, "丙厂");
    assert!(answer["hint"].as_str().is_some_and(|it| it.contains("未获")), "{answer}");
    assert_eq!(changes(&app, "pending", &code).len(), 0);
    assert_eq!(unit(&terminal)["name"], "甲厂");
    say(&mut terminal, "丁厂");
    assert_eq!(changes(&app, "pending", &code).len(), 1);
    let answer = say(&mut terminal, "甲厂");
    assert!(answer.get("hint").is_none(), "{answer}");
    assert_eq!(changes(&app, "pending", &code).len(), 0, "what stands withdraws");
    assert_eq!(changes(&app, "withdrawn", &code).len(), 1);
}

#[test]
fn a_terminal_that_changes_its_mind_for_ever_leaves_few_records() {
    let app = TestApp::shared();
    let terminal = settled(&app, "多变厂");
    for n in 0..30 {
        let message = moved(&terminal, &format!("多变厂{n}"));
        app.post("/uploadConfigData", &message).received();
    }
    let code = &terminal.enterprise.code;
    assert_eq!(changes(&app, "pending", code).len(), 1);
    let gave_way = changes(&app, "superseded", code).len();
    assert_eq!(gave_way, 20, "the newest that gave way stay");
}

#[test]
fn before_approval_and_where_nothing_stands_a_configuration_is_taken_at_once() {
    let app = TestApp::shared();
    let mut early = app.registered(&Enterprise::new("初名"));
    early.upload_config().received();
    early.enterprise.name = "改名".to_owned();
    early.upload_config().received();
    app.approve(&early.device_id).ok();
    assert_eq!(unit(&early)["name"], "改名");

    let late = app.registered(&Enterprise::new("后配置").region("120116").level(6));
    app.approve(&late.device_id).ok();
    let mut message = late.enterprise.config_message(&late.device_id);
    message["enterprise"]["regionCode"] = json!("120110");
    let answer = app.post("/uploadConfigData", &message).received();
    assert!(answer.get("hint").is_none(), "{answer}");
    assert_eq!(unit(&late)["name"], "后配置");
    assert_eq!(unit(&late)["region"]["code"], "120110");
    assert_eq!(unit(&late)["class"], "hundred");
}

#[test]
fn an_operators_list_changes_at_once_and_withdraws_what_waited() {
    let app = TestApp::shared();
    let terminal = settled(&app, "名册前");
    let code = terminal.enterprise.code.clone();
    let mut message = terminal.enterprise.config_message(&terminal.device_id);
    message["enterprise"]["name"] = json!("名册后");
    app.post("/uploadConfigData", &message).received();
    assert_eq!(changes(&app, "pending", &code).len(), 1);
    app.import(
        "units",
        "units.csv",
        &format!("enterprise_code,name,region_code,industry_code\n{code},名册后,120116,C3110\n"),
    );
    assert_eq!(unit(&terminal)["name"], "名册后");
    assert_eq!(changes(&app, "pending", &code).len(), 0);
}

#[test]
fn a_message_about_another_unit_is_refused_whole() {
    let app = TestApp::shared();
    let terminal = settled(&app, "自己");
    let other = Enterprise::new("别人");
    let mut message = terminal.enterprise.config_message(&terminal.device_id);
    message["enterprise"]["code"] = json!(other.code);
    message["enterprise"]["phone"] = json!("022-99999999");
    let answer = app.post("/uploadConfigData", &message).refused();
    assert!(answer.to_string().contains("entry_unit_mismatch"), "{answer}");
    let detail = terminal.get("").ok().to_string();
    assert!(!detail.contains("022-99999999"), "{detail}");
}

#[test]
fn every_profiles_door_waits_alike() {
    let app = shandong::app();
    let shandong = Enterprise::new("山东厂");
    let body = json!({"enterpriseCode": shandong.code, "region": shandong.region});
    let given = app.post("/enterprise/register", &body).received();
    let device = given["deviceId"].as_str().expect("a device");
    app.approve(device).ok();
    let mut message = shandong.config_message(device);
    app.post("/enterprise/uploadConfigData", &message).received();
    message["enterprise"]["name"] = json!("别名");
    app.post("/enterprise/uploadConfigData", &message).received();
    assert_eq!(changes(&app, "pending", &shandong.code).len(), 1);

    let yunnan = Enterprise::new("云南厂");
    let mut talk = Conversation::new(&app.url(), &yunnan.code);
    talk.replay(
        "yunnan",
        |path, bearer, body| shandong::post(&app, path, bearer, body),
        |device| drop(app.approve(device).ok()),
    );
    let body = talk.fill(&json!({
        "enterpriseCode": "{enterprise}", "password": "{password:123456}", "dataIndex": "{dataIndex}", "regionCode": "530103",
        "cmpName": "别名水泥（云南）", "industryCode": "C3011", "energyConsumeLevel": "4",
    }));
    let answer = shandong::post(&app, "/YNEnergy/enterpriseInfo/update", None, &body).ok();
    assert_eq!(answer["responseCode"], 200, "{answer}");
    assert!(answer["data"]["hint"].is_string(), "{answer}");
    let pending = changes(&app, "pending", &yunnan.code);
    assert_eq!(
        difference(&pending[0]).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        ["name", "regionCode"]
    );
    let unit = app.get(&format!("/api/v1/units/{}", yunnan.code)).ok();
    assert_eq!(unit["unit"]["name"], "示例水泥（云南）");
    assert!(!unit.to_string().contains("dataIndex"), "{unit}");
}

#[test]
fn what_waits_outlives_a_restart() {
    let mut app = TestApp::new();
    let terminal = settled(&app, "重启前");
    let (code, device) = (terminal.enterprise.code.clone(), terminal.device_id.clone());
    let mut message = terminal.enterprise.config_message(&device);
    message["enterprise"]["name"] = json!("重启后");
    app.post("/uploadConfigData", &message).received();
    app.server.stop();
    app.server.launch();
    let change = changes(&app, "pending", &code).remove(0);
    decide(&app, &change, "approve", "");
    assert_eq!(app.get(&format!("/api/v1/units/{code}")).ok()["unit"]["name"], "重启后");
}
