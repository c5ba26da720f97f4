//! Replacements of old values on the page of uploads: deciding on all asks first and says what changes; a decision is
//! undone where it was made.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::ADMIN_TOKEN;

const PRESSED: &str = "document.activeElement.dataset.decision";

#[test]
fn deciding_on_all_asks_says_what_changes_and_is_undone() {
    let app = TestApp::with_environment(&[("NENGCE_REPLACEMENT_WINDOW_DAYS", "30")]);
    let unit = Enterprise::numbered(9701, "迟报一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    for value in [10.0, 12.0] {
        let entries = ["2024-02-28", "2024-02-29"].map(|it| day(ELECTRICITY, it, value));
        terminal.upload(&entries).received();
    }
    let values = || {
        let readings = terminal.readings(ELECTRICITY, 1);
        readings.iter().map(|it| it["value"].as_f64().expect("a value")).collect::<Vec<_>>()
    };
    let browser = Browser::start(&app.url());
    browser.open_fresh("/uploads");
    browser.click("document.querySelector('[data-testid=sign-in-to-decide]')");
    browser.enter_token(ADMIN_TOKEN);

    // The question says what it is about; Escape leaves everything as it is and gives the focus back.
    browser.click("document.querySelector('#replacements [data-decision=approve]')");
    browser.wait_text(
        "[data-testid=question]",
        "涉及 2 个值：1 家单位，1 个数据项，2024-02-28 – 2024-02-29。",
    );
    browser.wait_text("[data-testid=question]", "其中日值合计由");
    browser.wait("document.activeElement.dataset.testid === 'question'");
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("replacements-question");
    browser.press("Escape");
    browser.wait(&format!(
        "!document.querySelector('[data-testid=question]') && {PRESSED} === 'approve'"
    ));
    assert_eq!(values(), [10.0, 10.0]);

    let decide = |word: &str, done: &str| {
        browser.click(&format!(
            "document.querySelector('#replacements .actions [data-decision={word}]')"
        ));
        browser.click("document.querySelector('[data-testid=do-it]')");
        browser.wait_text("#replacements [data-testid=done-message]", done);
    };
    let rows = |count: usize| {
        browser
            .wait(&format!("all('#replacements td [data-decision=approve]').length === {count}"));
    };
    decide("approve", "已批准 2 个值");
    rows(0);
    assert_eq!(values(), [12.0, 12.0]);
    browser.full_screenshot("replacements-undo");
    decide("undo", "已撤销，2 个值重新待批");
    rows(2);
    assert_eq!(values(), [10.0, 10.0]);
    decide("refuse", "已驳回 2 个值");
    rows(0);
    decide("undo", "已撤销");
    rows(2);
    // A single row is decided by one click, and undone like the rest.
    browser.click("document.querySelector('#replacements td [data-decision=approve]')");
    rows(1);
    decide("undo", "已撤销，1 个值重新待批");
    rows(2);
    assert_eq!(values(), [10.0, 10.0]);
    // Once another value waits in its place, the decision is not undone, and the page says why.
    decide("approve", "已批准 2 个值");
    browser.wait("!!document.querySelector('#replacements .actions [data-decision=undo]')");
    terminal.upload(&[day(ELECTRICITY, "2024-02-29", 15.0)]).received();
    // Pressed by script: the page takes the button away as soon as it learns of the other value.
    browser.run("document.querySelector('#replacements .actions [data-decision=undo]').click();");
    browser.run("document.querySelector('[data-testid=do-it]').click();");
    browser.wait_text("#replacements [data-testid=failed]", "此后已有改动，不能再撤销");
    assert_eq!(values(), [12.0, 12.0]);
}
