//! A deep link in Chromium: bytes over the wire and time to the first drawn chart, also on a slow machine and line.

use anyhow::Result;
use serde_json::{Value, json};

use super::report::{Report, percentile};
use crate::support::app::TestApp;
use crate::support::browser::Browser;

/// Notes when the first chart has a drawn pixel.
const PAINT_OBSERVER: &str = r"
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

/// How the page is loaded: without any limit, or as by a slow laptop over a slow connection.
const CONNECTIONS: [(&str, bool, f64); 2] = [
    ("cold cache, local server", false, 1000.0),
    ("processor slowed 4×, 10 Mbit/s, 40 ms", true, 3500.0),
];

const MOST_KB: f64 = 434.0;
const DEEP_LINK: &str = "/dual-control?region=120116&from=2025-01&to=2025-06&basis=calorific";

pub(super) fn measure(app: &TestApp, report: &mut Report) -> Result<()> {
    for (name, slowed, most) in CONNECTIONS {
        report.step(&format!("a deep link in Chromium: {name}"));
        let mut times = Vec::new();
        let mut bytes = (0.0, 0.0);
        for _ in 0..5 {
            let opened = open(app, slowed);
            times.push(opened.milliseconds);
            bytes = (opened.code, opened.fonts);
        }
        if !slowed {
            report.row(
                "first load until the first chart: page, scripts, wasm, styles as sent (brotli)",
                format!("{:.0} KB", bytes.0 / 1024.0),
                format!("and {:.0} KB of fonts", bytes.1 / 1024.0),
                String::new(),
                &format!("≤ {MOST_KB} KB: {}", word(bytes.0 <= MOST_KB * 1024.0)),
            );
        }
        let middle = percentile(&times, 0.5);
        let worst = percentile(&times, 1.0);
        report.row(
            &format!("deep link to the first drawn chart, {name}"),
            format!("p50 {middle:.0} ms, longest {worst:.0} ms"),
            String::new(),
            String::new(),
            &format!("≤ {most:.0} ms: {}", word(middle <= most)),
        );
    }
    Ok(())
}

struct Opened {
    milliseconds: f64,
    code: f64,
    fonts: f64,
}

/// Loads the page in a new browser, whose cache is empty.
fn open(app: &TestApp, slowed: bool) -> Opened {
    let browser = Browser::start(&app.url());
    let devtools = |command: &str, parameters: Value| {
        browser.driver.devtools(command, &parameters);
    };
    devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": PAINT_OBSERVER}));
    if slowed {
        devtools("Network.enable", json!({}));
        devtools(
            "Network.emulateNetworkConditions",
            json!({"offline": false, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}),
        );
        browser.throttle_cpu(4);
    }
    browser.open(DEEP_LINK);
    browser.wait("window.firstChart > 0");
    let number = |script: &str| browser.value(script).as_f64().unwrap_or(f64::NAN);
    let bytes = |which: &str| {
        number(&format!(
            "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).filter(e => !e.name.includes('/api/') && e.responseEnd && e.responseEnd <= window.firstChart && {which}).reduce((sum, e) => sum + e.encodedBodySize, 0)"
        ))
    };
    Opened {
        milliseconds: number("window.firstChart"),
        code: bytes("!/woff2/.test(e.name)"),
        fonts: bytes("/woff2/.test(e.name)"),
    }
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}
