//! Runs axe-core on the page and reports violations of WCAG 2.1 A and AA in one readable list.

use serde_json::Value;

use super::browser::Browser;
use super::sources::workspace;

fn script() -> String {
    let file = std::env::var_os("AXE_JS").map_or_else(
        || workspace().join("target/tools/axe-core/axe.min.js"),
        std::path::PathBuf::from,
    );
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}; `cargo xtask test` fetches it, or set AXE_JS", file.display())
    })
}

/// The violations that axe finds: rule, elements, reason.
#[track_caller]
pub fn violations(browser: &Browser) -> Vec<String> {
    if browser.value("typeof window.axe") != "object" {
        browser.driver.run(&script(), &[]);
    }
    let result = browser.driver.resolve(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations']})",
    );
    let list = result["violations"].as_array().unwrap_or_else(|| panic!("axe: {result}"));
    list.iter().map(in_words).collect()
}

fn in_words(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let places: Vec<String> = nodes
        .iter()
        .take(4)
        .map(|node| format!("{} {}", node["target"], node["any"][0]["message"]))
        .collect();
    format!("{} ({}): {}: {}", violation["id"], nodes.len(), violation["help"], places.join("; "))
}
