//! Rejected entries of a terminal: downloaded from the page of uploads, mended in one cell, imported on the next page.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use nengce_tests::support::server::ADMIN_TOKEN;

#[test]
fn a_rejected_entry_is_downloaded_mended_and_imported() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(9801, "改正一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let entry = day(ELECTRICITY, "2025-03-01", 12.5);
    let wrong = with(entry, "dataCode", serde_json::json!("00-00-0000-02330-11"));
    terminal.upload(&[wrong]).refused();
    let uploads = app.get("/api/v1/uploads?kind=energy").ok();
    let browser = Browser::start(&app.url());
    browser.open_fresh(&format!("/uploads?upload={}", uploads["rows"][0]["upload_id"]));
    browser.wait_text("#rejected tbody", "是不是 00-00-0000-023300-11（电力）？");
    browser.full_screenshot("rejected-entries");
    // The file of the link, with one cell mended.
    browser.run(
        "fetch(document.querySelector('[data-testid=rejected-csv]').href)
           .then((it) => it.text()).then((it) => sessionStorage.setItem('file', it.replace('02330-11', '023300-11')));",
    );
    browser.wait("!!sessionStorage.getItem('file')");
    browser.click("document.querySelector('[data-testid=import-mended]')");
    browser.wait("location.pathname === '/import'");
    browser.enter_token(ADMIN_TOKEN);
    browser.wait("seen(document.querySelector('#import-file .drop'))");
    browser.run(
        "const data = new DataTransfer(); data.items.add(new File([sessionStorage.getItem('file')], 'mended.csv', {type: 'text/csv'}));
         document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
    );
    // The columns are known, so the preview comes by itself.
    browser.wait("text(document.querySelector('[data-figure=preview-good]')) === '1'");
    browser.full_screenshot("rejected-import");
    browser.click("document.querySelector('[data-testid=commit]:not([disabled])')");
    browser.wait_text("#outcome h2", "导入完成");
    assert_eq!(terminal.readings(ELECTRICITY, 1)[0]["value"], 12.5);
}
