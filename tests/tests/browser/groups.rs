//! A city that is too large to be sent by unit: the browser derives answers from groups, and only requests the list of
//! units.

use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;
use serde_json::Value;

use super::stage::{check_address, check_figure, check_row};

const REQUESTED_PATHS: &str = "performance.getEntriesByType('resource').map(e => e.name).filter(it => /dual-control\\?|timeline/.test(it)).map(it => it.split('?')[1])";

#[test]
fn a_large_city_is_explored_by_groups() {
    let city = City::of_groups();
    let snapshot = city.app.get("/api/v1/snapshot");
    assert_eq!(snapshot.header("x-nengce-level"), "industry_region", "{}", snapshot.text());
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    browser.open_fresh("/dual-control");
    browser.settle();
    browser.wait("!!document.querySelector('[data-linked]')");
    browser.settle();
    browser.run("performance.clearResourceTimings();");
    browser.click("all('#regions tbody tr').find(row => text(row).includes('蓟州')).cells[0]");
    check_address(&browser, "region=120119");
    let told = city.app.get("/api/v1/dual-control?region=120119").ok();
    assert_eq!(told["scope"]["units"], 2);
    let total = told["total"]["value"].as_f64().expect("a total");
    check_figure(&browser, "total", &format!("{:.1}", total / 1e4));
    let change = told["intensity"]["change"].as_f64().expect("a change");
    check_figure(&browser, "intensity", &format!("{:+.1}", change * 100.0));
    // Only the server knows which units rose.
    for row in told["largest_rises"].as_array().expect("largest_rises") {
        check_row(&browser, "largest_rises", row["unit"]["name"].as_str().expect("a name"), &[]);
    }
    browser.wait("all('#largest_rises tbody tr').length === 2");
    browser.settle();
    let asked = browser.value(REQUESTED_PATHS);
    let asked = asked.as_array().expect("addresses");
    assert_eq!(asked.len(), 1, "{asked:?}");
    let of_units = |it: &Value| it.as_str().is_some_and(|it| it.contains("region=120119"));
    assert!(asked.iter().any(of_units), "{asked:?}");
    // The server answers for an energy type, because groups do not know which units use it.
    browser.open("/dual-control?region=120119&energy=coal");
    let told = city.app.get("/api/v1/dual-control?region=120119&energy=coal").ok();
    let total = told["total"]["value"].as_f64().expect("a total");
    check_figure(&browser, "total", &format!("{:.1}", total / 1e4));
    browser.wait("!!document.querySelector('[data-linked]')");
    browser.settle();
    check_figure(&browser, "total", &format!("{:.1}", total / 1e4));
}
