//! Samples in: each moves its point on in memory; a bucket that ends brings everything to disk.

use super::facade::Engine;
use crate::arithmetic::{Reading, Step, advance, replace_meter};
use crate::calendar::{DAY, bucket_of, start_of};
use crate::error::EngineError;
use crate::keep::LogEntry;
use crate::points::Kind;
use crate::status::Taken;
use crate::values::{ManualValue, Marks, Period, Sample};

/// Seconds of the wall clock before which a clock was plainly never set: the start of 2020.
const EARLIEST: i64 = 1_577_836_800;
/// The most lines of the log that wait for a commit.
const MOST_NOTES: usize = 1_000;

impl Engine {
    /// Takes samples in the order of their time per point. A full disk is no error here: what was taken waits in
    /// memory, the status says so, and the next commit writes it.
    pub fn take(&mut self, samples: &[Sample], now: i64) -> Result<Taken, EngineError> {
        let rules = self.rules();
        let mut taken = Taken::default();
        let mut ends = false;
        for sample in samples {
            let Some(at) =
                self.by_id.get(&sample.point).copied().filter(|it| self.entries[*it].active)
            else {
                taken.unknown.push(sample.point.clone());
                continue;
            };
            let entry = &mut self.entries[at];
            let reading = Reading { at: sample.at, value: sample.value };
            let held_before = entry.state.held.is_some();
            // A reading of the far future would stop its point until then; a clock without a battery starts long ago.
            let unusable =
                !sample.value.is_finite() || sample.at > now + DAY || sample.at < EARLIEST;
            let step = if unusable {
                Step::Held
            } else {
                advance(&mut entry.state, &entry.point, &rules, reading, now)
            };
            match step {
                Step::Old => taken.old += 1,
                Step::Held => taken.held += 1,
                _ => taken.counted += 1,
            }
            entry.changed |= step != Step::Old;
            ends |= bucket_of(sample.at) > entry.state.sealed && step == Step::Counted;
            let told = step == Step::Held && (held_before || entry.state.held.is_none());
            if let Some((zh, en)) = words(step).filter(|_| !told) {
                let id = &entry.point.id;
                let (zh, en) = (
                    format!("{id} {zh}，读数 {}", sample.value),
                    format!("{id} {en}, reading {}", sample.value),
                );
                self.note("warn", zh, en, now);
            }
        }
        let waited = now.saturating_sub(self.committed_at) >= self.settings.commit_seconds
            || now < self.committed_at;
        if ends || waited {
            taken.on_disk = self.try_commit(now)?;
        }
        Ok(taken)
    }

    /// Lets time pass: ends buckets whose source is silent, makes totals of days, months and years, and removes what
    /// is too old. To be called about once a minute.
    pub fn tick(&mut self, now: i64) -> Result<(), EngineError> {
        self.try_commit(now)?;
        match self.prune(now) {
            Err(EngineError::Full) => {
                self.full = true;
                Ok(())
            }
            other => other,
        }
    }

    /// Declares that a meter is replaced, between its last reading and the first of the new one.
    pub fn replace_meter(
        &mut self,
        point: &str,
        at: i64,
        old_end: f64,
        new_start: f64,
        now: i64,
    ) -> Result<(), EngineError> {
        let rules = self.rules();
        let index = self.index(point)?;
        let entry = &mut self.entries[index];
        if entry.point.kind != Kind::Counter {
            return invalid(
                "point",
                "只有累计点可换表",
                "only the meter of a counter can be replaced",
            );
        }
        if !(old_end.is_finite() && new_start.is_finite()) {
            return invalid("old_end", "读数须为数字", "readings must be numbers");
        }
        match replace_meter(&mut entry.state, &entry.point, &rules, at, (old_end, new_start)) {
            Ok(()) => {}
            Err("late") => {
                return invalid(
                    "at",
                    "换表时间早于最后读数，请改用手工填报更正",
                    "the last reading is later; correct its periods by hand instead",
                );
            }
            Err(_) => {
                return invalid(
                    "old_end",
                    "旧表止码小于最后读数",
                    "the end of the old meter is below its last reading",
                );
            }
        }
        entry.changed = true;
        self.notes.push(LogEntry {
            at: now,
            kind: "manual".into(),
            zh: format!("{point} 换表：旧表止码 {old_end}，新表起码 {new_start}"),
            en: format!(
                "{point} meter replaced: old ended at {old_end}, new starts at {new_start}"
            ),
        });
        self.commit(now)
    }

    /// Keeps a value entered by hand. Where there is a value already, a reason is needed.
    pub fn enter(&mut self, value: &ManualValue, now: i64) -> Result<(), EngineError> {
        use nengce_shared::stat_type::StatType;
        let index = self.index(&value.point)?;
        if !value.value.is_finite() {
            return invalid("value", "须为数字", "it must be a number");
        }
        let start = start_of(value.stat, value.at);
        if start > now {
            return invalid("at", "时段尚未开始", "the period has not begun");
        }
        self.commit(now)?;
        let number = self.entries[index].number;
        let before = self.store.amount(number, value.stat, start, crate::calendar::BUCKET)?;
        if before.is_some() && value.reason.trim().is_empty() {
            return invalid("reason", "改数须写明原因", "a change of a value needs its reason");
        }
        let whole =
            if value.stat == StatType::RealTime { crate::calendar::BUCKET as f64 } else { 0.0 };
        let gauge = self.entries[index].point.kind == Kind::Gauge;
        let held = if gauge && whole > 0.0 { value.value * whole } else { value.value };
        let amount =
            crate::arithmetic::Amount { value: held, seconds: whole, marks: Marks::MANUAL };
        let batch = self.store.begin()?;
        batch.put_manual(number, start, value, now)?;
        if value.stat == StatType::RealTime {
            if batch.set_bucket(number, start, amount)? {
                self.touched.insert((number, start));
            }
        } else {
            batch.set_total(number, value.stat, start, amount)?;
            if self.entries[index].point.data_code.is_some() {
                for (_, centre) in &self.centres {
                    batch.enqueue(*centre, Period { point: number, stat: value.stat, start })?;
                }
            }
            match value.stat {
                StatType::Day => {
                    batch.mark_dirty(StatType::Month, start_of(StatType::Month, start), number)?
                }
                StatType::Month => {
                    batch.mark_dirty(StatType::Year, start_of(StatType::Year, start), number)?
                }
                _ => {}
            }
        }
        batch.commit()?;
        self.note(
            "manual",
            format!(
                "{} {} 手工填报 {}，{}",
                value.point,
                crate::calendar::stamp(start),
                value.value,
                value.by
            ),
            format!(
                "{} {} entered by hand {}, {}",
                value.point,
                crate::calendar::stamp(start),
                value.value,
                value.by
            ),
            now,
        );
        self.commit(now)
    }

    /// Adds a line to the log; it is on disk with the next commit. While no commit succeeds, only so many wait.
    pub fn note(&mut self, kind: &str, zh: String, en: String, now: i64) {
        if self.notes.len() >= MOST_NOTES {
            return;
        }
        self.notes.push(LogEntry { at: now, kind: kind.into(), zh, en });
    }
}

fn invalid(field: &'static str, zh: &str, en: &str) -> Result<(), EngineError> {
    Err(EngineError::Invalid { field, zh: zh.into(), en: en.into() })
}

fn words(step: Step) -> Option<(&'static str, &'static str)> {
    match step {
        Step::Held => {
            Some(("读数不可信，待下一次确认", "is not plausible and waits for the next reading"))
        }
        Step::Restarted => Some(("表计归零重启", "restarted from zero")),
        Step::RolledOver => Some(("表计翻转", "rolled over")),
        Step::Unexplained => Some((
            "读数跳变且未声明换表，跳变量未计",
            "jumped without a declared replacement; the jump is not counted",
        )),
        Step::ClockBack => {
            Some(("时钟回拨，增量只计一次", "came after the clock stepped back; counted once"))
        }
        Step::Counted | Step::Old => None,
    }
}
