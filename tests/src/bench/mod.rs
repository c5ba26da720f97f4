//! Benchmarks, one file each; `names` lists them and `report` prints their figures.

mod access;
mod backfill;
mod baseline;
mod city;
mod cube;
mod detection;
mod disk;
mod encodings;
mod explore;
mod import;
mod ingest;
mod interaction;
mod link;
mod lists;
mod load;
pub mod names;
mod nation;
mod quarters;
mod report;
mod server;
mod targets;
mod terminals;
mod usage;
mod views;
mod wire;

use anyhow::{Result, bail};

use names::Benchmark;
use report::Report;

/// Runs the benchmarks that `what` names: one, or `all`. `extra` is passed on: seeds to `quality` and `targets`, entries per message to
/// `ingest`, days to `backfill`, flags of `nengce simulate` (`--units 100`) to those that fill a city.
pub fn run(what: &str, extra: &[String], markdown: bool) -> Result<()> {
    let chosen = Benchmark::named(what);
    if chosen.is_empty() {
        bail!(
            "there is no benchmark {what}: {}, all",
            Benchmark::ALL.map(Benchmark::name).join(", ")
        );
    }
    let mut report = Report::new();
    let mut needs_city = Vec::new();
    for benchmark in chosen {
        match benchmark {
            Benchmark::Ingest => ingest::measure(extra, &mut report)?,
            Benchmark::Quality => detection::measure(extra, &mut report)?,
            Benchmark::Targets => targets::measure(extra, &mut report)?,
            Benchmark::Cube => cube::measure(&mut report)?,
            Benchmark::Nation => nation::measure(&mut report)?,
            Benchmark::Link => link::measure(&mut report)?,
            Benchmark::Backfill => backfill::measure(extra, &mut report)?,
            Benchmark::Import => {
                lists::measure(&mut report)?;
                import::measure(&mut report)?;
            }
            Benchmark::Views
            | Benchmark::Load
            | Benchmark::Interaction
            | Benchmark::Explore
            | Benchmark::Access
            | Benchmark::Disk => needs_city.push(benchmark),
        }
    }
    if !needs_city.is_empty() {
        measure_city(&needs_city, extra, &mut report)?;
    }
    report.print(markdown);
    Ok(())
}

/// The benchmarks that share one demo city: first those on its running server, then those on its data folder.
fn measure_city(chosen: &[Benchmark], extra: &[String], report: &mut Report) -> Result<()> {
    let wants = |it: Benchmark| chosen.contains(&it);
    let city = city::demo(extra, report)?;
    let times =
        if wants(Benchmark::Views) { views::measure(&city.app, report) } else { Vec::new() };
    if wants(Benchmark::Access) {
        access::views(&city.app, report)?;
        access::beside_uploads(report)?;
    }
    if wants(Benchmark::Load) {
        load::measure(&city.app, report)?;
    }
    if wants(Benchmark::Interaction) {
        interaction::measure(&city.app, &interaction::BY_UNIT, report)?;
        interaction::measure(&city.app, &interaction::BY_DAY, report)?;
    }
    if wants(Benchmark::Explore) {
        explore::measure(&city.app, report)?;
        explore::series(report)?;
    }
    let folder = city.stop();
    if wants(Benchmark::Views) {
        views::compare(folder.path(), &times, report)?;
    }
    if wants(Benchmark::Disk) {
        disk::measure(folder.path(), report)?;
        disk::compaction(report)?;
    }
    Ok(())
}
