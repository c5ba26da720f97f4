//! Scores the quality rules: a city with known faults, its readings, the findings about them, and how many of either
//! agree. The rules see readings only.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use nengce_shared::data_code::DataCode;
use nengce_shared::month::Month;
use nengce_shared::stat_type::StatType;

use nengce_core::city::calendar::{date_of, index_of};
use nengce_core::city::{CityUnit, DemoCity, DemoPattern, Fault, FaultKind, Item, Role};
use nengce_core::quality::rules::peer_scale::UNITS;
use nengce_core::quality::series_builder::SeriesBuilder;
use nengce_core::quality::{
    Mark, RejectedStamp, Span, Value, assess, is_for_warmth, median, rule, spans,
};
use nengce_core::reference::Dictionaries;
use nengce_messages::write::Entry;
use nengce_messages::{Bounds, stamp};

use super::faults;
use super::score::Score;

/// Seeds on which the rules were tuned; only the score of other seeds counts.
pub(super) const TUNED_ON: std::ops::RangeInclusive<u64> = 1..=40;

const FIRST: Date = date(2024, 6, 1);
const LAST: Date = date(2026, 5, 31);

/// The rules that should find a class of fault: the first is its own, and the others also apply to it.
pub(super) fn meant(kind: FaultKind) -> &'static [&'static str] {
    match kind {
        FaultKind::Silent | FaultKind::MissedDays => &["silent", "late"],
        FaultKind::ItemMissing => &["missing"],
        FaultKind::FewPoints => &["incomplete"],
        FaultKind::LateUpload => &["late"],
        FaultKind::Negative => &["negative", "out_of_range", "counter_restart", "month_sum"],
        FaultKind::OutOfRange => &["out_of_range", "counter_restart", "jump", "month_sum"],
        FaultKind::UnitMixup => &["unit_mixup", "out_of_range", "zero", "month_sum"],
        FaultKind::CounterRestart => &["counter_restart", "negative", "out_of_range", "month_sum"],
        FaultKind::Jump => &["jump", "month_sum"],
        FaultKind::DeadMeter | FaultKind::DeadFromStart => &["zero", "month_sum"],
        FaultKind::Stuck => &["stuck", "month_sum"],
        FaultKind::StuckPoints => &["stuck_points", "day_sum"],
        FaultKind::DaySum => &["day_sum", "jump", "month_sum"],
        FaultKind::MonthMismatch => &["month_sum"],
        FaultKind::PeriodStart => &["period_start", "late"],
        _ => &[],
    }
}

/// Runs the rules on the city of a seed.
pub(super) fn run(seed: u64, units: usize, dictionaries: &Dictionaries) -> Score {
    let city = DemoCity::with_faults(faults::plan, seed, units, FIRST, LAST, dictionaries);
    let mut score = Score::default();
    let peers = peers(&city);
    for unit in city.units.iter().filter(|it| it.uploads) {
        try_unit(&city, unit, &peers, &mut score);
    }
    score
}

/// Usual days by division and data code.
type Peers = BTreeMap<(String, String), f64>;

/// The usual days, from some days of every unit; faults among them change a median little.
fn peers(city: &DemoCity) -> Peers {
    let mut usual: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    let days = index_of(FIRST)..index_of(FIRST) + 14;
    let mut entries = Vec::new();
    for unit in city.units.iter().filter(|it| it.uploads && !it.monthly) {
        let mut of: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for day in days.clone() {
            city.day_entries(unit, day, true, &mut entries);
            for entry in entries.drain(..).filter(|it| it.stat_type == StatType::Day) {
                of.entry(entry.data_code.clone()).or_default().push(entry.value);
            }
        }
        for (code, mut values) in of {
            let of_unit = median(&mut values).filter(|it| *it > 0.0);
            let division = unit.industry.get(..3).unwrap_or(unit.industry).to_owned();
            usual.entry((division, code)).or_default().extend(of_unit);
        }
    }
    usual
        .into_iter()
        .filter(|(_, it)| it.len() as f64 >= UNITS.value)
        .filter_map(|(of, mut it)| Some((of, median(&mut it)?)))
        .collect()
}

/// The findings of a unit beside the faults that were planted in it.
struct Trial<'a> {
    unit: &'a CityUnit,
    faults: Vec<&'a Fault>,
    findings: Vec<Span>,
    /// Days from the calendar of the city to that of the rules.
    offset: i32,
    /// The days on which the rules ran.
    days: (i32, i32),
}

fn try_unit(city: &DemoCity, unit: &CityUnit, peers: &Peers, score: &mut Score) {
    let (first, last) = (stamp::day_number(FIRST), stamp::day_number(LAST));
    let offset = first - index_of(FIRST);
    let mut builder = sent(city, unit);
    let division = unit.industry.get(..3).unwrap_or(unit.industry);
    for (at, item) in unit.items.iter().enumerate() {
        if let Some(usual) = peers.get(&(division.to_owned(), item.data_code.to_string())) {
            builder.peers(at as i32, *usual);
        }
    }
    score.readings += builder.count() as u64;
    score.unit_days += (last - first) as u64 + 1;
    let found = |builder: &SeriesBuilder| -> Vec<Span> {
        let assessed = assess(&builder.series(last - 1), first, last);
        spans(assessed.marks.iter().map(Mark::key))
    };
    let faults = city
        .faults_of(unit)
        .filter(|it| it.from <= index_of(LAST))
        .filter(|it| it.kind != FaultKind::MonthMismatch || month_came(&builder, it, offset))
        .collect();
    let trial = Trial { unit, faults, findings: found(&builder), offset, days: (first, last) };
    trial.recall(score);
    trial.benign(score);
    trial.precision(score);
    correct(city, unit, &mut builder);
    trial.mended(&found(&builder), score);
}

impl Trial<'_> {
    /// Whether a finding lies on the item and the days of a fault.
    fn about(&self, span: &Span, fault: &Fault) -> bool {
        let item = fault.item.map(|it| it as i32);
        // A finding about a month is dated on its first day.
        let reach = if span.rule == "month_sum" { 30 } else { 0 };
        span.from <= fault.to + self.offset
            && fault.from + self.offset <= span.to + reach
            && (span.item.is_none() || item.is_none() || span.item == item)
    }

    /// Whether some planted fault explains a finding.
    fn is_explained(&self, span: &Span) -> bool {
        self.faults.iter().any(|it| explains(it, span, self.about(span, it)))
    }

    /// Which faults were found, and which alarms shutdowns raised.
    fn recall(&self, score: &mut Score) {
        for fault in &self.faults {
            let name = class(self.unit, fault.kind);
            let about = |it: &&Span| self.about(it, fault);
            if fault.kind == FaultKind::Shutdown {
                score.shutdowns += 1;
                for span in self.findings.iter().filter(about).filter(|it| !self.is_explained(it)) {
                    score.shutdown_alarms += 1;
                    score.wrong.push(format!(
                        "alarm at the shutdown {}..{}: {span:?}",
                        date_of(fault.from),
                        date_of(fault.to)
                    ));
                }
                continue;
            }
            let Some(own) = meant(fault.kind).first() else {
                continue;
            };
            let hit = self.findings.iter().filter(about).any(|it| it.rule == *own);
            score.recall.entry(name).or_default().add(hit);
            let by_bounds = self.findings.iter().filter(about).any(|it| it.rule == "out_of_range");
            score.bounds_alone.entry(name).or_default().add(by_bounds);
            if !hit {
                score.wrong.push(format!(
                    "missed {name} {} {:?} {}..{} × {:.3}",
                    self.unit.kind.key,
                    fault.item.map(|it| &self.unit.items[it].data_code),
                    date_of(fault.from),
                    date_of(fault.to),
                    fault.amount
                ));
            }
        }
    }

    /// False findings on items where nothing is wrong.
    fn benign(&self, score: &mut Score) {
        for (at, item) in self.unit.items.iter().enumerate() {
            let Some(label) = benign(self.unit, item) else {
                continue;
            };
            let it = score.benign.entry(label).or_default();
            let own = self.findings.iter().filter(|it| it.item == Some(at as i32));
            it.items += 1;
            it.item_days += (self.days.1 - self.days.0) as u64 + 1;
            it.alarms += own.filter(|span| !self.is_explained(span)).count() as u32;
        }
    }

    /// Which findings are explained by a fault.
    fn precision(&self, score: &mut Score) {
        for span in &self.findings {
            let hit = self.is_explained(span);
            let Some(rule) = rule(&span.rule) else {
                continue;
            };
            score.precision.entry(rule.name).or_default().add(hit);
            if !hit {
                score.wrong.push(format!(
                    "false {} {} {:?} {}..{} {:.3}",
                    span.rule,
                    self.unit.kind.key,
                    span.item.map(|it| &self.unit.items[it as usize].data_code),
                    stamp::date_of(span.from),
                    stamp::date_of(span.to),
                    span.measure
                ));
            }
        }
    }

    /// Which findings ended once the values were corrected.
    fn mended(&self, left: &[Span], score: &mut Score) {
        for fault in self.faults.iter().filter(|it| it.mended) {
            for rule in meant(fault.kind).iter().filter(|it| **it != "late") {
                let stood = |spans: &[Span]| {
                    spans.iter().any(|it| it.rule == *rule && self.about(it, fault))
                };
                if stood(&self.findings) {
                    score.mended.add(!stood(left));
                }
            }
        }
    }
}

/// The name of a class of fault in the score. Faults of months have names of their own, since other rules find them.
fn class(unit: &CityUnit, kind: FaultKind) -> &'static str {
    match (unit.monthly, kind) {
        (true, FaultKind::Negative) => "monthly negative",
        (true, FaultKind::UnitMixup) => "monthly unit_mixup",
        (true, FaultKind::Jump) => "monthly jump",
        (true, FaultKind::Stuck) => "monthly stuck",
        (true, FaultKind::ItemMissing) => "monthly item_missing",
        _ => kind.as_str(),
    }
}

/// The class of an item without a fault.
fn benign(unit: &CityUnit, item: &Item) -> Option<&'static str> {
    match (item.role, item.pattern) {
        (Role::Energy { .. }, DemoPattern::None) if unit.monthly => Some("monthly reporter"),
        (Role::Energy { .. }, DemoPattern::None) if item.heating >= 0.5 => Some("district heat"),
        (Role::Energy { .. }, DemoPattern::None) => Some("steady"),
        (_, DemoPattern::None) => None,
        (_, pattern) => Some(pattern.as_str()),
    }
}

/// A wrong month that the unit never sent, because it was silent on the last day, is no fault of any reading.
fn month_came(builder: &SeriesBuilder, fault: &Fault, offset: i32) -> bool {
    let series = builder.series(fault.to + offset);
    let mut items = series.items.iter();
    items.any(|it| {
        fault.item == Some(it.id as usize) && it.months.contains_key(&(fault.from + offset))
    })
}

fn explains(fault: &Fault, span: &Span, about: bool) -> bool {
    about && meant(fault.kind).contains(&span.rule.as_str())
}

/// The readings of the unit, day by day, as the server would read them.
fn sent(city: &DemoCity, unit: &CityUnit) -> SeriesBuilder {
    let mut builder = SeriesBuilder::default();
    builder.region(&unit.region);
    for (at, item) in unit.items.iter().enumerate() {
        let class = DataCode::parse_strict(&item.data_code)
            .ok()
            .and_then(|it| it.class_digits().parse().ok())
            .unwrap_or(10);
        let bounds = Some(unit.bounds(item, StatType::Day));
        builder.item(at as i32, class, [bounds, bounds, None]);
        if is_for_warmth(&item.data_code) {
            builder.warms(at as i32);
        }
    }
    let mut entries = Vec::new();
    for day in index_of(FIRST)..=index_of(LAST) {
        if !unit.monthly {
            city.day_entries(unit, day, true, &mut entries);
        }
        let date = date_of(day);
        if date == date.last_of_month() {
            city.month_entries(unit, Month::of(date), &mut entries);
        }
        take(unit, &mut entries, arrival(city, unit, day), &mut builder);
    }
    builder
}

/// The upload of a day comes in the following night, or later when it is late.
fn arrival(city: &DemoCity, unit: &CityUnit, day: i32) -> i64 {
    let usual = i64::from(stamp::day_number(date_of(day)) + 1) * 86_400 + 5_880;
    let late = city
        .faults_of(unit)
        .filter(|it| it.kind == FaultKind::LateUpload && it.covers(day))
        .map(|it| (it.amount * 86_400.0) as i64)
        .max();
    usual + late.unwrap_or(0)
}

fn correct(city: &DemoCity, unit: &CityUnit, builder: &mut SeriesBuilder) {
    let mut entries = Vec::new();
    city.corrections(unit, i32::MIN, index_of(LAST), &mut entries);
    let now = i64::from(stamp::day_number(LAST) + 2) * 86_400;
    take(unit, &mut entries, now, builder);
}

fn take(unit: &CityUnit, entries: &mut Vec<Entry>, received_at: i64, builder: &mut SeriesBuilder) {
    for entry in entries.drain(..) {
        let item = unit.items.iter().position(|it| it.data_code == entry.data_code);
        let Some(item) = item.map(|it| it as i32) else {
            continue;
        };
        match stamp::read(&entry.stat_date, entry.stat_type, &Bounds::UNLIMITED) {
            Ok(at) => builder.put(
                item,
                entry.stat_type,
                at,
                Value { value: entry.value, valid: true, received_at },
            ),
            Err(_) => {
                if let Ok(at) =
                    stamp::read(&entry.stat_date, StatType::RealTime, &Bounds::UNLIMITED)
                {
                    builder.reject(RejectedStamp {
                        item: Some(item),
                        stat_type: entry.stat_type,
                        at,
                        received_at,
                    });
                }
            }
        }
    }
}
