//! Plays the days of simulated terminals: at its upload time each one sends the day before; between, hourly values are
//! sent.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::civil::DateTime;
use nengce_core::city::calendar::index_of;

use super::Terminal;
use crate::clock::Clock;

/// How the city goes on after its back-fill.
pub struct Rhythm {
    pub clock: Clock,
    /// The city's time runs so many times faster until it has caught up with the clock.
    pub speed: f64,
    /// Where the back-fill ended: the first moment not sent yet.
    pub from: DateTime,
    /// Also sends finished hours of the running day, one terminal after the other.
    pub hours: bool,
    /// Pause between two terminals' hours.
    pub pause: Duration,
}

/// How far a terminal has come.
struct Progress {
    /// The next day to send whole, and the next hour of it or later days.
    day: i32,
    hour: (i32, usize),
}

impl Rhythm {
    /// Plays for ever; tells `passed` the first day that some terminal has not sent yet when it changes.
    pub async fn play(
        &self,
        terminals: &[Arc<Terminal>],
        mut passed: impl FnMut(i32) -> Result<()>,
    ) -> Result<()> {
        let started = Instant::now();
        let first = index_of(self.from.date());
        let mut progress: Vec<Progress> =
            terminals.iter().map(|_| Progress { day: first, hour: (first, 0) }).collect();
        let (mut turn, mut told) = (0, first);
        loop {
            let now = self.now(started);
            for (terminal, it) in terminals.iter().zip(&mut progress) {
                self.send_days(terminal, it, now).await?;
            }
            if let Some(day) = progress.iter().map(|it| it.day).min().filter(|it| *it > told) {
                told = day;
                passed(day)?;
            }
            if self.hours && !terminals.is_empty() {
                self.send_hours(&terminals[turn], &mut progress[turn], now).await?;
                turn = (turn + 1) % terminals.len();
            }
            tokio::time::sleep(self.pause).await;
        }
    }

    /// The city's time: faster than the clock, never ahead of it.
    fn now(&self, started: Instant) -> DateTime {
        let clock = self.clock.now();
        if self.speed <= 1.0 {
            return clock;
        }
        let played = started.elapsed().as_secs_f64() * self.speed;
        let ahead = jiff::SignedDuration::from_secs(played as i64);
        self.from.checked_add(ahead).map_or(clock, |it| it.min(clock))
    }

    async fn send_days(&self, terminal: &Terminal, it: &mut Progress, now: DateTime) -> Result<()> {
        let today = index_of(now.date());
        let due = if now.time() >= terminal.upload_time { today } else { today - 1 };
        if it.day >= due {
            return Ok(());
        }
        let mut entries = Vec::new();
        while it.day < due {
            terminal.day(it.day, i32::MIN, &mut entries);
            it.day += 1;
        }
        it.hour = it.hour.max((it.day, 0));
        let sent = terminal.send(&entries).await?;
        tracing::debug!(device = terminal.device_id, entries = sent.entries, "a day was sent");
        Ok(())
    }

    async fn send_hours(
        &self,
        terminal: &Terminal,
        it: &mut Progress,
        now: DateTime,
    ) -> Result<()> {
        let finished = (index_of(now.date()), now.hour() as usize);
        let mut entries = Vec::new();
        while it.hour < finished {
            terminal.hour(it.hour.0, it.hour.1, &mut entries);
            it.hour = if it.hour.1 == 23 { (it.hour.0 + 1, 0) } else { (it.hour.0, it.hour.1 + 1) };
        }
        terminal.send(&entries).await?;
        Ok(())
    }
}
