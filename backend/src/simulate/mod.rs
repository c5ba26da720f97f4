//! Simulated terminals of an invented city, over real HTTP: they register, configure, back-fill, and then send every day.
//! They work against any server and use none of its code but the crate of messages.

mod admin;
mod dialect;
mod messages;
mod post;
mod rhythm;
mod terminal;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, Result};
use jiff::civil::Date;
use nengce_core::city::DemoCity;
use nengce_core::city::calendar::index_of;
use nengce_core::reference::Dictionaries;
use nengce_shared::month::Month;

use crate::config::profile_bindings::ProfileBinding;

pub use admin::Admin;
pub use rhythm::Rhythm;
pub use terminal::Terminal;

/// What to play.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    pub units: usize,
    pub first_day: Date,
    /// The last day of the back-fill.
    pub last_day: Date,
    /// Months before the first day that are sent as monthly values only.
    pub history_from: Option<Month>,
    /// Days at the end of the back-fill that also carry real-time values.
    pub real_time_days: i32,
    /// Entries of one message while catching up.
    pub message_entries: usize,
    pub concurrency: usize,
    /// The profile that the terminals speak, and its prefix.
    pub binding: ProfileBinding,
}

impl Plan {
    pub fn city(&self, dictionaries: &Dictionaries) -> DemoCity {
        DemoCity::build(self.seed, self.units, self.first_day, self.last_day, dictionaries)
    }

    pub fn real_time_from(&self) -> i32 {
        index_of(self.last_day) - self.real_time_days + 1
    }
}

/// What a back-fill came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sent {
    pub units: usize,
    pub entries: u64,
    pub refused: u64,
}

/// One line per planted fault.
pub fn write_truth(city: &DemoCity, file: &Path) -> Result<()> {
    let mut out = std::io::BufWriter::new(
        std::fs::File::create(file)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    );
    for fault in &city.faults {
        writeln!(out, "{}", fault.record(&city.units[fault.unit]))?;
    }
    Ok(out.flush()?)
}

/// Registers every unit's terminal and sends what lies before today, several units at a time; `unit_done` hears of each.
pub async fn back_fill(
    plan: &Plan,
    city: &Arc<DemoCity>,
    admin: &Admin,
    unit_done: impl Fn() + Clone + Send + 'static,
) -> Result<(Vec<Arc<Terminal>>, Sent)> {
    let known = Arc::new(admin.devices().await?);
    let next = Arc::new(AtomicUsize::new(0));
    let counts = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..plan.concurrency.max(1) {
        let (plan, city, admin) = (plan.clone(), Arc::clone(city), admin.clone());
        let known = Arc::clone(&known);
        let (next, counts, unit_done) = (Arc::clone(&next), Arc::clone(&counts), unit_done.clone());
        workers.spawn(async move {
            let mut terminals = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(unit) = city.units.get(at) else {
                    return Ok(terminals);
                };
                if !unit.has_terminal {
                    unit_done();
                    continue;
                }
                let device = known.get(&unit.enterprise_code);
                let terminal = Terminal::register(&admin, &plan.binding, &city, at, device).await?;
                terminal.introduce(&admin).await?;
                if unit.uploads {
                    let sent = terminal.catch_up(&plan).await?;
                    counts.0.fetch_add(sent.entries, Ordering::Relaxed);
                    counts.1.fetch_add(sent.refused, Ordering::Relaxed);
                    terminals.push(Arc::new(terminal));
                }
                unit_done();
                if at % 20 == 19 {
                    println!(
                        "  {} of {} terminals, {} values",
                        at + 1,
                        city.units.len(),
                        counts.0.load(Ordering::Relaxed)
                    );
                }
            }
        });
    }
    let mut terminals: Vec<Arc<Terminal>> = Vec::new();
    while let Some(worker) = workers.join_next().await {
        let found: Result<Vec<_>> = worker?;
        terminals.extend(found?);
    }
    terminals.sort_by_key(|it| it.unit);
    let sent = Sent {
        units: terminals.len(),
        entries: counts.0.load(Ordering::Relaxed),
        refused: counts.1.load(Ordering::Relaxed),
    };
    Ok((terminals, sent))
}
