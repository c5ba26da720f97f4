//! Pages say what they know: who reports today beside a whole span, what is not yet assessed, and what of a link is wrong.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days, days_ago};

/// 正常一厂 reports, 断报二厂 fell silent 14 days ago, 新装三厂 has just registered.
fn town() -> (TestApp, [Enterprise; 3]) {
    let app = TestApp::new();
    let named = |number, name| Enterprise::numbered(number, name).collects(ELECTRICITY, 1);
    let units = [named(9601, "正常一厂"), named(9602, "断报二厂"), named(9603, "新装三厂")];
    for (unit, to) in units.iter().zip([Some(1), Some(15), None]) {
        let terminal = app.terminal(unit);
        if let Some(to) = to {
            let values = days(ELECTRICITY, &days_ago(100), &days_ago(to), |day| {
                200.0 + f64::from(day.day())
            });
            terminal.upload(&values).received();
        }
    }
    (app, units)
}

#[track_caller]
fn check_listed(browser: &Browser, names: &str) {
    browser.wait(&format!(
        "all('#units tbody tr').map(row => text(row.cells[0])).join() === {names:?}"
    ));
}

#[test]
fn a_silent_unit_is_told_on_every_page_and_found_from_there() {
    let (app, [_, silent, new]) = town();
    app.wait_until_assessed();
    let browser = Browser::start(&app.url());
    browser.size(1440, 900);
    browser.open_fresh("/dual-control");
    browser.wait_text("[data-testid=reporting-today]", "今日 1/3 家上报，1 家断报，1 家未到期");
    browser.settle();
    browser.full_screenshot("today-dual-control");
    // The link of the count opens the units without data, and nothing else.
    browser.click("all('a').find(a => text(a) === '2/3 家有数据，1 家没有')");
    check_listed(&browser, "新装三厂");
    browser.click("document.querySelector('[data-testid=data-none]')");
    browser.click("document.querySelector('[data-testid=reporting-silent]')");
    check_listed(&browser, "断报二厂");
    browser.click("document.querySelector('[data-testid=reporting-silent]')");
    browser.click("all('#units th button').find(it => text(it).startsWith('今日上报'))");
    check_listed(&browser, "断报二厂,新装三厂,正常一厂");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("today-units");
    // The page of the unit says it beside the whole span.
    browser.open(&format!("/units/{}", silent.code));
    browser.wait_text("[data-reporting=silent]", "断报 14 天");
    browser.wait_text(".data-time", &format!("数据截至 {}", days_ago(15)));
    browser.settle();
    browser.wait("!text(document.querySelector('#quality')).includes('尚未判定')");
    browser.full_screenshot("today-unit");
    browser.open(&format!("/units/{}", new.code));
    browser.wait_text("#quality", "本期尚未判定");
    browser.open("/quality");
    browser.wait_text("[data-testid=unassessed]", "已判定 2/3 家");
}

#[test]
fn a_bad_link_says_what_is_wrong_and_leads_to_the_nearest_good_one() {
    let (app, [unit, ..]) = town();
    let browser = Browser::start(&app.url());
    browser.size(1440, 900);
    browser.open_fresh("/dual-control?energy=electricty&from=2025-13");
    browser.wait_text("[data-testid=link-notice]", "electricty");
    browser.full_screenshot("bad-link");
    let mend = |words: &str| {
        browser
            .click(&format!("all('[data-testid=mended-link]').find(a => text(a) === {words:?})"));
    };
    mend("改为 electricity");
    browser.wait("location.search.includes('energy=electricity')");
    mend("改为 2025");
    browser.wait("location.search.includes('from=2025') && !document.querySelector('[data-testid=link-notice]')");
    browser.open("/unitz");
    browser.wait_text("main", "/unitz");
    browser.click("document.querySelector('[data-testid=nearest]')");
    browser.wait("location.pathname === '/units'");
    // The last letter of a credit code is wrong.
    browser.open(&format!("/units/{}X", &unit.code[..17]));
    browser.click("document.querySelector('[data-testid=nearest]')");
    browser.wait(&format!("location.pathname === '/units/{}'", unit.code));
    browser.wait_text("h1", "正常一厂");
}
