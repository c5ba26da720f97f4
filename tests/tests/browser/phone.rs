//! The portal on a phone: the page stays where it is while it loads, and Escape gives the focus back wherever it closes
//! something.

use super::stage::{pages, stage};

/// The largest sum of layout shifts that a reader does not notice as a jump.
const MOST_SHIFT: f64 = 0.05;

/// Every shift so far with what moved; none where nothing is told within a moment.
const SHIFTS: &str = "new Promise(done => {
  const name = it => it && (it.id || it.className || it.nodeName);
  const told = list => done(list.getEntries().map(it => [it.value, it.sources.map(s => name(s.node)).join(' ')]));
  new PerformanceObserver(told).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([]), 800);
})";

#[test]
fn no_page_jumps_while_it_loads() {
    let stage = stage();
    let mut found = Vec::new();
    for (name, path) in pages(&stage) {
        let browser = stage.visit(&path);
        browser.size(390, 844);
        browser.driver.command("refresh");
        browser.settle();
        let shifts = browser.driver.resolve(SHIFTS);
        let sum: f64 =
            shifts.as_array().into_iter().flatten().filter_map(|it| it[0].as_f64()).sum();
        if sum > MOST_SHIFT {
            found.push(format!("{name}: {sum:.3} {shifts}"));
        }
    }
    assert!(found.is_empty(), "layout shift above {MOST_SHIFT}:\n  {}", found.join("\n  "));
}

#[test]
fn escape_gives_the_focus_back() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    // A menu.
    browser.click("document.querySelector('#months [aria-haspopup]')");
    browser.wait("seen(document.querySelector('#months .pop'))");
    browser.press("Tab");
    browser.press("Escape");
    browser.wait("document.activeElement === document.querySelector('#months [aria-haspopup]')");
    // An enlarged panel.
    browser.click("document.querySelector('#months [aria-label=放大]')");
    browser.wait("document.querySelector('#months.enlarged')");
    browser.press("Escape");
    browser.wait("!document.querySelector('#months.enlarged')");
    browser.wait("document.activeElement.getAttribute('aria-label') === '放大'");
    // The list behind a mark.
    browser.run("document.querySelector('#months .chart-stage').focus();");
    browser.press("ArrowRight");
    browser.press("l");
    browser.wait("document.querySelector('#drill-down[open]')");
    browser.press("Escape");
    browser.wait("!document.querySelector('#drill-down')");
    browser.wait("document.activeElement === document.querySelector('#months .chart-stage')");
}
