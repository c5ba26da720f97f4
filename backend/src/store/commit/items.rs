//! The writer's memory of data items: their ids, the days with data of each, and how many points a day each sends.

use std::collections::{HashMap, HashSet};

use duckdb::Connection;
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use nengce_shared::data_code::DataCode;

use crate::store::commit::columnar_batch::FastMap;
use crate::store::commit::day_set::DaySet;
use crate::store::commit::quarter_hours::OccupiedQuarterHours;
use crate::store::database::append::{
    append, bytes, dates, fill_temporary, flags, ints, stamps, texts,
};
use crate::store::database::stat_type;
use crate::store::error::Result;
use nengce_messages::stamp;
use nengce_shared::quality::points_per_day;
use nengce_shared::stat_type::StatType;

/// What the `item` table says of how often a series comes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rhythm {
    pub points_per_day: u8,
    pub realtime_from: Option<i32>,
    pub first_day: Option<i32>,
    pub last_day: Option<i32>,
}

impl Rhythm {
    fn see(&mut self, stat_type: StatType, day: i32, fine: bool) {
        let Some(points) = points_per_day(stat_type, fine) else {
            return;
        };
        self.points_per_day = self.points_per_day.max(points);
        if stat_type == StatType::RealTime {
            self.realtime_from = Some(self.realtime_from.map_or(day, |it| it.min(day)));
        }
        self.first_day = Some(self.first_day.map_or(day, |it| it.min(day)));
        self.last_day = Some(self.last_day.map_or(day, |it| it.max(day)));
    }
}

#[derive(Debug, Default)]
pub struct Items {
    ids: FastMap<(i32, DataCode), i32>,
    /// How many items each unit has.
    of_unit: FastMap<i32, usize>,
    next_id: i32,
    rhythms: FastMap<i32, Rhythm>,
    days: FastMap<(i32, StatType), DaySet>,
    pub quarter_hours: OccupiedQuarterHours,
    /// The running group marked its rows.
    pub quarter_hours_marked: bool,
    /// Items created by the running group, not committed yet.
    created: Vec<(i32, DataCode, i32)>,
    touched: HashSet<i32>,
}

impl Items {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut it = Self { next_id: 1, ..Self::default() };
        let mut statement = conn.prepare(include_str!("sql/load_items.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, unit, code): (i32, i32, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if let Ok(code) = DataCode::parse_strict(&code) {
                it.ids.insert((unit, code), id);
                *it.of_unit.entry(unit).or_default() += 1;
            }
            it.next_id = it.next_id.max(id + 1);
        }
        let mut statement = conn.prepare(include_str!("sql/load_days.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let day: i64 = row.get(2)?;
            it.see(row.get(0)?, stat_type(row, 1)?, day as i32, row.get(3)?);
        }
        it.touched.clear();
        Ok(it)
    }

    /// The id of a unit's item; a new one is created with the group.
    pub fn id_of(&mut self, unit_id: i32, code: DataCode) -> i32 {
        if let Some(id) = self.ids.get(&(unit_id, code)) {
            return *id;
        }
        let id = self.next_id;
        self.next_id += 1;
        self.ids.insert((unit_id, code), id);
        *self.of_unit.entry(unit_id).or_default() += 1;
        self.created.push((unit_id, code, id));
        id
    }

    /// Whether a unit may have these codes, each different, among its items.
    pub fn have_room(&self, unit_id: i32, codes: &[DataCode], most: usize) -> bool {
        let have = self.of_unit.get(&unit_id).copied().unwrap_or(0);
        let is_new = |code: &&DataCode| !self.ids.contains_key(&(unit_id, **code));
        have + codes.len() <= most || have + codes.iter().filter(is_new).count() <= most.max(have)
    }

    /// Whether the store may hold a reading of that day: if not, a row is new without a look.
    pub fn has_day(&self, item_id: i32, stat_type: StatType, day: i32) -> bool {
        self.days.get(&(item_id, stat_type)).is_some_and(|it| it.contains(day))
    }

    /// How often these items come is written again, changed or not.
    pub fn touch(&mut self, items: impl Iterator<Item = i32>) {
        self.touched.extend(items);
    }

    /// Notes a committed reading.
    pub fn see(&mut self, item_id: i32, stat_type: StatType, day: i32, fine: bool) {
        self.days.entry((item_id, stat_type)).or_default().insert(day);
        let rhythm = self.rhythms.entry(item_id).or_default();
        let before = *rhythm;
        rhythm.see(stat_type, day, fine);
        if *rhythm != before {
            self.touched.insert(item_id);
        }
    }

    /// Writes the items that the running group created.
    pub fn write_created(
        &self,
        conn: &Connection,
        dictionaries: &Dictionaries,
        now: DateTime,
    ) -> Result<()> {
        if self.created.is_empty() {
            return Ok(());
        }
        let new = &self.created;
        let code = |it: &(i32, DataCode, i32)| it.1;
        append(
            conn,
            "item",
            vec![
                ints(new.iter().map(|it| it.2)),
                ints(new.iter().map(|it| it.0)),
                texts(new.iter().map(|it| code(it).to_string())),
                bytes(new.iter().map(|it| code(it).scope().code() as u8)),
                texts(new.iter().map(|it| code(it).process().to_owned())),
                bytes(new.iter().map(|it| code(it).class_digits().parse().unwrap_or(0))),
                texts(new.iter().map(|it| code(it).energy_type().to_owned())),
                texts(new.iter().map(|it| code(it).usage().to_owned())),
                flags(new.iter().map(|it| dictionaries.knows(&code(it)))),
                bytes(new.iter().map(|_| 0)),
                dates(new.iter().map(|_| None)),
                dates(new.iter().map(|_| None)),
                dates(new.iter().map(|_| None)),
                stamps(new.iter().map(|_| Some(stamp::seconds(now)))),
            ],
        )
    }

    /// The group is on disk.
    pub fn committed(&mut self) {
        self.created.clear();
        self.quarter_hours_marked = false;
        self.quarter_hours.age();
    }

    /// The group is not: its items never were.
    pub fn rolled_back(&mut self) {
        if std::mem::take(&mut self.quarter_hours_marked) {
            self.quarter_hours.forget();
        }
        for (unit, code, _) in self.created.drain(..) {
            self.ids.remove(&(unit, code));
            if let Some(it) = self.of_unit.get_mut(&unit) {
                *it = it.saturating_sub(1);
            }
        }
    }

    /// Writes changed frequencies and when devices were last seen; part of the roll-up's transaction.
    pub fn write_touched(
        &mut self,
        conn: &Connection,
        seen: &HashMap<String, DateTime>,
    ) -> Result<()> {
        let rows: Vec<(i32, Rhythm)> = self
            .touched
            .iter()
            .filter_map(|id| self.rhythms.get(id).map(|it| (*id, *it)))
            .collect();
        fill_temporary(
            conn,
            "item_touch",
            vec![
                ints(rows.iter().map(|it| it.0)),
                bytes(rows.iter().map(|it| it.1.points_per_day)),
                dates(rows.iter().map(|it| it.1.realtime_from)),
                dates(rows.iter().map(|it| it.1.first_day)),
                dates(rows.iter().map(|it| it.1.last_day)),
            ],
        )?;
        fill_temporary(
            conn,
            "device_seen",
            vec![texts(seen.keys()), stamps(seen.values().map(|it| Some(stamp::seconds(*it))))],
        )?;
        conn.execute_batch(include_str!("sql/item_touch.sql"))?;
        Ok(())
    }

    /// The roll-up's transaction is on disk.
    pub fn touched_written(&mut self) {
        self.touched.clear();
    }
}
