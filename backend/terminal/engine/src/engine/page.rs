//! What the page shows.

use nengce_shared::lang::Lang;

use super::commit::words_of_store;
use super::facade::{Engine, Entry};
use crate::calendar::{BUCKET, DAY, bucket_of, day_of};
use crate::error::EngineError;
use crate::keep::{Exporter, LogEntry};
use crate::points::Kind;
use crate::status::{CentreStatus, PointStatus, Quality, Status};

impl Engine {
    /// The state of every point and centre and of the store.
    pub fn status(&self, now: i64) -> Result<Status, EngineError> {
        let mut points = Vec::new();
        for entry in self.entries.iter().filter(|it| it.active) {
            points.push(self.point_status(entry, now)?);
        }
        let (yesterday, today) = (day_of(now) - DAY, day_of(now));
        let count = |it: i64| u64::try_from(it).unwrap_or(0);
        let mut centres = Vec::new();
        for (name, number) in &self.centres {
            let (sent, all) = self.store.sent(*number, yesterday, today, self.grain())?;
            let (waiting, oldest_waiting) = self.store.waiting(*number)?;
            centres.push(CentreStatus {
                name: name.clone(),
                yesterday_sent: count(sent),
                yesterday_all: count(all),
                waiting: count(waiting),
                rejected: count(self.store.count_rejected(*number)?),
                oldest_waiting,
            });
        }
        Ok(Status {
            points,
            centres,
            disk_used: self.store.used()?,
            disk_bound: self.settings.max_disk_mb << 20,
            disk_full: self.full,
            kept_since: self.store.oldest_bucket()?,
        })
    }

    fn point_status(&self, entry: &Entry, now: i64) -> Result<PointStatus, EngineError> {
        let from = bucket_of(now) - DAY + BUCKET;
        let mut last_day = vec![None; 96];
        let buckets = self.values(&entry.point.id, from, from + DAY)?;
        for (start, value, _) in &buckets {
            if let Some(place) =
                usize::try_from((start - from) / BUCKET).ok().and_then(|it| last_day.get_mut(it))
            {
                *place = Some(*value);
            }
        }
        let computed = matches!(entry.point.kind, Kind::Formula | Kind::Manual);
        let last = if computed {
            buckets.last().map(|it| (it.0 + BUCKET, it.1))
        } else {
            entry.state.last.map(|it| (it.at, it.value * entry.point.factor))
        };
        let age = last.map(|it| (now - it.0).max(0));
        let unchanged = entry.state.last.map(|_| (now - entry.state.unchanged_since).max(0));
        let late = if computed {
            self.settings.gap_seconds + 2 * BUCKET
        } else {
            self.settings.gap_seconds
        };
        let quality = match age {
            None => Quality::Waiting,
            Some(age) if age > late => Quality::Gap,
            Some(_) if unchanged.is_some_and(|it| it > self.settings.stuck_seconds) => {
                Quality::Stuck
            }
            Some(_) => Quality::Good,
        };
        Ok(PointStatus {
            point: entry.point.clone(),
            value: last.map(|it| it.1),
            at: last.map(|it| it.0),
            age_seconds: age,
            unchanged_seconds: unchanged,
            quality,
            last_day_from: from,
            last_day,
        })
    }

    /// The last lines of the log, newest first, with those that are not yet on disk.
    pub fn log(&self, limit: usize) -> Result<Vec<LogEntry>, EngineError> {
        let mut lines: Vec<_> = self.notes.iter().rev().take(limit).cloned().collect();
        lines.extend(self.store.log(limit - lines.len())?);
        Ok(lines)
    }

    /// What is to be told of a store that is full, or that takes values again: a code, and what to do.
    pub fn told_of_store(&self, lang: Lang) -> String {
        words_of_store(self.full, lang)
    }

    /// Whether the store could not write: values wait in memory.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Writes what is kept as CSV, on a thread of its own if the caller likes.
    pub fn exporter(&self) -> Exporter {
        let points = self.entries.iter().map(|it| (it.number, it.point.clone())).collect();
        Exporter { path: self.path.clone(), points }
    }
}
