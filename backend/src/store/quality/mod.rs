//! Data quality in the store: a queue of days, and bounded steps in which the rules run over them. A step loads the
//! readings, calls the rules of `nengce_core::quality`, and writes the marks and findings.

pub mod answers;
mod intake;
pub mod list;
mod load;
mod lookups;
pub mod open_groups;
mod queue;
mod rate;
mod rejected_stamps;
mod save;

use std::sync::Arc;
use std::time::Instant;

use futures_util::future::try_join_all;
use jiff::civil::DateTime;
use nengce_core::quality::assess;
use nengce_messages::stamp;

use super::Store;
use super::error::Result;
use crate::store::database::meta::set_meta;
use crate::{fail_point, panics};
use load::{UnitReadings, UnitSpan};
#[cfg(test)]
use queue::State;
use queue::due_until;
pub use queue::{Backlog, QualityDelay, QualityQueue};
use save::UnitResult;

/// The upload up to which quality is assessed; a start after a crash assesses what later ones touched.
pub const ASSESSED_UP_TO: &str = "quality_assessed_up_to";

impl Store {
    /// How far quality is behind the readings.
    pub fn quality_backlog(&self) -> Backlog {
        self.inner.shared.quality.backlog()
    }

    /// Steps of assessing that were written since the process began.
    pub fn quality_steps(&self) -> u64 {
        self.inner.shared.quality.steps()
    }

    /// Readings committed since the process began.
    pub fn committed(&self) -> u64 {
        self.inner.shared.committed()
    }

    /// Assesses the next days of at most `most` units, read by one question of a kind and written in one transaction; false:
    /// nothing is ready.
    pub async fn assess_step(
        &self,
        now: DateTime,
        delay: QualityDelay,
        most: usize,
    ) -> Result<bool> {
        fail_point::hit("quality:start");
        self.take_days(now.date()).await?;
        let (queue, started) = (&self.inner.shared.quality, Instant::now());
        let (spans, nothing_waits, peers) = {
            let it = queue.lock();
            (it.next(delay, most), it.units.is_empty(), it.peers.clone())
        };
        if spans.is_empty() {
            queue.lock().rate.pause();
            return if nothing_waits { self.note_assessed(now).await } else { Ok(false) };
        }
        let (of, due) = (spans.clone(), due_until(now.date()));
        let loaded = self.read(move |conn| load::series(conn, &of, due, &peers)).await?;
        let assessed = spans.iter().zip(loaded).map(|(of, it)| self.assess_unit(*of, it, now));
        let assessed = Arc::new(try_join_all(assessed).await?);
        fail_point::hit("quality:assessed");
        self.run_maintenance_step(false, move |conn| save::write(conn, &assessed)).await?;
        fail_point::hit("quality:saved");
        let mut it = queue.lock();
        for of in spans {
            it.done(of.unit, of.from, of.to);
        }
        it.rate.step_ended(started);
        it.updated_at = Some(now);
        queue.step();
        Ok(true)
    }

    /// Assesses days of a unit.
    async fn assess_unit(
        &self,
        span: UnitSpan,
        loaded: UnitReadings,
        now: DateTime,
    ) -> Result<UnitResult> {
        let UnitSpan { unit, from, to, .. } = span;
        let today = now.date();
        let basis = loaded.basis.clone();
        let before = self.inner.shared.summaries_before();
        let first = loaded.first_day.unwrap_or(from).max(before.unwrap_or(i32::MIN));
        let (stand, begins) = {
            let mut it = self.inner.shared.quality.lock();
            let mut begins = None;
            if it.basis.get(&unit) != Some(&basis) {
                // Other rules, another frequency or other bounds: every day of the unit looks different.
                it.basis.insert(unit, basis.clone());
                if let Some(first) = loaded.first_day {
                    begins = Some(first);
                    it.add(unit, first..=stamp::day_number(today));
                }
            }
            let is_last = !it.has_more(unit, from, to);
            (is_last.then_some((basis, today, it.upto)), begins)
        };
        let assessed = tokio::task::spawn_blocking(move || {
            if to < first {
                return nengce_core::quality::Assessment::default();
            }
            panics::inside(panics::QUALITY, || {
                fail_point::hit("quality:assess");
                assess(&loaded.series, from.max(first), to)
            })
        })
        .await
        .map_err(|error| super::StoreError::Panicked(error.to_string()))?;
        Ok(UnitResult { unit, from: from.max(first), to, assessed, stand, now, begins })
    }

    /// Nothing waits: the next start need not look at what came until now.
    async fn note_assessed(&self, now: DateTime) -> Result<bool> {
        let queue = &self.inner.shared.quality;
        let (upto, noted, epoch) = {
            let mut it = queue.lock();
            if !it.touched.is_empty() || it.today.is_none() {
                return Ok(true);
            }
            it.since = None;
            (it.upto, it.noted, it.epoch)
        };
        if upto != noted {
            let (text, shared) = (upto.to_string(), Arc::clone(&self.inner.shared));
            self.run_maintenance_step(false, move |conn| {
                if shared.quality.lock().epoch == epoch {
                    set_meta(conn, ASSESSED_UP_TO, &text)?;
                }
                Ok(())
            })
            .await?;
            let mut it = queue.lock();
            if it.epoch != epoch {
                return Ok(true);
            }
            it.noted = upto;
            it.updated_at = Some(now);
        }
        Ok(false)
    }

    /// Forgets every figure and mark, so that all is assessed anew; findings keep their numbers and waivers.
    #[cfg(test)]
    pub async fn assess_anew(&self) -> Result<()> {
        self.run_maintenance_step(false, |conn| {
            Ok(conn.execute_batch(include_str!("sql/quality_forget.sql"))?)
        })
        .await?;
        let mut it = self.inner.shared.quality.lock();
        *it = State { with_years: std::mem::take(&mut it.with_years), ..State::default() };
        drop(it);
        Ok(())
    }
}
