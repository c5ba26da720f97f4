//! Security headers on every answer; HTTP/1.1 names its host once.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{PASSWORD, create, try_sign_in};
use nengce_tests::support::raw::exchange;
use serde_json::json;

#[test]
fn every_answer_tells_browsers_what_they_may_not() {
    let app = TestApp::shared();
    let answers = [
        app.get("/"),
        app.get("/units"),
        app.get("/theme.js"),
        app.get("/api/docs"),
        app.get("/api/docs.js"),
        app.get("/api/v1/meta"),
        app.get("/api/v1/meta?format=xyz"),
        app.get("/api/v1/nothing"),
        app.post("/register", &json!({})),
        app.post("/nothing", &json!({})),
        app.admin("DELETE", "/api/v1/meta", Vec::new()),
        app.get("/metrics"),
        app.admin_get("/metrics"),
        app.get("/healthz"),
        app.get("/readyz"),
        app.get("/api/openapi.json"),
        app.get("/api/docs.css"),
        app.get("/api/v1/session"),
        app.post("/api/v1/session", &json!({"name": "nobody", "password": "wrong"})),
        app.post("/api/v1/session", &json!([])),
        app.get("/api/v1/tokens"),
        app.admin_get("/api/v1/units?format=csv"),
        app.admin_get("/api/v1/units?format=xlsx"),
        app.admin_get("/api/v1/units?format=parquet"),
        app.admin_get("/api/v1/audit?format=csv"),
        app.admin_get("/api/v1/snapshot"),
        app.request("OPTIONS", "/api/v1/units", &[("origin", "https://elsewhere.example")]),
        app.request("TRACE", "/", &[]),
        app.post_bytes("/uploadEnergyData", vec![b' '; 2 << 20], &[]),
        exchange(&app, b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
    ];
    for it in answers {
        let policy = it.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part), "{}: {policy}", it.what);
        }
        let scripts = policy.split(';').find(|it| it.trim().starts_with("script-src "));
        assert!(scripts.is_some_and(|it| !it.contains("unsafe-inline")), "{policy}");
        assert_eq!(it.header("x-content-type-options"), "nosniff", "{}", it.what);
        assert_eq!(it.header("x-frame-options"), "DENY", "{}", it.what);
        assert_eq!(it.header("access-control-allow-origin"), "", "{}", it.what);
        assert!(!it.header("cache-control").is_empty(), "{}", it.what);
        let kind = it.header("content-type").split(';').next().unwrap_or_default();
        let is_shown = [
            "",
            "text/html",
            "text/css",
            "text/javascript",
            "text/plain",
            "application/json",
            "application/problem+json",
            "application/octet-stream",
            "application/vnd.nengce.snapshot",
        ];
        let is_file = it.header("content-disposition").starts_with("attachment");
        assert!(is_file || is_shown.contains(&kind), "{}: {kind} is no file to keep", it.what);
        for name in [
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
        ] {
            assert!(!it.header(name).is_empty(), "{}: {name}", it.what);
        }
        assert_eq!(it.header("strict-transport-security"), "", "{}", it.what);
    }
}

#[test]
fn what_depends_on_the_reader_is_kept_by_no_cache_between() {
    let app = TestApp::shared();
    for path in ["/api/v1/devices", "/api/v1/uploads", "/api/v1/claims", "/api/v1/tokens"] {
        assert_eq!(app.admin_get(path).header("cache-control"), "no-store", "{path}");
    }
    for path in ["/", "/api/v1/units", "/api/v1/snapshot"] {
        assert_eq!(app.get(path).header("cache-control"), "no-cache", "{path}");
    }
}

#[test]
fn where_tls_ends_in_front_browsers_come_back_by_https() {
    let app = TestApp::with_environment(&[("NENGCE_TLS_ENDS_IN_FRONT", "true")]);
    let told = app.get("/healthz");
    assert!(told.header("strict-transport-security").starts_with("max-age="));
    create(&app, "wei", &[Role::Inspector], &[], &[]);
    let signed_in = try_sign_in(&app, &json!({"name": "wei", "password": PASSWORD}), "");
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), "{cookie}");
}

#[test]
fn pages_have_no_script_and_no_style_within() {
    let app = TestApp::shared();
    for path in ["/", "/api/docs"] {
        let page = app.get(path).text();
        for part in page.split("<script").skip(1) {
            let inside = part.split_once('>').map_or("", |it| it.1);
            assert!(
                part.trim_start().starts_with("src=") || part.contains("src=\""),
                "{path}: {part}"
            );
            assert!(inside.starts_with("</script>"), "{path}: an inline script");
        }
        assert!(!page.contains("<style"), "{path}");
        assert!(!page.contains(" onclick=") && !page.contains("javascript:"), "{path}");
    }
    assert!(app.get("/api/docs.css").header("content-type").starts_with("text/css"));
    assert!(app.get("/api/docs.js").header("content-type").starts_with("text/javascript"));
}

#[test]
fn a_host_stands_once_and_is_one() {
    let app = TestApp::shared();
    let status = |line: &str, hosts: &[&str]| {
        let mut head = format!("{line}\r\n");
        for it in hosts {
            head.push_str(&format!("Host: {it}\r\n"));
        }
        exchange(&app, format!("{head}Connection: close\r\nContent-Length: 0\r\n\r\n").as_bytes())
    };
    let get = "GET /healthz HTTP/1.1";
    assert_eq!(status(get, &["city.example"]).status, 200);
    assert_eq!(status(get, &["[::1]:8080"]).status, 200);
    assert_eq!(status("GET /healthz HTTP/1.0", &[]).status, 200);
    let wrong: [&[&str]; 6] = [&[], &["a", "a"], &["a", "b"], &[""], &["a b"], &["user@host"]];
    for hosts in wrong {
        status(get, hosts).problem(400, "host_invalid");
        let refused = status("POST /uploadEnergyData HTTP/1.1", hosts);
        assert_eq!(refused.status, 400, "{hosts:?}");
        assert_eq!(refused.refused()["errors"][0]["code"], "host_invalid");
    }
}
