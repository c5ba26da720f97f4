//! The portal on a phone: the page stays where it is while it loads, and Escape gives the focus back wherever it closes
//! something.

use super::stage::{Stage, pages, stage};

/// The largest sum of layout shifts that a reader does not notice as a jump.
const MOST_SHIFT: f64 = 0.05;

/// Every shift so far with its time and what moved from where to where; none where nothing is told within a moment.
const SHIFTS: &str = "new Promise(done => {
  const name = it => it && (it.id || it.className || it.data || it.nodeName);
  const source = it => name(it.node) + ' ' + it.previousRect.y + '→' + it.currentRect.y;
  const answer = list => done(list.getEntries().map(it => [it.value, it.startTime, it.sources.map(source).join(', ')]));
  new PerformanceObserver(answer).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([]), 800);
})";

#[test]
fn no_page_jumps_while_it_loads() {
    let stage = stage();
    check_layout_shifts(&stage, pages(&stage), 1);
}

/// On a slow phone answers come in another order; the sentence of this page is made of two.
#[test]
fn a_sentence_of_two_answers_does_not_jump_on_a_slow_phone() {
    check_layout_shifts(&stage(), vec![("intensity", "/intensity".to_owned())], 10);
}

/// Checks the pages on a phone whose processor is so many times slower than this machine.
#[track_caller]
fn check_layout_shifts(stage: &Stage, pages: Vec<(&str, String)>, cpu_slowdown: u32) {
    let mut found = Vec::new();
    for (name, path) in pages {
        let browser = stage.visit(&path);
        browser.size(390, 844);
        browser.throttle_cpu(cpu_slowdown);
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
