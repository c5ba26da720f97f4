//! One small city and one browser for all browser tests, which take turns.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::city::City;

pub(crate) struct Stage {
    pub city: City,
    browser: Mutex<Browser>,
}

/// The shared stage; it ends with the last test that holds it. Its tests only read the city: what one of them changed
/// would show on the pages of the others, so whoever sends data has a server of its own.
pub(crate) fn stage() -> Arc<Stage> {
    static SHARED: Mutex<Weak<Stage>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(stage) = shared.upgrade() {
        return stage;
    }
    let city = City::new();
    let browser = Mutex::new(Browser::start(&city.app.url()));
    let stage = Arc::new(Stage { city, browser });
    *shared = Arc::downgrade(&stage);
    stage
}

impl Stage {
    /// The browser as a new visitor on a page that has settled.
    #[track_caller]
    pub(crate) fn visit(&self, path: &str) -> MutexGuard<'_, Browser> {
        let browser = self.browser.lock().unwrap_or_else(PoisonError::into_inner);
        browser.size(1440, 900);
        browser.system_theme("light");
        browser.throttle_cpu(1);
        browser.open_fresh(path);
        browser.settle();
        browser
    }
}

/// Every page of the portal: its name and its address.
pub(crate) fn pages(stage: &Stage) -> Vec<(&'static str, String)> {
    vec![
        ("dual-control", "/dual-control".to_owned()),
        ("intensity", "/intensity".to_owned()),
        ("benchmarks", "/benchmarks/0201".to_owned()),
        ("targets", "/targets".to_owned()),
        ("units", "/units".to_owned()),
        ("unit", format!("/units/{}", stage.city.units[1].code)),
        ("uploads", "/uploads".to_owned()),
        ("quality", "/quality".to_owned()),
        ("import", "/import".to_owned()),
        ("terminals", "/terminals".to_owned()),
        ("operation", "/operation".to_owned()),
        ("link", "/link".to_owned()),
        ("audit", "/audit".to_owned()),
    ]
}

/// The figure of a key-figure cell.
#[track_caller]
pub(crate) fn check_figure(browser: &Browser, id: &str, expected: &str) {
    browser.wait(&format!("text(document.querySelector('[data-figure={id:?}]')) === {expected:?}"));
}

/// Checks that a row of the panel's table that begins with `name` holds all the texts.
#[track_caller]
pub(crate) fn check_row(browser: &Browser, panel: &str, name: &str, cells: &[&str]) {
    let list = serde_json::to_string(cells).expect("texts");
    browser.wait(&format!(
        "all('#{panel} tbody tr').some(row => text(row.cells[0]).includes({name:?}) && {list}.every(part => text(row).includes(part)))"
    ));
}

/// Checks that the page's address holds the part.
#[track_caller]
pub(crate) fn check_address(browser: &Browser, part: &str) {
    browser.wait(&format!(
        "decodeURIComponent(location.pathname + location.search).includes({part:?})"
    ));
}

/// A browser of its own with the administrator's token.
pub(crate) fn signed_in(app: &TestApp, path: &str) -> Browser {
    let browser = Browser::start(&app.url());
    browser.open_fresh(path);
    browser.hold_token();
    browser.open(path);
    browser.settle();
    browser
}

/// Nobody is kept out of what is on screen, in light and dark.
#[track_caller]
pub(crate) fn check_accessible(browser: &Browser, state: &str) {
    browser.settle();
    for theme in ["light", "dark"] {
        browser.system_theme(theme);
        // Colours in transition between two themes belong to neither.
        browser.wait("document.getAnimations().every(it => it.timeline !== document.timeline || it.playState !== 'running')");
        let violations = axe::violations(browser);
        assert!(violations.is_empty(), "{state}, {theme}: {violations:?}");
    }
    browser.system_theme("light");
}
