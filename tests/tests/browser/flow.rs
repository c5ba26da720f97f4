//! The energy flow on the dual-control page: its table is the API's, a node filters, back undoes, a phone scrolls it.

use nengce_shared::number;
use nengce_tests::support::browser::Browser;
use serde_json::Value;

use super::stage::{Stage, check_address, stage};

const CHART_STAGE: &str = "document.querySelector('#flow .chart-stage')";

#[track_caller]
fn as_the_api_says(stage: &Stage, browser: &Browser, query: &str) {
    let told = stage.city.app.get(&format!("/api/v1/energy-flow?{query}")).ok();
    let links = told["links"].as_array().expect("links");
    assert!(!links.is_empty());
    let name = |id: &Value| {
        let nodes = told["nodes"].as_array().expect("nodes");
        let node = nodes.iter().find(|it| it["id"] == *id).expect("a node");
        node["zh"].as_str().expect("a name").to_owned()
    };
    browser.wait(&format!("all('#flow tbody tr').length === {}", links.len()));
    for link in links {
        let cells = [
            name(&link["from"]),
            name(&link["to"]),
            number::grouped(link["tce"].as_f64().expect("a figure") / 1e4, 2),
            if link["inferred"] == true { "估算" } else { "上报" }.to_owned(),
        ];
        let list = serde_json::to_string(&cells).expect("texts");
        browser.wait(&format!(
            "all('#flow tbody tr').some(row => {list}.every(cell => [...row.cells].some(it => text(it) === cell)))"
        ));
    }
}

/// Moves the pointer down the right column until the tooltip shows the name, and clicks there.
#[track_caller]
fn click_at_right(browser: &Browser, name: &str) {
    let at = browser.run(&format!(
        "const e = {CHART_STAGE}; e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height];"
    ));
    let [left, top, width, height] = [0, 1, 2, 3].map(|it| at[it].as_f64().expect("a length"));
    for back in (10..300).step_by(6) {
        for down in (30..height as i32).step_by(8) {
            let (x, y) = (left + width - f64::from(back), top + f64::from(down));
            browser.hover(x, y);
            let told =
                browser.value("text(document.querySelector('#flow .tip b') ?? document.body)");
            if told.as_str().is_some_and(|it| it.starts_with(name)) {
                browser.drag((x, y), (x, y));
                return;
            }
        }
    }
    panic!("no mark of {name}");
}

#[test]
fn the_table_is_the_apis_a_node_filters_and_back_undoes() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    browser.wait("!!document.querySelector('#flow canvas[data-painted]')");
    as_the_api_says(&stage, &browser, "basis=equivalent");

    // The first node in the order of the keys is the first purchase: coal.
    browser.run(&format!("{CHART_STAGE}.focus();"));
    browser.press("Home");
    browser.wait("text(document.querySelector('#flow .tip')).includes('购入煤炭')");
    browser.press("Enter");
    check_address(&browser, "energy=coal");
    // An energy type is highlighted, and the balance stays whole.
    as_the_api_says(&stage, &browser, "basis=equivalent");
    browser.driver.command("back");
    browser.wait("!location.search.includes('energy')");

    click_at_right(&browser, "化学原料");
    check_address(&browser, "industry=C26");
    as_the_api_says(&stage, &browser, "industry=C26");
    browser.driver.command("back");
    browser.wait("!location.search.includes('industry')");
    as_the_api_says(&stage, &browser, "basis=equivalent");
}

#[test]
fn nothing_to_show_says_so_and_a_phone_scrolls_the_panel_only() {
    let stage = stage();
    let browser = stage.visit("/dual-control?from=2023&to=2023");
    browser.wait("text(document.querySelector('#flow')).includes('没有能耗数据')");
    browser.size(390, 844);
    browser.open_fresh("/dual-control");
    browser.wait("!!document.querySelector('#flow canvas[data-painted]')");
    browser.wait("(it => it.scrollWidth > it.clientWidth)(document.querySelector('.flow-scroll'))");
    browser.wait("document.documentElement.scrollWidth <= 390");
}
