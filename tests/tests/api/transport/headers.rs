//! Security headers on every answer; HTTP/1.1 names its host once.

use nengce_tests::support::app::TestApp;
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
