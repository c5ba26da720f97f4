//! New data appear on an open page without a reload, and the selection remains. Only what changed is sent to the browser.

use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;
use nengce_tests::support::message::{RAW_COAL, day};

use super::stage::{check_address, check_figure};

#[test]
fn an_upload_changes_the_open_page_and_keeps_the_choice() {
    let city = City::new();
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    browser.open_fresh("/dual-control?region=120119");
    browser.settle();
    browser.wait("!!document.querySelector('[data-linked]')");
    let total = || {
        let told = city.app.get("/api/v1/dual-control?region=120119").ok();
        let total = told["total"]["value"].as_f64().expect("a total");
        format!("{:.1}", total / 1e4)
    };
    let before = total();
    check_figure(&browser, "total", &before);
    browser.run("window.same = true;");

    let terminal = city.app.terminal(city.unit("蓟北水泥"));
    let late = day(RAW_COAL, "2025-12-31", 9_500.0);
    terminal.upload(&[late]).received();
    let after = total();
    assert_ne!(before, after);
    check_figure(&browser, "total", &after);
    check_address(&browser, "region=120119");
    assert_eq!(browser.value("window.same"), true, "the page was not reloaded");
    // The browser's snapshot is updated too: a new selection uses the new data.
    browser.click("document.querySelector('[data-basis=calorific]')");
    let told = city.app.get("/api/v1/dual-control?region=120119&basis=calorific").ok();
    let total = told["total"]["value"].as_f64().expect("a total");
    check_figure(&browser, "total", &format!("{:.1}", total / 1e4));
}

/// Addresses of the API that the page has requested since its list was cleared, and the bytes of their answers.
fn requested(browser: &Browser) -> Vec<(String, u64)> {
    let all = browser.value("performance.getEntriesByType('resource').filter(e => e.name.includes('/api/v1/')).map(e => [e.name.split('/api/v1/')[1], e.encodedBodySize])");
    serde_json::from_value(all).expect("addresses and bytes")
}

fn bytes(of: &[(String, u64)]) -> u64 {
    of.iter().filter(|it| it.0.starts_with("snapshot")).map(|it| it.1).sum()
}

#[test]
fn after_an_upload_the_page_fetches_only_what_changed() {
    let city = City::new();
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    let terminal = city.app.terminal(city.unit("蓟北水泥"));
    // The days of two months that are covered in part are renewed with the months.
    for (span, days) in [("from=2025&to=2025", 0_u32), ("from=2025-11-10&to=2025-12-31", 2)] {
        let version = || city.app.get("/api/v1/meta").ok()["data_version"].to_string();
        let linked = |version: &str| {
            browser.wait(&format!(
                "document.querySelector('[data-linked]')?.dataset.linked === {version:?}"
            ));
            browser.wait(&format!("performance.getEntriesByType('resource').filter(e => e.name.includes('/snapshot/days') && e.responseEnd > 0).length === {days}"));
            browser.settle();
        };
        browser.open_fresh(&format!("/dual-control?{span}"));
        linked(&version());
        let whole = bytes(&requested(&browser));
        browser.run("performance.clearResourceTimings();");

        terminal.upload(&[day(RAW_COAL, "2025-12-31", 9_600.0 + f64::from(days))]).received();
        linked(&version());
        let told = city.app.get(&format!("/api/v1/dual-control?{span}")).ok();
        let total = told["total"]["value"].as_f64().expect("a total");
        check_figure(&browser, "total", &format!("{:.1}", total / 1e4));
        let after = requested(&browser);
        // The data version and the state of quality, what changed, and the energy flow, which only the server derives.
        let is_known = |it: &str| {
            ["meta", "quality/status"].contains(&it)
                || it.starts_with("energy-flow?")
                || it.contains("since=")
        };
        assert!(after.iter().all(|it| is_known(&it.0)), "{after:?}");
        let snapshots = after.iter().filter(|it| it.0.contains("since=")).count();
        assert_eq!(snapshots, 1 + days as usize, "{after:?}");
        assert!(bytes(&after) * 10 < whole, "{after:?}, the whole {whole} B");
    }
}
