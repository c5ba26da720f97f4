//! The drill-down of a bar: its sum is the bar's figure, a unit's items make the unit's row, and files hold the shown
//! rows; back, Escape and links work as everywhere.

use nengce_tests::support::browser::Browser;
use serde_json::Value;

use super::stage::{check_address, stage};

/// Waits for a sum under the element and gives it.
#[track_caller]
fn sum(browser: &Browser, panel: &str) -> f64 {
    let element = format!("document.querySelector('{panel} [data-testid=drill-down-sum]')");
    browser.wait(&format!("!!{element}"));
    let told = browser.value(&format!("{element}.dataset.value"));
    let plain = told.as_str().expect("a sum").replace(',', "");
    plain.parse().expect("a figure")
}

#[track_caller]
fn close_to(shown: f64, told: &Value) {
    let told = told.as_f64().expect("a figure");
    assert!((shown - told).abs() <= 0.51, "{shown} on screen, {told} by the API");
}

#[test]
fn a_bars_list_sums_to_the_bar_and_leads_to_the_readings() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.wait("!!document.querySelector('#industries canvas[data-painted]')");
    let told = stage.city.app.get("/api/v1/dual-control?basis=equivalent").ok();
    let first = &told["industries"][0];
    let code = first["name"]["code"].as_str().expect("a code");

    browser.run("document.querySelector('#industries .chart-stage').focus();");
    browser.press("Home");
    browser.press("l");
    check_address(&browser, &format!("list=industry:{code}"));
    close_to(sum(&browser, "#drill-down-units"), &first["total"]["value"]);
    let rows = browser.value("all('#drill-down-units tbody tr').length");
    assert_eq!(rows, first["units"]);

    // The saved file holds the shown rows.
    browser.run("URL.createObjectURL = blob => { blob.text().then(it => window.saved = it); return 'blob:none'; };");
    browser.click("document.querySelector('#drill-down-units .panel-tools .menu button')");
    browser.click("all('#drill-down-units .pop button').find(it => text(it) === 'CSV')");
    browser.wait("!!window.saved");
    browser.wait(&format!("window.saved.includes('{code}')"));
    browser.wait(
        "all('#drill-down-units tbody tr').every(row => window.saved.includes(text(row.cells[0])))",
    );

    let name = browser.value("text(all('#drill-down-units tbody tr')[0].cells[0])");
    browser.click("all('#drill-down-units tbody tr')[0].cells[0]");
    browser.wait(&format!("text(document.querySelector('#drill-down-items h2')) === {name}"));
    let units = stage.city.app.get(&format!("/api/v1/units?industry={code}&limit=100")).ok();
    let unit = units["rows"].as_array().expect("units").iter();
    let unit = unit.clone().find(|it| it["unit"]["name"] == name).expect("the unit");
    close_to(sum(&browser, "#drill-down-items"), &unit["total"]["value"]);
    browser.wait("all('#drill-down-readings tbody tr').length > 0");

    browser.driver.command("back");
    browser.wait("!!document.querySelector('#drill-down-units')");
    browser.driver.command("back");
    browser.wait("!document.querySelector('#drill-down')");
    check_address(&browser, "/dual-control");
}

#[test]
fn a_link_opens_the_list_of_a_month_and_escape_closes_it() {
    let stage = stage();
    let browser = stage.visit("/dual-control?list=from:2025-03;to:2025-03");
    let told = stage.city.app.get("/api/v1/dual-control?basis=equivalent").ok();
    let months = told["months"].as_array().expect("months");
    let month = months.iter().find(|it| it["period"] == "2025-03").expect("March");
    close_to(sum(&browser, "#drill-down-units"), &month["tce"]);
    browser.press("Escape");
    browser.wait("!document.querySelector('#drill-down')");
    browser.wait("!location.search.includes('list=')");
}
