//! The dual-control page.

use super::stage::{check_address, check_figure, check_row, stage};

#[test]
fn figures_on_screen_are_those_computed_by_hand() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    // 365 · 20,880.12 tce = 762.12438 · 10^4 tce.
    check_figure(&browser, "total", "762.1");
    // 7,621,243.8 tce over 12.6 million 10^4 yuan, against 7,579,274.4 over 12 million.
    browser.wait_text(".kpis", "−4.2%");
    browser.wait_text(".kpis", "0.605 tce/万元");
    // 2.1 · 10^4 tce over the target of 760.
    browser.wait_text(".kpis", "+2.1");
    browser.wait_text(".answer", "762.1");
    browser.wait_text(".answer", "+0.6%");
    // The months: 31 · 20,880.12 and 28 · 20,880.12 tce.
    check_row(&browser, "months", "2025-01", &["64.7", "64.2", "31/31"]);
    check_row(&browser, "months", "2025-02", &["58.5", "60.1", "28/28"]);
    // Districts: 365 · 3,928.65 against 366 · 3,571.5; intensity rose.
    check_row(&browser, "regions", "蓟州", &["143.4", "一级"]);
    check_row(&browser, "regions", "静海", &["52.1", "二级"]);
    check_row(&browser, "regions", "滨海", &["543.1", "三级"]);
    check_row(&browser, "largest_rises", "蓟北水泥", &["143.4"]);
    browser.full_screenshot("dual-control-light");
    // The rules of the levels state the thresholds that are in force.
    browser.click("document.querySelector('.kpi-rule [aria-haspopup]')");
    browser.wait_text(".kpi-rule .pop", "总量：累计高出控制轨迹 1% 以上为一级，高出控制轨迹为二级");
    browser.wait_text(".kpi-rule .pop", "完整率低于 90%");
    browser.wait("!text(document.querySelector('.kpi-rule .pop')).includes('可配置')");
}

#[test]
fn the_basis_switch_recounts_electricity() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    check_figure(&browser, "total", "762.1");
    browser.click("document.querySelector('[data-basis=calorific]')");
    // 365 · (20,880.12 − 960 · 1.621)
    check_figure(&browser, "total", "705.3");
    check_address(&browser, "basis=calorific");
    browser.wait_text("body", "当量");
}

#[test]
fn brushing_the_time_recounts_every_figure() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    check_figure(&browser, "total", "762.1");
    let bars = browser.value("all('.brush-track .bar').map(b => { const r = b.getBoundingClientRect(); return [r.left + r.width / 2, r.bottom - 4]; })");
    let at =
        |index: usize| (bars[index][0].as_f64().expect("x"), bars[index][1].as_f64().expect("y"));
    assert_eq!(bars.as_array().map(Vec::len), Some(24), "two years of months");
    // Click outside the brush's body first: a month of 2024 alone.
    browser.drag(at(0), at(2));
    check_address(&browser, "from=2024-01");
    check_address(&browser, "to=2024-03");
    // 91 days of 2024 · 20,708.4
    check_figure(&browser, "total", "188.4");
    browser.driver.command("back");
    check_figure(&browser, "total", "762.1");
}

#[test]
fn the_brush_answers_to_keys() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.run("all('.brush-handle')[1].focus();");
    for month in ["2025-11", "2025-10", "2025-09"] {
        browser.press("ArrowLeft");
        check_address(&browser, &format!("to={month}"));
        // The next key starts from what the answer covers.
        browser.settle();
    }
    // 273 · 20,880.12
    check_figure(&browser, "total", "570.0");
}

#[test]
fn a_click_on_a_district_filters_the_page() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.click("all('#regions tbody tr').find(row => text(row).includes('蓟州'))");
    check_address(&browser, "region=120119");
    check_figure(&browser, "total", "143.4");
    browser.driver.command("refresh");
    check_figure(&browser, "total", "143.4");
    browser.click("all('button').find(b => text(b).startsWith('清除'))");
    check_figure(&browser, "total", "762.1");
}

#[test]
fn an_empty_filter_says_so_and_offers_a_way_out() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120119&industry=C31");
    browser.wait("document.body.innerText.includes('没有单位') || document.body.innerText.includes('没有数据')");
    browser.wait("!/NaN|undefined|Infinity/.test(document.body.innerText)");
}
