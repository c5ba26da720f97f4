//! The import page on a server of its own: a file with two bad rows is mapped, previewed and committed, and its bad
//! rows can be downloaded.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::ADMIN_TOKEN;

/// Ten days of 20,000 kWh; a word instead of a value on the third, no such month on the seventh.
const FILE: &str = "时间,电量(kWh),备注\n\
2025-03-01,20000,\n2025-03-02,20000,\n2025-03-03,停表,\n2025-03-04,20000,\n2025-03-05,20000,\n\
2025-03-06,20000,\n2025-13-07,20000,\n2025-03-08,20000,\n2025-03-09,20000,\n2025-03-10,20000,\n";

fn signed_in(app: &TestApp) -> Browser {
    let browser = Browser::start(&app.url());
    browser.open_fresh("/import");
    browser.enter_token("not the token");
    browser.wait_text("#sign-in [role=alert]", "令牌不对");
    browser.enter_token(ADMIN_TOKEN);
    browser.wait("seen(document.querySelector('#import-file .drop'))");
    browser
}

/// Drops a file on the page.
fn drop_file(browser: &Browser, name: &str, content: &str) {
    let (name, content) = (
        serde_json::to_string(name).expect("a name"),
        serde_json::to_string(content).expect("a text"),
    );
    browser.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([{content}], {name}, {{type: 'text/csv'}}));
         document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {{dataTransfer: data, bubbles: true, cancelable: true}}));"
    ));
    browser.wait("seen(document.querySelector('#mapping'))");
}

fn set(browser: &Browser, css: &str, value: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.run(&format!(
        "const e = document.querySelector({css:?}); e.value = {value:?}; e.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

fn figure(browser: &Browser, id: &str, expected: &str) {
    browser.wait(&format!("text(document.querySelector('[data-figure={id:?}]')) === {expected:?}"));
}

#[test]
fn a_file_is_mapped_looked_at_committed_and_its_bad_rows_come_back() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9301, "导入一厂").code;
    let browser = signed_in(&app);
    drop_file(&browser, "三月.csv", FILE);
    // The header shows the meaning of the columns; only a person can state the unit they belong to.
    browser.wait("all('#mapping tbody tr').some(row => text(row).includes('电量(kWh)') && row.querySelector('.code').value === '00-00-0000-023300-11' && row.querySelector('.factor').value === '0.0001')");
    browser.wait("document.querySelector('[data-testid=preview]').disabled");
    set(&browser, "[data-testid=import-unit]", &unit);
    browser.click("document.querySelector('[data-testid=preview]:not([disabled])')");
    figure(&browser, "preview-total", "10");
    figure(&browser, "preview-good", "8");
    figure(&browser, "preview-bad", "2");
    // Each problem stands in its own cell, with its reason in the row.
    browser.wait("all('.bad-cell').map(text).join() === '▲ 停表,▲ 2025-13-07'");
    browser.wait("all('#preview tbody tr').some(row => text(row.cells[0]) === '4' && text(row).includes('停表') && text(row).includes('再传'))");
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("import-preview");
    app.get(&format!("/api/v1/units/{unit}")).problem(404, "not_found");

    browser.run("const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((it) => { window.saved = it; }); return make.call(URL, blob); };");
    browser.click("document.querySelector('[data-testid=commit]:not([disabled])')");
    browser.wait_text("#outcome h2", "导入完成");
    figure(&browser, "job-stored", "8");
    figure(&browser, "job-rejected", "2");
    browser.full_screenshot("import-done");
    browser.click("document.querySelector('[data-testid=refused-file]')");
    browser.wait(
        "window.saved && window.saved.includes('停表') && window.saved.includes('2025-13-07')",
    );
    let saved = browser.value("window.saved");
    let saved = saved.as_str().unwrap_or_default();
    assert_eq!(saved.trim().lines().count(), 3, "header and two rows: {saved}");
    assert!(!saved.contains("2025-03-04"), "{saved}");

    // 8 days · 2 · 10^4 kWh, seen on the unit's page and in the upload's record.
    let readings = app.get(&format!("/api/v1/units/{unit}/readings?limit=100")).ok();
    assert_eq!(readings["page"]["total"], 8);
    let sum: f64 = readings["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|it| it["value"].as_f64())
        .sum();
    assert!((sum - 16.0).abs() < 1e-9, "{sum}");
    browser.click("all('#outcome a').find(a => text(a) === '看上报记录')");
    browser.wait("location.pathname === '/uploads' && all('#uploads tbody tr.selected').some(row => text(row).includes('8'))");
}

#[test]
fn a_saved_profile_takes_the_next_file_of_the_same_header() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9302, "导入二厂").code;
    let browser = signed_in(&app);
    drop_file(&browser, "一.csv", FILE);
    set(&browser, "[data-testid=import-unit]", &unit);
    set(&browser, "#mapping .factor:not([disabled])", "0.001");
    browser.run("document.querySelector('[data-testid=profile-name]').value = '二厂日表';");
    browser.click("document.querySelector('[data-testid=save-profile]')");
    browser.wait_text("#profiles li", "二厂日表");
    browser.driver.command("refresh");
    browser.wait_text("#profiles li", "二厂日表");
    drop_file(&browser, "二.csv", FILE);
    browser.wait("document.querySelector('#mapping .factor:not([disabled])').value === '0.001'");
    browser
        .wait(&format!("document.querySelector('[data-testid=import-unit]').value === {unit:?}"));
    // The mapping is complete, so the preview starts by itself.
    figure(&browser, "preview-good", "8");
}

#[test]
fn a_preview_says_what_replaces_stored_values_and_what_is_odd() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9303, "导入三厂");
    app.terminal(&unit).upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    let browser = signed_in(&app);
    let file = "时间,电量(kWh)\n2025-03-01,20000\n2025-03-02,-20000\n2025-03-03,0\n";
    drop_file(&browser, "三.csv", file);
    set(&browser, "[data-testid=import-unit]", &unit.code);
    browser.click("document.querySelector('[data-testid=preview]:not([disabled])')");
    figure(&browser, "preview-replaces", "1");
    figure(&browser, "preview-negative", "1");
    figure(&browser, "preview-zero", "1");
    // The column of tce has the basis of the portal.
    browser.wait("all('#preview th').some(it => text(it).startsWith('等价'))");
    browser.full_screenshot("import-odd-values");
}
