//! Gestures other than the click: exact days from the period menu, Shift with an arrow, the double click, a resting
//! pointer.

use serde_json::Value;

use super::stage::{check_address, check_figure, stage};

#[test]
fn days_are_chosen_and_shift_with_an_arrow_moves_the_end() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    let total = |query: &str| {
        let path = format!("/api/v1/dual-control?{query}");
        let told = stage.city.app.get(&path).ok();
        format!("{:.1}", told["total"]["value"].as_f64().expect("a total") / 1e4)
    };
    browser.click("document.querySelector('.period-button')");
    for (at, day) in ["2025-02-10", "2025-06-20"].iter().enumerate() {
        browser.run(&format!(
            "const it = all('.days input')[{at}]; it.value = {day:?}; it.dispatchEvent(new Event('input', {{bubbles: true}}));"
        ));
    }
    browser.click("document.querySelector('.days button')");
    check_address(&browser, "from=2025-02-10&to=2025-06-20");
    check_figure(&browser, "total", &total("from=2025-02-10&to=2025-06-20&basis=equivalent"));

    // A first day after the last day is not accepted.
    browser.click("document.querySelector('.period-button')");
    browser.run("const it = all('.days input')[0]; it.value = '2025-07-01'; it.dispatchEvent(new Event('input', {bubbles: true}));");
    browser.wait("document.querySelector('.days button').disabled");
    browser.wait_text(".days", "起始日应不晚于截止日");
    browser.press("Escape");

    browser.run("document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft', shiftKey: true, bubbles: true, cancelable: true}));");
    check_address(&browser, "from=2025-02&to=2025-05");
    check_figure(&browser, "total", &total("from=2025-02&to=2025-05&basis=equivalent"));
}

/// Keeps the running timers of less than a second in `window.timers`.
const COUNT_TIMERS: &str = "const set = setTimeout, clear = clearTimeout;
    window.timers = new Set();
    window.setTimeout = (call, delay, ...rest) => {
        const id = set(() => { timers.delete(id); call(...rest); }, delay);
        if (delay < 1000) timers.add(id);
        return id;
    };
    window.clearTimeout = id => { timers.delete(id); clear(id); };";

#[test]
fn a_double_click_clears_and_opens_no_list() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120116");
    browser.wait("!!document.querySelector('#months canvas[data-painted]')");
    browser.run(COUNT_TIMERS);
    browser.run(
        "const e = document.querySelector('#months .chart-stage'), r = e.getBoundingClientRect();
         const at = {clientX: r.left + r.width / 2, clientY: r.top + r.height / 2, bubbles: true};
         for (const detail of [1, 2]) e.dispatchEvent(new MouseEvent('click', {...at, detail}));
         e.dispatchEvent(new MouseEvent('dblclick', {...at, detail: 2}));",
    );
    browser.wait("!location.search.includes('region')");
    // The single clicks before it wait for a moment; none of them may come after it.
    browser.wait("window.timers.size === 0");
    check_address(&browser, "/dual-control");
    assert_eq!(browser.value("location.search.includes('list=')"), false);
}

#[test]
fn what_a_resting_pointer_will_ask_for_is_fetched_ahead() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.wait("!!document.querySelector('#industries canvas[data-painted]')");
    browser.settle();
    browser.run("document.querySelector('#industries').scrollIntoView({block: 'center'});");
    let at = browser.value("(r => [r.left + 180, r.top + 40])(document.querySelector('#industries .chart-stage').getBoundingClientRect())");
    let (x, y) = (at[0].as_f64().expect("x"), at[1].as_f64().expect("y"));
    let lists = "performance.getEntriesByType('resource').filter(it => it.name.includes('/api/v1/units?')).length";
    assert_eq!(browser.value(lists), 0);
    browser.hover(x, y);
    browser.wait("!!document.querySelector('#industries .tip')");
    browser.wait(&format!("{lists} === 1"));
    browser.run(&format!(
        "document.querySelector('#industries .chart-stage').dispatchEvent(new MouseEvent('contextmenu', {{clientX: {x}, clientY: {y}, bubbles: true, cancelable: true}}));"
    ));
    browser.wait("all('#drill-down-units tbody tr').length > 0");
    assert_eq!(browser.value(lists), Value::from(1));
}

#[test]
fn the_heads_of_figures_follow_the_comparison() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.wait_text("#regions thead", "同比");
    browser.open("/dual-control?compare=previous");
    browser.wait_text("#regions thead", "环比");
    browser.click("all('.chip').find(it => text(it).includes('上一期'))");
    browser.click("all('.pop-item').find(it => text(it).includes('上年同期'))");
    browser.wait_text("#regions thead", "同比");
}

#[test]
fn a_finger_that_rests_adds_to_what_is_chosen() {
    let stage = stage();
    let browser = stage.visit("/dual-control?region=120116");
    browser.wait("all('#regions tbody tr.selected').length === 1");
    let row = "all('#regions tbody tr').find(row => text(row).includes('蓟州')).cells[0]";
    let rest = |element: &str| {
        let down = format!(
            "{element}.dispatchEvent(new PointerEvent('pointerdown', {{pointerType: 'touch', bubbles: true}}));"
        );
        browser.run(&down);
        // The time is the gesture: the pointer rests for half a second.
        std::thread::sleep(std::time::Duration::from_millis(700));
        browser.run(&format!(
            "{element}.dispatchEvent(new MouseEvent('contextmenu', {{bubbles: true, cancelable: true}}));"
        ));
    };
    rest(row);
    check_address(&browser, "region=120116,120119");
    rest(row);
    browser.wait("!location.search.includes('120119')");
    assert_eq!(browser.value("location.search.includes('list=')"), false);
}
