//! Anhui: mutual TLS on a listener of its own; a certificate is valid for its enterprise only.

use std::ops::Deref;

use nengce_tests::support::answer::Answer;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::mutual_tls::MutualTls;
use nengce_tests::support::tls::{Authority, Identity, post};
use serde_json::{Value, json};

use super::conversation::Conversation;
use super::shandong::readings;
use crate::claims::{claims_of, decide, device_row};

struct Anhui(MutualTls);

impl Deref for Anhui {
    type Target = MutualTls;

    fn deref(&self) -> &MutualTls {
        &self.0
    }
}

impl Anhui {
    fn start() -> Self {
        Self(MutualTls::start())
    }

    fn post(&self, identity: &Identity, path: &str, body: &Value) -> Answer {
        post(&self.authority, Some(identity), &self.asking, path, body).expect("a connection")
    }

    fn register(&self, identity: &Identity, enterprise: &Enterprise) -> Answer {
        let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
        self.post(identity, "/register", &body)
    }

    /// An upload of one day as a device.
    fn upload(&self, identity: &Identity, enterprise: &Enterprise, device: &str) -> Answer {
        let entries = [day(ELECTRICITY, "2025-03-02", 1.0)];
        let body = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
        self.post(identity, "/uploadEnergyData", &body)
    }
}

#[track_caller]
fn check_refused(answer: &Answer, code: &str) {
    assert_eq!(answer.refused()["errors"][0]["code"], code, "{}", answer.text());
}

#[test]
fn the_recorded_conversation_is_answered_and_stored() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽");
    let identity = anhui.authority.issue(&enterprise.code, &[]);
    let mut talk = Conversation::new(&format!("https://{}", anhui.asking), &enterprise.code);
    talk.replay(
        "anhui",
        |path, _, body| anhui.post(&identity, path, body),
        |device| drop(anhui.app.approve(device).ok()),
    );
    let rows = readings(&anhui.app, &enterprise.code, ELECTRICITY);
    assert_eq!((rows.len(), &rows[0]["value"]), (1, &json!(123.45)));

    // A sender that knows the device id still needs the certificate.
    let device = talk.known["deviceId"].clone();
    let stranger = anhui.authority.issue(&Enterprise::new("别家").code, &[]);
    check_refused(&anhui.upload(&stranger, &enterprise, &device), "certificate_mismatch");
    let body = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": []});
    check_refused(&anhui.app.post("/uploadEnergyData", &body), "entry_device_unknown");
    assert_eq!(readings(&anhui.app, &enterprise.code, ELECTRICITY).len(), 1);
}

#[test]
fn a_certificate_of_another_enterprise_registers_nobody() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽");
    let stranger = anhui.authority.issue(&Enterprise::new("别家").code, &[]);
    check_refused(&anhui.register(&stranger, &enterprise), "certificate_mismatch");
    let named = anhui.authority.issue("terminal", &[&format!("{}.example", enterprise.code)]);
    anhui.register(&named, &enterprise).received();
}

#[test]
fn a_certificate_without_a_code_is_bound_by_its_first_registration() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽");
    let (mine, other) =
        (anhui.authority.issue("terminal 1", &[]), anhui.authority.issue("terminal 2", &[]));
    let given = anhui.register(&mine, &enterprise).received();
    let device = given["deviceId"].as_str().expect("a device").to_owned();
    check_refused(&anhui.register(&other, &enterprise), "terminal_in_place");
    check_refused(&anhui.upload(&other, &enterprise, &device), "certificate_mismatch");
    anhui.upload(&mine, &enterprise, &device).received();
    let again = anhui.register(&mine, &enterprise).received();
    assert_eq!(again["deviceId"], device.as_str(), "by its certificate");
    let row = device_row(&anhui.app, &enterprise, &device);
    assert_eq!(row["proof"], "certificate", "{row}");
    // The id is no proof on a listener with certificates.
    let body =
        json!({"enterpriseCode": enterprise.code, "region": enterprise.region, "deviceId": device});
    let shown = anhui.post(&other, "/register", &body);
    check_refused(&shown, "terminal_in_place");

    // An operator moves the binding to the other certificate.
    let claim = claims_of(&anhui.app, &enterprise).remove(0);
    assert_eq!(claim["claimant"]["subject"], "terminal 2", "{claim}");
    let fingerprint = claim["claimant"]["certificate"].as_str();
    assert_eq!(fingerprint.map(str::len), Some(64), "{claim}");
    decide(&anhui.app, &claim, "confirm", &json!({})).ok();
    let moved = anhui.register(&other, &enterprise).received();
    let moved = moved["deviceId"].as_str().expect("a device").to_owned();
    assert_ne!(moved, device);
    anhui.upload(&other, &enterprise, &moved).received();
    check_refused(&anhui.upload(&mine, &enterprise, &device), "forbidden");
    check_refused(&anhui.upload(&mine, &enterprise, &moved), "certificate_mismatch");
}

#[test]
fn one_nameless_certificate_binds_a_second_enterprise_only_by_an_operator() {
    let anhui = Anhui::start();
    let (one, two) = (Enterprise::new("安徽甲"), Enterprise::new("安徽乙"));
    let shared = anhui.authority.issue("gateway", &[]);
    anhui.register(&shared, &one).received();
    check_refused(&anhui.register(&shared, &two), "terminal_in_place");
    let claim = claims_of(&anhui.app, &two).remove(0);
    assert_eq!(claim["device"], json!(null), "{claim}");
    let flags = claim["flags"].to_string();
    for word in ["certificate_of_another", "no_device"] {
        assert!(flags.contains(word), "{word}: {claim}");
    }
    // The attempt does not lock the enterprise's own terminal out.
    let own = anhui.authority.issue(&two.code, &[]);
    let given = anhui.register(&own, &two).received();
    let device = given["deviceId"].as_str().expect("a device").to_owned();
    anhui.app.approve(&device).ok();
    anhui.upload(&own, &two, &device).received();
    check_refused(&anhui.register(&shared, &two), "terminal_in_place");

    // A gateway sends for several enterprises once an operator has allowed it.
    let three = Enterprise::new("安徽丙");
    check_refused(&anhui.register(&shared, &three), "terminal_in_place");
    let claim = claims_of(&anhui.app, &three).remove(0);
    decide(&anhui.app, &claim, "confirm", &json!({})).ok();
    let given = anhui.register(&shared, &three).received();
    let device = given["deviceId"].as_str().expect("a device").to_owned();
    anhui.upload(&shared, &three, &device).received();
}

#[test]
fn a_renewed_certificate_that_names_the_enterprise_is_its_own() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽");
    let (old, renewed) = (
        anhui.authority.issue(&enterprise.code, &[]),
        anhui.authority.issue(&enterprise.code, &[]),
    );
    let given = anhui.register(&old, &enterprise).received();
    let again = anhui.register(&renewed, &enterprise).received();
    assert_eq!(given["deviceId"], again["deviceId"]);
    assert!(claims_of(&anhui.app, &enterprise).is_empty());
}

#[test]
fn without_a_trusted_certificate_there_is_no_connection() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽");
    let foreign = Authority::new("another authority").issue(&enterprise.code, &[]);
    let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    for identity in [None, Some(&foreign)] {
        let answer = post(&anhui.authority, identity, &anhui.asking, "/register", &body);
        assert!(answer.is_err(), "{}", answer.map(|it| it.text()).unwrap_or_default());
    }
    // The server's own listener requests no certificate and uses TLS too.
    let url = anhui.app.server.listens_on();
    post(&anhui.authority, None, &url, "/register", &body).expect("a connection").received();
}

#[test]
fn a_rotated_id_and_a_replaced_certificate_are_accepted_until_the_new_ones_are_used() {
    let anhui = Anhui::start();
    let enterprise = Enterprise::new("安徽轮换");
    let (one, two) =
        (anhui.authority.issue("terminal 1", &[]), anhui.authority.issue("terminal 2", &[]));
    let id = |given: &Answer| given.received()["deviceId"].as_str().expect("a device").to_owned();
    let first = id(&anhui.register(&one, &enterprise));
    anhui.app.approve(&first).ok();
    let body = |more: Value| {
        let mut body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
        body.as_object_mut().expect("a body").extend(more.as_object().cloned().unwrap_or_default());
        body
    };
    // The certificate proves; the answer may be lost once.
    let asks = body(json!({"newSecret": true}));
    let second = id(&anhui.post(&one, "/register", &asks));
    assert_eq!(id(&anhui.post(&one, "/register", &asks)), second);
    assert_ne!(second, first);
    anhui.upload(&one, &enterprise, &first).received();
    anhui.upload(&one, &enterprise, &second).received();
    check_refused(&anhui.upload(&one, &enterprise, &first), "forbidden");

    // A code binds the enterprise to another certificate; each id goes with its own.
    let path = format!("/api/v1/devices/{second}/code");
    let code = anhui.app.admin("POST", &path, Vec::new()).ok()["code"].clone();
    let third = id(&anhui.post(&two, "/register", &body(json!({"registrationCode": code}))));
    anhui.upload(&one, &enterprise, &second).received();
    check_refused(&anhui.upload(&two, &enterprise, &second), "certificate_mismatch");
    check_refused(&anhui.upload(&one, &enterprise, &third), "certificate_mismatch");
    anhui.upload(&one, &enterprise, &second).received();
    anhui.upload(&two, &enterprise, &third).received();
    check_refused(&anhui.upload(&one, &enterprise, &second), "forbidden");
}
