//! Names, reasons and file names that are markup, scripts or formulas: on each kind of page, on paper and in files they are
//! shown as they are, nothing of them runs, and the browser has nothing to refuse.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::pdf::sheets;
use serde_json::{Value, json};

use crate::files::{KEEP_FILES, save};

const SCRIPT: &str = "<script>ran(1)</script>甲厂";
const IMAGE: &str = "\"><img src=x onerror=ran(2)>";
/// Names of units: markup, characters outside the basic plane, formulas, templates, an address.
const NAMES: [&str; 9] = [
    SCRIPT,
    IMAGE,
    "𠮷田🏭<svg onload=ran(3)>",
    "=HYPERLINK(\"http://x.example\",\"乙\")",
    "+1+cmd|'/c calc'!A0",
    "-2+3丙",
    "@SUM(1+1)丁",
    "javascript:ran(4)",
    "{{ran(5)}}${ran(6)}<a href=javascript:ran(7)>戊</a>",
];
const REASON: &str = "\"'><img src=x onerror=ran(8)>没有换过";
const PERSON: &str = "<b onmouseover=ran(9)>张某</b>";
const FILE: &str = "\"><img src=x onerror=ran(10)>三月.csv";

/// Runs before each page: keeps what ran, and what the policy of the page refused.
const WATCH: &str = "window.hits = []; window.ran = n => { hits.push('ran ' + n); };
    window.alert = () => { hits.push('alert'); };
    addEventListener('securitypolicyviolation', e => { hits.push(e.effectiveDirective + ' ' + e.blockedURI); });";

/// A server with a unit for each name, a refused claim and a waived finding with a reason, and a person.
fn stage() -> TestApp {
    let app = TestApp::with_config(
        "registration_proofs = [\"certificate\"]\ntrusted_proxies = [\"127.0.0.1\"]\n",
    );
    let mut number = 9600;
    for name in NAMES {
        number += 1;
        let unit = Enterprise::numbered(number, name).collects(ELECTRICITY, 1);
        // Ten thousand times as much on one day is found by a rule of quality.
        let value = |day: jiff::civil::Date| {
            let usual = 200.0 + f64::from(day.day());
            if day == jiff::civil::date(2025, 4, 10) { usual * 10_000.0 } else { usual }
        };
        let values = days(ELECTRICITY, "2025-03-01", "2025-04-30", value);
        app.terminal(&unit).upload(&values).received();
        let body = json!({"enterpriseCode": unit.code, "region": unit.region}).to_string();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", "198.51.100.1")];
        app.post_bytes("/register", body.into_bytes(), &headers).refused();
    }
    let reason = || json!({"reason": REASON}).to_string().into_bytes();
    let claims = app.admin_get("/api/v1/claims").ok();
    let claim = &claims["rows"][0]["claim_id"];
    app.admin("POST", &format!("/api/v1/claims/{claim}/refuse"), reason()).ok();
    app.wait_until_assessed();
    let findings = app.admin_get("/api/v1/quality/findings?rule=unit_mixup").ok();
    let finding = &findings["rows"][0]["finding_id"];
    app.admin("POST", &format!("/api/v1/quality/findings/{finding}/waive"), reason()).ok();
    let person = json!({"name": "zhang", "display_name": PERSON, "roles": [Role::Inspector], "districts": [], "units": []});
    app.admin_post("/api/v1/accounts", person.to_string().into_bytes(), "application/json").ok();
    app
}

fn watched(app: &TestApp) -> Browser {
    let browser = Browser::start(&app.url());
    browser.driver.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": WATCH}));
    browser.open_fresh("/terminals");
    browser.hold_token();
    browser
}

/// Nothing ran and nothing was refused; no element came out of a text.
#[track_caller]
fn check_nothing_ran(browser: &Browser, place: &str) {
    assert_eq!(browser.value("hits"), json!([]), "{place}");
    let made = "all('main *').filter(e => [...e.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value) && ['href', 'src', 'action'].includes(a.name)) || e.getAttribute('src') === 'x' || e.tagName === 'SCRIPT').map(e => e.outerHTML.slice(0, 200))";
    assert_eq!(browser.value(made), json!([]), "{place}");
}

/// The text stands on the page as it is.
#[track_caller]
fn check_shown(browser: &Browser, part: &str) {
    let part = serde_json::to_string(part).expect("a text");
    browser.wait(&format!("document.querySelector('main').textContent.includes({part})"));
}

#[test]
fn what_watches_the_pages_notices_what_runs_and_what_is_refused() {
    let app = TestApp::new();
    let browser = watched(&app);
    browser.open("/units");
    browser.settle();
    browser.run("const e = document.createElement('div'); e.innerHTML = '<img src=x onerror=ran(0)>'; document.querySelector('main').append(e);");
    browser.wait("hits.some(it => it.startsWith('script-src'))");
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        check_nothing_ran(&browser, "an image that was put there");
    }));
    assert!(found.is_err());
}

#[test]
fn names_and_reasons_are_shown_as_they_are_on_every_page() {
    let app = stage();
    let browser = watched(&app);
    let code = Enterprise::numbered(9602, IMAGE).code;
    let unit = format!("/units/{code}");
    let pages: [(&str, &[&str]); 14] = [
        ("/home", &[]),
        ("/dual-control", &[]),
        ("/intensity", &[]),
        ("/benchmarks", &[]),
        ("/targets", &[]),
        ("/units", &NAMES),
        (&unit, &[IMAGE]),
        ("/uploads", &[SCRIPT, IMAGE]),
        ("/quality", &[IMAGE]),
        ("/terminals", &NAMES),
        ("/operation", &[]),
        ("/link", &[]),
        ("/accounts", &[PERSON]),
        ("/audit", &[]),
    ];
    for lang in ["zh", "en"] {
        for (path, shown) in pages {
            browser.open(&format!("{path}?lang={lang}"));
            browser.settle();
            shown.iter().for_each(|it| check_shown(&browser, it));
            check_nothing_ran(&browser, path);
        }
    }
    // What opens beside a list, and what is pointed at.
    browser.open("/terminals?tab=claims&state=refused");
    browser.click("all('#claims tbody tr')[0].cells[1]");
    browser.wait("seen(document.querySelector('#claim'))");
    check_shown(&browser, REASON);
    check_nothing_ran(&browser, "claim");
    browser.open("/quality?state=waived");
    browser.settle();
    browser.click("all('#findings tbody tr')[0].cells[2]");
    check_shown(&browser, REASON);
    check_nothing_ran(&browser, "finding");
    for name in [IMAGE, NAMES[2], NAMES[7]] {
        let asked: String = name.bytes().map(|it| format!("%{it:02X}")).collect();
        browser.open(&format!("/units?q={asked}"));
        browser.settle();
        check_shown(&browser, name);
        check_nothing_ran(&browser, "a filter that is markup");
    }
    browser.open(&unit);
    browser.settle();
    browser.run("all('main *').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})));");
    check_nothing_ran(&browser, "pointed at");
}

#[test]
fn names_are_texts_on_paper_in_files_and_as_names_of_files() {
    let app = stage();
    let browser = watched(&app);
    browser.open("/units");
    browser.settle();
    let printed: String =
        sheets(&browser.pdf("injection-units")).iter().map(|it| it.text()).collect();
    let printed: String = printed.split_whitespace().collect();
    for name in ["<script>ran(1)</script>", "<imgsrc=xonerror=ran(2)>", "javascript:ran(4)"] {
        assert!(printed.contains(name), "{name}: {printed}");
    }
    browser.run(KEEP_FILES);
    let (_, file) = save(&browser, "#units", "CSV");
    let text = String::from_utf8(file).expect("UTF-8");
    let rows: Vec<&str> =
        text.trim_start_matches('\u{feff}').lines().filter(|it| !it.starts_with('#')).collect();
    let table = rows.join("\n");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let cells: Vec<String> = reader
        .records()
        .flat_map(|it| it.expect("a record").iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for name in NAMES {
        let is_formula = name.starts_with(['=', '+', '-', '@']);
        let wanted = if is_formula { format!("'{name}") } else { name.to_owned() };
        assert!(cells.contains(&wanted), "{wanted}: {cells:?}");
    }
    let (_, book) = save(&browser, "#units", "XLSX");
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a package");
    let mut sheet = parts.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    let sheet = std::io::read_to_string(&mut sheet).expect("a text");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula");
    assert!(!sheet.contains("<hyperlink"), "a link");
    check_nothing_ran(&browser, "files");

    browser.open("/import");
    browser.settle();
    let name = serde_json::to_string(FILE).expect("a text");
    let content =
        serde_json::to_string(&format!("时间,{IMAGE}\n2025-03-01,{REASON}\n")).expect("a text");
    browser.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([{content}], {name}, {{type: 'text/csv'}}));
         document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {{dataTransfer: data, bubbles: true, cancelable: true}}));"
    ));
    browser.wait("seen(document.querySelector('#mapping'))");
    check_shown(&browser, FILE);
    check_nothing_ran(&browser, "a file");
}

/// Marks that turn or hide text are refused where names enter, so that no list has to show them.
#[test]
fn names_with_marks_that_turn_the_text_do_not_enter() {
    let app = TestApp::new();
    let plain = Enterprise::numbered(9650, "正向一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&plain);
    for mark in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{200b}'] {
        let turned = Enterprise { name: format!("厂{mark}gnp.exe"), ..plain.clone() };
        let refused = app.post("/uploadConfigData", &turned.config_message(&terminal.device_id));
        assert_eq!(refused.json()["responseCode"], "1", "{mark:?}: {}", refused.text());
        let person = json!({"name": "turned", "display_name": format!("张{mark}某"), "roles": [Role::Inspector], "districts": [], "units": []});
        let person = person.to_string().into_bytes();
        let answer = app.admin_post("/api/v1/accounts", person, "application/json");
        assert_eq!(answer.status, 400, "{mark:?}: {}", answer.text());
    }
    let unit: Value = app.get(&format!("/api/v1/units/{}", plain.code)).ok();
    assert_eq!(unit["unit"]["name"], "正向一厂");
}
