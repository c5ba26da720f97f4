//! The savings of a retrofit, from the unit's page to the figures; the address holds the whole question.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, month};

use super::stage::check_address;

#[test]
fn a_retrofit_is_computed_from_the_units_page() {
    let app = TestApp::new();
    let enterprise = Enterprise::new("节能改造样本");
    let terminal = app.terminal(&enterprise);
    let entries: Vec<_> = (0..30)
        .map(|at| {
            let name = format!("{}-{:02}", 2023 + at / 12, at % 12 + 1);
            let error = if (at / 2_i32).rem_euclid(2) == 0 { 2.0 } else { -2.0 };
            month(ELECTRICITY, &name, (100.0 + error) * if at < 24 { 1.0 } else { 0.8 })
        })
        .collect();
    terminal.upload(&entries).received();
    let browser = Browser::start(&app.url());
    browser.size(1440, 900);
    browser.open_fresh(&format!("/units/{}", enterprise.code));
    browser.settle();
    browser.click("all('.page-tools a').find(it => it.href.includes('/savings'))");
    browser.wait("location.pathname.endsWith('/savings')");
    browser.wait_text(".answer", "选定改造月份");
    browser.run(
        "for (const [name, value] of [['works_from', '2025-01'], ['until', '2025-06']]) {
            const it = document.querySelector(`[name=${name}]`);
            it.value = value;
            it.dispatchEvent(new Event('change', {bubbles: true}));
        }",
    );
    check_address(&browser, "works_from=2025-01");
    browser.wait_text("[data-testid=verdict]", "数据足以证明节能");
    browser.wait("document.querySelector('[data-figure=savings-saved]').textContent !== '—'");
    browser.settle();
    assert_eq!(axe::violations(&browser), Vec::<String>::new());
    let saved = browser.text("[data-figure=savings-saved]");
    browser.driver.command("refresh");
    browser.wait(&format!(
        "document.querySelector('[data-figure=savings-saved]')?.textContent === {saved:?}"
    ));
    // One item of the unit; and the daily model, for which there are no days.
    browser.click(&format!("document.querySelector('[data-item=\"{ELECTRICITY}\"]')"));
    check_address(&browser, "items=");
    browser.wait("document.querySelector('[data-item]')?.ariaPressed === 'true'");
    browser.wait_text("[data-testid=verdict]", "数据足以证明节能");
    browser.run(
        "const it = document.querySelector('[name=model]');
        it.value = 'day';
        it.dispatchEvent(new Event('change', {bubbles: true}));",
    );
    check_address(&browser, "model=day");
    browser.open(&format!(
        "/units/{}/savings?works_from=2025-01&until=2025-06&model=day",
        enterprise.code
    ));
    browser.wait_text("[data-testid=savings-problem]", "至少需要 328");
    browser.wait_text("[data-testid=items-left-out]", ELECTRICITY);
    browser.open(&format!("/units/{}/savings?works_from=2023-06&lang=en", enterprise.code));
    browser.wait_text("[data-testid=savings-problem]", "are needed");
    browser.full_screenshot("savings");
}
