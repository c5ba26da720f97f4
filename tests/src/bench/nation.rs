//! The nation's 17,000 units with months of three years, as an industry system would send them, explored in Chromium.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use jiff::civil::Date;
use nengce_core::city::DemoCity;
use nengce_core::city::economy::{EconomyRow, PRICE_YEAR, TargetRow, economy};
use nengce_core::reference::Dictionaries;
use nengce_shared::month::Month;
use serde_json::json;

use super::interaction::{self, Marks};
use super::report::{Report, thousands};
use crate::support::app::TestApp;
use crate::support::city_clock::today;

const UNITS: usize = 17_000;
const MONTHS: i32 = 36;
/// Units of one upload.
const AT_ONCE: usize = 400;

const MARKS: Marks = Marks {
    frame_ms: 33.0,
    minutes: 1.0,
    asked: "one a choice: the list of units",
    ..interaction::BY_UNIT
};

pub(super) fn measure(report: &mut Report) -> Result<()> {
    report.step("17,000 units, months of three years");
    let app = super::server::server();
    let started = Instant::now();
    let rows = fill(&app)?;
    report.row(
        &format!("a nation of {} units filled in bulk", thousands(UNITS as f64)),
        format!("{:.0} s", started.elapsed().as_secs_f64()),
        format!("{} monthly readings", thousands(rows as f64)),
        String::new(),
        "",
    );
    let snapshot = app.get_with("/api/v1/snapshot", &[("accept-encoding", "br")]);
    report.row(
        "its snapshot as sent",
        format!("{:.2} MB", megabytes(snapshot.body.len())),
        String::new(),
        String::new(),
        &format!("by {}", snapshot.header("x-nengce-level")),
    );
    interaction::measure(&app, &MARKS, report)
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The number of readings that were sent.
fn fill(app: &TestApp) -> Result<u64> {
    let last = Month::of(today()).prev();
    let first = last.plus(1 - MONTHS);
    let dictionaries = Dictionaries::built_in();
    let mut city = DemoCity::build(1, UNITS, last.first_day(), last.last_day(), &dictionaries);
    let mut known = BTreeSet::new();
    city.units.retain(|it| known.insert(it.enterprise_code.clone()));
    app.import("units", "units.csv", &units(&city));
    app.import("economy", "economy.csv", &economies(&economy(first, last)));
    let targets_of = |it: Date| city.targets(&dictionaries, it.year(), it.year());
    app.import("targets", "targets.csv", &targets(&targets_of(last.first_day())));
    let body = json!({"name": "nation", "units": [], "all_units": true}).to_string();
    let made = app.admin("POST", "/api/v1/tokens", body.into_bytes()).ok();
    let token = format!("Bearer {}", made["token"].as_str().context("a token")?);
    let headers = [("authorization", token.as_str()), ("content-type", "text/csv")];
    let mut sent = 0;
    for units in city.units.chunks(AT_ONCE) {
        let mut csv = "enterpriseCode,dataCode,statType,statDate,dataValue,inputType,valid,scope\n"
            .to_owned();
        let mut entries = Vec::new();
        for unit in units {
            for at in 0..MONTHS {
                entries.clear();
                city.history_entries(unit, first.plus(at), &mut entries);
                for it in &entries {
                    let code = &unit.enterprise_code;
                    writeln!(
                        csv,
                        "{code},{},2,{},{},{},{},{}",
                        it.data_code,
                        it.stat_date,
                        it.value,
                        it.input_type.unwrap_or(5),
                        it.valid,
                        it.scope
                    )?;
                    sent += 1;
                }
            }
        }
        let answer = app.post_bytes("/api/v1/bulk/readings", csv.into_bytes(), &headers);
        ensure!(answer.status == 200, "bulk: {} {}", answer.status, answer.text());
    }
    Ok(sent)
}

fn units(city: &DemoCity) -> String {
    let mut csv = "enterprise_code,name,region_code,industry_code,class\n".to_owned();
    for it in &city.units {
        let (code, name, class) = (&it.enterprise_code, &it.name, it.class.as_str());
        csv.push_str(&format!("{code},{name},{},{},{class}\n", it.region, it.industry));
    }
    csv
}

fn economies(rows: &[EconomyRow]) -> String {
    let mut csv = "region_code,month,value_added,price_year,estimated,source\n".to_owned();
    for it in rows {
        csv.push_str(&format!(
            "{},{},{},{PRICE_YEAR},false,bench\n",
            it.region, it.month, it.value_added
        ));
    }
    csv
}

fn targets(rows: &[TargetRow]) -> String {
    let mut csv = "scope,code,kind,from_year,to_year,value,basis,source\n".to_owned();
    for it in rows {
        let (from, to) = (it.from_year, it.to_year);
        csv.push_str(&format!(
            "region,{},{},{from},{to},{},equivalent,bench\n",
            it.region, it.kind, it.value
        ));
    }
    csv
}
