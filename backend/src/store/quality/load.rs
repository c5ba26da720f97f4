//! Reads a unit with what surrounds the days to judge, as the rules look at it.

use std::collections::HashMap;

use duckdb::{Connection, params};
use nengce_core::ingest::{Bounds, stamp};
use nengce_core::quality::rules::peer_scale::UNITS;
use nengce_core::quality::{
    AHEAD_DAYS, BACK_DAYS, ItemSeries, MONTH_REACH_DAYS, Marked, POINT_DAYS, Point, Refused,
    UnitSeries, Value,
};
use nengce_shared::data_code::DataCode;

use crate::store::error::Result;
use crate::store::queries::each;

/// A unit as loaded, and what its judgement rests on beside readings.
pub struct Loaded {
    pub series: UnitSeries,
    pub basis: String,
    pub first_day: Option<i32>,
}

pub struct UnitDays {
    pub id: i32,
    pub first_day: i32,
    pub judged_on: Option<i32>,
    pub basis: String,
    /// Some item has no days, and is judged by the month; none has.
    pub some_coarse: bool,
    pub all_coarse: bool,
}

/// Every unit with data.
pub fn units(conn: &Connection) -> Result<Vec<UnitDays>> {
    let mut found = Vec::new();
    each(conn, include_str!("../sql/quality_all_units.sql"), [], |row| {
        found.push(UnitDays {
            id: row.get(0)?,
            first_day: row.get::<_, i64>(1)? as i32,
            judged_on: row.get::<_, Option<i64>>(2)?.map(|it| it as i32),
            basis: row.get(3)?,
            some_coarse: row.get(4)?,
            all_coarse: row.get(5)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Which unit an item belongs to.
pub fn owners(conn: &Connection) -> Result<HashMap<i32, i32>> {
    let mut found = HashMap::new();
    each(conn, include_str!("../sql/quality_item_units.sql"), [], |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The usual day of an item's peers, by item.
pub type Peers = HashMap<i32, f64>;

/// Of every item with enough of them, to half a power of ten: what moves by less is no other scale.
pub fn peers(conn: &Connection) -> Result<Peers> {
    let mut found = HashMap::new();
    each(conn, include_str!("../sql/quality_peers.sql"), params![UNITS.value], |row| {
        let usual: f64 = row.get(1)?;
        found.insert(row.get(0)?, 10f64.powf((usual.log10() * 2.0).round() / 2.0));
        Ok(())
    })?;
    Ok(found)
}

/// Item-days touched by uploads that came after one, and after what their unit was last judged on.
pub fn behind(conn: &Connection, upto: i32) -> Result<Vec<(i32, i32)>> {
    let mut found = Vec::new();
    each(conn, include_str!("../sql/quality_behind.sql"), params![upto], |row| {
        found.push((row.get(0)?, row.get::<_, i64>(1)? as i32));
        Ok(())
    })?;
    Ok(found)
}

pub fn text(day: i32) -> String {
    stamp::date_of(day).to_string()
}

/// A unit around the days `from..=to`; `by_month` where months bear on others.
pub fn unit(
    conn: &Connection,
    unit: i32,
    (from, to): (i32, i32),
    due_until: i32,
    peers: &Peers,
    by_month: bool,
) -> Result<Loaded> {
    let mut items: Vec<ItemSeries> = Vec::new();
    let mut codes: HashMap<String, i32> = HashMap::new();
    let mut basis = String::new();
    each(conn, include_str!("../sql/quality_items.sql"), params![unit], |row| {
        let code: String = row.get(1)?;
        let bounds = |at: usize| -> duckdb::Result<Option<(f64, f64)>> {
            Ok(row.get::<_, Option<f64>>(at)?.zip(row.get(at + 1)?))
        };
        let item = ItemSeries {
            id: row.get(0)?,
            data_class: row.get(2)?,
            points_per_day: row.get(3)?,
            first_day: row.get::<_, Option<i64>>(4)?.map(|it| it as i32),
            realtime_from: row.get::<_, Option<i64>>(5)?.map(|it| it as i32),
            bounds: [bounds(6)?, bounds(8)?, bounds(10)?],
            first_month: row.get::<_, Option<i64>>(12)?.map(|it| it as i32),
            monthly: row.get(13)?,
            peers: peers.get(&row.get(0)?).copied(),
            ..ItemSeries::default()
        };
        basis.push_str(&format!(
            "{code} {} {:?} {:?} {:?} {:?};",
            item.points_per_day, item.first_day, item.realtime_from, item.bounds, item.peers
        ));
        if item.first_month.is_some() {
            basis.push_str(&format!("{:?} {};", item.first_month, item.monthly));
        }
        codes.insert(code, item.id);
        items.push(item);
        Ok(())
    })?;
    let places: HashMap<i32, usize> =
        items.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let ids: Vec<String> = items.iter().map(|it| it.id.to_string()).collect();
    let ids = format!("[{}]", ids.join(","));
    readings(conn, &mut items, &places, &ids, from, to)?;
    // A month's days reach past the last judged one.
    let span = params![ids, text(from - BACK_DAYS), text(to + AHEAD_DAYS.max(32))];
    each(conn, include_str!("../sql/quality_figures.sql"), span, |row| {
        if let Some(at) = places.get(&row.get(0)?) {
            let day = row.get::<_, i64>(1)? as i32;
            let figure: f64 = row.get(2)?;
            items[*at].days.entry(day).or_default().figure = Some(figure);
        }
        Ok(())
    })?;
    let reach = if by_month { MONTH_REACH_DAYS } else { 0 };
    let span = (from - reach, to + reach);
    months(conn, unit, &mut items, &places, span)?;
    let first_day = items.iter().filter_map(|it| it.first_day.or(it.first_month)).min();
    let connected: Option<i64> =
        conn.query_row(include_str!("../sql/quality_connected.sql"), params![unit], |row| {
            row.get(0)
        })?;
    let refused = refused(conn, unit, from, &codes)?;
    let marked = marked(conn, unit, from)?;
    Ok(Loaded {
        series: UnitSeries {
            items,
            refused,
            marked,
            connected: connected.map(|it| it as i32),
            due_until,
        },
        basis,
        first_day,
    })
}

fn readings(
    conn: &Connection,
    items: &mut [ItemSeries],
    places: &HashMap<i32, usize>,
    ids: &str,
    from: i32,
    to: i32,
) -> Result<()> {
    let span = params![ids, text(from - POINT_DAYS), text(to + AHEAD_DAYS)];
    each(conn, include_str!("../sql/quality_readings.sql"), span, |row| {
        let Some(at) = places.get(&row.get(0)?) else {
            return Ok(());
        };
        let (stat_type, ts): (u8, i64) = (row.get(1)?, row.get(2)?);
        let (day, second) = (ts.div_euclid(86_400) as i32, ts.rem_euclid(86_400) as i32);
        let value = Value {
            value: row.get(3)?,
            valid: row.get(4)?,
            received_at: row.get::<_, Option<i64>>(5)?.unwrap_or_default(),
        };
        let item = &mut items[*at];
        match stat_type {
            0 => {
                let points = &mut item.days.entry(day).or_default().points;
                points.push(Point { second, is: value });
            }
            _ => item.days.entry(day).or_default().reported = Some(value),
        }
        Ok(())
    })?;
    Ok(())
}

/// Months and years that begin in a span, and what months come to.
fn months(
    conn: &Connection,
    unit: i32,
    items: &mut [ItemSeries],
    places: &HashMap<i32, usize>,
    (from, to): (i32, i32),
) -> Result<()> {
    let span = params![unit, text(from), text(to)];
    each(conn, include_str!("../sql/quality_months.sql"), span, |row| {
        let Some(at) = places.get(&row.get(0)?) else {
            return Ok(());
        };
        let (stat_type, day): (u8, i64) = (row.get(1)?, row.get(2)?);
        let value = Value {
            value: row.get(3)?,
            valid: row.get(4)?,
            received_at: row.get::<_, Option<i64>>(5)?.unwrap_or_default(),
        };
        let (item, day) = (&mut items[*at], day as i32);
        match stat_type {
            2 => drop(item.months.insert(day, value)),
            3 => drop(item.years.insert(day, value)),
            _ => drop(item.month_figures.insert(day, value.value)),
        }
        Ok(())
    })
    .map_err(Into::into)
}

/// What came with a stamp off the start of its period.
fn marked(conn: &Connection, unit: i32, from: i32) -> Result<Vec<Marked>> {
    let mut found = Vec::new();
    each(
        conn,
        include_str!("../sql/quality_stamps.sql"),
        params![unit, text(from - BACK_DAYS)],
        |row| {
            found.push(Marked {
                item: row.get(0)?,
                stat_type: row.get(1)?,
                at: row.get(2)?,
                off: row.get(3)?,
                received_at: row.get(4)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// A refused time is read as it stands.
const ANY: Bounds = Bounds {
    now: i64::MAX / 4,
    future_skew_seconds: 0,
    value_abs_max: f64::MAX,
    max_entries: usize::MAX,
    ends: None,
    keep: nengce_core::ingest::refusals::Keep::USUAL,
    retired_before: nengce_core::ingest::NEVER_RETIRED,
    habits: nengce_core::ingest::Habits::USUAL,
};

/// What was refused for its time, read again from the entry that was kept.
fn refused(
    conn: &Connection,
    unit: i32,
    from: i32,
    codes: &HashMap<String, i32>,
) -> Result<Vec<Refused>> {
    let mut found = Vec::new();
    each(
        conn,
        include_str!("../sql/quality_refused.sql"),
        params![unit, text(from - BACK_DAYS)],
        |row| {
            let entry: String = row.get(0)?;
            let received_at: i64 = row.get(1)?;
            let Ok(serde_json::Value::Object(entry)) = serde_json::from_str(&entry) else {
                return Ok(());
            };
            let field = |name: &str| {
                let found = entry.iter().find(|it| it.0.eq_ignore_ascii_case(name));
                found.map(|it| match it.1 {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                })
            };
            let at = field("statDate").and_then(|it| stamp::read(&it, 0, &ANY).ok());
            if let Some(at) = at {
                let code = field("dataCode").and_then(|it| DataCode::parse_lenient(&it).ok());
                found.push(Refused {
                    item: code.and_then(|it| codes.get(&it.to_string()).copied()),
                    stat_type: field("statType").and_then(|it| it.parse().ok()).unwrap_or(1),
                    at,
                    received_at,
                });
            }
            Ok(())
        },
    )?;
    Ok(found)
}
