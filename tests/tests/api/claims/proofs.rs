//! What proves a registration by the current terminal, and what proves nothing.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use serde_json::json;

use super::*;

#[test]
fn a_stranger_is_told_nothing_of_an_approved_terminal_and_moves_nothing() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("已接入甲");
    let terminal = app.terminal(&enterprise);
    let before = app.get(&format!("/api/v1/units/{}", enterprise.code)).ok();
    // The address is the same, but it is that of this machine, which identifies no plant.
    let mut stranger = registration(&enterprise);
    stranger["region"] = json!("120101");
    stranger["name"] = json!("别家");
    check_in_place(&app.post("/register", &stranger));
    for guess in ["", "0", &"0".repeat(32), &terminal.device_id[..31]] {
        stranger["deviceId"] = json!(guess);
        check_in_place(&app.post("/register", &stranger));
    }
    let after = app.get(&format!("/api/v1/units/{}", enterprise.code)).ok();
    assert_eq!(before["unit"], after["unit"]);
    upload(&app, &enterprise, &terminal.device_id).received();
}

#[test]
fn whoever_comes_first_has_the_device_approved_or_not() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("待批甲");
    let first = app.registered(&enterprise);
    check_in_place(&app.post("/register", &registration(&enterprise)));
    let again = app.registered(&enterprise);
    assert_eq!(again.registration, first.registration, "with its id");
}

#[test]
fn of_many_at_once_one_is_first() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("同时");
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let one = || app.post("/register", &registration(&enterprise)).json();
        let all: Vec<_> = (0..16).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    let given = answers.iter().filter(|it| it["deviceId"].is_string());
    assert_eq!(given.count(), 1, "{answers:?}");
    let refused = answers.iter().filter(|it| it["errors"][0]["code"] == "terminal_in_place");
    assert_eq!(refused.count(), 15, "{answers:?}");
    assert_eq!(claims_of(&app, &enterprise).len(), 1);
}

#[test]
fn the_device_id_proves_and_the_proof_is_shown() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("已接入乙");
    let terminal = app.terminal(&enterprise);
    let row = device_row(&app, &enterprise, &terminal.device_id);
    assert_eq!(row["proof"], "first", "{row}");
    assert_eq!(app.registered(&enterprise).device_id, terminal.device_id);
    let row = device_row(&app, &enterprise, &terminal.device_id);
    assert_eq!(row["proof"], "secret", "{row}");
    assert_eq!(row["registrant"]["profile"], "national", "{row}");
    assert_eq!(row["registrant"]["address"], "127.0.0.1", "{row}");
    assert_eq!(row["open_claims"], 0, "{row}");
    check_in_place(&app.post("/register", &registration(&enterprise)));
    let row = device_row(&app, &enterprise, &terminal.device_id);
    assert_eq!(row["open_claims"], 1, "{row}");
}

#[test]
fn the_same_address_proves_another_does_not_and_what_a_client_forges_is_not_read() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("地址");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    let again = register_from(&app, "203.0.113.7", &enterprise);
    assert_eq!(device_of(&again), device);
    assert_eq!(device_row(&app, &enterprise, &device)["proof"], "address");
    for other in
        ["203.0.113.8", "198.51.100.1", "203.0.113.7, 198.51.100.1", "127.0.0.1", "", "nonsense"]
    {
        check_in_place(&register_from(&app, other, &enterprise));
    }
    // Each proxy appends the address of its peer, so the last address is the client's.
    let appended = register_from(&app, "198.51.100.1, 203.0.113.7", &enterprise);
    assert_eq!(device_of(&appended), device);

    // Without a trusted proxy, anyone may have written the header.
    let open = TestApp::shared();
    let enterprise = Enterprise::new("地址");
    approved_from(&open, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&open, "203.0.113.7", &enterprise));
}

#[test]
fn loopback_and_a_proxy_that_is_not_trusted_prove_nothing() {
    for setting in [("NENGCE_TLS_ENDS_IN_FRONT", "true"), ("NENGCE_TRUSTED_PROXIES", "127.0.0.1")] {
        let app = TestApp::with_environment(&[setting]);
        let enterprise = Enterprise::new("本机");
        let device = device_of(&app.post("/register", &registration(&enterprise)));
        app.approve(&device).ok();
        check_in_place(&app.post("/register", &registration(&enterprise)));
        let claims = claims_of(&app, &enterprise);
        let flags = claims[0]["flags"].to_string();
        assert!(flags.contains("no_address"), "{setting:?}: {flags}");
    }
}

#[test]
fn a_network_proves_where_the_configuration_says_so() {
    let app = app_behind_proxy(&[("NENGCE_REGISTRATION_PROOFS", "network")]);
    let enterprise = Enterprise::new("网段");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    assert_eq!(device_of(&register_from(&app, "203.0.113.99", &enterprise)), device);
    assert_eq!(device_row(&app, &enterprise, &device)["proof"], "network");
    check_in_place(&register_from(&app, "203.0.114.7", &enterprise));
    // A network does not move along with its last address.
    assert_eq!(device_row(&app, &enterprise, &device)["registrant"]["address"], "203.0.113.7");
    let strict = app_behind_proxy(&[("NENGCE_REGISTRATION_PROOFS", "certificate")]);
    let enterprise = Enterprise::new("网段");
    let device = approved_from(&strict, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&strict, "203.0.113.7", &enterprise));
    let mut body = registration(&enterprise);
    body["deviceId"] = json!(device);
    check_in_place(&post_from(&strict, "203.0.113.7", "/register", &body));
}

#[test]
fn a_terminal_that_moved_shows_its_id_once_and_is_known_from_there_on() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("搬迁");
    let device = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "203.0.114.9", &enterprise));
    let mut body = registration(&enterprise);
    body["deviceId"] = json!(device);
    let moved = post_from(&app, "203.0.114.9", "/register", &body);
    assert_eq!(device_of(&moved), device);
    let again = register_from(&app, "203.0.114.9", &enterprise);
    assert_eq!(device_of(&again), device);
    check_in_place(&register_from(&app, "203.0.113.7", &enterprise));
}

#[test]
fn an_upload_with_the_right_id_makes_an_unknown_address_known() {
    let mut app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("旧终端");
    // Registered from this machine, as after an update from a version that stored no addresses.
    let device = approved_from(&app, "127.0.0.1", &enterprise);
    check_in_place(&register_from(&app, "203.0.113.7", &enterprise));
    let entries = [day(ELECTRICITY, "2025-03-02", 1.0)];
    let body = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
    post_from(&app, "203.0.113.7", "/uploadEnergyData", &body).received();
    let again = register_from(&app, "203.0.113.7", &enterprise);
    assert_eq!(device_of(&again), device);
    // A later upload from elsewhere does not change it.
    post_from(&app, "198.51.100.9", "/uploadEnergyData", &body).received();
    check_in_place(&register_from(&app, "198.51.100.9", &enterprise));
    app.server.stop();
    app.server.launch();
    let again = register_from(&app, "203.0.113.7", &enterprise);
    assert_eq!(device_of(&again), device);
}
