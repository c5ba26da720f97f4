//! Values out: what is due to a centre, and what became of it.

use std::collections::HashMap;

use nengce_shared::stat_type::StatType;

use super::commit::shown;
use super::facade::Engine;
use crate::calendar::{DAY, day_of};
use crate::error::EngineError;
use crate::keep::{Rejected, RejectedState};
use crate::values::{Due, Marks, Period, Refused};

impl Engine {
    /// At most `limit` values that a centre has not accepted: today's first, then yesterday's, then the oldest. Totals of
    /// periods that start at `totals_before` or later wait.
    pub fn due(
        &self,
        centre: &str,
        now: i64,
        totals_before: i64,
        limit: usize,
    ) -> Result<Vec<Due>, EngineError> {
        let number = self.centre(centre)?;
        let _reading = self.store.reading()?;
        let today = day_of(now);
        let mut due = Vec::new();
        for span in [(today, i64::MAX), (today - DAY, today), (i64::MIN, today - DAY)] {
            if due.len() < limit {
                for period in self.store.due(number, span, totals_before, limit - due.len())? {
                    due.extend(self.due_of(period)?);
                }
            }
        }
        Ok(due)
    }

    fn due_of(&self, period: Period) -> Result<Option<Due>, EngineError> {
        let Some(entry) = self.by_number.get(&period.point).map(|it| &self.entries[*it]) else {
            return Ok(None);
        };
        let Some(data_code) = entry.point.data_code else { return Ok(None) };
        let Some(amount) =
            self.store.amount(period.point, period.stat, period.start, self.grain())?
        else {
            return Ok(None);
        };
        let by_hand = amount.marks.has(Marks::MANUAL);
        Ok(Some(Due {
            period,
            point: entry.point.id.clone(),
            data_code,
            value: shown(entry.point.kind, amount),
            marks: amount.marks,
            input_type: if by_hand { 5 } else { entry.point.input_type },
            batches: self.store.batches,
        }))
    }

    /// A centre accepted these values. One that changed since it was read stays due.
    pub fn acknowledge(&mut self, centre: &str, accepted: &[Due]) -> Result<(), EngineError> {
        let number = self.centre(centre)?;
        let reading = self.store.reading()?;
        let mut same = Vec::with_capacity(accepted.len());
        for it in accepted {
            if it.batches == self.store.batches {
                same.push(it.period);
                continue;
            }
            let present = self.due_of(it.period)?;
            if present.is_none_or(|now| now.value.to_bits() == it.value.to_bits()) {
                same.push(it.period);
            }
        }
        drop(reading);
        let batch = self.store.begin()?;
        for period in same {
            batch.drop_due(number, period)?;
        }
        batch.commit()
    }

    /// A centre refused these entries: they are kept with its reason and not sent again by themselves.
    pub fn reject(
        &mut self,
        centre: &str,
        refused: &[Refused],
        sent: &[Due],
        now: i64,
    ) -> Result<(), EngineError> {
        if refused.is_empty() {
            return Ok(());
        }
        let number = self.centre(centre)?;
        let values: HashMap<_, _> = sent.iter().map(|it| (it.period, it.value)).collect();
        let mut kept = Vec::with_capacity(refused.len());
        for it in refused {
            let value = values.get(&it.period).copied();
            let present = self.due_of(it.period)?.map(|it| it.value.to_bits());
            let same = value.is_none() || value.map(f64::to_bits) == present;
            kept.push((it, value, same));
        }
        let batch = self.store.begin()?;
        for (it, value, same) in kept {
            if same {
                batch.drop_due(number, it.period)?;
            }
            batch.put_rejected(number, it, value, now)?;
        }
        batch.commit()
    }

    /// The entries that a centre refused, newest first.
    pub fn rejected(&self, centre: &str, limit: usize) -> Result<Vec<Rejected>, EngineError> {
        self.store.rejected(self.centre(centre)?, limit)
    }

    /// Sets a refused entry aside.
    pub fn set_aside(&mut self, centre: &str, period: Period) -> Result<(), EngineError> {
        let number = self.centre(centre)?;
        let batch = self.store.begin()?;
        batch.set_rejected(number, period, RejectedState::SetAside)?;
        batch.commit()
    }

    /// Makes a refused entry due again.
    pub fn send_again(&mut self, centre: &str, period: Period) -> Result<(), EngineError> {
        let number = self.centre(centre)?;
        let batch = self.store.begin()?;
        batch.enqueue(number, period)?;
        batch.commit()
    }

    /// The value of a period, if there is one: for real-time the bucket or hour that starts there.
    pub fn value(
        &self,
        point: &str,
        stat: StatType,
        start: i64,
    ) -> Result<Option<f64>, EngineError> {
        let entry = &self.entries[self.index(point)?];
        let amount = self.store.amount(entry.number, stat, start, self.grain())?;
        Ok(amount.map(|it| shown(entry.point.kind, it)))
    }

    /// The buckets of a point in a span: start, value and marks. Gaps are absent.
    pub fn values(
        &self,
        point: &str,
        from: i64,
        to: i64,
    ) -> Result<Vec<(i64, f64, Marks)>, EngineError> {
        let entry = &self.entries[self.index(point)?];
        let amounts = self.store.buckets(entry.number, from, to)?;
        Ok(amounts
            .into_iter()
            .map(|(start, it)| (start, shown(entry.point.kind, it), it.marks))
            .collect())
    }
}
