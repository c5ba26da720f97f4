//! A confirmation is valid for one claimant; where the claimant's address proves nothing, a one-time code is needed.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use serde_json::json;

use super::*;

#[test]
fn where_an_address_proves_nothing_a_claim_is_not_confirmed_and_a_code_is_the_way() {
    for setting in [
        ("NENGCE_TLS_ENDS_IN_FRONT", "false"),
        ("NENGCE_TLS_ENDS_IN_FRONT", "true"),
        ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
    ] {
        let app = TestApp::with_environment(&[setting]);
        let enterprise = Enterprise::new("本机更换");
        let old = app.terminal(&enterprise).device_id;
        check_in_place(&app.post("/register", &registration(&enterprise)));
        let claim = claims_of(&app, &enterprise).remove(0);
        let answer = decide(&app, &claim, "confirm", &json!({}));
        assert!(answer.text().contains("请改发一次性登记码"), "{setting:?}");
        assert!(
            answer.text().contains("make a one-time code and give it to the plant"),
            "{setting:?}"
        );
        answer.problem(409, "claimant_unproved");
        assert_eq!(claims_of(&app, &enterprise)[0]["state"], "pending");
        check_in_place(&app.post("/register", &registration(&enterprise)));
        upload(&app, &enterprise, &old).received();
        let path = format!("/api/v1/devices/{old}/code");
        let mut body = registration(&enterprise);
        body["registrationCode"] = app.admin("POST", &path, Vec::new()).ok()["code"].clone();
        let new = device_of(&app.post("/register", &body));
        assert_ne!(new, old);
        check_in_place(&app.post("/register", &registration(&enterprise)));
    }
}

#[test]
fn the_terminal_in_place_does_not_use_a_confirmed_claim_up() {
    let app = app_behind_proxy(&[]);
    let enterprise = Enterprise::new("本机更换");
    let old = approved_from(&app, "203.0.113.7", &enterprise);
    check_in_place(&register_from(&app, "198.51.100.1", &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    decide(&app, &claim, "confirm", &json!({})).ok();
    let mut shown = registration(&enterprise);
    shown["deviceId"] = json!(old);
    let again = post_from(&app, "198.51.100.1", "/register", &shown);
    assert_eq!(device_of(&again), old);
    check_in_place(&register_from(&app, "198.51.100.3", &enterprise));
    check_in_place(&app.post("/register", &registration(&enterprise)));
}
