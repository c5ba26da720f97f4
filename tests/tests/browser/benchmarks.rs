//! The benchmarking page.

use super::stage::{check_address, check_row, stage};

#[test]
fn figures_on_screen_are_those_computed_by_hand() {
    let stage = stage();
    let browser = stage.visit("/benchmarks/0201");
    check_row(&browser, "ranking", "武清水泥", &["98.5"]);
    check_row(&browser, "ranking", "蓟北水泥", &["114.3", "+14.3%"]);
    check_row(&browser, "ranking", "静海水泥", &["125.0", "+25.0%"]);
    // 14.288 kgce/t · 9.125 Mt + 25.0025 kgce/t · 3.65 Mt = 221,637 tce.
    browser.wait("/22\\.2|221,637/.test(document.body.innerText)");
    browser.full_screenshot("benchmarks-light");
}

#[test]
fn choosing_a_unit_is_written_to_the_address() {
    let stage = stage();
    let browser = stage.visit("/benchmarks/0201");
    browser.click("all('#ranking tbody tr').find(row => text(row).includes('静海水泥'))");
    check_address(&browser, &format!("unit={}", stage.city.unit("静海水泥").code));
    browser.wait_text("body", "静海水泥");
    browser.driver.command("back");
    browser.wait("!location.search.includes('unit=')");
}
