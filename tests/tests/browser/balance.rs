//! The sub-units of a unit: the tree with its balance, the week of a place by shift, and values of a file, as its manager.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days_ago, hours};
use nengce_tests::support::person::create;

use super::answers::{check_axe, choose, press, set, sign_in};

const MILL: &str = "10-00-0000-023300-11";
const FAN: &str = "10-00-0101-023300-11";

#[test]
fn a_manager_reads_the_balance_names_shifts_and_fills_a_gap_from_a_file() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let mut unit = Enterprise::numbered(9602, "平衡样本");
    for code in [ELECTRICITY, MILL, FAN] {
        unit = unit.collects(code, 0);
    }
    // The mill uses 3 of the plant's 4 an hour, by night 1; its fan more than the mill itself by night.
    let mut values = Vec::new();
    for back in (3..=16).filter(|it| *it != 9) {
        let day = days_ago(back);
        values.extend(hours(ELECTRICITY, &day, |_| 4.0));
        values.extend(hours(MILL, &day, |hour| if hour < 8 { 1.0 } else { 3.0 }));
        values.extend(hours(FAN, &day, |_| 0.5));
    }
    app.terminal(&unit).upload(&values).received();
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let browser = Browser::start(&app.url());
    browser.size(1440, 900);
    sign_in(&browser, "manager");
    browser.open(&format!("/units/{}", unit.code));
    // The head finds its place once the unit is there.
    browser.settle();
    press(&browser, "a[href*='/balance']");
    browser.wait("location.pathname.endsWith('/balance')");
    // 13 whole days of 96: the mill used 56 of it each day, the fan 12 of that.
    browser.wait_text("[data-testid=difference]", "520.0");
    browser.wait("all('#balance tbody tr').length === 3");
    browser.wait("all('#balance tbody tr').some(row => text(row).includes('熟料烧成工序'))");
    browser
        .click("all('#balance tbody tr').find(row => text(row).includes('熟料烧成工序')).cells[1]");
    browser.wait("new URLSearchParams(location.search).get('place') === '10-00-0000'");
    browser.wait_text("#place-week h2", "熟料烧成工序");
    browser.wait("seen(document.querySelector('#place-week canvas'))");
    // Two shifts are offered; they are kept, and the night that runs over midnight counts on its first day.
    press(&browser, "[data-testid=save-shifts]");
    browser.wait("all('#shifts tbody tr').length === 2");
    browser.wait("all('#shifts tbody tr').some(row => text(row).includes('08:00–20:00') && text(row).includes('36.0'))");
    browser.wait("all('#shifts tbody tr').some(row => text(row).includes('20:00–08:00') && text(row).includes('20.0'))");
    check_axe(&browser);
    browser.full_screenshot("balance");
    let address = browser.value("location.pathname + location.search");
    browser.open_fresh(address.as_str().expect("an address"));
    browser.wait_text("#place-week h2", "熟料烧成工序");
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
    browser.full_screenshot("balance-phone");
    browser.size(1440, 900);

    // A file fills the day that is missing: a wrong cell first, then the value with its unit.
    let missing = days_ago(9);
    browser.open("/submissions");
    let file =
        |value: &str| format!("'采集项,时段,数值,单位\\n{ELECTRICITY},{missing},{value},kWh\\n'");
    choose(&browser, "#values-file-field", "补报.csv", &file("九十六"));
    browser.wait_text("[data-testid=values-file-outcome]", "有误 1 处");
    choose(&browser, "#values-file-field", "补报.csv", &file("960000"));
    browser.wait_text("[data-testid=values-file-outcome]", "1 个值可以提交");
    browser.wait_text("[data-testid=values-file-outcome]", "96.00");
    check_axe(&browser);
    set(&browser, "[data-testid=values-file-reason]", "按抄表记录补报");
    press(&browser, "[data-testid=send-values-file]");
    browser.wait_text("[data-testid=receipt]", "按抄表记录补报");
}
