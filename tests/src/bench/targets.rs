//! Scores the ranking of inspection targets on cities whose planted faults are known: how many of the first units have one,
//! against a random draw, against each criterion alone, and against the ranking with fixed points that it replaced.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use nengce_shared::api::targets::{InspectionTargets, Reason, TargetRow};
use tempfile::TempDir;

use super::city::demo;
use super::report::Report;

/// Seeds on which the weights were not chosen.
const SEEDS: [u64; 3] = [101, 102, 103];
/// The share of the units that can be visited.
const VISITED: f64 = 0.05;
/// Faults that are no reason for a visit: what is lawful, what was mended, and what the receiver refuses or corrects itself.
const HARMLESS: [&str; 5] =
    ["late_backfill", "duplicate", "period_start", "unreadable_code", "unknown_code"];
/// The points that each reason gave before there were weights, as criteria: `reason:weight:from:full`.
const FIXED_POINTS: &str = "never_uploaded:40:0:30,silent:20:0:12.5,completeness:20:90:42.4,suspect_data:0,unanswered:0,\
above_limit:30:0:4.5,worse_than_peers:15:0:42.86,rising_intensity:0,meter_overdue:10:0:5,over_target:0,repeat_offender:0,not_visited:0";

pub(super) fn measure(seeds: &[String], report: &mut Report) -> Result<()> {
    let given: Vec<u64> = seeds.iter().filter_map(|it| it.parse().ok()).collect();
    let seeds = if given.is_empty() { SEEDS.to_vec() } else { given };
    let mut all = Vec::new();
    for seed in seeds {
        all.push(score(seed, report)?);
    }
    let mean = |of: &dyn Fn(&Score) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let (random, best) = (mean(&|it| it.random), mean(&|it| it.best));
    for (at, (name, ..)) in all[0].found.iter().enumerate() {
        let (found, right) = (mean(&|it| it.found[at].1), mean(&|it| it.found[at].2));
        let met = found >= 3.0 * random && found >= 0.9 * best;
        report.row(
            &format!("units with a planted fault among the first {:.0} %: {name}", VISITED * 100.0),
            format!("{:.0} %; or above a limit: {:.0} %", found * 100.0, right * 100.0),
            format!("random {:.0} %, best possible {:.0} %", random * 100.0, best * 100.0),
            format!("{:.1} × random, {:.2} of the best", found / random, found / best),
            match (at, met) {
                (0, true) => "≥ 3 × random, ≥ 0.9 of the best: met",
                (0, false) => "≥ 3 × random, ≥ 0.9 of the best: missed",
                _ => "",
            },
        );
    }
    Ok(())
}

/// Shares of the first units that have a planted fault, and that have one or are above a limit of consumption, which the
/// city has without planting it.
struct Score {
    random: f64,
    best: f64,
    found: Vec<(String, f64, f64)>,
}

fn score(seed: u64, report: &mut Report) -> Result<Score> {
    let folder = TempDir::new()?;
    let truth = folder.path().join("truth.jsonl");
    let arguments = ["--seed", &seed.to_string(), "--days", "400", "--truth"].map(str::to_owned);
    let arguments: Vec<String> =
        arguments.into_iter().chain([truth.display().to_string()]).collect();
    let city = demo(&arguments, report)?;
    let faulty = faulty(&std::fs::read_to_string(&truth)?)?;
    let total = city.app.get("/api/v1/units?limit=1").ok()["page"]["total"].as_f64().unwrap_or(0.0);
    let visits = (total * VISITED).round() as usize;
    let share = |name: &str, criteria: &str| -> (String, f64, f64) {
        let view: InspectionTargets =
            city.app.get(&format!("/api/v1/inspection-targets?criteria={criteria}")).read();
        let is_faulty = |it: &TargetRow| faulty.contains(&it.unit.enterprise_code);
        let is_above = |it: &TargetRow| it.parts.iter().any(|it| it.reason == Reason::AboveLimit);
        let first = || view.rows.iter().take(visits);
        let (found, right) = (
            first().filter(|it| is_faulty(it)).count(),
            first().filter(|it| is_faulty(it) || is_above(it)).count(),
        );
        let of = |count: usize| count as f64 / visits as f64;
        (name.to_owned(), of(found), of(right))
    };
    let mut found =
        vec![share("the usual weights", ""), share("the fixed points before", FIXED_POINTS)];
    for alone in Reason::ALL.iter().copied() {
        let others = Reason::ALL.iter().filter(|it| **it != alone);
        let others: Vec<String> = others.map(|it| format!("{}:0", it.as_str())).collect();
        found.push(share(&format!("{} alone", alone.as_str()), &others.join(",")));
    }
    Ok(Score {
        random: faulty.len() as f64 / total,
        best: (faulty.len() as f64 / visits as f64).min(1.0),
        found,
    })
}

/// The credit codes of the units with a fault that is a reason for a visit.
fn faulty(truth: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for line in truth.lines() {
        let fault: serde_json::Value = serde_json::from_str(line)?;
        let (kind, unit) = (fault["kind"].as_str(), fault["enterprise_code"].as_str());
        ensure!(kind.is_some() && unit.is_some(), "a fault without kind or unit: {line}");
        let is_harmless = fault["fault"] != true
            || fault["mended_by_later_upload"] == true
            || kind.is_some_and(|it| HARMLESS.contains(&it));
        if !is_harmless {
            found.extend(unit.map(str::to_owned));
        }
    }
    Ok(found)
}
