//! Units, one unit, uploads, inspection targets.

use super::stage::{check_address, check_figure, stage};

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
fn a_units_brush_narrows_its_days_and_reload_keeps_them() {
    let stage = stage();
    let code = stage.city.unit("津海钢铁").code.clone();
    let browser = stage.visit(&format!("/units/{code}"));
    let days_end_with = |day: &str| {
        browser.wait(&format!(
            "(rows => rows.length > 300 && text(rows.at(-1).cells[0]) === {day:?})(all('#unit-energy tbody tr'))"
        ));
    };
    days_end_with("2025-12-31");
    browser.run("all('.brush-handle')[1].focus();");
    browser.press("ArrowLeft");
    check_address(&browser, "to=2025-11");
    // 334 · 12,450 tce
    check_figure(&browser, "unit-total", "415.8");
    days_end_with("2025-11-30");
    browser.driver.command("refresh");
    check_figure(&browser, "unit-total", "415.8");
    days_end_with("2025-11-30");
}

#[test]
fn uploads_show_what_came() {
    let stage = stage();
    let browser = stage.visit("/uploads");
    browser.wait("document.body.innerText.includes('静海水泥')");
    browser.full_screenshot("uploads-light");
}
