//! The accounts of people who sign in at the provider: created at the first sign-in, with the rights that the provider
//! names now, and managed there.

use nengce_shared::access::role::Role;
use nengce_tests::support::person::{PASSWORD, Person, create, try_sign_in};
use nengce_tests::support::provider::{Provider, begin, come_back, sign_in};
use serde_json::{Value, json};

use super::refused;

#[test]
fn the_first_sign_in_creates_an_account_with_the_roles_of_the_claims() {
    let provider = Provider::start();
    let app = provider.app(&[]);
    let view = app.get("/api/v1/session").ok();
    assert_eq!(view["provider"], json!({"zh": "单位统一认证", "en": "Organisation account"}));
    // A name and an e-mail address are no proof of who somebody is.
    create(&app, "wang", &[Role::SecurityAdministrator], &[], &[]);
    let claims = json!({"name": "王某", "email": "wang", "preferred_username": "wang", "roles": ["nc-inspect", "else"]});
    provider.person("wang", &claims);

    let answer = sign_in(&app, &provider, "wang");
    let person = Person::of(&app, &answer);
    assert_eq!(person.account["roles"], json!(["inspector"]));
    assert_eq!(person.account["display_name"], "王某");
    assert_eq!(person.account["at_provider"], true);
    let name = person.account["name"].as_str().expect("a name").to_owned();
    assert!(name.starts_with("oidc-"), "{name}");
    for part in ["nengce_session=", "HttpOnly", "SameSite=Strict"] {
        assert!(answer.header("set-cookie").contains(part), "{}", answer.header("set-cookie"));
    }
    let out = person.account["provider_sign_out"].as_str().expect("an address");
    assert!(out.starts_with(&format!("{}/session/end?client_id=nengce", provider.issuer)), "{out}");
    person.get("/api/v1/dual-control").ok();
    person.get("/api/v1/accounts").problem(403, "forbidden");

    let again = Person::of(&app, &sign_in(&app, &provider, "wang"));
    assert_eq!(again.account["name"], name.as_str(), "it is the same account");
    assert!(!person.get("/api/v1/session").ok()["account"].is_null(), "nothing of it changed");
    let events = app.admin_get("/api/v1/audit?order=oldest&action=session.start").ok();
    let rows = events["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{events}");
    assert!(rows.iter().all(|it| it["event"]["actor"] == name.as_str()), "{events}");
    assert_eq!(rows[0]["event"]["object"], name.as_str());
    let after = rows[0]["event"]["after"].as_str().expect("the new account");
    assert!(after.contains(&provider.issuer) && after.contains("inspector"), "{after}");
}

#[test]
fn rights_follow_the_claims_and_sessions_end_when_they_change() {
    let provider = Provider::start();
    let app = provider.app(&[]);
    let claims = json!({"roles": ["nc-inspect", "nc-district"], "districts": ["120112", "999999"]});
    provider.person("zheng", &claims);
    let first = Person::of(&app, &sign_in(&app, &provider, "zheng"));
    assert_eq!(first.account["districts"].as_array().expect("districts").len(), 1);
    provider.person("zheng", &json!({"roles": "nc-district", "districts": ["120112"]}));
    let second = Person::of(&app, &sign_in(&app, &provider, "zheng"));
    assert_eq!(second.account["roles"], json!(["district_office"]));
    assert!(first.get("/api/v1/session").ok()["account"].is_null(), "the wider session ended");

    provider.person("zheng", &json!({"roles": []}));
    sign_in(&app, &provider, "zheng").problem(403, "provider_roles_missing");
    assert!(second.get("/api/v1/session").ok()["account"].is_null(), "no role is left");
    let row = |app: &nengce_tests::support::app::TestApp| {
        let list = app.admin_get("/api/v1/accounts").ok();
        let rows = list["rows"].as_array().cloned().unwrap_or_default();
        rows.into_iter().find(|it| it["at_provider"] == true).expect("its account")
    };
    assert_eq!(row(&app)["roles"], json!([]));
    let (actor, reason) = refused(&app).pop().expect("it is on record");
    assert_eq!(actor, row(&app)["name"].as_str().expect("a name"));
    assert!(reason.starts_with("provider_roles_missing"), "{reason}");
}

#[test]
fn whoever_has_no_role_or_no_scope_gets_no_account() {
    let provider = Provider::start();
    let app = provider.app(&[("NENGCE_SECOND_FACTOR_ROLES", "system_administrator")]);
    for (claims, words) in [
        (json!({}), "本平台的角色"),
        (json!({"roles": ["inspector"]}), "本平台的角色"),
        (json!({"roles": ["nc-district"]}), "districts"),
        (json!({"roles": ["nc-clerk"], "units": ["91120110MA06ABCDX2"]}), "units"),
        (json!({"roles": ["nc-audit", "nc-inspect"]}), "三员"),
    ] {
        provider.person("nobody", &claims);
        let refused = sign_in(&app, &provider, "nobody").problem(403, "provider_roles_missing");
        let detail = refused["detail"].as_str().expect("a reason");
        assert!(detail.contains(words), "{claims}: {detail}");
    }
    let rows = app.admin_get("/api/v1/accounts").ok()["rows"].clone();
    let none = rows.as_array().expect("rows").iter().all(|it| it["at_provider"] == false);
    assert!(none, "{rows}");
    let (actor, reason) = refused(&app).pop().expect("it is on record");
    assert!(actor.is_empty() && reason.contains("sub nobody"), "{actor} {reason}");
}

#[test]
fn an_administrator_needs_a_second_factor_at_the_provider() {
    let provider = Provider::start();
    let app = provider.app(&[]);
    provider.person("feng", &json!({"roles": ["nc-audit"]}));
    sign_in(&app, &provider, "feng").problem(403, "provider_second_factor_missing");
    provider.tell(&json!({"claims": {"amr": ["pwd"]}}));
    sign_in(&app, &provider, "feng").problem(403, "provider_second_factor_missing");
    provider.tell(&json!({"claims": {"amr": ["pwd", "otp"]}}));
    let person = Person::of(&app, &sign_in(&app, &provider, "feng"));
    assert_eq!(person.account["second_factor_owed"], false);
    person.get("/api/v1/audit").ok();
    provider.tell(&json!({"claims": null}));
    sign_in(&app, &provider, "feng").problem(403, "provider_second_factor_missing");
}

#[test]
fn what_the_provider_keeps_is_not_changed_here_and_a_suspended_account_stays_out() {
    let provider = Provider::start();
    let app = provider.app(&[]);
    provider.person("wang", &json!({"roles": ["nc-inspect"]}));
    let person = Person::of(&app, &sign_in(&app, &provider, "wang"));
    let name = person.account["name"].as_str().expect("a name").to_owned();
    let password = json!({"password": "", "new_password": PASSWORD});
    person.send("PUT", "/api/v1/account/password", Some(&password)).problem(409, "conflict");
    person.post("/api/v1/account/second-factor", &json!({})).problem(409, "conflict");
    try_sign_in(&app, &json!({"name": name, "password": ""}), "").problem(401, "sign_in_refused");

    let admin = |method: &str, path: &str, body: &Value| {
        let path = format!("/api/v1/accounts/{name}{path}");
        app.admin(method, &path, body.to_string().into_bytes())
    };
    let body = json!({"name": "", "display_name": "王", "roles": ["policymaker"], "districts": [], "units": []});
    admin("PUT", "", &body).problem(409, "conflict");
    admin("POST", "/invite", &json!({})).problem(409, "conflict");
    let list = format!("name,display_name,roles\n{name},王某,policymaker\n");
    let import = app.admin_post("/api/v1/accounts/import", list.into(), "text/csv");
    assert!(import.problem(422, "import_value_unreadable").to_string().contains("统一认证"));

    admin("POST", "/suspend", &json!({})).ok();
    assert!(person.get("/api/v1/session").ok()["account"].is_null());
    sign_in(&app, &provider, "wang").problem(403, "forbidden");
    assert_eq!(refused(&app).pop().expect("it is on record").0, name);
    let resumed = admin("POST", "/resume", &json!({})).ok();
    assert_eq!(resumed["state"], "active");
    Person::of(&app, &sign_in(&app, &provider, "wang"));
}

#[test]
fn an_account_outlives_a_restart_and_a_sign_in_under_way_does_not() {
    let provider = Provider::start();
    let mut app = provider.app(&[]);
    provider.person("wang", &json!({"roles": ["nc-inspect"]}));
    let before = Person::of(&app, &sign_in(&app, &provider, "wang")).account;
    let begun = begin(&app);
    app.server.stop();
    app.server.launch();
    let query = provider.sign_in(&begun.address, "wang");
    come_back(&app, &begun.cookie, &query).problem(401, "provider_sign_in_expired");
    let after = Person::of(&app, &sign_in(&app, &provider, "wang")).account;
    assert_eq!((&after["name"], &after["roles"]), (&before["name"], &before["roles"]));
}
