//! A registration that the platform above gave is not lost when the process dies: it is kept before it is used, and where its
//! answer did not come the link recovers, or says what the platform above must do.

use std::path::PathBuf;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::wait::{wait_for, wait_until};
use serde_json::Value;

use super::{
    below_of, configured, step, token, unit_of, values, wait_until_equal, wait_until_up, write_file,
};

/// A nation behind a proxy, which swallows the answers to one path.
fn nation(proxy: &Proxy, swallows: &str) -> TestApp {
    let nation = TestApp::with_environment(&[("NENGCE_PUBLIC_ADDRESS", &proxy.url())]);
    proxy.lead_to(&nation.url());
    proxy.swallow_answers_to(Some(swallows));
    nation
}

/// A city that is killed while it waits for the swallowed answer, and starts again.
fn killed(proxy: &Proxy, token: &str, enterprise: &Enterprise) -> (TestApp, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let file = folder.join("link.toml");
    write_file(&file, &[("nation", &proxy.url(), token, "timeout_seconds = 300")]);
    let mut city = below_of(&file, &[]);
    configured(&city, enterprise).upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    wait_until("an answer of the nation was swallowed", || proxy.swallowed() > 0);
    city.server.kill();
    proxy.swallow_answers_to(None);
    city.server.launch();
    (city, file)
}

fn devices(nation: &TestApp) -> Vec<Value> {
    nation.admin_get("/api/v1/devices").ok()["rows"].as_array().cloned().expect("rows")
}

#[test]
fn a_registration_is_kept_before_it_is_used() {
    let proxy = Proxy::new();
    let nation = nation(&proxy, "/uploadConfigData");
    let enterprise = Enterprise::new("先存厂");
    // Without a token nothing but the device id proves the unit above.
    let (city, _) = killed(&proxy, "", &enterprise);
    wait_until_up(&city, "nation");
    let unit = unit_of(&city, "nation", &enterprise.code).expect("the unit");
    assert_eq!(unit["code"], "", "{unit}");
    let known = devices(&nation);
    assert_eq!(known.len(), 1, "{known:?}");
    nation.approve(known[0]["device_id"].as_str().expect("a device")).ok();
    wait_until_equal(&city, &nation, &enterprise.code);
    let claims = nation.admin_get("/api/v1/claims").ok();
    assert_eq!(claims["page"]["total"], 0, "{claims}");
}

#[test]
fn a_lost_answer_to_a_registration_is_made_up_with_a_token() {
    let proxy = Proxy::new();
    let nation = nation(&proxy, "/register");
    let of_nation = token(&nation, &["12"]);
    let enterprise = Enterprise::new("令牌续厂");
    let (city, _) = killed(&proxy, &of_nation, &enterprise);
    wait_until_equal(&city, &nation, &enterprise.code);
    wait_until_up(&city, "nation");
    let unit = unit_of(&city, "nation", &enterprise.code).expect("the unit");
    assert_eq!((&unit["code"], devices(&nation).len()), (&Value::from(""), 1), "{unit}");
}

#[test]
fn without_a_token_the_page_says_what_the_platform_above_must_do() {
    let proxy = Proxy::new();
    let nation = nation(&proxy, "/register");
    let enterprise = Enterprise::new("失答厂");
    let (mut city, file) = killed(&proxy, "", &enterprise);
    let unit = wait_for("the page names the unit", || {
        let unit = unit_of(&city, "nation", &enterprise.code);
        unit.filter(|it| it["code"] == "registration_lost")
    });
    for (lang, says) in [("reason_zh", "更换申请"), ("reason_en", "Claims")] {
        let reason = unit[lang].as_str().expect("a reason");
        assert!(reason.contains(says) && reason.contains("registration_codes"), "{reason}");
    }
    assert_eq!(unit["due_item_days"], 1, "{unit}");
    assert!(values(&nation, &enterprise.code).is_empty());
    // The operator above does what the page says.
    let claims = nation.admin_get("/api/v1/claims?state=pending").ok();
    let claim = &claims["rows"][0];
    assert_eq!(claim["enterprise_code"], enterprise.code.as_str(), "{claims}");
    // From this machine no address proves the city, so the operator makes a code.
    let device = devices(&nation)[0]["device_id"].as_str().expect("a device").to_owned();
    let made = nation.admin("POST", &format!("/api/v1/devices/{device}/code"), Vec::new()).ok();
    let code = made["code"].as_str().expect("a code");
    city.server.stop();
    let codes = format!("registration_codes = {{ \"{}\" = \"{code}\" }}", enterprise.code);
    write_file(&file, &[("nation", &proxy.url(), "", &codes)]);
    city.server.launch();
    step(&city, "nation", "retry");
    wait_until_up(&city, "nation");
    let standing = devices(&nation);
    let pending = standing.iter().find(|it| it["state"] == "pending").expect("the new device");
    nation.approve(pending["device_id"].as_str().expect("a device")).ok();
    wait_until_equal(&city, &nation, &enterprise.code);
    let unit = unit_of(&city, "nation", &enterprise.code).expect("the unit");
    assert_eq!(unit["code"], "", "{unit}");
}
