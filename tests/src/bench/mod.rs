//! Measurements, one file each: ingest, import, views, cube, first load, interaction, explore,
//! nation, disk, quality. `report` prints them.

mod baseline;
mod city;
mod cube;
mod disk;
mod encodings;
mod explore;
mod import;
mod ingest;
mod interaction;
mod load;
mod nation;
mod quality;
mod quarters;
mod report;
mod terminals;
mod usage;
mod views;
mod wire;

use anyhow::{Result, bail};

use report::Report;

/// Runs one measurement by name, or all. `extra` is the measurement's own: seeds for quality, entries for ingest, else
/// flags of `nengce simulate` (`--units 100`).
pub fn run(what: &str, extra: &[String]) -> Result<()> {
    let wants = |name: &str| what == name || what == "all";
    const NAMES: [&str; 11] = [
        "ingest",
        "import",
        "views",
        "cube",
        "load",
        "interaction",
        "explore",
        "nation",
        "disk",
        "quality",
        "all",
    ];
    if !NAMES.contains(&what) {
        bail!("no measurement {what}: {}", NAMES.join(", "));
    }
    let mut report = Report::new();
    if wants("ingest") {
        ingest::measure(extra, &mut report)?;
    }
    if wants("quality") {
        quality::measure(extra, &mut report)?;
    }
    if wants("cube") {
        cube::measure(&mut report)?;
    }
    if wants("nation") {
        nation::measure(&mut report)?;
    }
    if wants("import") {
        import::measure(&mut report)?;
    }
    if wants("views") || wants("load") || wants("interaction") || wants("explore") || wants("disk")
    {
        let city = city::demo(extra, &mut report)?;
        let times =
            if wants("views") { views::measure(&city.app, &mut report) } else { Vec::new() };
        if wants("load") {
            load::measure(&city.app, &mut report)?;
        }
        if wants("interaction") {
            interaction::measure(&city.app, &interaction::BY_UNIT, &mut report)?;
            interaction::measure(&city.app, &interaction::BY_DAY, &mut report)?;
        }
        if wants("explore") {
            explore::measure(&city.app, &mut report)?;
            explore::series(&mut report)?;
        }
        let folder = city.stop();
        if wants("views") {
            views::compare(folder.path(), &times, &mut report)?;
        }
        if wants("disk") {
            disk::measure(folder.path(), &mut report)?;
            disk::compaction(&mut report)?;
        }
    }
    report.print();
    Ok(())
}
