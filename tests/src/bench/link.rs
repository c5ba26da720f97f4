//! The day of 1,000 units goes up to a platform above, each unit for the first time: the time from letting the link go on until
//! nothing waits, against the time in which the same values came in.

use std::fmt::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::report::{Report, thousands};
use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::message::{ELECTRICITY, HEAT, NATURAL_GAS};
use crate::support::server::Options;

const UNITS: u32 = 1_000;
const DAY: &str = "2025-03-01";
/// The mark of the link.
const MOST_SECONDS: f64 = 60.0;
/// It is given up then.
const PATIENCE: Duration = Duration::from_secs(600);

pub(super) fn measure(report: &mut Report) -> Result<()> {
    report.step("the day of 1,000 units to a platform above");
    let nation = super::server::server();
    let made = admin(
        &nation,
        "/api/v1/tokens",
        &json!({"name": "city", "units": [], "all_units": false, "regions": ["12"]}),
    );
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("link.toml");
    let token = made["token"].as_str().context("a token")?;
    let url = nation.url();
    std::fs::write(
        &file,
        format!("[[upper]]\nname = \"nation\"\nurl = \"{url}\"\ntoken = \"{token}\"\n"),
    )?;
    let file = file.to_str().context("a path")?.to_owned();
    let environment = [("NENGCE_LINK_FILE", file), ("NENGCE_LINK_ROUND_SECONDS", "1".to_owned())]
        .map(|(name, it)| (name.to_owned(), it));
    let city = TestApp::with(Options { environment: environment.into(), ..Options::default() });
    admin(&city, "/api/v1/link/nation/pause", &json!({}));
    let started = Instant::now();
    let values = fill(&city)?;
    let came_in = started.elapsed().as_secs_f64();
    let started = Instant::now();
    admin(&city, "/api/v1/link/nation/resume", &json!({}));
    let shown = loop {
        let link = city.admin_get("/api/v1/link").ok();
        let it = link["uppers"][0].clone();
        if it["due_item_days"] == 0 && it["units_registered"] == UNITS {
            break it;
        }
        ensure!(started.elapsed() < PATIENCE, "still waiting: {it}");
        std::thread::sleep(Duration::from_millis(100));
    };
    let seconds = started.elapsed().as_secs_f64();
    ensure!(shown["refused_entries"] == 0 && shown["units_refused"] == 0, "{shown}");
    let verdict = if seconds <= MOST_SECONDS { "met" } else { "missed" };
    report.row(
        "link: the day of 1,000 units upward, with registration and configuration",
        format!("{seconds:.1} s, {} values/s", thousands(values as f64 / seconds)),
        format!("{came_in:.1} s in by bulk"),
        format!("{:.2}", seconds / came_in),
        &format!("≤ {MOST_SECONDS:.0} s: {verdict}"),
    );
    Ok(())
}

fn admin(app: &TestApp, path: &str, body: &Value) -> Value {
    app.admin("POST", path, body.to_string().into_bytes()).ok()
}

/// Three items of each unit, with quarter-hours and the day; the number of values.
fn fill(city: &TestApp) -> Result<u64> {
    let codes: Vec<String> = (0..UNITS).map(|it| Enterprise::numbered(it, "").code).collect();
    let mut units = "enterprise_code,name,region_code,industry_code,class\n".to_owned();
    for (at, code) in codes.iter().enumerate() {
        writeln!(units, "{code},上联 {at} 厂,120116,C3110,thousand")?;
    }
    city.import("units", "units.csv", &units);
    let made =
        admin(city, "/api/v1/tokens", &json!({"name": "bench", "units": [], "all_units": true}));
    let token = format!("Bearer {}", made["token"].as_str().context("a token")?);
    let headers = [("authorization", token.as_str()), ("content-type", "text/csv")];
    let mut sent = 0;
    for codes in codes.chunks(100) {
        let mut csv = "enterpriseCode,dataCode,statType,statDate,dataValue,inputType,valid,scope\n"
            .to_owned();
        for code in codes {
            for item in [ELECTRICITY, NATURAL_GAS, HEAT] {
                for quarter in 0..96 {
                    let (hour, minute) = (quarter / 4, quarter % 4 * 15);
                    writeln!(
                        csv,
                        "{code},{item},0,{DAY} {hour:02}:{minute:02}:00,{quarter}.5,1,true,1"
                    )?;
                }
                writeln!(csv, "{code},{item},1,{DAY} 00:00:00,4608,1,true,1")?;
                sent += 97;
            }
        }
        let answer = city.post_bytes("/api/v1/bulk/readings", csv.into_bytes(), &headers);
        ensure!(answer.status == 200, "bulk: {} {}", answer.status, answer.text());
    }
    Ok(sent)
}
