//! The first page of each role of a demo: the card signs in, and the sentence has the figures of the API.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::server::Options;
use nengce_tests::support::wait::wait_until;
use serde_json::Value;

/// Account, first page, and a figure that its sentence tells.
const ROLES: [(&str, &str, &str); 12] = [
    ("policy", "/dual-control", ""),
    ("inspector", "/home", "targets.targets"),
    ("metering", "/home", "meters.soon"),
    ("district", "/home", "reporting.connected"),
    ("centre", "/home", "reporting.connected"),
    ("officer", "/home", "reporting.connected"),
    ("manager", "/home", "own_units.yesterday"),
    ("clerk", "/home", "own_units.terminals"),
    ("auditor", "/audit", ""),
    ("security", "/home", "accounts.active"),
    ("system", "/home", "machine.free"),
    ("service", "/home", "shared_units.shared"),
];

fn demo(units: &str, days: &str) -> TestApp {
    let demo = TestApp::with(Options {
        subcommand: Some("demo"),
        arguments: ["--units", units, "--days", days].map(str::to_owned).to_vec(),
        environment: vec![("NENGCE_ADMIN_TOKEN".to_owned(), String::new())],
        ..Options::default()
    });
    wait_until("the accounts of the demo", || {
        demo.get("/api/v1/session").ok()["demo_accounts"]
            .as_array()
            .is_some_and(|it| !it.is_empty())
    });
    wait_until("the demo is filled", || demo.get("/api/v1/meta").ok()["filling"].is_null());
    demo
}

/// The value that a figure of the sentence shows, and the same of the API.
fn compare(browser: &Browser, home: &Value, figure: &str) {
    let (part, name) = figure.split_once('.').expect("a part and a figure");
    let of = |list: &Value, name: &str| {
        let list = list.as_array().expect("a list").clone();
        list.into_iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{figure}: {home}"))
    };
    let expected = of(&of(&home["parts"], part)["figures"], name);
    let text = browser.text(&format!("[data-testid=sentence] [data-figure=\"{figure}\"] b"));
    let shown = text.split('/').next().unwrap_or_default().replace(',', "");
    let shown: f64 = shown.parse().unwrap_or_else(|_| panic!("{figure}: {text}"));
    let value = expected["value"].as_f64().expect("a value");
    // The room on a disk changes from one answer to the next.
    assert!((shown - value).abs() <= 0.05 * value.max(1.0), "{figure}: {text} for {value}");
    assert!(text.contains('/') == expected["of"].is_number(), "{figure}: {text}");
}

#[test]
fn each_role_of_a_demo_lands_on_its_first_page_whose_figures_are_those_of_the_api() {
    let demo = demo("30", "400");
    let browser = Browser::start(&demo.url());
    let mut found = Vec::new();
    for (name, page, figure) in ROLES {
        browser.size(1440, 900);
        browser.open_fresh("/sign-in");
        browser.wait("all('.demo-card').length === 14");
        // The card carries the first sentence of its role.
        browser.wait(&format!(
            "text(document.querySelector('[data-account={name}] .demo-sentence')).length > 3"
        ));
        browser.click(&format!("document.querySelector('[data-account={name}]')"));
        browser.wait(&format!("location.pathname === {page:?}"));
        if page != "/home" {
            browser.open("/home");
        }
        browser.wait("seen(document.querySelector('[data-testid=sentence]'))");
        browser.settle();
        if !figure.is_empty() {
            let home = demo.get(&format!("/api/v1/home?demo_account={name}")).ok();
            compare(&browser, &home, figure);
        }
        browser.wait("all('.home-figures a[href]').length > 0");
        for theme in ["light", "dark"] {
            browser.system_theme(theme);
            browser.settle();
            let violations = axe::violations(&browser);
            found.extend(violations.into_iter().map(|it| format!("{name} {theme}: {it}")));
        }
        browser.system_theme("light");
        browser.full_screenshot(&format!("home-{name}"));
        browser.size(390, 844);
        browser.settle();
        let wide = browser.value("document.documentElement.scrollWidth").as_u64();
        assert!(wide.is_some_and(|it| it <= 390), "{name} scrolls sideways: {wide:?}");
        browser.full_screenshot(&format!("home-{name}-mobile"));
    }
    assert!(found.is_empty(), "axe-core:\n  {}", found.join("\n  "));
}

#[test]
fn an_enterprise_sees_its_place_among_peers_in_groups() {
    // Long enough for a closed year, large enough for a group.
    let demo = demo("80", "800");
    let accounts = demo.get("/api/v1/session").ok()["demo_accounts"].clone();
    let clerk = accounts.as_array().expect("accounts").iter().find(|it| it["name"] == "clerk");
    let code = clerk.expect("a clerk")["units"][0]["code"].as_str().expect("a unit").to_owned();
    let peers = demo.get(&format!("/api/v1/units/{code}/peers")).ok();
    let rows = peers["rows"].as_array().expect("rows");
    let browser = Browser::start(&demo.url());
    browser.open_fresh("/sign-in");
    browser.click("document.querySelector('[data-account=clerk]')");
    browser.wait("location.pathname === '/home'");
    browser.open(&format!("/units/{code}#peers"));
    browser.wait("seen(document.querySelector('#peers .panel-note'))");
    browser.settle();
    browser.wait_text("#peers .panel-note", "不显示单位");
    browser.wait(&format!("all('#peers tbody tr').length === {}", rows.len()));
    // Ranks and scores among the own units alone say nothing, and are not there.
    browser.wait_text("[data-figure=industry-place]", "在同业中的位置");
    assert_eq!(browser.value("!document.querySelector('[data-figure=unit-score]')"), true);
    let own = rows.iter().filter(|it| it["year"] == rows[0]["year"] && it["own_group"].is_number());
    browser.wait(&format!("all('[data-testid=own-group]').length === {}", own.count()));
    for path in ["/benchmarks", "/targets"] {
        browser.open(path);
        browser.wait_text("[data-testid=part-of-city]", "本账号可见的单位");
    }
}

/// An enterprise's own unit below its tasks: the month, yesterday and today, the quarters with their events, the peers.
#[test]
fn an_enterprise_sees_its_month_its_quarters_and_what_happened_in_them() {
    let demo = demo("30", "400");
    let browser = Browser::start(&demo.url());
    browser.size(1440, 900);
    browser.open_fresh("/sign-in");
    browser.wait("all('.demo-card').length === 14");
    browser.click("document.querySelector('[data-account=manager]')");
    browser.wait("location.pathname === '/home'");
    browser.wait("all('[data-testid=own-unit] #unit-energy canvas').length > 0");
    browser.wait("all('[data-testid=own-unit] #curve').length === 1");
    browser.wait("all('#compliance .quarter').length === 13");
    browser.wait("all('#compliance .quarter.current').length === 1");

    // Each cell opens the events of the API, and the address keeps which one is open.
    let code = browser.value("document.querySelector('.home-figures a[href^=\"/units/\"]').getAttribute('href').split('/')[2].split('?')[0].split('#')[0]");
    let code = code.as_str().expect("the code of the unit");
    // Asked by the page, as the person who is signed in, until the quality rules have seen the data.
    browser.run(&format!(
        "const ask = () => fetch('/api/v1/units/{code}/compliance').then(it => it.json()).then(it => {{ window.compliance = it; setTimeout(ask, 500); }}); ask();"
    ));
    browser.wait("window.compliance?.quarters.filter(it => it.state !== 'unknown').length > 4");
    let whole = browser.value("window.compliance");
    let quarters = whole["quarters"].as_array().expect("quarters");
    browser.driver.command("refresh");
    for it in quarters {
        let (name, state) = (it["quarter"].as_str().unwrap(), it["state"].as_str().unwrap());
        browser.click(&format!("document.querySelector('[data-quarter=\"{name}\"]')"));
        browser.wait(&format!("location.search.includes('quarter={name}')"));
        browser.wait(&format!(
            "document.querySelector('[data-quarter=\"{name}\"]').classList.contains('{state}')"
        ));
        let events = it["events"].as_array().unwrap();
        browser.wait(&format!("all('.quarter-events li').length === {}", events.len()));
        for event in events {
            browser.wait_text(".quarter-events", event["zh"].as_str().unwrap());
        }
    }
    browser.driver.command("refresh");
    browser.wait("all('.quarter[aria-pressed=true]').length === 1");
    browser.full_screenshot("home-own-unit");
    browser.size(390, 844);
    browser.settle();
    browser.full_screenshot("home-own-unit-phone");
    browser.open(&format!("/units/{code}?lang=en"));
    browser.wait_text("#compliance", "The last 12 quarters and this one");
    assert_eq!(axe::violations(&browser), Vec::<String>::new());
}
