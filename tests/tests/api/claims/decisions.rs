//! A claim with its evidence, and the effects of confirming, refusing, releasing and time; restarts and backups keep
//! it.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::server::{ADMIN_TOKEN, command};
use serde_json::json;

use super::*;

#[test]
fn a_claim_carries_the_evidence_of_both() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("证据");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    approved_from(&app, "198.51.100.1", &Enterprise::new("邻居"));
    for day in 1..=3 {
        let entries = [super::day(ELECTRICITY, &format!("2025-03-0{day}"), 1.0)];
        let body = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
        app.post("/uploadEnergyData", &body).received();
    }
    let mut body = registration(&enterprise);
    body["region"] = json!("120101");
    for _ in 0..25 {
        check_in_place(&post_from(&app, "198.51.100.1", "/register", &body));
    }
    let claims = claims_of(&app, &enterprise);
    assert_eq!(claims.len(), 1, "one claim, however often: {claims:?}");
    let claim = &claims[0];
    for (field, expected) in [
        ("state", json!("pending")),
        ("enterprise_code", json!(enterprise.code)),
        ("region", json!("120101")),
        ("attempts", json!(25)),
        ("flags", json!(["address_of_another", "region_differs"])),
        ("decided_by", json!(null)),
    ] {
        assert_eq!(claim[field], expected, "{field}: {claim}");
    }
    let claimant = &claim["claimant"];
    assert_eq!(
        (&claimant["address"], &claimant["profile"]),
        (&json!("198.51.100.1"), &json!("national")),
        "{claim}"
    );
    let place = &claim["device"];
    for (field, expected) in [
        ("device_id", json!(device)),
        ("state", json!("approved")),
        ("proof", json!("first")),
        ("uploads", json!(3)),
        ("readings_stored", json!(3)),
        ("entries_rejected", json!(0)),
    ] {
        assert_eq!(place[field], expected, "{field}: {claim}");
    }
    assert_eq!(place["registrant"]["address"], "203.0.113.7", "{claim}");
    assert!(place["last_seen"].is_string(), "{claim}");
}

#[test]
fn claims_are_for_administrators_and_in_every_format() {
    let app = TestApp::shared();
    app.get("/api/v1/claims").problem(401, "unauthorised");
    for path in [
        "/api/v1/claims/1/confirm",
        "/api/v1/claims/1/refuse",
        "/api/v1/devices/x/code",
        "/api/v1/devices/x/release",
    ] {
        app.post(path, &json!({"reason": "x"})).problem(401, "unauthorised");
    }
    let enterprise = Enterprise::new("格式");
    app.terminal(&enterprise);
    check_in_place(&app.post("/register", &registration(&enterprise)));
    let csv =
        app.admin_get(&format!("/api/v1/claims?format=csv&state=pending&q={}", enterprise.code));
    assert_eq!(csv.status, 200, "{}", csv.text());
    assert!(csv.text().contains(&enterprise.code), "{}", csv.text());
    app.admin_get("/api/v1/claims?state=open").problem(400, "parameter_invalid");
    for id in ["999999", "0"] {
        let claim = json!({"claim_id": id.parse::<u32>().expect("a number")});
        decide(&app, &claim, "confirm", &json!({})).problem(404, "not_found");
    }
}

#[test]
fn a_confirmed_claimant_gets_a_new_device_once_and_the_old_id_is_refused() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("更换");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    upload(&app, &enterprise, &old).received();
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    let decided = decide(&app, &claim, "confirm", &json!({"reason": "新终端"})).ok();
    assert_eq!(decided["state"], "confirmed", "{decided}");
    assert!(decided["pickup_until"].is_string(), "{decided}");
    assert_eq!(decided["reason"], "新终端", "{decided}");
    decide(&app, &claim, "confirm", &json!({})).problem(409, "conflict");

    // Only the claimant may register: another address is still refused, and the old terminal works until then.
    check_in_place(&register_from(&app, "198.51.100.2", &enterprise));
    upload(&app, &enterprise, &old).received();
    let new = device_of(&register_from(&app, "198.51.100.1", &enterprise));
    assert_ne!(new, old);
    upload(&app, &enterprise, &new).received();
    let body = upload(&app, &enterprise, &old).refused();
    assert_eq!(body["errors"][0]["code"], "forbidden", "{body}");
    assert_eq!(device_row(&app, &enterprise, &old)["state"], "revoked");
    let row = device_row(&app, &enterprise, &new);
    assert_eq!(
        (&row["state"], &row["proof"], &row["approved_by"]),
        (&json!("approved"), &json!("operator"), &json!("administrator"))
    );
    let claim = claims_of(&app, &enterprise)
        .into_iter()
        .find(|it| it["claim_id"] == claim["claim_id"])
        .expect("it stays");
    assert_eq!(claim["given_device_id"], new.as_str(), "{claim}");

    // The confirmation is valid once: from then on the terminal is known by its address, and the old address is
    // unknown.
    assert_eq!(device_of(&register_from(&app, "198.51.100.1", &enterprise)), new);
    check_in_place(&register_from(&app, "203.0.113.7", &enterprise));
    let mut body = registration(&enterprise);
    body["deviceId"] = json!(old);
    check_in_place(&post_from(&app, "203.0.113.7", "/register", &body));
    app.approve(&old).problem(409, "conflict");
}

#[test]
fn a_confirmation_is_taken_back_until_the_claimant_came() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("误点");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    decide(&app, &claim, "confirm", &json!({})).ok();
    let refused = decide(&app, &claim, "refuse", &json!({"reason": "误点"})).ok();
    assert_eq!((&refused["state"], &refused["pickup_until"]), (&json!("refused"), &json!(null)));
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    upload(&app, &enterprise, &old).received();
    check_in_place(&register_from(&app, "198.51.100.2", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    decide(&app, &claim, "confirm", &json!({})).ok();
    device_of(&register_from(&app, "198.51.100.2", &enterprise));
    decide(&app, &claim, "refuse", &json!({"reason": "晚了"})).problem(409, "conflict");
}

#[test]
fn a_refused_claimant_waits_in_vain_and_a_refusal_needs_a_reason() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = app_behind_proxy(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let enterprise = Enterprise::new("驳回");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    for body in [json!({}), json!({"reason": "  "}), json!({"reason": "a\u{7}b"})] {
        decide(&app, &claim, "refuse", &body).problem(400, "parameter_invalid");
    }
    let long = json!({"reason": "长".repeat(201)});
    decide(&app, &claim, "refuse", &long).problem(400, "parameter_invalid");
    let refused = decide(&app, &claim, "refuse", &json!({"reason": "不认识"})).ok();
    assert_eq!(
        (&refused["state"], &refused["reason"], &refused["decided_by"]),
        (&json!("refused"), &json!("不认识"), &json!("administrator"))
    );
    for _ in 0..3 {
        check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    }
    assert_eq!(claims_of(&app, &enterprise).len(), 1, "no second claim");
    upload(&app, &enterprise, &device).received();
    // After claim_days it may ask again.
    std::fs::write(clock.path(), (31 * 86_400).to_string()).expect("the clock is moved");
    claims_of(&app, &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let states: Vec<_> =
        claims_of(&app, &enterprise).iter().map(|it| it["state"].clone()).collect();
    assert_eq!(states, ["pending", "refused"]);
}

#[test]
fn time_ends_claims_that_nobody_decides_or_picks_up() {
    let clock = clock();
    let file = clock.path().to_str().expect("a path");
    let app = app_behind_proxy(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let enterprise = Enterprise::new("逾期");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    check_in_place(&register_from(&app, "198.51.100.2", &enterprise));
    let claims = claims_of(&app, &enterprise);
    decide(&app, &claims[1], "confirm", &json!({})).ok();
    std::fs::write(clock.path(), (73 * 3_600).to_string()).expect("the clock is moved");
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let state = |at: usize| claims_of(&app, &enterprise)[at]["state"].clone();
    assert_eq!(state(state_of(&app, &enterprise, &claims[1])), "expired");
    std::fs::write(clock.path(), (31 * 86_400).to_string()).expect("the clock is moved");
    assert_eq!(state(state_of(&app, &enterprise, &claims[0])), "expired");
    upload(&app, &enterprise, &old).received();
}

/// The place of a claim in the list.
fn state_of(app: &TestApp, enterprise: &Enterprise, claim: &Value) -> usize {
    claims_of(app, enterprise)
        .iter()
        .position(|it| it["claim_id"] == claim["claim_id"])
        .expect("it is listed")
}

#[test]
fn release_makes_the_next_registration_the_first_again() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("解绑");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let path = format!("/api/v1/devices/{old}/release");
    let row = app.admin("POST", &path, Vec::new()).ok();
    assert_eq!(row["state"], "revoked", "{row}");
    upload(&app, &enterprise, &old).refused();
    let new = device_of(&register_from(&app, "198.51.100.1", &enterprise));
    assert_ne!(new, old);
    let row = device_row(&app, &enterprise, &new);
    assert_eq!(
        (&row["state"], &row["proof"]),
        (&json!("pending"), &json!("first")),
        "an operator approves it"
    );
    assert_eq!(claims_of(&app, &enterprise)[0]["state"], "expired");
    app.approve(&old).problem(409, "conflict");
    app.admin("POST", &path, Vec::new()).problem(409, "conflict");
    app.admin("POST", "/api/v1/devices/none/release", Vec::new()).problem(404, "not_found");
}

#[test]
fn claims_codes_and_bindings_outlive_restarts_and_backups() {
    let mut app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("重启");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    let before = format!("{claim}");
    app.server.stop();
    app.server.launch();
    assert_eq!(format!("{}", claims_of(&app, &enterprise)[0]), before);
    let again = register_from(&app, "203.0.113.7", &enterprise);
    assert_eq!(device_of(&again), old, "the address is known");
    decide(&app, &claim, "confirm", &json!({})).ok();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let copy = app.server.data().join("backups/copy");
    let run = |arguments: &[&str]| {
        let output = command().args(arguments).output().expect("nengce runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
    };
    let text = |it: &std::path::Path| it.to_str().expect("UTF-8").to_owned();
    run(&["backup", "copy", "--server", &app.url(), "--token", ADMIN_TOKEN]);
    run(&["verify", "--server", &app.url(), "--token", ADMIN_TOKEN]);
    run(&["restore", &text(&copy), "--data", &text(&data)]);
    let restored = TestApp::with(nengce_tests::support::server::Options {
        data: Some(data),
        environment: vec![("NENGCE_TRUSTED_PROXIES".to_owned(), "127.0.0.1".to_owned())],
        ..Default::default()
    });
    for app in [&app, &restored] {
        let new = device_of(&register_from(app, "198.51.100.1", &enterprise));
        assert_ne!(new, old);
        upload(app, &enterprise, &new).received();
        upload(app, &enterprise, &old).refused();
    }
}

#[test]
fn the_commands_list_decide_and_release() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("命令");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    for address in ["198.51.100.1", "198.51.100.2"] {
        check_in_place(&register_from(&app, address, &enterprise));
    }
    let run = |arguments: &[&str]| {
        let output = command()
            .arg("device")
            .args(arguments)
            .args(["--server", &app.url(), "--token", ADMIN_TOKEN])
            .output()
            .expect("nengce runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    };
    let said = run(&["claims"]);
    for word in ["198.51.100.1", "198.51.100.2", &old, "203.0.113.7", "proved by first"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let claims = claims_of(&app, &enterprise);
    let number = |at: usize| claims[at]["claim_id"].to_string();
    assert!(run(&["refuse", &number(0), "--reason", "x"]).contains("refused"));
    assert!(run(&["confirm", &number(1)]).contains("confirmed"));
    let new = device_of(&register_from(&app, "198.51.100.1", &enterprise));
    let said = run(&["code", &new]);
    let code = said.lines().next().expect("a line");
    assert_eq!(code.len(), 14, "{said}");
    assert!(run(&["release", &new]).contains("revoked"));

    // Devices with claims of others are not approved by the command for all devices.
    let claimed = Enterprise::new("有争议");
    let device = device_of(&register_from(&app, "203.0.113.7", &claimed));
    check_in_place(&register_from(&app, "198.51.100.1", &claimed));
    let plain = device_of(&register_from(&app, "203.0.113.7", &Enterprise::new("无争议")));
    let said = run(&["approve", "all-pending"]);
    assert!(said.contains(&format!("{} is left", claimed.code)), "{said}");
    assert!(said.contains(&plain) && !said.contains(&device), "{said}");
}
