//! Open findings in groups of those that have the same rule, first day and answer: what a city's list of targets needs of
//! them, without each row.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::submission::{AnswerState, SubmissionKind};

use super::answers::StoredAnswer;
use crate::store::database::{day_of, each};
use crate::store::error::Result;
use crate::store::unit_ids::UnitIds;

/// Open findings of one unit with the same rule, first day and answer.
#[derive(Debug, Clone)]
pub struct OpenGroup {
    pub unit_id: i32,
    pub rule: String,
    pub first_seen: Option<Date>,
    /// None: nobody has answered.
    pub answer: Option<StoredAnswer>,
    pub excused_until: Option<Date>,
    pub count: u32,
}

/// The groups of the units, by unit.
pub fn open_groups(conn: &Connection, units: &UnitIds) -> Result<Vec<OpenGroup>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_open_groups.sql"), params![units], |row| {
        let kind: Option<String> = row.get(4)?;
        let (due, extended) = (day_of(row.get(5)?), row.get::<_, Option<bool>>(6)?);
        let answer = row.get::<_, Option<String>>(3)?.map(|state| StoredAnswer {
            state: AnswerState::parse(&state).unwrap_or(AnswerState::Unanswered),
            kind: kind.and_then(|it| SubmissionKind::parse(&it)),
            due,
            extended: extended.unwrap_or(false),
            changed_at: String::new(),
            changed_by: String::new(),
        });
        found.push(OpenGroup {
            unit_id: row.get(0)?,
            rule: row.get(1)?,
            first_seen: day_of(row.get(2)?),
            answer,
            excused_until: day_of(row.get(7)?),
            count: row.get(8)?,
        });
        Ok(())
    })?;
    Ok(found)
}
