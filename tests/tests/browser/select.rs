//! Several selections at once, units and warning levels as selections, and the intensity and benchmark pages answered
//! in the browser as the API answers the same filter.

use nengce_tests::support::browser::Browser;
use serde_json::Value;

use super::stage::{Stage, check_address, check_figure, stage};

/// Waits until the browser answers the page, and counts its requests from then on.
#[track_caller]
fn city_is_here(browser: &Browser) {
    browser.wait("!!document.querySelector('[data-linked]')");
    browser.settle();
    browser.run("performance.clearResourceTimings();");
}

/// Checks that the page has requested none of its figures since.
#[track_caller]
fn asked_nobody(browser: &Browser) {
    browser.settle();
    let asked = browser.value("performance.getEntriesByType('resource').map(e => e.name).filter(it => /dual-control|timeline|intensity|benchmarks/.test(it))");
    assert_eq!(asked, Value::Array(Vec::new()));
}

fn ask(stage: &Stage, path: &str) -> Value {
    stage.city.app.get(path).ok()
}

/// Checks that the intensity on screen is that of the API.
#[track_caller]
fn intensity_as_the_api_says(stage: &Stage, browser: &Browser, query: &str) {
    let told = ask(stage, &format!("/api/v1/intensity?by=region&{query}"));
    let value = told["whole"]["value"].as_f64().expect("an intensity");
    check_figure(browser, "intensity", &format!("{value:.3}"));
}

fn with_control(element: &str) -> String {
    format!("{element}.dispatchEvent(new MouseEvent('click', {{bubbles: true, ctrlKey: true}}));")
}

fn district(name: &str) -> String {
    format!("all('#regions tbody tr').find(row => text(row).includes({name:?})).cells[0]")
}

#[test]
fn districts_add_up_and_a_chip_takes_one_back() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    city_is_here(&browser);
    browser.click(&district("滨海"));
    check_address(&browser, "region=120116");
    browser.run(&with_control(&district("蓟州")));
    check_address(&browser, "region=120116,120119");
    let total = |query: &str| {
        let told = ask(&stage, &format!("/api/v1/dual-control?{query}"));
        format!("{:.1}", told["total"]["value"].as_f64().expect("a total") / 1e4)
    };
    check_figure(&browser, "total", &total("region=120116,120119"));
    browser.click("document.querySelector('.chip-value[data-code=\"120116\"]')");
    browser.wait("!location.search.includes('120116')");
    check_figure(&browser, "total", &total("region=120119"));
    asked_nobody(&browser);
    browser.driver.command("back");
    check_figure(&browser, "total", &total("region=120116,120119"));
}

#[test]
fn a_warning_level_chooses_its_districts() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    city_is_here(&browser);
    let told = ask(&stage, "/api/v1/dual-control?basis=equivalent");
    let rows = told["regions"].as_array().expect("districts");
    let level = rows[0]["warning"]["level"].as_str().expect("a level");
    let same = rows.iter().filter(|it| it["warning"]["level"] == level);
    let codes: Vec<&str> = same.filter_map(|it| it["name"]["code"].as_str()).collect();
    let button = format!("document.querySelector('#regions [data-level={level}]')");
    browser.click(&button);
    check_address(&browser, &format!("region={}", codes.join(",")));
    browser.wait(&format!("{button}.getAttribute('aria-pressed') === 'true'"));
    browser.click(&button);
    browser.wait("!location.search.includes('region')");
    asked_nobody(&browser);
}

#[test]
fn a_unit_is_chosen_among_dots_and_compared_with_its_peers() {
    let stage = stage();
    let browser = stage.visit("/intensity");
    city_is_here(&browser);
    intensity_as_the_api_says(&stage, &browser, "basis=equivalent");
    browser.run("document.querySelector('#scatter .chart-stage').focus();");
    browser.press("Home");
    browser.press("Enter");
    browser.wait("location.search.includes('units=')");
    let code = browser.value("new URLSearchParams(location.search).get('units')");
    let code = code.as_str().expect("a code").to_owned();
    intensity_as_the_api_says(&stage, &browser, &format!("units={code}"));
    let told = ask(&stage, &format!("/api/v1/units/{code}"));
    let name = told["unit"]["name"].as_str().expect("a name");
    browser.wait(&format!(
        "text(document.querySelector('.chip-unit[data-code={code:?}] a')) === {name:?}"
    ));
    asked_nobody(&browser);

    // The selection and the comparison are kept on the other page.
    browser.open(&format!("/dual-control?units={code}&compare=peers"));
    let told = ask(&stage, &format!("/api/v1/dual-control?units={code}&compare=peers"));
    let total = told["total"]["value"].as_f64().expect("a total") / 1e4;
    check_figure(&browser, "total", &format!("{total:.1}"));
    browser.wait_text(".filter-bar", "同行均值");
    city_is_here(&browser);
    check_figure(&browser, "total", &format!("{total:.1}"));
    browser.click("document.querySelector('.chip-unit button')");
    browser.wait("!location.search.includes('units')");
    asked_nobody(&browser);
}

#[test]
fn intensity_follows_clicks_back_and_reload() {
    let stage = stage();
    let browser = stage.visit("/intensity");
    city_is_here(&browser);
    let row = "all('#beside tbody tr')[0]";
    let name = browser.value(&format!("text({row}.cells[0])"));
    browser.click(&format!("{row}.cells[0]"));
    browser.wait("location.search.includes('industry=')");
    let code = browser.value("new URLSearchParams(location.search).get('industry')");
    let query = format!("industry={}", code.as_str().expect("a code"));
    intensity_as_the_api_says(&stage, &browser, &query);
    browser.click("document.querySelector('[data-basis=calorific]')");
    intensity_as_the_api_says(&stage, &browser, &format!("{query}&basis=calorific"));
    browser.click("document.querySelector('[data-by=unit]')");
    browser.wait("location.search.includes('by=unit')");
    asked_nobody(&browser);
    browser.driver.command("refresh");
    browser.settle();
    intensity_as_the_api_says(&stage, &browser, &format!("{query}&basis=calorific"));
    browser.driver.command("back");
    browser.driver.command("back");
    intensity_as_the_api_says(&stage, &browser, &query);
    browser.driver.command("back");
    intensity_as_the_api_says(&stage, &browser, "basis=equivalent");
    assert!(name.as_str().is_some_and(|it| !it.is_empty()));
}

#[test]
fn benchmarks_are_ranked_in_the_browser() {
    let stage = stage();
    let browser = stage.visit("/benchmarks/C30");
    city_is_here(&browser);
    let ranked = |query: &str| {
        let told = ask(&stage, &format!("/api/v1/benchmarks/C30?{query}"));
        let rows = told["rows"].as_array().expect("rows").iter();
        let names = rows.map(|it| it["unit"]["name"].as_str().expect("a name").to_owned());
        names.collect::<Vec<_>>()
    };
    let shown = |names: &[String]| {
        let list = serde_json::to_string(names).expect("names");
        browser.wait(&format!(
            "(rows => rows.length === {list}.length && {list}.every((name, at) => text(rows[at]).includes(name)))(all('#ranking tbody tr'))"
        ));
    };
    let whole = ranked("basis=equivalent");
    assert_eq!(whole.len(), 3);
    shown(&whole);
    browser.click("document.querySelector('[data-basis=calorific]')");
    shown(&ranked("basis=calorific"));
    browser.run("all('.brush-handle')[1].focus();");
    browser.press("ArrowLeft");
    check_address(&browser, "to=2025-11");
    shown(&ranked("basis=calorific&from=2025-01&to=2025-11"));
    asked_nobody(&browser);
}

#[test]
fn the_groups_one_chooses_from_stay_whole_on_the_intensity_page() {
    let stage = stage();
    let browser = stage.visit("/intensity?by=industry");
    city_is_here(&browser);
    let rows = "all('#beside tbody tr')";
    let all = browser.value(&format!("{rows}.length"));
    assert!(all.as_u64().is_some_and(|it| it > 2), "{all} districts");
    let selected = format!("{rows}.filter(it => it.classList.contains('selected')).length");
    browser.click(&format!("{rows}[0].cells[0]"));
    browser.wait("location.search.includes('region=')");
    browser.wait(&format!("{selected} === 1"));
    browser.run(&with_control(&format!("{rows}[1].cells[0]")));
    browser.wait(&format!("{selected} === 2"));
    // The address follows one painted frame later.
    browser.wait("(new URLSearchParams(location.search).get('region') ?? '').includes(',')");
    let codes = browser.value("new URLSearchParams(location.search).get('region')");
    let codes = codes.as_str().expect("codes").to_owned();
    assert!(codes.contains(','), "{codes}");
    intensity_as_the_api_says(&stage, &browser, &format!("region={codes}"));
    browser.settle();
    assert_eq!(browser.value(&format!("{rows}.length")), all);

    // Dots select too: a selected unit leaves the other dots visible.
    let told = ask(&stage, &format!("/api/v1/intensity?by=industry&region={codes}"));
    let points = told["points"].as_array().expect("points").len();
    assert!(points > 1, "{points} dots to choose from");
    let all_dots = format!("all('#scatter tbody tr').length === {points}");
    browser.wait(&all_dots);
    browser.run("document.querySelector('#scatter .chart-stage').focus();");
    browser.press("Home");
    browser.press("Enter");
    browser.wait("location.search.includes('units=')");
    browser.wait("!!document.querySelector('.chip-unit')");
    browser.settle();
    browser.wait(&all_dots);
    asked_nobody(&browser);
}
