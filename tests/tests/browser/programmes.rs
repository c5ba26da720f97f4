//! An inspector keeps the ranking as a programme, looks at it, compares it with today, takes its files and withdraws it.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;
use nengce_tests::support::person::create;

use super::answers::{check_axe, press, set, sign_in};

#[test]
fn an_inspector_makes_a_programme_and_follows_it() {
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]));
    city.app.wait_until_assessed();
    create(&city.app, "inspector", &[Role::Inspector], &[], &[]);
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    sign_in(&browser, "inspector");
    browser.open("/targets?visits=4");
    press(&browser, "[data-testid=look-programme]");
    browser.wait_text("#programme [role=alert]", "填写名称和周期");
    set(&browser, "[data-testid=programme-name]", "四季度监察");
    set(&browser, "[data-testid=programme-cycle]", "2026-Q4");
    set(&browser, "[data-testid=programme-percent]", "50");
    set(&browser, "[data-testid=programme-inspectors]", "王某\n李某\n赵某");
    press(&browser, "[data-testid=look-programme]");
    browser.wait_text("[data-testid=programme-look]", "按得分 2 家");
    let seed = browser.value("document.querySelector('[data-testid=programme-seed]').value");
    assert_eq!(seed.as_str().map(str::len), Some(32), "the seed of the look is kept");
    check_axe(&browser);
    press(&browser, "[data-testid=keep-programme]");
    browser.wait("location.pathname === '/programmes'");
    browser.wait("all('#visits tbody tr').length === 4");
    browser
        .wait("all('#visits tbody tr').filter(row => text(row).includes('随机抽取')).length === 2");
    browser.wait_text("#visits", seed.as_str().expect("a seed"));
    browser.wait_text("#changes", "不变 4");
    check_axe(&browser);
    browser.full_screenshot("programme");
    browser.open_fresh("/programmes?programme=1&lang=en");
    browser.wait_text("#visits", "Drawn at random");
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
    browser.full_screenshot("programme-phone");
    browser.size(1440, 900);
    set(&browser, "[data-testid=programme-reason]", "改期");
    press(&browser, "[data-testid=withdraw-programme]");
    browser.wait_text("#programmes", "withdrawn");
    browser.wait("!document.querySelector('[data-testid=withdraw-programme]')");
}
