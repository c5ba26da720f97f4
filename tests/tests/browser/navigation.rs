//! Filters in the address: links carry them, back and reload keep them.

use super::stage::{check_address, check_figure, stage};

#[test]
fn links_between_pages_carry_the_filters() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120116&from=2025-01&to=2025-06");
    // 181 · 14,880
    check_figure(&browser, "total", "269.3");
    browser.click("all('nav a').find(a => text(a) === '能耗强度')");
    check_address(&browser, "/intensity");
    check_address(&browser, "region=120116");
    browser.settle();
    browser.driver.command("back");
    check_address(&browser, "/dual-control");
    check_figure(&browser, "total", "269.3");
}

#[test]
fn the_start_page_is_dual_control() {
    let stage = stage();
    let browser = stage.visit("/");
    check_address(&browser, "/dual-control");
}

#[test]
fn an_unknown_address_says_so() {
    let stage = stage();
    let browser = stage.visit("/no-such-page");
    browser.wait("document.querySelector('main').innerText.trim().length > 3");
    browser.wait("!!document.querySelector('main a[href], nav a[href]')");
}
