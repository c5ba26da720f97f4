//! The demo city in the browser: one click makes a visitor its administrator, and no other server offers that.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::server::Options;

#[test]
fn one_click_signs_in_to_a_demo_and_to_no_other_server() {
    let demo = TestApp::with(Options {
        subcommand: Some("demo"),
        arguments: ["--units", "12", "--days", "40"].map(str::to_owned).to_vec(),
        environment: vec![("NENGCE_ADMIN_TOKEN".to_owned(), String::new())],
        ..Options::default()
    });
    let browser = Browser::start(&demo.url());
    browser.open_fresh("/import");
    browser.wait_text("#sign-in", "这是演示");
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("demo-sign-in");
    browser.wait_text("#sign-in", "“导入”由能源中心操作员办理");
    browser.click("document.querySelector('[data-testid=try-as]')");
    browser.wait("seen(document.querySelector('#import-file .drop'))");
    // The account decides on terminals, so that the page counts what waits.
    browser.open("/terminals");
    browser.wait("/^[0-9]+$/.test(document.querySelector('[data-figure=waiting-devices]').textContent.trim())");
    browser.open("/audit");
    browser.wait_text("#sign-in", "您的账号不能办理");

    let real = TestApp::new();
    let browser = Browser::start(&real.url());
    browser.open_fresh("/import");
    browser.wait("seen(document.querySelector('#sign-in'))");
    browser.settle();
    browser.wait("!document.querySelector('[data-testid=try-as]')");
}
