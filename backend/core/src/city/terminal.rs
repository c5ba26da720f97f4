//! Computes what a unit's terminal sends: true values with the effects of the deliberate faults.

use nengce_messages::write::Entry;
use nengce_shared::month::Month;
use nengce_shared::stat_type::StatType;
use nengce_shared::unit_class::UnitClass;

use super::DemoCity;
use super::calendar::{date_of, index_of};
use super::fault_effects;
use super::fault_kind::FaultKind;
use super::faults::Fault;
use super::unit::{CityUnit, Role};
use super::values::round;

impl DemoCity {
    /// Adds the daily values of a day, and its real-time values when `real_time`; nothing on a missed day.
    pub fn day_entries(&self, unit: &CityUnit, day: i32, real_time: bool, out: &mut Vec<Entry>) {
        if !self.faults_of(unit).any(|it| skips(it, day)) {
            self.daily(unit, day, real_time, false, out);
        }
        if let Some(code) = self.odd_code(unit, day) {
            out.push(self.entry(
                code,
                1.0,
                5,
                StatType::Day,
                format!("{} 00:00:00", date_of(day)),
                1,
            ));
        }
    }

    /// Adds the real-time values of one hour of a day.
    pub fn hour_entries(&self, unit: &CityUnit, day: i32, hour: usize, out: &mut Vec<Entry>) {
        if self.faults_of(unit).any(|it| skips(it, day)) {
            return;
        }
        let mut whole = Vec::new();
        self.daily(unit, day, true, false, &mut whole);
        let prefix = format!("{} {hour:02}:", date_of(day));
        out.extend(whole.into_iter().filter(|entry| {
            entry.stat_type == StatType::RealTime && entry.stat_date.starts_with(&prefix)
        }));
    }

    /// Adds what a later upload corrects: late days, corrected values, the second value of a key.
    pub fn corrections(
        &self,
        unit: &CityUnit,
        real_time_from: i32,
        last: i32,
        out: &mut Vec<Entry>,
    ) {
        for fault in self.faults_of(unit).filter(|it| it.mended) {
            for day in fault.from..=fault.to.min(last) {
                let from = out.len();
                self.daily(unit, day, day >= real_time_from, true, out);
                if let Some(item) = fault.item {
                    let code = &unit.items[item].data_code;
                    let mut at = 0;
                    out.retain(|entry| {
                        at += 1;
                        at <= from || entry.data_code == *code
                    });
                }
            }
        }
    }

    /// Adds a month before the terminal was installed: every monthly figure, energy included, entered by hand.
    pub fn history_entries(&self, unit: &CityUnit, month: Month, out: &mut Vec<Entry>) {
        for item in &unit.items {
            let value = round(self.truth.month(unit, item, month));
            let stamp = format!("{} 00:00:00", month.first_day());
            out.push(self.entry(&item.data_code, value, 5, StatType::Month, stamp, item.scope));
        }
    }

    /// Adds everything that a unit reports after the end of a month.
    pub fn month_entries(&self, unit: &CityUnit, month: Month, out: &mut Vec<Entry>) {
        let first = index_of(month.first_day());
        let end = first + i32::from(month.days());
        let mismatch = self
            .faults_of(unit)
            .find(|it| it.kind == FaultKind::MonthMismatch && it.from < end && first <= it.to);
        for (at, item) in unit.items.iter().enumerate() {
            let mut factor = 1.0;
            if matches!(item.role, Role::SubUnit { .. }) {
                continue;
            }
            if matches!(item.role, Role::Energy { .. }) {
                match mismatch {
                    Some(fault) if fault.item == Some(at) => factor = fault.amount,
                    _ if unit.monthly || unit.class == UnitClass::Thousand => {}
                    _ => continue,
                }
            }
            let mut value = self.truth.month(unit, item, month) * factor;
            if unit.monthly {
                let about = |it: &&Fault| it.item == Some(at) && it.covers(first);
                match self.faults_of(unit).find(about) {
                    Some(fault) if fault.kind == FaultKind::ItemMissing => continue,
                    Some(fault) if fault.kind == FaultKind::Stuck => {
                        let from = Month::of(date_of(fault.from));
                        value = self.truth.month(unit, item, from);
                    }
                    Some(fault) => value = self.with_fault(unit, fault, at, first, value),
                    None => {}
                }
            }
            let value = round(value);
            let stamp = format!("{} 00:00:00", month.first_day());
            out.push(self.entry(
                &item.data_code,
                value,
                item.input_type,
                StatType::Month,
                stamp,
                item.scope,
            ));
        }
    }

    fn daily(
        &self,
        unit: &CityUnit,
        index: i32,
        real_time: bool,
        mended: bool,
        out: &mut Vec<Entry>,
    ) {
        let day = self.truth.day(index);
        let activity = self.truth.activity(unit, &day);
        for (at, item) in unit.items.iter().enumerate() {
            let (hourly, quarter) = match item.role {
                Role::Energy { hourly, quarter } => (hourly, quarter),
                _ => (true, false),
            };
            let Some(mut value) = self.truth.daily(unit, at, &day, activity) else { continue };
            let faults: Vec<&Fault> = self
                .faults_of(unit)
                .filter(|it| it.item == Some(at) && it.covers(index))
                .filter(|it| !(mended && it.mended))
                .collect();
            let mut day_value = fault_effects::DayEffects::default();
            for fault in &faults {
                value = self.with_fault(unit, fault, at, index, value);
                day_value.take(fault);
            }
            if day_value.missing {
                continue;
            }
            let surplus = day_value.surplus * value;
            let stamp = format!("{} {}", day.date, day_value.start());
            out.push(self.entry(
                &item.data_code,
                round((value + surplus) * day_value.factor),
                item.input_type,
                StatType::Day,
                stamp,
                item.scope,
            ));
            if !(hourly && real_time) {
                continue;
            }
            let parts = if quarter { 4 } else { 1 };
            let mut points = Vec::with_capacity(24 * parts);
            for share in self.truth.hours(unit, at, &day) {
                points.extend((0..parts).map(|_| round(value * share / parts as f64)));
            }
            for (place, value) in day_value.points(&points, round(surplus)) {
                let (hour, part) = (place / parts, place % parts);
                let stamp = format!("{} {hour:02}:{:02}:00", day.date, part * 15);
                out.push(self.entry(
                    &item.data_code,
                    value,
                    item.input_type,
                    StatType::RealTime,
                    stamp,
                    item.scope,
                ));
            }
        }
    }

    fn with_fault(&self, unit: &CityUnit, fault: &Fault, at: usize, day: i32, value: f64) -> f64 {
        match fault.kind {
            FaultKind::Stuck => {
                let first = self.truth.day(fault.from);
                let activity = self.truth.activity(unit, &first);
                self.truth.energy(unit, &unit.items[at], at, &first, activity)
            }
            FaultKind::Drift => value * (1.0 + fault.amount * f64::from(day - fault.from)),
            FaultKind::OutOfRange => unit.items[at].base * fault.amount,
            FaultKind::DeadMeter | FaultKind::DeadFromStart => 0.0,
            FaultKind::UnitMixup | FaultKind::Jump | FaultKind::Negative | FaultKind::Duplicate => {
                value * fault.amount
            }
            _ => value,
        }
    }

    fn odd_code(&self, unit: &CityUnit, day: i32) -> Option<&'static str> {
        self.faults_of(unit).find(|it| it.covers(day)).and_then(|it| match it.kind {
            FaultKind::UnreadableCode => Some("00-00-0000023400-80"),
            FaultKind::UnknownCode => Some("00-00-0000-033800-80"),
            _ => None,
        })
    }

    fn entry(
        &self,
        code: &str,
        value: f64,
        input_type: u8,
        stat_type: StatType,
        stat_date: String,
        scope: u8,
    ) -> Entry {
        Entry {
            data_code: code.to_owned(),
            value,
            input_type: Some(input_type),
            stat_type,
            stat_date,
            scope,
            valid: true,
        }
    }
}

fn skips(fault: &Fault, day: i32) -> bool {
    let kind =
        matches!(fault.kind, FaultKind::MissedDays | FaultKind::Silent | FaultKind::LateBackfill);
    kind && fault.covers(day)
}
