//! What comes back from the provider is believed only where it belongs to a sign-in that this browser began, and where the
//! token is signed for this server, in time, with the nonce of this sign-in.

use nengce_tests::support::person::Person;
use nengce_tests::support::provider::{
    CLIENT_SECRET, Provider, begin, come_back, sign_in, try_begin,
};
use serde_json::json;

use super::refused;
use crate::accounts::move_clock;

/// A provider with an inspector `wang`.
fn provider() -> Provider {
    let provider = Provider::start();
    provider.person("wang", &json!({"roles": ["nc-inspect"]}));
    provider
}

#[test]
fn an_answer_counts_once_for_the_browser_that_began_and_in_time() {
    let provider = provider();
    let clock = tempfile::NamedTempFile::new().expect("a file");
    let file = clock.path().to_str().expect("a path");
    let app = provider.app(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    let expired = "provider_sign_in_expired";

    let (mine, other) = (begin(&app), begin(&app));
    for part in ["code_challenge_method=S256", "state=", "nonce=", "response_type=code"] {
        assert!(mine.address.contains(part), "{}", mine.address);
    }
    let query = provider.sign_in(&mine.address, "wang");
    come_back(&app, &other.cookie, &query).problem(401, expired);
    come_back(&app, "", &query).problem(401, expired);
    let changed = query.replace("state=", "state=x");
    come_back(&app, &mine.cookie, &changed).problem(401, expired);
    // What another browser tried ended nothing.
    Person::of(&app, &come_back(&app, &mine.cookie, &query));
    come_back(&app, &mine.cookie, &query).problem(401, expired);

    let late = begin(&app);
    let query = provider.sign_in(&late.address, "wang");
    move_clock(&clock, 10 * 60 + 1);
    come_back(&app, &late.cookie, &query).problem(401, expired);
}

#[test]
fn a_code_of_another_sign_in_and_a_code_that_was_used_are_refused() {
    let provider = provider();
    let app = provider.app(&[]);
    let code = |query: &str| {
        let pairs = query.trim_start_matches('?').split('&');
        pairs.filter_map(|it| it.strip_prefix("code=")).collect::<String>()
    };
    let (victim, attacker) = (begin(&app), begin(&app));
    let stolen = provider.sign_in(&victim.address, "wang");
    let own = provider.sign_in(&attacker.address, "wang");
    // The code belongs to the verifier of the other sign-in (PKCE).
    let mixed = own.replace(&code(&own), &code(&stolen));
    come_back(&app, &attacker.cookie, &mixed).problem(401, "provider_refused");

    let first = begin(&app);
    let query = provider.sign_in(&first.address, "wang");
    Person::of(&app, &come_back(&app, &first.cookie, &query));
    let second = begin(&app);
    let other = provider.sign_in(&second.address, "wang");
    let replayed = other.replace(&code(&other), &code(&query));
    come_back(&app, &second.cookie, &replayed).problem(401, "provider_refused");
}

#[test]
fn a_token_that_is_not_right_in_every_claim_is_refused() {
    let provider = provider();
    let app = provider.app(&[]);
    let now = jiff::Timestamp::now().as_second();
    for (claims, why) in [
        (json!({"nonce": "another"}), "nonce"),
        (json!({"nonce": null}), "nonce"),
        (json!({"aud": "another"}), "audience"),
        (json!({"aud": ["nengce", "another"]}), "audience"),
        (json!({"iss": "http://127.0.0.1:1"}), "issuer"),
        (json!({"exp": now - 120}), "expired"),
        (json!({"iat": now + 120}), "issued in the future"),
    ] {
        provider.tell(&json!({"claims": claims}));
        sign_in(&app, &provider, "wang").problem(401, "provider_refused");
        let (actor, reason) = refused(&app).pop().expect("it is on record");
        assert!(actor.is_empty());
        let told = reason.to_lowercase();
        assert!(told.starts_with("provider_refused") && told.contains(why), "{claims}: {reason}");
    }
    provider.tell(&json!({"claims": null, "foreignKey": true}));
    sign_in(&app, &provider, "wang").problem(401, "provider_refused");
    // Clocks may differ by a minute.
    provider.tell(&json!({"claims": {"exp": now - 20, "iat": now + 20}, "foreignKey": false}));
    Person::of(&app, &sign_in(&app, &provider, "wang"));
}

#[test]
fn a_refusal_of_the_provider_and_a_request_of_another_site_end_in_nothing() {
    let provider = provider();
    let limit = ("NENGCE_MAX_OIDC_SIGN_INS_PER_ADDRESS_PER_MINUTE", "3");
    let app =
        provider.app(&[limit, ("NENGCE_LOG", "trace"), ("NENGCE_TRUSTED_PROXIES", "127.0.0.1")]);
    let begun = begin(&app);
    let state = begun.address.split('&').find(|it| it.starts_with("state=")).expect("a state");
    let query = format!("?error=access_denied&error_description=no&{state}");
    come_back(&app, &begun.cookie, &query).problem(401, "provider_refused");
    assert!(refused(&app)[0].1.contains("access_denied no"));
    let begun = begin(&app);
    let query = provider.sign_in(&begun.address, "wang");
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("content-type", "application/json"),
        ("cookie", begun.cookie.as_str()),
    ];
    let body = json!({"query": query}).to_string().into_bytes();
    app.post_bytes("/api/v1/session/provider/answer", body, &headers).problem(403, "csrf_refused");
    app.post_bytes("/api/v1/session/provider", Vec::new(), &headers).problem(403, "csrf_refused");
    Person::of(&app, &come_back(&app, &begun.cookie, &query));
    try_begin(&app).ok();
    try_begin(&app).problem(429, "rate_limited");
    app.get(&format!("/sign-in{query}"));
    let log = app.server.log();
    let code = query.split('&').find(|it| it.contains("code=")).expect("a code");
    let code = code.trim_start_matches(['?', '&']).trim_start_matches("code=");
    let secret = begun.cookie.split('=').nth(1).expect("a secret");
    for kept in [code, secret, CLIENT_SECRET] {
        assert!(!log.contains(kept), "a secret is in the log");
    }
}
