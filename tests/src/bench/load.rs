//! The first load in Chromium: bytes over the wire and time to the first drawn chart.

use anyhow::Result;
use serde_json::json;

use super::report::Report;
use crate::support::app::TestApp;
use crate::support::browser::Browser;

/// Notes when the first chart has a drawn pixel.
const WATCH: &str = r"
const look = () => {
  for (const canvas of document.querySelectorAll('.chart-stage canvas')) {
    if (!canvas.width) continue;
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at]) { window.firstChart = performance.now(); return; }
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
";

pub fn measure(app: &TestApp, report: &mut Report) -> Result<()> {
    report.step("the first load in Chromium");
    let mut times = Vec::new();
    let mut bytes = 0.0;
    for _ in 0..3 {
        // A new browser each time: nothing is cached.
        let browser = Browser::start(&app.url());
        browser.driver.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({"source": WATCH}),
        );
        browser.open("/dual-control");
        browser.wait("window.firstChart > 0");
        times.push(
            browser
                .value("window.firstChart")
                .as_f64()
                .unwrap_or(f64::NAN),
        );
        let sizes = "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).filter(e => !e.name.includes('/api/')).reduce((sum, e) => sum + e.encodedBodySize, 0)";
        bytes = browser.value(sizes).as_f64().unwrap_or(f64::NAN);
    }
    let best = times.iter().copied().fold(f64::INFINITY, f64::min);
    let worst = times.iter().copied().fold(0.0, f64::max);
    let mark = if bytes <= 500.0 * 1024.0 {
        "met"
    } else {
        "missed"
    };
    report.row(
        "first load, page, script, wasm, styles, fonts as sent (brotli)",
        format!("{:.0} KB", bytes / 1024.0),
        String::new(),
        String::new(),
        &format!("≤ 500 KB: {mark}"),
    );
    report.row(
        "time to the first drawn chart",
        format!("{best:.0}–{worst:.0} ms"),
        String::new(),
        String::new(),
        "",
    );
    Ok(())
}
