//! The audit pack as an enterprise manager has it: from the unit's page to the checks and to both files.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::{CLINKER, CLINKER_COAL};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, months};
use nengce_tests::support::person::{PASSWORD, create};

use super::files::KEEP_FILES;

fn set(browser: &Browser, css: &str, text: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.run(&format!(
        "const it = document.querySelector({css:?}); it.value = {text:?}; it.dispatchEvent(new Event('input', {{bubbles: true}})); it.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

/// The bytes of the file that a button saves.
fn saved(browser: &Browser, format: &str) -> (String, Vec<u8>) {
    let count = browser.value("window.files.length");
    browser.click(&format!("document.querySelector('[data-testid=pack-{format}]')"));
    browser.wait(&format!("window.files.length > {count}"));
    let file = browser.value("window.files.at(-1)");
    let bytes = file[1].as_array().expect("bytes");
    let bytes = bytes.iter().filter_map(|it| u8::try_from(it.as_u64()?).ok()).collect();
    (file[0].as_str().unwrap_or_default().to_owned(), bytes)
}

#[test]
fn a_manager_sees_the_checks_and_takes_both_files() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let unit = Enterprise::numbered(9601, "资料包水泥").industry("C3011");
    let terminal = app.terminal(&unit);
    for year in [2024, 2025] {
        // The process uses more coal than the plant: one check fails.
        let items = [
            (RAW_COAL, 5_000.0),
            (ELECTRICITY, 600.0),
            (CLINKER, 40_000.0),
            (CLINKER_COAL, 5_500.0),
        ];
        let entries: Vec<_> =
            items.iter().flat_map(|(code, value)| months(code, year, *value)).collect();
        terminal.upload(&entries).received();
    }
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    set(&browser, "[data-testid=name]", "manager");
    set(&browser, "[data-testid=password]", PASSWORD);
    browser.click("document.querySelector('[data-testid=sign-in]')");
    browser.wait("location.pathname === '/home'");
    browser.open(&format!("/units/{}", unit.code));
    browser.wait("all('.page-tools a').some(it => it.href.includes('/audit-pack'))");
    browser.click("all('.page-tools a').find(it => it.href.includes('/audit-pack'))");
    browser.wait("location.pathname.endsWith('/audit-pack')");
    browser.wait_text("[data-figure=pack-wrong]", "1");
    // What fails stands first, with its cell, both figures and what to do.
    browser.wait("text(document.querySelector('#pack-checks tbody tr')).includes('不通过')");
    let first = browser.text("#pack-checks tbody tr");
    for part in ["11.1!E4", "60,000", "66,000", "核对"] {
        assert!(first.contains(part), "{part}: {first}");
    }
    browser.wait("document.querySelectorAll('#pack-checks [data-state=unknown]').length >= 2");
    browser.wait("document.querySelectorAll('[data-sheet-state=form]').length >= 11");
    browser.run(KEEP_FILES);
    let (name, bytes) = saved(&browser, "xlsx");
    assert_eq!(name, format!("nengce-audit-pack-{}-2025.xlsx", unit.code));
    let book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert!(book.sheet_names().iter().any(|it| it == "校核"), "{:?}", book.sheet_names());
    let (name, bytes) = saved(&browser, "docx");
    assert!(name.ends_with(".docx") && bytes.starts_with(b"PK"), "{name}");
    browser.settle();
    assert_eq!(axe::violations(&browser), Vec::<String>::new());
    browser.full_screenshot("audit-pack");
    set(&browser, "select[name=year]", "2024");
    browser.wait("location.search.includes('year=2024')");
    browser.wait_text(".answer", "2024");
    browser.open(&format!("/units/{}/audit-pack?lang=en", unit.code));
    browser.wait_text(".answer", "checks passed");
    browser.size(390, 844);
    browser.settle();
    let wide = browser.value("document.documentElement.scrollWidth").as_u64();
    assert!(wide.is_some_and(|it| it <= 390), "{wide:?}");
    browser.wait("seen(document.querySelector('[data-testid=pack-docx]'))");
    browser.full_screenshot("audit-pack-mobile");
}
