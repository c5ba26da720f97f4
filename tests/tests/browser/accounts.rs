//! Signing in with the browser: a card of a demo, a wrong password, a session that ends while its page is open, and from
//! an invitation to a suspended account.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::person::{PASSWORD, create};
use nengce_tests::support::server::Options;

fn fill(browser: &Browser, id: &str, text: &str) {
    browser.run(&format!("document.querySelector('[data-testid={id}]').value = {text:?};"));
}

fn press(browser: &Browser, id: &str) {
    browser.click(&format!("document.querySelector('[data-testid={id}]')"));
}

fn sign_in(browser: &Browser, name: &str, password: &str) {
    browser.wait("seen(document.querySelector('[data-testid=sign-in-form]'))");
    fill(browser, "name", name);
    fill(browser, "password", password);
    press(browser, "sign-in");
}

#[test]
fn a_card_of_a_demo_signs_in_by_one_press() {
    let demo = TestApp::with(Options {
        subcommand: Some("demo"),
        arguments: ["--units", "16", "--days", "40"].map(str::to_owned).to_vec(),
        environment: vec![("NENGCE_ADMIN_TOKEN".to_owned(), String::new())],
        ..Options::default()
    });
    nengce_tests::support::wait::wait_until("the accounts of the demo", || {
        demo.get("/api/v1/session").ok()["demo_accounts"]
            .as_array()
            .is_some_and(|it| !it.is_empty())
    });
    let browser = Browser::start(&demo.url());
    browser.open_fresh("/sign-in");
    browser.wait("all('.demo-card').length === 14");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("sign-in");
    browser.click("document.querySelector('[data-account=district]')");
    browser.wait_text("[data-testid=who]", "区主管部门 郑某");
    browser.open("/account");
    browser.wait_text("[data-testid=own-account]", "区主管部门");
    press(&browser, "sign-out");
    browser.wait("location.pathname === '/sign-in'");
    browser.wait_text("[data-testid=who]", "登录");
}

#[test]
fn a_wrong_password_says_how_many_tries_remain_and_an_ended_session_asks_in_a_sheet() {
    let clock = tempfile::NamedTempFile::new().expect("a file");
    let file = clock.path().to_str().expect("a path");
    let app = TestApp::with_environment(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    create(&app, "wang", &[Role::Inspector], &[], &[]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    sign_in(&browser, "wang", "wrong");
    browser.wait_text("[data-testid=sign-in-error]", "还可试 4 次");
    sign_in(&browser, "wang", PASSWORD);
    browser.wait_text("[data-testid=who]", "wang");
    browser.open("/account");
    browser.wait("all('[data-testid=sessions] li').length === 1");
    std::fs::write(clock.path(), (16 * 60).to_string()).expect("the clock is moved");
    press(&browser, "start-second-factor");
    browser.wait("seen(document.querySelector('[data-testid=session-ended]'))");
    sign_in(&browser, "wang", PASSWORD);
    browser.wait("!document.querySelector('[data-testid=session-ended]')");
    press(&browser, "start-second-factor");
    browser.wait("seen(document.querySelector('[data-testid=secret]'))");
    assert_eq!(browser.value("location.pathname"), "/account", "the page stayed");
}

#[test]
fn a_person_is_invited_sets_a_password_signs_in_and_is_suspended() {
    let app = TestApp::with_environment(&[("NENGCE_SECOND_FACTOR_ROLES", "auditor")]);
    create(&app, "shen", &[Role::SecurityAdministrator], &[], &[]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    sign_in(&browser, "shen", PASSWORD);
    browser.wait_text("[data-testid=who]", "shen");
    browser.open("/accounts");
    browser.wait("seen(document.querySelector('[data-testid=account-form]'))");
    fill(&browser, "account-name", "zheng");
    fill(&browser, "account-person", "郑某");
    browser.click("document.querySelector('[data-role=inspector]')");
    press(&browser, "save-account");
    browser.wait("seen(document.querySelector('[data-testid=invitation-link]'))");
    let link = browser.value("document.querySelector('[data-testid=invitation-link]').textContent");
    let (_, path) = link.as_str().expect("a link").split_once("/invitation").expect("a link");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");

    let other = Browser::start(&app.url());
    other.open_fresh(&format!("/invitation{path}"));
    other.wait("seen(document.querySelector('[data-testid=accept]'))");
    for id in ["new-password", "new-password-again"] {
        fill(&other, id, "short");
    }
    press(&other, "accept");
    other.wait_text("[data-testid=invitation-error]", "12");
    for id in ["new-password", "new-password-again"] {
        fill(&other, id, PASSWORD);
    }
    press(&other, "accept");
    other.wait("seen(document.querySelector('[data-testid=accepted]'))");
    other.open("/sign-in");
    sign_in(&other, "zheng", PASSWORD);
    other.wait_text("[data-testid=who]", "郑某");

    browser.open("/accounts");
    browser.wait("seen(document.querySelector('[data-account=zheng] [data-act=suspend]'))");
    browser.click("document.querySelector('[data-account=zheng] [data-act=suspend]')");
    browser.wait_text("[data-account=zheng]", "已停用");
    other.open("/account");
    other.wait_text("[data-testid=who]", "登录");
}

/// A server that publishes nothing leads to the sign-in page and back, and shows the account's district alone.
#[test]
fn a_closed_server_asks_to_sign_in_first_and_shows_ones_own_district() {
    let city = City::on(TestApp::with_environment(&[("NENGCE_PUBLIC_READS", "")]));
    create(&city.app, "jizhou", &[Role::DistrictOffice], &["120119"], &[]);
    let browser = Browser::start(&city.app.url());
    browser.open_fresh("/units?from=2025-01&to=2025-03");
    browser.wait("location.pathname === '/sign-in'");
    sign_in(&browser, "jizhou", PASSWORD);
    browser.wait("location.pathname === '/units' && location.search.includes('from=2025-01')");
    browser.wait("document.querySelector('main').textContent.includes('蓟北水泥')");
    for other in ["津海钢铁", "武清水泥"] {
        let told = format!("document.documentElement.outerHTML.includes('{other}')");
        assert_eq!(browser.value(&told), false, "{other}");
    }
}

/// The auditor's first page is the audit log; pages of figures are not in the header.
#[test]
fn an_auditor_reads_the_audit_log_and_nothing_else() {
    let app = TestApp::with_environment(&[("NENGCE_SECOND_FACTOR_ROLES", "")]);
    create(&app, "feng", &[Role::Auditor], &[], &[]);
    app.terminal(&Enterprise::new("审计厂"));
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    sign_in(&browser, "feng", PASSWORD);
    browser.wait("location.pathname === '/audit'");
    browser
        .wait("document.querySelector('[data-testid=chain]')?.textContent.startsWith('链条完整')");
    browser.wait("all('#audit tbody tr').some(row => text(row).includes('核准终端'))");
    // Signing in stands under the auditor's name, and the page itself asked for nothing that is refused.
    browser.wait("all('#audit tbody tr').some(row => text(row).includes('feng') && text(row).includes('登录'))");
    assert_eq!(
        browser.value("all('#audit tbody tr').some(row => text(row).includes('被拒'))"),
        false
    );
    browser.wait("!document.querySelector('nav a[href^=\"/dual-control\"]')");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("audit");
    browser.run(
        "const who = document.querySelector('[data-testid=audit-object]'); who.value = 'nobody'; \
         who.dispatchEvent(new Event('change'));",
    );
    browser.wait("location.search.includes('object=nobody')");
    browser.wait("document.querySelector('#audit').textContent.includes('没有记录')");
}
