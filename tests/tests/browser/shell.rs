//! Language, theme and keys on every page.

use super::stage::{check_figure, stage};

#[test]
fn english_is_one_click_away_and_stays() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.wait("document.documentElement.lang === 'zh-CN'");
    browser.click("document.querySelector('button.lang')");
    browser.wait("document.documentElement.lang === 'en'");
    browser.wait_text("h1", "Dual control");
    check_figure(&browser, "total", "762.1");
    browser.driver.command("refresh");
    browser.wait_text("h1", "Dual control");
    browser.wait_text("body", "10⁴ tce");
    browser.full_screenshot("dual-control-english");
    browser.click("document.querySelector('button.lang')");
    browser.wait_text("h1", "双控形势");
}

#[test]
fn the_theme_follows_the_system_until_chosen() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    let ground = || browser.value("getComputedStyle(document.body).backgroundColor");
    let light = ground();
    browser.system_theme("dark");
    browser.wait(&format!("getComputedStyle(document.body).backgroundColor !== {light}"));
    let dark = ground();
    browser.system_theme("light");
    browser.wait(&format!("getComputedStyle(document.body).backgroundColor === {light}"));
    browser.click("all('header.top button.tool').at(-1)");
    browser.wait(&format!("getComputedStyle(document.body).backgroundColor === {dark}"));
    browser.driver.command("refresh");
    browser.settle();
    assert_eq!(ground(), dark, "the choice is kept");
    browser.full_screenshot("dual-control-dark");
}

#[test]
fn the_first_tab_stop_skips_to_the_content() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.press("Tab");
    browser.wait("document.activeElement.getAttribute('href') === '#main'");
    browser.press("Enter");
    browser.wait("document.activeElement.id === 'main'");
}

#[test]
fn a_chart_is_read_with_keys() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.run("document.querySelector('#months .chart-stage').focus();");
    browser.press("ArrowRight");
    browser.wait("text(document.querySelector('#months [aria-live]')).includes('64.7')");
    browser.press("ArrowRight");
    browser.wait("text(document.querySelector('#months [aria-live]')).includes('58.5')");
    browser.press("t");
    browser.wait("document.querySelector('#months .rows-table table')");
}

#[test]
fn slash_opens_the_search() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.press("/");
    browser.wait("document.activeElement.tagName === 'INPUT'");
}

#[test]
fn a_canvas_is_as_dense_as_the_screen() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    let parameters =
        serde_json::json!({"width": 1440, "height": 900, "deviceScaleFactor": 2, "mobile": false});
    browser.driver.devtools("Emulation.setDeviceMetricsOverride", &parameters);
    browser.driver.command("refresh");
    browser.settle();
    browser.wait("document.querySelector('#months canvas').width >= 2 * document.querySelector('#months canvas').clientWidth - 2");
}

#[test]
fn paper_is_light_and_on_demand_without_colour() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.system_theme("dark");
    browser.click("button('黑白打印')");
    browser.wait("button('黑白打印').getAttribute('aria-pressed') === 'true'");
    browser.wait("!!document.querySelector('#composition canvas[data-painted]')");
    let pixels = "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data)(document.querySelector('#composition canvas'))";
    let colours = format!(
        "{pixels}.some((_, i, p) => i % 4 === 0 && (p[i] !== p[i + 1] || p[i] !== p[i + 2]))"
    );
    let dark = format!("{pixels}[0] < 128");
    browser.wait(&format!("({dark}) && ({colours})"));
    browser.run("dispatchEvent(new Event('beforeprint'))");
    browser.wait(&format!("!({dark}) && !({colours})"));
    browser.run("dispatchEvent(new Event('afterprint'))");
    browser.wait(&format!("({dark}) && ({colours})"));
    let media = |media: &str| {
        let parameters = serde_json::json!({"media": media});
        browser.driver.devtools("Emulation.setEmulatedMedia", &parameters);
    };
    media("print");
    browser.wait(
        "!seen(document.querySelector('.filter-bar')) && !seen(document.querySelector('.top nav'))",
    );
    browser.wait_text(".print-only", "等价");
    browser.wait("seen(document.querySelector('.print-only'))");
    browser.full_screenshot("dual-control-paper");
    media("");
}
