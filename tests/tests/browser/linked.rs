//! Linked views: choices on the dual-control page are answered in the browser, as the API answers the same filter.

use nengce_tests::support::browser::Browser;
use serde_json::Value;

use super::stage::{Stage, check_address, check_figure, stage};

/// Waits until the city is in the browser, and counts the page's requests from then on.
#[track_caller]
fn city_is_here(browser: &Browser) {
    browser.wait("!!document.querySelector('[data-linked]')");
    browser.settle();
    browser.run("performance.clearResourceTimings();");
}

/// Checks that the page has requested none of its figures since.
#[track_caller]
fn asked_nobody(browser: &Browser) {
    browser.settle();
    let asked = browser.value("performance.getEntriesByType('resource').map(e => e.name).filter(it => /dual-control|timeline/.test(it))");
    assert_eq!(asked, Value::Array(Vec::new()));
}

/// Checks that total, completeness and every month on screen are those of the API under the same filter.
#[track_caller]
fn as_the_api_says(stage: &Stage, browser: &Browser, query: &str) {
    let told = stage.city.app.get(&format!("/api/v1/dual-control?{query}")).ok();
    let tens = |it: &Value| format!("{:.1}", it.as_f64().unwrap_or(f64::NAN) / 1e4);
    check_figure(browser, "total", &tens(&told["total"]["value"]));
    let months = told["months"].as_array().expect("months");
    assert_eq!(months.len(), 12);
    for month in months {
        let (period, figure) = (month["period"].as_str().expect("a period"), tens(&month["tce"]));
        browser.wait(&format!(
            "all('#months tbody tr').some(row => text(row.cells[0]) === {period:?} && [...row.cells].some(it => text(it) === {figure:?}))"
        ));
    }
    let rows = told["regions"].as_array().expect("districts").len();
    assert!(rows > 0);
}

fn district(name: &str) -> String {
    format!("all('#regions tbody tr').find(row => text(row).includes({name:?})).cells[0]")
}

#[test]
fn choices_combine_and_clear_without_a_request() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    city_is_here(&browser);
    as_the_api_says(&stage, &browser, "basis=equivalent");

    browser.click(&district("滨海"));
    check_address(&browser, "region=120116");
    as_the_api_says(&stage, &browser, "region=120116");

    browser.run("all('.brush-handle')[1].focus();");
    browser.press("ArrowLeft");
    check_address(&browser, "to=2025-11");
    as_the_api_says(&stage, &browser, "region=120116&from=2025-01&to=2025-11");

    browser.click("document.querySelector('[data-basis=calorific]')");
    as_the_api_says(&stage, &browser, "region=120116&from=2025-01&to=2025-11&basis=calorific");
    asked_nobody(&browser);

    browser.run("document.activeElement.blur();");
    browser.press("Escape");
    browser.wait("!location.search.includes('region')");
    as_the_api_says(&stage, &browser, "from=2025-01&to=2025-11&basis=calorific");
    browser.press("Escape");
    browser.wait("!location.search.includes('to=')");
    as_the_api_says(&stage, &browser, "basis=calorific");
    asked_nobody(&browser);
}

#[test]
fn back_undoes_and_reload_restores() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    city_is_here(&browser);
    browser.click(&district("蓟州"));
    as_the_api_says(&stage, &browser, "region=120119");
    browser.driver.command("refresh");
    browser.settle();
    as_the_api_says(&stage, &browser, "region=120119");
    city_is_here(&browser);
    as_the_api_says(&stage, &browser, "region=120119");
    browser.driver.command("back");
    as_the_api_says(&stage, &browser, "basis=equivalent");

    // Two choices of one frame are two steps.
    let basis = "document.querySelector('[data-basis=calorific]')";
    browser.run(&format!("{}.click(); {basis}.click();", district("蓟州")));
    check_address(&browser, "basis=calorific");
    as_the_api_says(&stage, &browser, "region=120119&basis=calorific");
    browser.driver.command("back");
    as_the_api_says(&stage, &browser, "region=120119");
}

#[test]
fn part_months_are_summed_from_days_in_the_browser() {
    let stage = stage();
    let query = "region=120116&from=2025-02-10&to=2025-03-20";
    let browser = stage.visit(&format!("/dual-control?{query}"));
    // Two part months of each year.
    browser.wait("performance.getEntriesByType('resource').filter(it => it.name.includes('/snapshot/days')).length >= 4");
    browser.wait("!!document.querySelector('[data-linked]')");
    as_the_api_says(&stage, &browser, query);
}
