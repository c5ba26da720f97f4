//! Inspection targets: weights that are dragged or typed, the ranking that follows them, and the address that keeps them.

use super::stage::{check_address, stage};

/// Sets a control and says so to the page.
fn set(css: &str, value: &str, event: &str) -> String {
    format!(
        "const it = document.querySelector('{css}'); it.value = '{value}'; it.dispatchEvent(new Event('{event}', {{bubbles: true}}));"
    )
}

#[test]
fn targets_give_their_reasons() {
    let stage = stage();
    let browser = stage.visit("/targets");
    browser.wait("document.body.innerText.includes('静海水泥')");
    browser.full_screenshot("targets-light");
}

#[test]
fn a_weight_that_moves_moves_the_ranking_and_stays_in_the_address() {
    let stage = stage();
    let browser = stage.visit("/targets?from=2025&to=2025");
    browser.wait("all('#ranking tbody tr').some(it => text(it).includes('静海水泥'))");
    let bar = "[data-testid=reason-above_limit]";
    let row = "document.querySelector('[data-reason=above_limit]')";
    browser.wait_text("#criteria", "计满");
    browser.run(&format!(
        "const it = {row}.querySelector('input[type=range]'); it.value = '0'; it.dispatchEvent(new Event('input', {{bubbles: true}}));"
    ));
    check_address(&browser, "criteria=above_limit:0");
    browser.wait("text(document.querySelector('[data-testid=touches-above_limit]')) === '0'");
    browser.wait("all('#ranking tbody tr').every(it => !text(it).includes('超基准'))");
    browser.driver.command("refresh");
    browser.wait("text(document.querySelector('[data-testid=touches-above_limit]')) === '0'");

    // A typed weight, and how many visits there are: the sentence says what the first one uses.
    browser.run(&format!(
        "const it = {row}.querySelector('.weight > input'); it.value = '40'; it.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
    check_address(&browser, "criteria=above_limit:40");
    browser.run(&set(".criteria-visits input", "1", "change"));
    check_address(&browser, "visits=1");
    browser.wait_text(".answer", "前 1 家用能");
    browser.wait("all('#ranking .chosen').length === 1");
    browser.wait_text("#evidence", "40 × (0.5 + 0.5 ×");
    browser.full_screenshot("targets-weights");
    browser.click("all('.criteria-visits button').find(it => text(it).includes('恢复默认权重'))");
    browser.wait("!location.search.includes('criteria')");
    browser.wait_text("#evidence", "18 × (0.5 + 0.5 ×");

    // A reason keeps only its units, in both languages.
    browser.open("/targets?from=2025&to=2025&lang=en");
    browser.wait_text("#criteria", "Drag or type");
    browser.click(&format!("document.querySelector('{bar}')"));
    check_address(&browser, "reason=above_limit");
    browser.wait("all('#ranking tbody tr').length > 0 && all('#ranking tbody tr').every(it => text(it).includes('above the'))");
    browser.full_screenshot("targets-en");
}
