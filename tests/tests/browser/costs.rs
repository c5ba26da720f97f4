//! Costs and plan of a unit, from the manager's first page over the import of tariffs and a typed plan to the figures.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, hours};
use nengce_tests::support::person::{PASSWORD, create};

/// Six peak hours at 1.2, ten flat ones at 0.8 and eight in the valley at 0.4 yuan per kWh.
const FILE: &str = "起始日期,能源品种,时段,小时,单价（元）,计价单位\n2024-01-01,电力,峰,\"8:00-11:00,18:00-21:00\",1.2,元/kWh\n2024-01-01,电力,平,\"7:00-8:00,11:00-18:00,21:00-23:00\",0.8,元/kWh\n2024-01-01,电力,谷,23:00-7:00,0.4,元/kWh\n";

fn set(browser: &Browser, css: &str, text: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.run(&format!(
        "const it = document.querySelector({css:?}); it.value = {text:?}; it.dispatchEvent(new Event('input', {{bubbles: true}}));"
    ));
}

fn press(browser: &Browser, css: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.click(&format!("document.querySelector({css:?})"));
}

fn choose(browser: &Browser, css: &str, content: &str) {
    browser.wait(&format!("document.querySelector({css:?})"));
    browser.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([{content:?}], 'tariffs.csv', {{type: 'text/csv'}}));
         const input = document.querySelector({css:?}); input.files = data.files;
         input.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

#[test]
fn a_manager_imports_tariffs_and_sees_costs_and_plan() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let unit = Enterprise::numbered(9601, "成本样本").collects(ELECTRICITY, 0);
    // One 10⁴ kWh an hour for five days of March; nothing in the rest of the year.
    let values: Vec<_> =
        (1..=5).flat_map(|day| hours(ELECTRICITY, &format!("2025-03-{day:02}"), |_| 1.0)).collect();
    app.terminal(&unit).upload(&values).received();
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    set(&browser, "[data-testid=name]", "manager");
    set(&browser, "[data-testid=password]", PASSWORD);
    press(&browser, "[data-testid=sign-in]");
    browser.wait("location.pathname === '/home'");
    press(&browser, "#part-own_units a[href*='/costs']");
    browser.wait("location.pathname.endsWith('/costs')");
    browser.open(&format!("/units/{}/costs?year=2025", unit.code));
    browser.wait_text("[data-testid=no-costs]", "还没有可用的单价或读数");
    // A wrong file first: its place is told, and nothing can be stored.
    choose(&browser, "[data-testid=tariff-file]", &FILE.replace("1.2", "贵"));
    browser.wait_text("[data-testid=tariff-file-outcome]", "有误 1 处");
    browser.wait("!document.querySelector('[data-testid=tariff-file-take]')");
    choose(&browser, "[data-testid=tariff-file]", FILE);
    browser.wait_text("[data-testid=tariff-file-outcome]", "1 张价格表");
    press(&browser, "[data-testid=tariff-file-take]");
    // Five days of 184,000 yuan; the days from 6 March on are counted and are not 0.
    browser.wait_text("[data-figure=cost-total]", "92.0");
    browser.wait_text(".answer", "301 天缺读数");
    browser.wait("all('#cost-periods tbody tr').length === 3");
    browser.wait("all('#tariffs tbody tr').some(row => text(row).includes('执行中'))");
    set(&browser, "[data-testid=plan-budget]", "1000");
    press(&browser, "[data-testid=save-plan]");
    browser.wait_text("#plan-months", "按");
    browser.settle();
    assert_eq!(axe::violations(&browser), Vec::<String>::new());
    browser.full_screenshot("costs");
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
    browser.full_screenshot("costs-phone");
    browser.size(1440, 900);
}
