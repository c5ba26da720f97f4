//! Loads the readings of units around the days on which the rules run, in the form that the rules take.

use std::collections::HashMap;

use duckdb::{Connection, Row, params};
use nengce_core::quality::{
    AHEAD_DAYS, BACK_DAYS, FINGERPRINT, HeatingSeason, ItemSeries, MONTH_REACH_DAYS, OffStart,
    OperatingPattern, POINT_DAYS, PastMonth, Point, UnitSeries, Value, is_for_warmth, year_before,
};
use nengce_messages::stamp;
use nengce_shared::stat_type::StatType;

use super::lookups::Peers;
use super::rejected_stamps::rejected_stamp;
use crate::store::database::{each, list, stat_type};
use crate::store::error::Result;

/// A unit as loaded, and what its assessment rests on beside readings.
pub(super) struct UnitReadings {
    pub series: UnitSeries,
    /// Its items by their codes.
    codes: HashMap<String, i32>,
    pub basis: String,
    pub first_day: Option<i32>,
}

pub(super) fn text(day: i32) -> String {
    stamp::date_of(day).to_string()
}

/// Days of a unit to assess, and whether its months bear on one another.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitSpan {
    pub unit: i32,
    pub from: i32,
    pub to: i32,
    pub by_month: bool,
}

/// Units around the days asked for, in their order: one question of a kind for all of them.
pub(super) fn series(
    conn: &Connection,
    spans: &[UnitSpan],
    due_until: i32,
    peers: &Peers,
) -> Result<Vec<UnitReadings>> {
    let mut loading = Loading {
        conn,
        spans,
        units: spans.iter().map(|it| (it.unit, loaded(due_until))).collect(),
        places: HashMap::new(),
    };
    loading.items(peers)?;
    loading.patterns()?;
    loading.readings()?;
    loading.figures()?;
    loading.months()?;
    loading.connected()?;
    loading.rejected_stamps()?;
    loading.off_start()?;
    let mut units = loading.units;
    Ok(spans.iter().filter_map(|it| units.remove(&it.unit)).collect())
}

fn loaded(due_until: i32) -> UnitReadings {
    let series = UnitSeries { due_until, ..UnitSeries::default() };
    let basis = format!("rules {};", *FINGERPRINT);
    UnitReadings { series, codes: HashMap::new(), basis, first_day: None }
}

struct Loading<'a> {
    conn: &'a Connection,
    spans: &'a [UnitSpan],
    units: HashMap<i32, UnitReadings>,
    /// Where each item is: its unit, and its place there.
    places: HashMap<i32, (i32, usize)>,
}

impl Loading<'_> {
    fn list(&self, of: impl Fn(&UnitSpan) -> i32) -> String {
        list(self.spans.iter().map(of))
    }

    fn item(&mut self, id: i32) -> Option<&mut ItemSeries> {
        let (unit, at) = self.places.get(&id)?;
        self.units.get_mut(unit)?.series.items.get_mut(*at)
    }

    fn items(&mut self, peers: &Peers) -> Result<()> {
        let spans = params![self.list(|it| it.unit)];
        each(self.conn, include_str!("sql/quality_items.sql"), spans, |row| {
            let (id, unit): (i32, i32) = (row.get(0)?, row.get(1)?);
            let Some(loaded) = self.units.get_mut(&unit) else {
                return Ok(());
            };
            let code: String = row.get(2)?;
            let bounds = |at: usize| -> duckdb::Result<Option<(f64, f64)>> {
                Ok(row.get::<_, Option<f64>>(at)?.zip(row.get(at + 1)?))
            };
            let item = ItemSeries {
                id,
                data_class: row.get(3)?,
                points_per_day: row.get(4)?,
                first_day: row.get::<_, Option<i64>>(5)?.map(|it| it as i32),
                realtime_from: row.get::<_, Option<i64>>(6)?.map(|it| it as i32),
                bounds: [bounds(7)?, bounds(9)?, bounds(11)?],
                first_month: row.get::<_, Option<i64>>(13)?.map(|it| it as i32),
                monthly: row.get(14)?,
                peers: peers.get(&id).copied(),
                warms: is_for_warmth(&code),
                ..ItemSeries::default()
            };
            loaded.basis.push_str(&format!(
                "{code} {} {:?} {:?} {:?} {:?};",
                item.points_per_day, item.first_day, item.realtime_from, item.bounds, item.peers
            ));
            if item.first_month.is_some() {
                loaded.basis.push_str(&format!("{:?} {};", item.first_month, item.monthly));
            }
            let begins = item.first_day.or(item.first_month);
            loaded.first_day = [loaded.first_day, begins].into_iter().flatten().min();
            let region: String = row.get(15)?;
            loaded.series.heating = HeatingSeason::of_region(&region);
            loaded.codes.insert(code, id);
            self.places.insert(id, (unit, loaded.series.items.len()));
            loaded.series.items.push(item);
            Ok(())
        })?;
        Ok(())
    }

    /// The habits of each item, from its whole history.
    fn patterns(&mut self) -> Result<()> {
        let items = || self.units.values().flat_map(|it| &it.series.items);
        let warm = list(items().filter(|it| it.warms).map(|it| it.id));
        let spans = params![self.list(|it| it.unit), warm];
        let mut months: HashMap<i32, Vec<PastMonth>> = HashMap::new();
        each(self.conn, include_str!("sql/quality_operating_patterns.sql"), spans, |row| {
            months.entry(row.get(0)?).or_default().push(PastMonth {
                first: row.get::<_, i64>(1)? as i32,
                days: row.get(2)?,
                zeros: row.get(3)?,
                median: row.get(4)?,
                returns: row.get(5)?,
            });
            Ok(())
        })?;
        #[expect(clippy::iter_over_hash_type, reason = "each unit is changed by itself")]
        for UnitReadings { series, basis, .. } in self.units.values_mut() {
            for item in &mut series.items {
                if let Some(months) = months.get(&item.id) {
                    item.pattern = OperatingPattern::of(months, item.warms, series.heating);
                }
                if item.pattern != OperatingPattern::default() {
                    basis.push_str(&format!("{} {:?};", item.id, item.pattern));
                }
            }
            basis.push_str(&format!("{:?}", series.heating));
        }
        Ok(())
    }

    fn readings(&mut self) -> Result<()> {
        let span = params![
            self.list(|it| it.unit),
            self.list(|it| it.from - POINT_DAYS),
            self.list(|it| it.to + AHEAD_DAYS)
        ];
        each(self.conn, include_str!("sql/quality_readings.sql"), span, |row| {
            let Some(item) = self.item(row.get(0)?) else {
                return Ok(());
            };
            let (stat_type, ts): (_, i64) = (stat_type(row, 1)?, row.get(2)?);
            let (day, second) = (ts.div_euclid(86_400) as i32, ts.rem_euclid(86_400) as i32);
            let value = value(row, 3)?;
            let record = item.days.entry(day).or_default();
            match stat_type {
                StatType::RealTime => record.points.push(Point { second, is: value }),
                _ => record.reported = Some(value),
            }
            Ok(())
        })?;
        Ok(())
    }

    fn figures(&mut self) -> Result<()> {
        // A month's days reach past the last assessed one.
        let year = |it: &UnitSpan| year_before(it.from, it.to);
        let span = params![
            self.list(|it| it.unit),
            self.list(|it| it.from - BACK_DAYS),
            self.list(|it| it.to + AHEAD_DAYS.max(32)),
            self.list(|it| year(it).0),
            self.list(|it| year(it).1)
        ];
        each(self.conn, include_str!("sql/quality_figures.sql"), span, |row| {
            if let Some(item) = self.item(row.get(0)?) {
                let day = row.get::<_, i64>(1)? as i32;
                item.days.entry(day).or_default().figure = Some(row.get(2)?);
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Months and years that begin in a span, and what months come to.
    fn months(&mut self) -> Result<()> {
        let reach = |it: &UnitSpan| if it.by_month { MONTH_REACH_DAYS } else { 0 };
        let span = params![
            self.list(|it| it.unit),
            self.list(|it| it.from - reach(it)),
            self.list(|it| it.to + reach(it))
        ];
        each(self.conn, include_str!("sql/quality_months.sql"), span, |row| {
            let Some(item) = self.item(row.get(0)?) else {
                return Ok(());
            };
            let (reported, day) = (row.get::<_, Option<u8>>(1)?, row.get::<_, i64>(2)? as i32);
            let value = value(row, 3)?;
            if reported.is_none() {
                item.month_figures.insert(day, value.value);
            } else if stat_type(row, 1)? == StatType::Month {
                item.months.insert(day, value);
            } else {
                item.years.insert(day, value);
            }
            Ok(())
        })?;
        Ok(())
    }

    fn connected(&mut self) -> Result<()> {
        let spans = params![self.list(|it| it.unit)];
        each(self.conn, include_str!("sql/quality_connected.sql"), spans, |row| {
            if let Some(it) = self.units.get_mut(&row.get(0)?) {
                it.series.connected = row.get::<_, Option<i64>>(1)?.map(|it| it as i32);
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Readings whose stamp is not the start of their period.
    fn off_start(&mut self) -> Result<()> {
        let since = params![self.list(|it| it.unit), self.list(|it| it.from - BACK_DAYS)];
        each(self.conn, include_str!("sql/quality_stamps.sql"), since, |row| {
            if let Some(it) = self.units.get_mut(&row.get(0)?) {
                it.series.off_start.push(OffStart {
                    item: row.get(1)?,
                    stat_type: stat_type(row, 2)?,
                    at: row.get(3)?,
                    off: row.get(4)?,
                    received_at: row.get(5)?,
                });
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The stamps of entries that were rejected for their time.
    fn rejected_stamps(&mut self) -> Result<()> {
        let since = params![self.list(|it| it.unit), self.list(|it| it.from - BACK_DAYS)];
        each(self.conn, include_str!("sql/quality_refused.sql"), since, |row| {
            if let Some(it) = self.units.get_mut(&row.get(0)?) {
                let entry: String = row.get(1)?;
                it.series.rejected.extend(rejected_stamp(&entry, row.get(2)?, &it.codes));
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn value(row: &Row<'_>, at: usize) -> duckdb::Result<Value> {
    Ok(Value {
        value: row.get(at)?,
        valid: row.get(at + 1)?,
        received_at: row.get::<_, Option<i64>>(at + 2)?.unwrap_or_default(),
    })
}
