//! Units, one unit, uploads, inspection targets.

use super::stage::stage;

#[test]
fn the_list_leads_to_the_unit() {
    let stage = stage();
    let browser = stage.visit("/units");
    browser.wait("['津海钢铁', '蓟北水泥', '滨海化工', '武清水泥', '静海水泥'].every(name => document.body.innerText.includes(name))");
    browser.click("all('a').find(a => seen(a) && text(a) === '津海钢铁')");
    browser.wait("location.pathname.startsWith('/units/91')");
    browser.settle();
    browser.wait_text("h1", "津海钢铁");
    // 365 · 12,450 tce
    browser.wait("/454\\.4|4,544,250/.test(document.body.innerText)");
    browser.full_screenshot("unit-light");
}

#[test]
fn uploads_show_what_came() {
    let stage = stage();
    let browser = stage.visit("/uploads");
    browser.wait("document.body.innerText.includes('静海水泥')");
    browser.full_screenshot("uploads-light");
}

#[test]
fn targets_give_their_reasons() {
    let stage = stage();
    let browser = stage.visit("/targets");
    browser.wait("document.body.innerText.includes('静海水泥')");
    browser.full_screenshot("targets-light");
}
