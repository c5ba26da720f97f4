//! Finds the conflicts of a group. A reading whose quarter-hour is free, in the store and in the rest of the group, is
//! certainly new and is appended as it is. Only readings in conflict are compared with the stored values one by one.

use duckdb::Connection;
use duckdb::arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, TimestampMicrosecondArray, UInt8Array,
};
use duckdb::arrow::buffer::NullBuffer;
use nengce_shared::stat_type::StatType;
use std::sync::Arc;

use crate::store::commit::batch::Receipt;
use crate::store::commit::columnar_batch::{FastMap, IncomingBatch, Run, quarter_hour_bit};
use crate::store::commit::items::Items;
use crate::store::commit::quarter_hours::{ItemDayKey, item_day};
use crate::store::commit::resolve::{Outcome, Resolution};
use crate::store::database::append::append;
use crate::store::error::Result;
use crate::store::item_day::{ItemDay, put_item_days};
use crate::store::value::{Key, KeyedReadings, StoredValue};

/// A batch in a group, with the ids of its items.
pub struct GroupMember<'a> {
    pub ready: &'a IncomingBatch,
    pub upload_id: i32,
    /// Its index in the group.
    pub at: usize,
    ids: Vec<i32>,
}

impl<'a> GroupMember<'a> {
    pub fn new(items: &mut Items, ready: &'a IncomingBatch, upload_id: i32, at: usize) -> Self {
        let unit = ready.batch.unit_id;
        let codes = ready.rows.codes.iter();
        Self { ids: codes.map(|code| items.id_of(unit, *code)).collect(), ready, upload_id, at }
    }

    fn item(&self, run: &Run) -> i32 {
        self.ids[run.code as usize]
    }

    fn key(&self, run: &Run) -> ItemDayKey {
        item_day(self.item(run), run.stat_type, run.day)
    }

    fn stored(&self, row: usize) -> StoredValue {
        let rows = &self.ready.rows;
        StoredValue {
            value: rows.value[row],
            valid: rows.valid[row],
            input_type: rows.input_type[row],
            upload_id: self.upload_id,
        }
    }
}

/// Quarter-hours of which the group has more than one reading, or of which the database may have one.
pub type Conflicts = FastMap<ItemDayKey, u128>;

/// Marks the quarter-hours of the group's readings as taken, and returns the quarter-hours in conflict.
pub fn find(
    conn: &Connection,
    items: &mut Items,
    members: &[GroupMember<'_>],
) -> Result<Conflicts> {
    let runs = || members.iter().flat_map(|it| it.ready.rows.runs.iter().map(move |run| (it, run)));
    let mut unknown = Vec::new();
    for (member, run) in runs() {
        if run.stat_type == StatType::RealTime
            && items.quarter_hours.get(member.key(run)).is_none()
            && items.has_day(member.item(run), StatType::RealTime, run.day)
        {
            unknown.push(ItemDay { item_id: member.item(run), day: run.day });
        }
    }
    if !unknown.is_empty() {
        unknown.sort_unstable();
        unknown.dedup();
        load(conn, items, &unknown)?;
    }
    let mut conflicts = Conflicts::default();
    items.quarter_hours_marked = true;
    for (member, run) in runs() {
        let key = member.key(run);
        let taken = items.quarter_hours.get(key).unwrap_or_else(|| {
            let known = run.stat_type > StatType::RealTime
                && items.has_day(member.item(run), run.stat_type, run.day);
            u128::from(known)
        });
        items.quarter_hours.put(key, taken | run.quarter_hours);
        let conflict = (taken & run.quarter_hours) | run.repeated;
        if conflict != 0 {
            *conflicts.entry(key).or_default() |= conflict;
        }
    }
    Ok(conflicts)
}

/// Reads from the database which quarter-hours of these days have a reading.
fn load(conn: &Connection, items: &mut Items, days: &[ItemDay]) -> Result<()> {
    put_item_days(conn, "requested_day", days)?;
    for it in days {
        items.quarter_hours.put(item_day(it.item_id, StatType::RealTime, it.day), 0);
    }
    let mut statement = conn.prepare(include_str!("sql/slots_of_days.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let slot: i64 = row.get(2)?;
        items.quarter_hours.mark(item_day(row.get(0)?, StatType::RealTime, row.get(1)?), 1 << slot);
    }
    Ok(())
}

/// Readings of a batch that are in conflict, with their places in the batch.
#[derive(Default)]
pub struct ConflictingReadings {
    pub staged: KeyedReadings,
    pub origin: Vec<u32>,
}

/// Rows to append, in columns.
#[derive(Default)]
pub struct NewReadings {
    item: Vec<i32>,
    stat_type: Vec<u8>,
    at: Vec<i64>,
    value: Vec<f64>,
    valid: Vec<bool>,
    input_type: Vec<u8>,
    input_known: Vec<bool>,
    upload: Vec<i32>,
    /// The item-days of the rows: item, stat type, day, and whether some stamp is finer than an hour.
    pub days: Vec<(i32, StatType, i32, bool)>,
}

impl NewReadings {
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            item: Vec::with_capacity(rows),
            stat_type: Vec::with_capacity(rows),
            at: Vec::with_capacity(rows),
            value: Vec::with_capacity(rows),
            valid: Vec::with_capacity(rows),
            input_type: Vec::with_capacity(rows),
            input_known: Vec::with_capacity(rows),
            upload: Vec::with_capacity(rows),
            days: Vec::new(),
        }
    }

    /// Adds the readings of a batch that are certainly new, and returns the readings in conflict.
    pub fn take(
        &mut self,
        member: &GroupMember<'_>,
        conflicts: &Conflicts,
        receipt: &mut Receipt,
    ) -> ConflictingReadings {
        let rows = &member.ready.rows;
        let mut conflicting = ConflictingReadings::default();
        receipt.outcomes = vec![Outcome::Stored; rows.at.len()];
        for run in &rows.runs {
            let conflict = match conflicts.is_empty() {
                true => 0,
                false => conflicts.get(&member.key(run)).map_or(0, |it| it & run.quarter_hours),
            };
            let item = member.item(run);
            if conflict == 0 {
                self.put(member, item, run.stat_type, run.from as usize..run.to as usize);
                self.days.push((item, run.stat_type, run.day, run.fine));
                continue;
            }
            for row in run.from as usize..run.to as usize {
                let at = rows.at[row];
                if quarter_hour_bit(run.stat_type, at) & conflict != 0 {
                    let key = (item, run.stat_type, at);
                    conflicting.staged.rows.push((key, member.stored(row)));
                    conflicting.origin.push(rows.origin[row]);
                } else {
                    self.put(member, item, run.stat_type, row..row + 1);
                    let fine = at.rem_euclid(3_600) != 0;
                    self.days.push((item, run.stat_type, run.day, fine));
                }
            }
        }
        receipt.stored += (rows.at.len() - conflicting.origin.len()) as u32;
        conflicting
    }

    fn put(
        &mut self,
        member: &GroupMember<'_>,
        item: i32,
        stat: StatType,
        range: std::ops::Range<usize>,
    ) {
        let rows = &member.ready.rows;
        let end = self.item.len() + range.len();
        self.item.resize(end, item);
        self.stat_type.resize(end, stat.code());
        self.upload.resize(end, member.upload_id);
        self.at.extend(rows.at[range.clone()].iter().map(|it| it * 1_000_000));
        self.value.extend_from_slice(&rows.value[range.clone()]);
        self.valid.extend_from_slice(&rows.valid[range.clone()]);
        let input = &rows.input_type[range];
        self.input_type.extend(input.iter().map(|it| it.unwrap_or_default()));
        self.input_known.extend(input.iter().map(Option::is_some));
    }

    /// Adds the readings that the resolution found to be new; returns their keys.
    pub fn add_resolved(&mut self, resolution: &Resolution) -> Vec<Key> {
        let resolved = resolution.new_rows();
        for ((item, stat, at), value) in &resolved {
            self.item.push(*item);
            self.stat_type.push(stat.code());
            self.at.push(at * 1_000_000);
            self.value.push(value.value);
            self.valid.push(value.valid);
            self.input_type.push(value.input_type.unwrap_or_default());
            self.input_known.push(value.input_type.is_some());
            self.upload.push(value.upload_id);
        }
        resolved.into_iter().map(|(key, _)| key).collect()
    }

    /// Appends the columns to the readings.
    pub fn append(self, conn: &Connection) -> Result<()> {
        if self.item.is_empty() {
            return Ok(());
        }
        let known = match self.input_known.iter().all(|it| *it) {
            true => None,
            false => Some(NullBuffer::from(self.input_known)),
        };
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int32Array::from(self.item)),
            Arc::new(UInt8Array::from(self.stat_type)),
            Arc::new(TimestampMicrosecondArray::from(self.at)),
            Arc::new(Float64Array::from(self.value)),
            Arc::new(BooleanArray::from(self.valid)),
            Arc::new(UInt8Array::new(self.input_type.into(), known)),
            Arc::new(Int32Array::from(self.upload)),
        ];
        append(conn, "reading", columns)
    }
}
