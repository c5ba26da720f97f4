//! Keeps what became of item-days that were sent, in one transaction.

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_shared::stat_type::StatType;

use super::units::{self, UnitStanding};
use super::upper;
use crate::clock;
use crate::store::database::append::{
    append, bytes, dates, doubles, fill_temporary, ints, stamps, texts,
};
use crate::store::error::Result;
use crate::store::item_day::ItemDay;
use nengce_messages::stamp;

/// An item-day that the platform above has now, as far as it takes it.
#[derive(Debug, Clone)]
pub struct DoneItemDay {
    pub item_day: ItemDay,
    /// As it was when it was read: a later change goes on waiting.
    pub change: i32,
    pub upto: i32,
    pub content: String,
}

/// A value by its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SentValue {
    pub item_id: i32,
    pub stat_type: StatType,
    pub at: i64,
    pub value: f64,
}

/// A value that the platform above refused.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedValue {
    pub of: SentValue,
    pub code: String,
    pub reason: String,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Outcome {
    pub done: Vec<DoneItemDay>,
    /// Values that were sent, refused or not.
    pub sent: Vec<SentValue>,
    pub refused: Vec<RefusedValue>,
    pub units: Vec<(i32, UnitStanding)>,
}

impl Outcome {
    /// Takes another one in.
    pub fn extend(&mut self, other: Self) {
        self.done.extend(other.done);
        self.sent.extend(other.sent);
        self.refused.extend(other.refused);
        self.units.extend(other.units);
    }
}

/// Keeps an outcome.
pub fn keep(conn: &Connection, upper: &str, it: &Outcome, now: DateTime) -> Result<()> {
    let at = clock::text(now);
    if !it.done.is_empty() {
        let columns = vec![
            ints(it.done.iter().map(|it| it.item_day.item_id)),
            dates(it.done.iter().map(|it| Some(it.item_day.day))),
            ints(it.done.iter().map(|it| it.change)),
            ints(it.done.iter().map(|it| it.upto)),
            texts(it.done.iter().map(|it| it.content.as_str())),
        ];
        fill_temporary(conn, "link_done", columns)?;
        conn.execute(include_str!("sql/done_forget.sql"), params![upper])?;
        conn.execute(include_str!("sql/done_insert.sql"), params![upper, at])?;
        conn.execute(include_str!("sql/done_delete.sql"), params![upper])?;
    }
    if !it.sent.is_empty() {
        let columns = vec![
            ints(it.sent.iter().map(|it| it.item_id)),
            bytes(it.sent.iter().map(|it| it.stat_type as u8)),
            stamps(it.sent.iter().map(|it| Some(it.at))),
        ];
        fill_temporary(conn, "link_tried", columns)?;
        conn.execute(include_str!("sql/refused_delete.sql"), params![upper])?;
    }
    if !it.refused.is_empty() {
        let seconds = stamp::seconds(now);
        let columns = vec![
            texts(it.refused.iter().map(|_| upper)),
            ints(it.refused.iter().map(|it| it.of.item_id)),
            bytes(it.refused.iter().map(|it| it.of.stat_type as u8)),
            stamps(it.refused.iter().map(|it| Some(it.of.at))),
            doubles(it.refused.iter().map(|it| it.of.value)),
            texts(it.refused.iter().map(|it| it.code.as_str())),
            texts(it.refused.iter().map(|it| it.reason.as_str())),
            stamps(it.refused.iter().map(|_| Some(seconds))),
        ];
        append(conn, "link_refused", columns)?;
    }
    units::put(conn, upper, &it.units)?;
    if !it.sent.is_empty() {
        let before = upper::standing(conn, upper)?;
        upper::put(conn, upper, &upper::Standing { sent_at: Some(at), failure: None, ..before })?;
    }
    Ok(())
}
