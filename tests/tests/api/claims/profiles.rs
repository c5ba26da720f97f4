//! A registration through another province's profile, or with a certificate without a credit code, binds the enterprise
//! to nothing.

use nengce_messages::profile::yunnan::encrypt_password;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use serde_json::json;

use super::*;

fn app() -> TestApp {
    TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong,yunnan"),
        ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
    ])
}

const PLANT: &str = "203.0.113.7";
const STRANGER: &str = "198.51.100.1";

/// Yunnan's refusal in the form of its profile.
#[track_caller]
fn check_yunnan(answer: &Answer) {
    let body = answer.ok();
    assert_eq!(body["responseCode"], 403, "{body}");
    let sentence = "该企业已有终端，更换请联系节能中心";
    assert_eq!(body["responseMessage"], sentence, "{body}");
    assert!(body["data"].get("secretKey").is_none(), "{body}");
}

fn rwk(app: &TestApp, address: &str, body: &Value) -> Answer {
    post_from(app, address, "/YNEnergy/enterpriseInfo/rwk", body)
}

#[test]
fn a_stranger_in_another_profile_locks_nobody_out() {
    let app = app();
    let enterprise = Enterprise::new("多规约");
    let device = device_of(&register_from(&app, PLANT, &enterprise));
    let strange = post_from(&app, STRANGER, "/enterprise/register", &registration(&enterprise));
    check_in_place(&strange);
    let named = json!({"enterpriseCode": enterprise.code});
    check_yunnan(&rwk(&app, STRANGER, &named));
    // The terminal itself continues as before, pending and approved.
    upload(&app, &enterprise, &device).received();
    assert_eq!(device_of(&register_from(&app, PLANT, &enterprise)), device);
    app.approve(&device).ok();
    upload(&app, &enterprise, &device).received();
    // The plant's own address does not move it to another profile either.
    let elsewhere = post_from(&app, PLANT, "/enterprise/register", &registration(&enterprise));
    check_in_place(&elsewhere);
    let claims = claims_of(&app, &enterprise);
    assert_eq!(claims.len(), 3, "{claims:?}");
    let differ = |it: &Value| it["flags"].to_string().contains("profile_differs");
    assert!(claims.iter().all(differ), "{claims:?}");
}

#[test]
fn a_stranger_who_was_first_in_another_profile_yields_to_the_operator() {
    let app = app();
    let enterprise = Enterprise::new("抢注");
    let strange = post_from(&app, STRANGER, "/enterprise/register", &registration(&enterprise));
    let stolen = device_of(&strange);
    check_in_place(&register_from(&app, PLANT, &enterprise));
    let claim = claims_of(&app, &enterprise).remove(0);
    decide(&app, &claim, "confirm", &json!({})).ok();
    let device = device_of(&register_from(&app, PLANT, &enterprise));
    assert_ne!(device, stolen);
    upload(&app, &enterprise, &device).received();
    let body = json!({"deviceId": stolen, "enterpriseCode": enterprise.code, "data": []});
    post_from(&app, STRANGER, "/enterprise/uploadEnergyData", &body).refused();
    check_in_place(&post_from(&app, STRANGER, "/enterprise/register", &registration(&enterprise)));
}

#[test]
fn shandongs_key_is_told_to_its_terminal_alone() {
    let app = app();
    let enterprise = Enterprise::new("山东密钥");
    let path = "/enterprise/register";
    let first = post_from(&app, PLANT, path, &registration(&enterprise)).received();
    app.approve(first["deviceId"].as_str().expect("a device")).ok();
    check_in_place(&post_from(&app, STRANGER, path, &registration(&enterprise)));
    let again = post_from(&app, PLANT, path, &registration(&enterprise)).received();
    assert_eq!(again, first, "by its address");
    for field in ["deviceId", "secretKey"] {
        let mut shown = registration(&enterprise);
        shown[field] = first[field].clone();
        let moved = post_from(&app, "192.0.2.1", path, &shown).received();
        assert_eq!(moved, first, "by its {field}");
    }
    // A confirmed claimant gets a key of its own.
    check_in_place(&post_from(&app, STRANGER, path, &registration(&enterprise)));
    let claim = claims_of(&app, &enterprise).remove(0);
    decide(&app, &claim, "confirm", &json!({})).ok();
    let new = post_from(&app, STRANGER, path, &registration(&enterprise)).received();
    assert_ne!(new["secretKey"], first["secretKey"]);
    assert_ne!(new["deviceId"], first["deviceId"]);
}

#[test]
fn yunnans_working_key_is_told_to_its_terminal_alone() {
    let app = app();
    let enterprise = Enterprise::new("云南密钥");
    let named = json!({"enterpriseCode": enterprise.code});
    let key = rwk(&app, PLANT, &named).ok()["data"]["secretKey"].clone();
    let key = key.as_str().expect("a key").to_owned();
    // This happens before a password exists.
    check_yunnan(&rwk(&app, STRANGER, &named));
    assert_eq!(rwk(&app, PLANT, &named).ok()["data"]["secretKey"], key);
    let applied = |key: &str, address: &str| {
        let password = encrypt_password(key, &enterprise.code, "12345678").expect("a password");
        let body = json!({
            "enterpriseCode": enterprise.code, "password": password, "regionCode": "530102", "cmpName": "云南", "industryCode": "C3011",
        });
        post_from(&app, address, "/YNEnergy/enterpriseInfo/apply", &body).ok()
    };
    let strange = applied("0123456789abcdef", STRANGER);
    assert_ne!(strange["responseCode"], 200, "{strange}");
    let given = applied(&key, PLANT);
    let index = given["data"]["dataIndex"].as_str().expect("an index").to_owned();
    app.approve(&index).ok();
    check_yunnan(&rwk(&app, STRANGER, &named));
    for (field, secret) in [("secretKey", &key), ("dataIndex", &index)] {
        let shown = json!({"enterpriseCode": enterprise.code, field: secret});
        let told = rwk(&app, "192.0.2.1", &shown).ok();
        assert_eq!(told["data"]["secretKey"], key.as_str(), "{field}: {told}");
    }
    // The claimant's new key decrypts nothing old, and the application is sent again.
    let claims = claims_of(&app, &enterprise);
    let claim = claims.iter().find(|it| it["claimant"]["address"] == STRANGER);
    decide(&app, claim.expect("a claim"), "confirm", &json!({})).ok();
    let new = rwk(&app, STRANGER, &named).ok()["data"]["secretKey"].clone();
    let new = new.as_str().expect("a key").to_owned();
    assert_ne!(new, key);
    assert_ne!(applied(&key, PLANT)["responseCode"], 200);
    let given = applied(&new, STRANGER);
    assert_eq!(given["responseCode"], 200, "{given}");
    assert_ne!(given["data"]["dataIndex"], index.as_str());
    let row = device_row(&app, &enterprise, given["data"]["dataIndex"].as_str().expect("an index"));
    assert_eq!(row["state"], "approved", "{row}");
}

#[test]
fn release_undoes_keys_and_passwords() {
    let app = app();
    let enterprise = Enterprise::new("解绑密钥");
    let path = "/enterprise/register";
    let first = post_from(&app, PLANT, path, &registration(&enterprise)).received();
    let device = first["deviceId"].as_str().expect("a device");
    app.approve(device).ok();
    let release = format!("/api/v1/devices/{device}/release");
    app.admin("POST", &release, Vec::new()).ok();
    // This holds in any profile, and nothing of the old key remains.
    let national = device_of(&register_from(&app, STRANGER, &enterprise));
    app.approve(&national).ok();
    upload(&app, &enterprise, &national).received();
    app.admin("POST", &format!("/api/v1/devices/{national}/release"), Vec::new()).ok();
    let second = post_from(&app, PLANT, path, &registration(&enterprise)).received();
    assert_ne!(second["secretKey"], first["secretKey"]);
}
