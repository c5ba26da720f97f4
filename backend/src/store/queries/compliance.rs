//! What the store knows of a unit's compliance by quarter: findings, assessed days, and meters that are overdue.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_analysis::compliance::{Known, OverdueMeter, QuarterFindings};
use nengce_core::quality::{Rule, Severity, rule};
use nengce_shared::month::Month;

use super::{day_of, each};

/// The rule whose findings tell of late reporting, whatever its severity.
const LATE: &str = "late";

/// From the day `from` on; meters by today. Findings of the severest rules and of late reporting alone.
pub fn known(conn: &Connection, unit: i32, from: Date, today: Date) -> duckdb::Result<Known> {
    let mut known = Known::default();
    let since = params![unit, from.to_string()];
    each(conn, include_str!("sql/compliance_findings.sql"), since, |row| {
        let (name, quarter): (String, _) = (row.get(1)?, day_of(row.get(0)?));
        let counts = |it: &&Rule| it.severity == Severity::High || it.name == LATE;
        let about = rule(&name).filter(counts);
        if let (Some(about), Some(quarter), Some(last)) = (about, quarter, day_of(row.get(3)?)) {
            known.findings.push(QuarterFindings {
                quarter: Month::of(quarter),
                rule: name,
                zh: about.zh.to_owned(),
                en: about.en.to_owned(),
                count: row.get(2)?,
                last,
            });
        }
        Ok(())
    })?;
    let since = params![unit, from.to_string()];
    each(conn, include_str!("sql/compliance_assessed.sql"), since, |row| {
        if let Some(month) = day_of(row.get(0)?) {
            known.assessed_days.insert(Month::of(month), row.get(1)?);
        }
        Ok(())
    })?;
    let until = params![unit, today.to_string()];
    each(conn, include_str!("sql/compliance_meters.sql"), until, |row| {
        if let Some(due) = day_of(row.get(1)?) {
            known.meters.push(OverdueMeter { name: row.get(0)?, due });
        }
        Ok(())
    })?;
    Ok(known)
}
