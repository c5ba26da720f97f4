//! To disk: amounts, states, formulas, totals and what each centre is owed, all in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use nengce_shared::lang::Lang;
use nengce_shared::stat_type::StatType;

use super::facade::{Engine, Entry};
use crate::arithmetic::Amount;
use crate::calendar::{BUCKET, DAY, bucket_of, day_of, end_of, start_of};
use crate::error::EngineError;
use crate::keep::Batch;
use crate::points::Kind;
use crate::values::{Marks, Period};

/// Seconds after the end of a period in which its last samples may come.
const GRACE: i64 = BUCKET;

/// The code of a store that takes values again.
const WRITABLE: &str = "store_writable";

/// What is told where the store became full, or takes values again: the code, and what to do.
pub(super) fn words_of_store(full: bool, lang: Lang) -> String {
    if full {
        let error = EngineError::Full;
        return format!("{}: {}", error.code(), error.text(lang));
    }
    let text = lang.pick(
        "本地存储恢复写入，暂存的数据已落盘。",
        "The local store takes values again; what waited in memory is on disk.",
    );
    format!("{WRITABLE}: {text}")
}

/// What one commit needs of the engine besides its points.
struct Writer<'a> {
    batch: Batch<'a>,
    centres: Vec<i64>,
    grain: i64,
    now: i64,
}

impl Engine {
    /// Brings everything taken so far to disk. When it returns without an error, it is there.
    pub fn commit(&mut self, now: i64) -> Result<(), EngineError> {
        let written = self.write(now);
        let was_full = std::mem::replace(&mut self.full, matches!(written, Err(EngineError::Full)));
        if let Ok(sealed) = &written {
            for (entry, sealed) in self.entries.iter_mut().zip(sealed) {
                entry.state.pending.clear();
                entry.state.sealed = *sealed;
                entry.changed = false;
            }
            self.notes.clear();
            self.touched.clear();
            self.committed_at = now;
        }
        if was_full != self.full {
            let (zh, en) =
                (words_of_store(self.full, Lang::Zh), words_of_store(self.full, Lang::En));
            self.note("store", zh, en, now);
        }
        written.map(drop)
    }

    /// Commits; a full disk is told by `false` and in the status.
    pub(super) fn try_commit(&mut self, now: i64) -> Result<bool, EngineError> {
        match self.commit(now) {
            Ok(()) => Ok(true),
            Err(EngineError::Full) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Writes all, and gives up to where each point's buckets are complete.
    fn write(&mut self, now: i64) -> Result<Vec<i64>, EngineError> {
        let grain = self.grain();
        let centres = self.centres.iter().map(|it| it.1).collect();
        let writer = Writer { batch: self.store.begin()?, centres, grain, now };
        // Points and buckets whose value changed or is complete now.
        let mut fresh: BTreeSet<(i64, i64)> = self.touched.clone();
        let mut sealed = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            sealed.push(writer.point(entry, &mut fresh)?);
        }
        writer.formulas(&self.entries, &self.by_id, &mut fresh)?;
        for (number, start) in &fresh {
            let Some(entry) = self.by_number.get(number).map(|it| &self.entries[*it]) else {
                continue;
            };
            writer.fresh(entry, *start)?;
        }
        let coded: BTreeMap<_, _> =
            self.entries.iter().map(|it| (it.number, it.point.data_code.is_some())).collect();
        writer.totals(&coded)?;
        for note in &self.notes {
            writer.batch.put_log(note)?;
        }
        writer.batch.commit()?;
        Ok(sealed)
    }
}

impl Writer<'_> {
    /// Writes the amounts of a point; complete buckets that changed go into `fresh`.
    fn point(&self, entry: &Entry, fresh: &mut BTreeSet<(i64, i64)>) -> Result<i64, EngineError> {
        let state = &entry.state;
        let Some(last) = state.last else { return Ok(state.sealed) };
        // A source that falls silent ends the bucket, or the hour, of its last reading, and no later one.
        let silent = bucket_of(self.now - GRACE).min(self.grain_of(last.at) + self.grain);
        let sealed = bucket_of(last.at).max(silent).max(state.sealed);
        for (start, amount) in &state.pending {
            let changed = self.batch.add_bucket(entry.number, *start, *amount)?;
            if changed && start + BUCKET <= sealed {
                fresh.insert((entry.number, *start));
            }
        }
        if sealed > state.sealed {
            for start in
                self.batch.bucket_starts(entry.number, self.grain_of(state.sealed), sealed)?
            {
                fresh.insert((entry.number, start));
            }
        }
        if entry.changed || sealed > state.sealed {
            let mut kept = state.clone();
            kept.sealed = sealed;
            self.batch.put_state(entry.number, &kept)?;
        }
        Ok(sealed)
    }

    /// The start of the real-time period that holds a moment.
    fn grain_of(&self, at: i64) -> i64 {
        at.div_euclid(self.grain) * self.grain
    }

    /// Computes formulas over buckets that changed, those of formulas after what they name.
    fn formulas(
        &self,
        entries: &[Entry],
        by_id: &std::collections::HashMap<String, usize>,
        fresh: &mut BTreeSet<(i64, i64)>,
    ) -> Result<(), EngineError> {
        let mut waiting: Vec<&Entry> =
            entries.iter().filter(|it| it.active && it.formula.is_some()).collect();
        while !waiting.is_empty() {
            let ids: BTreeSet<_> = waiting.iter().map(|it| it.point.id.as_str()).collect();
            let ready = |it: &&Entry| {
                it.formula.as_ref().is_some_and(|it| !it.points().any(|id| ids.contains(id)))
            };
            let (now, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(ready);
            if now.is_empty() {
                break;
            }
            for entry in now {
                self.formula(entry, entries, by_id, fresh)?;
            }
            waiting = later;
        }
        Ok(())
    }

    fn formula(
        &self,
        entry: &Entry,
        entries: &[Entry],
        by_id: &std::collections::HashMap<String, usize>,
        fresh: &mut BTreeSet<(i64, i64)>,
    ) -> Result<(), EngineError> {
        let Some(formula) = &entry.formula else { return Ok(()) };
        let operands: Vec<&Entry> =
            formula.points().filter_map(|it| by_id.get(it)).map(|it| &entries[*it]).collect();
        let numbers: BTreeSet<_> = operands.iter().map(|it| it.number).collect();
        let starts: BTreeSet<i64> =
            fresh.iter().filter(|it| numbers.contains(&it.0)).map(|it| it.1).collect();
        for start in starts {
            let mut values = BTreeMap::new();
            let mut marks = Marks::NONE;
            for operand in &operands {
                // A bucket that still fills is no operand yet.
                let open = operand.formula.is_none()
                    && start + BUCKET > operand.state.sealed
                    && !fresh.contains(&(operand.number, start));
                let Some(amount) = self.batch.bucket(operand.number, start)?.filter(|_| !open)
                else {
                    continue;
                };
                marks = marks.and(amount.marks);
                values.insert(operand.point.id.as_str(), shown(operand.point.kind, amount));
            }
            let Some(value) = formula.value(|id| values.get(id).copied()) else { continue };
            // By hand means the formula's own value; its operands' marks say how they were made.
            let marks = Marks(marks.0 & !Marks::MANUAL.0);
            let amount =
                Amount { value: value * entry.point.scale(start), seconds: BUCKET as f64, marks };
            if self.batch.set_bucket(entry.number, start, amount)? {
                fresh.insert((entry.number, start));
            }
        }
        Ok(())
    }

    /// A complete bucket is owed to each centre, and its day is to be summed.
    fn fresh(&self, entry: &Entry, start: i64) -> Result<(), EngineError> {
        self.batch.mark_dirty(StatType::Day, day_of(start), entry.number)?;
        if entry.point.data_code.is_none() {
            return Ok(());
        }
        let period =
            Period { point: entry.number, stat: StatType::RealTime, start: self.grain_of(start) };
        if self.grain > BUCKET
            && period.start + self.grain + GRACE > self.now
            && start + BUCKET < period.start + self.grain
        {
            // The hour goes with its last bucket, or with what comes after it.
            return Ok(());
        }
        self.owe(period)
    }

    fn owe(&self, period: Period) -> Result<(), EngineError> {
        for centre in &self.centres {
            self.batch.enqueue(*centre, period)?;
        }
        Ok(())
    }

    /// Days that ended are summed out of buckets, months out of days, years out of months.
    fn totals(&self, coded: &BTreeMap<i64, bool>) -> Result<(), EngineError> {
        for stat in [StatType::Day, StatType::Month, StatType::Year] {
            for (start, number) in self.batch.dirty(stat, self.now - GRACE - DAY)? {
                if end_of(stat, start) > self.now - GRACE {
                    continue;
                }
                self.batch.clean(stat, start, number)?;
                if !self.batch.sum_total(number, stat, start)? {
                    continue;
                }
                if coded.get(&number).copied().unwrap_or(false) {
                    self.owe(Period { point: number, stat, start })?;
                }
                match stat {
                    StatType::Day => self.batch.mark_dirty(
                        StatType::Month,
                        start_of(StatType::Month, start),
                        number,
                    )?,
                    StatType::Month => self.batch.mark_dirty(
                        StatType::Year,
                        start_of(StatType::Year, start),
                        number,
                    )?,
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// The value that is shown and sent for an amount: of a gauge its mean.
pub(super) fn shown(kind: Kind, amount: Amount) -> f64 {
    if kind == Kind::Gauge && amount.seconds > 0.0 {
        amount.value / amount.seconds
    } else {
        amount.value
    }
}
