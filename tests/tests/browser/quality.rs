//! The quality page, on a server of its own: a day sent in kWh instead of 10^4 kWh becomes a finding whose evidence shows it.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::wait::wait_until;

const FAULT_DAY: &str = "2025-04-10";

/// A unit is assessed when its readings have not changed for a while.
fn wait_until_assessed(app: &TestApp) {
    wait_until("a finding", || {
        let findings = app.get("/api/v1/quality/findings?rule=unit_mixup").ok();
        !findings["rows"].as_array().expect("rows").is_empty()
    });
}

#[test]
fn a_planted_unit_mix_up_is_found_and_shown_with_its_readings() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9401, "质量一厂").industry("C3110").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let values = days(ELECTRICITY, "2025-03-01", "2025-04-30", |day| {
        // Around 200, not the same on any two days in a row.
        let usual = 200.0 + f64::from(day.day());
        if day.to_string() == FAULT_DAY { usual * 10_000.0 } else { usual }
    });
    terminal.upload(&values).received();
    wait_until_assessed(&app);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/quality?rule=unit_mixup");
    browser.wait("all('#findings tbody tr').some(row => text(row).includes('质量一厂'))");
    browser.click("all('#findings tbody tr').find(row => text(row).includes('质量一厂')).cells[2]");
    browser.wait("location.search.includes('finding=')");
    // The reading is in the table and in the chart's rows, with the expected value beside it.
    browser.wait(&format!(
        "all('[data-testid=evidence-rows] tbody tr').some(row => row.textContent.includes('{FAULT_DAY}') && row.textContent.includes('2,100,000'))"
    ));
    browser.wait("document.querySelector('#evidence canvas[data-painted]')");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("quality-finding");
    let address = browser.value("location.pathname + location.search");
    let address = address.as_str().expect("an address").to_owned();

    // An operator waives the finding with a reason, and it leaves the open findings.
    browser.hold_token();
    browser.open(&address);
    browser.click("document.querySelector('#evidence .waive-form summary')");
    browser.wait("seen(document.querySelector('[data-testid=waive-reason]'))");
    browser.run(
        "document.querySelector('[data-testid=waive-reason]').value = '换表后单位设错，已更正';",
    );
    browser.click("document.querySelector('[data-testid=waive]')");
    browser.wait_text("#evidence .waiver", "换表后单位设错");
    browser.wait("!all('#findings tbody tr').some(row => text(row).includes('质量一厂'))");
    browser.open("/quality?rule=unit_mixup&state=waived");
    browser.wait("all('#findings tbody tr').some(row => text(row).includes('质量一厂'))");
}

/// Quality is assessed some seconds behind the readings: the page that was open all the while follows.
#[test]
fn an_open_page_shows_what_is_assessed_after_it_was_opened() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9402, "质量二厂").industry("C3110").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/quality?rule=unit_mixup");
    browser.wait("document.querySelector('#findings')");
    browser.run("window.same = true;");
    let values = days(ELECTRICITY, "2025-03-01", "2025-04-30", |day| {
        let usual = 200.0 + f64::from(day.day());
        if day.to_string() == FAULT_DAY { usual * 10_000.0 } else { usual }
    });
    terminal.upload(&values).received();
    browser.wait("all('#findings tbody tr').some(row => text(row).includes('质量二厂'))");
    assert_eq!(browser.value("window.same"), true, "the page was not reloaded");
}
