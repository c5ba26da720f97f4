//! New data appear on an open page without a reload, and the selection remains.

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
