//! The page of the platforms above and below: without a link, with one to a platform that does not answer, and the drill
//! down through the regions.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};

use super::stage::{check_accessible, check_address, check_row, signed_in};

/// Nobody listens at this address.
const SILENT: &str = "[[upper]]\nname = \"省平台\"\nurl = \"http://127.0.0.1:9\"\n";

/// No page scrolls sideways, in either language, on any screen.
fn check_widths(browser: &Browser, path: &str) {
    for lang in ["zh", "en"] {
        let mark = if path.contains('?') { '&' } else { '?' };
        browser.open(&format!("{path}{mark}lang={lang}"));
        for width in [390, 768, 1100, 1280, 1920] {
            browser.size(width, 900);
            browser.settle();
            browser.wait(&format!("document.documentElement.scrollWidth <= {width}"));
        }
        browser.size(390, 844);
        check_accessible(browser, path);
        browser.full_screenshot(&format!("link-mobile-{lang}"));
        browser.size(1440, 900);
    }
}

#[test]
fn without_a_link_the_page_says_so_and_how_to_make_one() {
    let app = TestApp::new();
    let browser = signed_in(&app, "/link");
    browser.wait_text(".answer", "没有配置上级平台；没有下级平台。");
    browser.wait_text("[data-testid=no-upper]", "link_file");
    browser.wait_text("#below", "nengce token create --name NAME --regions 1201");
    browser.wait_text("#offers", "还没有下发过字典");
    // Without units nothing is called complete.
    browser.wait_text("[data-testid=regions-sentence]", "无从说起");
    browser.wait("!document.querySelector('[data-decision]')");
    check_accessible(&browser, "no link");
    browser.full_screenshot("link-none");
    check_widths(&browser, "/link");
}

#[test]
fn regions_open_level_by_level_and_the_address_is_their_state() {
    let app = TestApp::new();
    let on_time = Enterprise::numbered(9701, "区划一厂").collects(ELECTRICITY, 1);
    let values = days(ELECTRICITY, "2025-03-01", "2025-03-02", |_| 20.0);
    app.terminal(&on_time).upload(&values).received();
    app.terminal(&Enterprise::numbered(9702, "区划二厂").region("120119"));

    let browser = signed_in(&app, "/link");
    // A city looks at its districts first: the unit whose values are old is late, the one without any is silent.
    browser.wait_text("[data-testid=regions-sentence]", "2 个区县落后，1 家迟报，1 家没有任何数据");
    check_row(&browser, "link-regions", "滨海新区", &["0 / 1", "2025-03-02"]);
    check_row(&browser, "link-regions", "蓟州区", &["0 / 1", "有单位没有数据"]);
    check_accessible(&browser, "districts");
    browser.full_screenshot("link-regions");

    browser.click("document.querySelector('#link-regions [data-value=province]')");
    check_address(&browser, "level=province");
    check_row(&browser, "link-regions", "天津市", &["0 / 2"]);
    browser.wait("!document.querySelector('[data-testid=way]')");
    browser.click("all('#link-regions tbody tr')[0].cells[1]");
    check_address(&browser, "level=city&within=12");
    check_row(&browser, "link-regions", "1201", &["0 / 2"]);
    // The keyboard goes down too.
    browser.run("all('#link-regions tbody tr')[0].focus();");
    browser.press("Enter");
    check_address(&browser, "level=district&within=1201");
    check_row(&browser, "link-regions", "蓟州区", &["0 / 1"]);
    browser.wait_text("[data-testid=way]", "天津市");

    browser.driver.command("refresh");
    browser.settle();
    check_row(&browser, "link-regions", "蓟州区", &["0 / 1"]);
    browser.wait_text("[data-testid=way]", "天津市");
    browser.run("history.back();");
    check_row(&browser, "link-regions", "1201", &["0 / 2"]);
    check_address(&browser, "level=city&within=12");
    browser.run("history.back();");
    check_row(&browser, "link-regions", "天津市", &["0 / 2"]);
    // What names no region is left out.
    browser.open("/link?level=planet&within=x");
    browser.wait("document.querySelector('#link-regions [data-value=district]').getAttribute('aria-pressed') === 'true'");
    check_row(&browser, "link-regions", "蓟州区", &["0 / 1"]);
    check_widths(&browser, "/link?level=district&within=1201");

    // A district leads to its units.
    browser.open("/link?lang=zh");
    browser.settle();
    browser.click("all('#link-regions tbody a').find(it => text(it) === '蓟州区')");
    browser.wait("location.pathname === '/units'");
    check_address(&browser, "region=120119");
    browser.wait("all('#units tbody tr').length === 1");
}

#[test]
fn a_link_is_paused_and_resumed_and_its_lists_have_addresses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("link.toml");
    std::fs::write(&file, SILENT).expect("the file of the link");
    let app = TestApp::with_config(&format!("link_file = {file:?}\nlink_round_seconds = 1\n"));
    let unit = Enterprise::numbered(9703, "上报一厂").collects(ELECTRICITY, 1);
    let values = days(ELECTRICITY, "2025-03-01", "2025-03-10", |_| 20.0);
    app.terminal(&unit).upload(&values).received();

    let browser = signed_in(&app, "/link");
    // Who does not answer is not called up to date.
    browser.wait_text(".answer", "1 个上级平台，0 个已是最新");
    browser.wait("document.querySelector('[data-testid=upper]').dataset.upper === '省平台'");
    browser.wait("document.querySelector('[data-testid=upper]').dataset.state === 'waiting'");
    browser.wait_text("[data-testid=standing]", "上级没有接收");
    browser.wait_text("[data-testid=standing]", "10 个项·日待送");
    browser.wait_text(".link-days + .link-table", "按日看数字");
    check_accessible(&browser, "waiting");
    browser.full_screenshot("link-waiting");

    browser.click("document.querySelector('[data-decision=pause]')");
    browser.wait("seen(document.querySelector('[data-testid=question]')) && all('[data-testid=question] li').length > 1");
    check_accessible(&browser, "pause");
    browser.click("document.querySelector('[data-testid=do-it]')");
    browser.wait_text("[data-testid=done-message]", "已暂停");
    browser.wait("document.querySelector('[data-testid=upper]').dataset.state === 'paused'");
    browser.wait_text("[data-testid=standing]", "暂停");
    browser.driver.command("refresh");
    browser.settle();
    browser.click("document.querySelector('[data-decision=resume]')");
    browser.click("document.querySelector('[data-testid=do-it]')");
    browser.wait("document.querySelector('[data-testid=upper]').dataset.state !== 'paused'");

    browser.click("document.querySelector('[data-list=units]')");
    check_address(&browser, "upper=省平台&show=units");
    check_row(&browser, "link-units", "上报一厂", &[&unit.code, "10"]);
    browser.click("document.querySelector('[data-list=refused]')");
    browser.wait_text("#link-refused", "没有数据被拒绝");
    browser.driver.command("refresh");
    browser.wait_text("#link-refused", "没有数据被拒绝");
    browser.run("history.back();");
    check_row(&browser, "link-units", "上报一厂", &["10"]);
    browser.run("const it = document.querySelector('[data-testid=link-search]'); it.value = '没有这家'; it.dispatchEvent(new Event('input', {bubbles: true}));");
    browser.wait_text("#link-units", "没有这样的单位");
    check_address(&browser, "q=没有这家");
    browser.click("document.querySelector('[data-testid=close-list]')");
    browser.wait("!document.querySelector('#link-units') && !location.search.includes('show=')");
    // A platform above that the file does not name.
    browser.open("/link?upper=nobody&show=units");
    browser.wait("seen(document.querySelector('#link-units [role=alert]'))");
    check_widths(&browser, "/link?upper=%E7%9C%81%E5%B9%B3%E5%8F%B0&show=units");
}
