//! Accessibility and widths on every page, both themes.

use nengce_tests::support::axe;

use super::stage::{pages, stage};

#[track_caller]
fn check_axe(theme: &str) {
    let stage = stage();
    let mut found = Vec::new();
    for (name, path) in pages(&stage) {
        let browser = stage.visit(&path);
        browser.system_theme(theme);
        browser.driver.command("refresh");
        browser.settle();
        found.extend(
            axe::violations(&browser).into_iter().map(|violation| format!("{name}: {violation}")),
        );
        if theme == "dark" {
            browser.full_screenshot(&format!("{name}-dark"));
        }
    }
    assert!(found.is_empty(), "axe-core, {theme}:\n  {}", found.join("\n  "));
}

#[test]
fn every_page_is_clean_in_the_light_theme() {
    check_axe("light");
}

#[test]
fn every_page_is_clean_in_the_dark_theme() {
    check_axe("dark");
}

#[test]
fn no_page_scrolls_sideways() {
    let stage = stage();
    let mut found = Vec::new();
    for (name, path) in pages(&stage) {
        for width in [390, 768, 1280, 2560] {
            let browser = stage.visit(&path);
            browser.size(width, 900);
            browser.driver.command("refresh");
            browser.settle();
            let wide =
                browser.value("document.documentElement.scrollWidth").as_u64().unwrap_or_default();
            if wide > u64::from(width) {
                found.push(format!("{name} at {width}: {wide}"));
            }
            if width == 390 {
                browser.full_screenshot(&format!("{name}-mobile"));
            }
        }
    }
    assert!(found.is_empty(), "sideways scroll:\n  {}", found.join("\n  "));
}

#[test]
fn nothing_goes_wrong_in_the_console() {
    let stage = stage();
    for (name, path) in pages(&stage) {
        let browser = stage.visit(&path);
        browser.driver.console_errors();
        browser.driver.command("refresh");
        browser.settle();
        let errors = browser.driver.console_errors();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}
