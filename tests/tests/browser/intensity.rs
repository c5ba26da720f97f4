//! The energy-intensity page.

use super::stage::{check_address, check_figure, check_row, stage};

#[test]
fn figures_on_screen_are_those_computed_by_hand() {
    let stage = stage();
    let browser = stage.visit("/intensity");
    check_figure(&browser, "intensity", "0.605");
    // 1 − (7,621,243.8 / 12.6 million) / (7,579,274.4 / 12 million)
    browser.wait_text("body", "4.2%");
    // 1,433,957.25 tce over 246,000 · 10^4 yuan.
    check_row(&browser, "groups", "蓟州", &["5.83"]);
    check_row(&browser, "groups", "滨海", &["2.37"]);
    check_row(&browser, "scatter", "津海钢铁", &["454.4"]);
    browser.full_screenshot("intensity-light");
}

#[test]
fn grouping_by_industry_changes_the_rows() {
    let stage = stage();
    let browser = stage.visit("/intensity?by=industry");
    // 365 · 6,000.12 tce over 416,400 · 10^4 yuan
    check_row(&browser, "groups", "非金属矿物制品业", &["5.26"]);
}

#[test]
fn the_decomposition_adds_up_to_the_change() {
    let stage = stage();
    let browser = stage.visit("/intensity");
    browser.wait("document.querySelector('#decomposition table')");
    // Activity lifts, intensity lowers; the ends are the two totals.
    browser.wait_text("#decomposition table", "762.1");
    browser.wait_text("#decomposition table", "757.9");
}

#[test]
fn a_deep_link_opens_what_it_names() {
    let stage = stage();
    let browser = stage.visit("/intensity?region=120116&from=2025-01&to=2025-06");
    check_address(&browser, "region=120116");
    // 181 · 14,880 tce over 6 · 191,000 · 10^4 yuan
    check_figure(&browser, "intensity", "2.350");
}
