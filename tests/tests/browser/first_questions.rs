//! What a person asks first, each in as few steps as it takes: base years and indices, targets that will be missed, a unit's
//! place in its industry, the search, saved views, and how the server is doing.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use serde_json::json;

use super::stage::{check_address, check_figure, check_row, stage};

#[test]
fn a_base_year_and_an_index_stand_in_the_address() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    check_row(&browser, "months", "2025-02", &["58.5", "60.1"]);
    browser.run(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'i', bubbles: true}));",
    );
    check_address(&browser, "scale=index");
    // 28 of 31 days of the same consumption; 29 of 31 the year before.
    check_row(&browser, "months", "2025-02", &["90.3", "93.5"]);
    check_row(&browser, "months", "2025-01", &["100.0"]);
    browser.run(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%', bubbles: true}));",
    );
    check_address(&browser, "scale=share");
    browser.wait(
        "document.querySelector('[data-scale=share]').getAttribute('aria-pressed') === 'true'",
    );
    browser.wait("all('#composition thead th').some(it => text(it).includes('%'))");
    browser.full_screenshot("dual-control-share");
    browser.driver.command("refresh");
    browser.wait(
        "document.querySelector('[data-scale=share]').getAttribute('aria-pressed') === 'true'",
    );
    browser.driver.command("back");
    check_row(&browser, "months", "2025-02", &["90.3"]);

    browser.open("/dual-control");
    browser.settle();
    browser.click("all('.filter-bar button').find(it => text(it).startsWith('对比'))");
    browser.click("all('.pop-item').find(it => text(it).includes('基年 2024年'))");
    check_address(&browser, "compare=year:2024");
    browser.wait_text(".answer", "较基年");
    check_figure(&browser, "total", "762.1");
}

#[test]
fn districts_that_miss_their_total_are_one_click_away() {
    let city = City::of_units();
    let row = |code: &str, tce: u32| {
        format!("region,{code},total_tce,2025,2025,{tce},equivalent,tests\n")
    };
    let targets = format!(
        "scope,code,kind,from_year,to_year,value,basis,source\n{}{}",
        row("120119", 1_400_000),
        row("120118", 530_000)
    );
    city.app.import("targets", "targets.csv", &targets);
    let browser = Browser::start(&city.app.url());
    browser.open_fresh("/dual-control");
    browser.settle();
    // 365 · 3,928.65 over 1,400,000, and 365 · 1,428.6 under 530,000.
    check_row(&browser, "regions", "蓟州", &["+2.4%"]);
    check_row(&browser, "regions", "静海", &["−1.6%"]);
    browser.click("all('#regions thead button').find(it => text(it).includes('年终'))");
    check_address(&browser, "sort-regions=");
    browser.wait("text(all('#regions tbody tr').filter(it => !text(it).startsWith('全市'))[0]).includes('蓟州')");
    browser.wait_text("[data-testid=missed-targets]", "1");
    browser.click("document.querySelector('[data-testid=missed-targets]')");
    check_address(&browser, "region=120119");
    browser.settle();
    browser.full_screenshot("dual-control-year-end");
    assert!(axe::violations(&browser).is_empty());
}

#[test]
fn a_unit_leads_to_its_place_in_its_industry() {
    let stage = stage();
    let code = stage.city.unit("静海水泥").code.clone();
    let browser = stage.visit(&format!("/units/{code}?region=120118"));
    // 4.83 tce per 10^4 yuan, between 3.76 and 5.83.
    browser.wait_text("[data-figure=industry-place]", "行业第 2 / 3 位");
    browser.wait_text("[data-figure=industry-place]", "潜力");
    browser.click("document.querySelector('[data-figure=industry-place] a')");
    browser.wait("location.pathname === '/benchmarks/C30'");
    check_address(&browser, &format!("unit={code}"));
    assert_eq!(browser.value("location.search.includes('region')"), false);
    browser.wait("all('#ranking tbody tr').length === 3");
    browser.wait("text(document.querySelector('#ranking tbody tr.selected')).includes('静海水泥')");
}

/// Types into the search and presses Enter before any suggestion came.
fn search(browser: &Browser, words: &str) {
    browser.press("/");
    browser.wait("document.activeElement.getAttribute('role') === 'combobox'");
    browser.run(&format!(
        "const e = document.activeElement; e.value = {words:?}; e.dispatchEvent(new Event('input', {{bubbles: true}})); e.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true}}));"
    ));
}

#[test]
fn enter_opens_the_best_match_of_what_is_typed_and_leaves_the_filters() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120116");
    browser.run("window.scrollTo(0, document.body.scrollHeight);");
    browser.wait("(it => it.top >= 0 && it.bottom <= innerHeight)(document.querySelector('.search').getBoundingClientRect())");
    search(&browser, "静海水泥");
    let code = &stage.city.unit("静海水泥").code;
    browser.wait(&format!("location.pathname === '/units/{code}'"));
    check_address(&browser, "region=120116");
    search(&browser, "蓟北");
    let code = &stage.city.unit("蓟北水泥").code;
    browser.wait(&format!("location.pathname === '/units/{code}'"));
    search(&browser, "没有这家");
    browser.wait("location.pathname === '/units' && location.search.includes('q=')");
}

/// Opens the menu of saved views.
fn open_views(browser: &Browser) {
    browser.click("document.querySelector('.page-tools .menu button')");
    browser.wait("seen(document.querySelector('.pop form input'))");
}

/// Types a name into the given form of the menu and saves.
fn save_as(browser: &Browser, form: &str, name: &str) {
    browser
        .run(&format!("document.querySelector({form:?}).querySelector('input').value = {name:?};"));
    browser.click(&format!("document.querySelector({form:?}).querySelector('button')"));
}

#[test]
fn a_view_is_saved_under_a_name_and_opened_by_its_link() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120119&scale=index");
    open_views(&browser);
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    save_as(&browser, ".pop > form", "蓟州 指数");
    browser.wait_text("[data-testid=view-name]", "蓟州 指数");
    check_address(&browser, "view=蓟州 指数");
    // Another selection is another view.
    browser.click("document.querySelector('[data-basis=calorific]')");
    browser.wait("!location.search.includes('view=')");

    browser.open("/units");
    browser.settle();
    open_views(&browser);
    browser.click("all('[data-testid=views] button').find(it => text(it) === '改名')");
    browser.wait("document.activeElement.matches('[data-testid=views] input')");
    save_as(&browser, "[data-testid=views] form", "蓟州 一月");
    browser.click("all('[data-testid=views] a').find(it => text(it) === '蓟州 一月')");
    browser.wait("location.pathname === '/dual-control'");
    check_address(&browser, "region=120119");
    check_address(&browser, "scale=index");
    browser.wait_text("[data-testid=view-name]", "蓟州 一月");

    // The link opens the view where nothing was saved too.
    let link = browser.value("location.pathname + location.search");
    browser.open_fresh(link.as_str().expect("an address"));
    browser.settle();
    browser.wait_text("[data-testid=view-name]", "蓟州 一月");
    browser.run("localStorage.setItem('nengce.views', 'a%E4 /units\\n\\n%41 //example.com\\nB /units?region=120119');");
    browser.driver.command("refresh");
    browser.settle();
    open_views(&browser);
    browser.wait("all('[data-testid=views] a').map(text).join() === 'B'");
    browser.click("document.querySelector('[data-testid=views] .chip-clear')");
    browser.wait("!document.querySelector('[data-testid=views]')");
    browser.wait("seen(document.querySelector('.pop > form input'))");
}

#[test]
fn an_operator_sees_how_the_server_is_doing() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::numbered(9601, "运行一厂").collects(ELECTRICITY, 1));
    let bad = with(day(ELECTRICITY, "2025-03-02", 1.0), "dataCode", json!("00-00-0000023400-80"));
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 20.0), bad]).refused();
    let of = json!({"deviceId": terminal.device_id});
    app.post("/downloadBaseData", &of).received();

    let browser = Browser::start(&app.url());
    browser.open_fresh("/operation");
    browser.settle();
    browser.wait("!!document.querySelector('#sign-in')");
    browser.wait("all('#factors tbody tr').length > 3");
    browser.hold_token();
    browser.open("/operation");
    browser.settle();
    check_figure(&browser, "uploads-hour", "1");
    check_figure(&browser, "rejected-day", "1");
    browser.wait("all('#reasons tbody tr').length === 1");
    browser.wait("all('#editions tbody tr').length === 14");
    check_row(&browser, "terminal-editions", "运行一厂", &["现行"]);
    browser.click("document.querySelector('#reasons [data-value=\"31\"]')");
    check_address(&browser, "days=31");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("operation-light");
    browser.click("document.querySelector('#reasons tbody a')");
    browser.wait("location.pathname === '/uploads' && location.search.includes('upload=')");
}
