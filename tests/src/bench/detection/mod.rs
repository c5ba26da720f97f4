//! The quality rules against planted faults, on seeds that they were not tuned on: recall and precision per class.

mod faults;
mod patterns;
mod score;
mod trial;

use std::ops::RangeInclusive;

use anyhow::{Context, Result};
use nengce_core::reference::Dictionaries;

use score::{Count, Score};
use trial::TUNED_ON;

use super::report::{Report, thousands};

const HELD_OUT: RangeInclusive<u64> = 101..=104;
const UNITS: usize = 150;
const LEAST_RECALL: f64 = 0.95;
const LEAST_PRECISION: f64 = 0.9;
/// The most false alarms per item and year on items whose pattern is no fault.
const MOST_FALSE_ALARMS: f64 = 0.05;

/// Runs the trial on `seeds`, or on held-out seeds without any.
pub(super) fn measure(seeds: &[String], report: &mut Report) -> Result<()> {
    let seeds: Vec<u64> = if seeds.is_empty() {
        HELD_OUT.collect()
    } else {
        let read = |it: &String| it.parse().with_context(|| format!("no seed: {it}"));
        seeds.iter().map(read).collect::<Result<_>>()?
    };
    let dictionaries = Dictionaries::built_in();
    let mut score = Score::default();
    for seed in &seeds {
        report.step(&format!("quality: {UNITS} units, two years, seed {seed}"));
        score.add(trial::run(*seed, UNITS, &dictionaries));
    }
    print(&score, report);
    // Errors are listed only for tuning seeds: a person who reads those of other seeds has tuned on them.
    if seeds.iter().all(|it| TUNED_ON.contains(it)) {
        for it in &score.wrong {
            println!("{it}");
        }
    }
    if seeds.iter().any(|it| TUNED_ON.contains(it)) {
        println!("seeds {TUNED_ON:?} are for tuning: these figures are no score");
    }
    Ok(())
}

fn print(score: &Score, report: &mut Report) {
    for (class, count) in &score.recall {
        let alone = score.bounds_alone.get(class).copied().unwrap_or_default();
        let name = format!("recall, {class}");
        line(report, &name, *count, alone, ("min/max alone", LEAST_RECALL));
    }
    for (rule, count) in &score.precision {
        let name = format!("precision, {rule}");
        line(report, &name, *count, Count::default(), ("", LEAST_PRECISION));
    }
    for (label, it) in &score.benign {
        let rate = it.alarms_per_year();
        let verdict = if rate <= MOST_FALSE_ALARMS { "met" } else { "missed" };
        report.row(
            &format!("false alarms, {label}"),
            format!("{rate:.3} per item-year"),
            format!("{} alarms, {} items", it.alarms, it.items),
            String::new(),
            &format!("{verdict}: {MOST_FALSE_ALARMS}"),
        );
    }
    let gone = score.mended;
    line(report, "gone after correction", gone, Count::default(), ("", 1.0));
    let (alarms, shutdowns) = (score.shutdown_alarms, score.shutdowns);
    report.row(
        "alarms about true shutdowns",
        format!("{alarms} in {shutdowns} shutdowns"),
        String::new(),
        String::new(),
        if alarms == 0 { "met: 0" } else { "missed: 0" },
    );
    report.row(
        "tried on",
        format!("{} unit-days", thousands(score.unit_days as f64)),
        format!("{} readings", thousands(score.readings as f64)),
        String::new(),
        "",
    );
}

fn line(report: &mut Report, name: &str, count: Count, base: Count, target: (&str, f64)) {
    let (baseline, least) = target;
    let share = count.share().unwrap_or(0.0);
    let baseline = base.share().map(|it| format!("{it:.3} {baseline}")).unwrap_or_default();
    let ratio = base
        .share()
        .filter(|it| *it > 0.0)
        .map(|it| format!("{:.2}", share / it))
        .unwrap_or_default();
    let verdict = if share >= least { "met" } else { "missed" };
    let figure = format!("{share:.3} ({} of {})", count.hit, count.all);
    report.row(name, figure, baseline, ratio, &format!("{verdict}: {least}"));
}
