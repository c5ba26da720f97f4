//! Measurements, one file each: ingest, import, views, cube, first load, disk. `report` prints them.

mod baseline;
mod city;
mod cube;
mod disk;
mod encodings;
mod import;
mod ingest;
mod load;
mod report;
mod terminals;
mod usage;
mod views;
mod wire;

use anyhow::{Result, bail};

use report::Report;

/// Runs one measurement by name, or all.
pub fn run(what: &str) -> Result<()> {
    let wants = |name: &str| what == name || what == "all";
    if !["all", "ingest", "import", "views", "cube", "load", "disk"].contains(&what) {
        bail!("no measurement {what}: ingest, import, views, cube, load, disk, all");
    }
    let mut report = Report::new();
    if wants("ingest") {
        ingest::measure(&mut report)?;
    }
    if wants("cube") {
        cube::measure(&mut report)?;
    }
    if wants("import") {
        import::measure(&mut report)?;
    }
    if wants("views") || wants("load") || wants("disk") {
        let city = city::demo(&mut report)?;
        let times = if wants("views") {
            views::measure(&city.app, &mut report)
        } else {
            Vec::new()
        };
        if wants("load") {
            load::measure(&city.app, &mut report)?;
        }
        let folder = city.stop();
        if wants("views") {
            views::compare(folder.path(), &times, &mut report)?;
        }
        if wants("disk") {
            disk::measure(folder.path(), &mut report)?;
        }
    }
    report.print();
    Ok(())
}
