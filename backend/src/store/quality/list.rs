//! Questions about quality: findings with their evidence, sums by unit, by day and by item.

use duckdb::{Connection, Row, params};
use nengce_core::quality::Evidence;

use super::answers::StoredAnswer;
use super::load::text;
use crate::store::database::{each, list};
use crate::store::error::Result;
use crate::store::unit_columns::UnitColumns;
use crate::store::unit_ids::UnitIds;

/// Which findings; empty texts and 0 mean all.
#[derive(Debug, Clone, Default)]
pub struct FindingQuery {
    pub units: UnitIds,
    pub unit: String,
    pub region: String,
    pub industry: String,
    pub rules: Vec<&'static str>,
    pub state: String,
    pub day: String,
    pub id: u64,
    /// States of their answers, by comma.
    pub answer: String,
    /// Place of the last row of the page before.
    pub after: Option<(String, u64)>,
    pub limit: u32,
}

#[derive(Debug, Clone)]
pub struct Finding {
    pub id: u64,
    pub rule: String,
    pub state: String,
    pub unit: UnitColumns,
    pub data_code: Option<String>,
    pub energy_type: Option<String>,
    pub from: String,
    pub to: String,
    pub days: u32,
    pub measure: f64,
    pub first_seen: String,
    pub last_seen: String,
    pub resolved_at: Option<String>,
    pub waiver: Option<(String, String, String)>,
    pub from_day: i32,
    pub unit_id: i32,
    pub item_id: Option<i32>,
    /// None: nobody has answered.
    pub answer: Option<StoredAnswer>,
    /// The last day on which a reported outage excuses it.
    pub excused_until: Option<String>,
}

/// Sums of which the index is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    pub expected: u64,
    pub received: u64,
    pub timed: u64,
    pub in_time: u64,
    pub assessed: u64,
    pub valid: u64,
    pub conforms: u64,
    pub meters: u64,
    pub calibrated: u64,
}

pub struct UnitSums {
    pub unit: UnitColumns,
    pub sums: Sums,
    pub days: u32,
    pub silent: u32,
    pub late: u32,
    pub open: u32,
    pub high: u32,
}

pub struct DaySums {
    pub day: String,
    pub sums: Sums,
    pub late_hours: Option<f64>,
    pub findings: u32,
}

pub struct ItemSums {
    pub data_code: String,
    pub energy_type: String,
    pub sums: Sums,
    pub open: u32,
}

impl Sums {
    fn read(row: &Row<'_>, at: usize) -> duckdb::Result<Self> {
        let get = |by: usize| -> duckdb::Result<u64> { Ok(row.get::<_, i64>(at + by)? as u64) };
        Ok(Self {
            expected: get(0)?,
            received: get(1)?,
            timed: get(2)?,
            in_time: get(3)?,
            assessed: get(4)?,
            valid: get(5)?,
            conforms: get(6)?,
            meters: 0,
            calibrated: 0,
        })
    }

    pub fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.received += other.received;
        self.timed += other.timed;
        self.in_time += other.in_time;
        self.assessed += other.assessed;
        self.valid += other.valid;
        self.conforms += other.conforms;
        self.meters += other.meters;
        self.calibrated += other.calibrated;
    }
}

/// A page of findings.
pub fn findings(conn: &Connection, it: &FindingQuery) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let (day, id) = it.after.clone().unwrap_or_default();
    let rules = list(&it.rules);
    let wanted = params![
        it.unit,
        it.region,
        it.industry,
        rules,
        it.state,
        it.day,
        it.id,
        day,
        id,
        it.limit,
        it.units,
        it.answer
    ];
    each(conn, include_str!("sql/quality_findings.sql"), wanted, |row| {
        let waiver = match row.get::<_, Option<String>>(17)? {
            Some(reason) => Some((reason, row.get(18)?, row.get(19)?)),
            None => None,
        };
        found.push(Finding {
            id: row.get(0)?,
            rule: row.get(1)?,
            state: row.get(2)?,
            unit: UnitColumns::read(row, 3)?,
            data_code: row.get(8)?,
            energy_type: row.get(9)?,
            from: row.get(10)?,
            to: row.get(11)?,
            days: row.get(12)?,
            measure: row.get(13)?,
            first_seen: row.get(14)?,
            last_seen: row.get(15)?,
            resolved_at: row.get(16)?,
            waiver,
            from_day: row.get::<_, i64>(20)? as i32,
            unit_id: row.get(21)?,
            item_id: row.get(22)?,
            answer: StoredAnswer::read(row, 23)?,
            excused_until: row.get(29)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Findings by rule and state over the filter without either.
pub fn counts(conn: &Connection, it: &FindingQuery) -> Result<Vec<(String, String, u64)>> {
    let mut found = Vec::new();
    let wanted = params![it.unit, it.region, it.industry, it.day, it.units, it.answer];
    each(conn, include_str!("sql/quality_counts.sql"), wanted, |row| {
        found.push((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as u64));
        Ok(())
    })?;
    Ok(found)
}

/// The number of open findings of units.
pub fn open(conn: &Connection, units: &UnitIds) -> Result<u64> {
    let sql = include_str!("sql/quality_open.sql");
    let open: i64 = conn.query_row(sql, params![units], |row| row.get(0))?;
    Ok(open as u64)
}

/// The readings that tell, and the day figures around them: day, figure, whether reported.
pub type Told = (Vec<Evidence>, Vec<(String, Option<f64>, bool)>);

/// What stands behind a finding.
pub fn evidence(conn: &Connection, it: &Finding, around: i32) -> Result<Told> {
    let mut all: Vec<Evidence> = Vec::new();
    let wanted = params![it.unit_id, it.item_id, it.rule, it.from, it.to];
    each(conn, include_str!("sql/quality_evidence.sql"), wanted, |row| {
        let one: String = row.get(0)?;
        all.extend(serde_json::from_str::<Vec<Evidence>>(&one).unwrap_or_default());
        Ok(())
    })?;
    all.sort_by_key(|it| (it.item, it.at, it.stat_type));
    all.dedup_by_key(|it| (it.item, it.at, it.stat_type));
    let mut context = Vec::new();
    if let Some(item) = it.item_id {
        let to = it.from_day + it.days as i32 + around;
        let span = params![item, text(it.from_day - around), text(to)];
        each(conn, include_str!("sql/quality_context.sql"), span, |row| {
            context.push((row.get(0)?, row.get(1)?, row.get(2)?));
            Ok(())
        })?;
    }
    Ok((all, context))
}

/// Codes of items by their ids.
pub fn codes(conn: &Connection) -> Result<std::collections::HashMap<i32, String>> {
    let mut found = std::collections::HashMap::new();
    each(conn, include_str!("sql/quality_item_codes.sql"), [], |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// Sums by unit; `unit` empty: all. `high` names the rules that weigh most.
pub fn units(
    conn: &Connection,
    (region, industry, unit): (&str, &str, &str),
    (from, to): (&str, &str),
    high: &[&str],
    within: &UnitIds,
) -> Result<Vec<UnitSums>> {
    let mut found = Vec::new();
    let wanted = params![region, industry, from, to, unit, list(high), within];
    each(conn, include_str!("sql/quality_unit_sums.sql"), wanted, |row| {
        let count = |at: usize| -> duckdb::Result<u32> { Ok(row.get::<_, i64>(at)? as u32) };
        found.push(UnitSums {
            unit: UnitColumns::read(row, 0)?,
            sums: Sums {
                meters: row.get::<_, i64>(15)? as u64,
                calibrated: row.get::<_, i64>(16)? as u64,
                ..Sums::read(row, 5)?
            },
            days: count(12)?,
            silent: count(13)?,
            late: count(14)?,
            open: count(17)?,
            high: count(18)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Approved units of regions and industries, assessed or not.
pub fn units_count(
    conn: &Connection,
    region: &str,
    industry: &str,
    within: &UnitIds,
) -> Result<u32> {
    let sql = include_str!("sql/quality_units_count.sql");
    Ok(conn.query_row(sql, params![region, industry, within], |row| row.get::<_, i64>(0))? as u32)
}

/// Sums of one unit by day.
pub fn days(conn: &Connection, unit: &str, from: &str, to: &str) -> Result<Vec<DaySums>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_unit_days.sql"), params![unit, from, to], |row| {
        found.push(DaySums {
            day: row.get(0)?,
            sums: Sums {
                meters: row.get::<_, i64>(9)? as u64,
                calibrated: row.get::<_, i64>(10)? as u64,
                ..Sums::read(row, 1)?
            },
            late_hours: row.get(8)?,
            findings: row.get::<_, i64>(11)? as u32,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Sums of one unit by item.
pub fn items(conn: &Connection, unit: &str, from: &str, to: &str) -> Result<Vec<ItemSums>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_unit_item_sums.sql"), params![unit, from, to], |row| {
        found.push(ItemSums {
            data_code: row.get(0)?,
            energy_type: row.get(1)?,
            sums: Sums::read(row, 2)?,
            open: row.get::<_, i64>(9)? as u32,
        });
        Ok(())
    })?;
    Ok(found)
}
