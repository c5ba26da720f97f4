//! Takes new days into the queue: days that commits touched, and days that the calendar brought.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use jiff::civil::Date;
use nengce_core::quality::months_around;
use nengce_messages::stamp;

use super::ASSESSED_UP_TO;
use super::lookups::{self, JudgedUnit};
use super::queue::State;
use crate::store::Store;
use crate::store::database::meta::meta;
use crate::store::error::Result;
use crate::store::item_day::ItemDay;

/// After so many item-days the usual days among peers are read again before the day is over.
const PEERS_AFTER: usize = 10_000;

/// The newest upload, the last one that is noted as assessed, and the item-days that came between them.
struct SinceJudged {
    upto: i32,
    noted: i32,
    days: Vec<ItemDay>,
}

impl Store {
    /// Takes the days that commits touched and, once a day, those that the calendar brought.
    pub(super) async fn take_days(&self, today: Date) -> Result<()> {
        let queue = &self.inner.shared.quality;
        let (is_new_day, is_first, epoch, came) = {
            let it = queue.lock();
            let came = it.since_peers + it.touched.values().map(BTreeSet::len).sum::<usize>();
            (it.today != Some(today), it.today.is_none(), it.epoch, came)
        };
        let asks_peers = is_new_day || came >= PEERS_AFTER;
        if !is_new_day && !queue.lock().joining_is_due() {
            return Ok(());
        }
        let since = self.since_assessed(is_first).await?;
        // Whatever was committed by then is noted by now, and rolled up.
        self.wait_for_roll_ups_between_commits().await?;
        let (units, owners, peers) = self
            .read(move |conn| {
                let peers = if asks_peers { Some(lookups::peers(conn)?) } else { None };
                Ok((lookups::units(conn)?, lookups::owners(conn)?, peers))
            })
            .await?;
        let last_day = stamp::day_number(today);
        let mut it = queue.lock();
        if it.epoch != epoch {
            return Ok(());
        }
        if is_first {
            it.noted = since.noted;
            for ItemDay { item_id, day } in since.days {
                it.touched.entry(item_id).or_default().insert(day);
            }
        }
        it.coarse =
            units.iter().filter(|it| it.some_coarse).map(|it| (it.id, it.all_coarse)).collect();
        it.sizes = units.iter().map(|it| (it.id, it.size)).collect();
        it.since_peers = came;
        if let Some(peers) = peers {
            it.take_peers(peers, &owners, last_day);
        }
        if is_new_day {
            it.begin_day(units, today, is_first);
        }
        it.join_touched(&owners, last_day);
        it.upto = since.upto;
        it.joined = Some(Instant::now());
        if !it.units.is_empty() {
            it.since.get_or_insert_with(Instant::now);
        }
        Ok(())
    }

    /// Before the first step after a start, the item-days are read too.
    async fn since_assessed(&self, is_first: bool) -> Result<SinceJudged> {
        self.read(move |conn| {
            let last = include_str!("sql/quality_last_upload.sql");
            let upto: i32 = conn.query_row(last, [], |row| row.get(0))?;
            let noted = meta(conn, ASSESSED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
            let days = if is_first && noted < upto {
                lookups::days_since_upload(conn, noted)?
            } else {
                Vec::new()
            };
            Ok(SinceJudged { upto, noted, days })
        })
        .await
    }
}

impl State {
    /// Takes the days that became due since each unit was assessed last.
    fn begin_day(&mut self, units: Vec<JudgedUnit>, today: Date, is_first: bool) {
        let last_day = stamp::day_number(today);
        for unit in units {
            if is_first && !unit.basis.is_empty() {
                self.basis.insert(unit.id, unit.basis);
            }
            let assessed_on = match self.today {
                Some(day) => Some(stamp::day_number(day)),
                None => unit.assessed_on,
            };
            // Days that a clock ahead of its time assessed have not come: they are assessed again, with nothing due.
            let until = assessed_on.map_or(last_day, |it| it.max(last_day));
            let from =
                assessed_on.map_or(unit.first_day, |it| it.min(last_day) - 2).max(unit.first_day);
            if from < until {
                self.add(unit.id, from..until);
            }
            if unit.some_coarse {
                // Months and years that ended lately became due.
                let is_near = |first: &i32| {
                    let january = stamp::date_of(*first).month() == 1;
                    *first >= from - if january { 450 } else { 75 }
                };
                let ended = months_around(last_day)
                    .filter(|first| *first < from && *first >= unit.first_day)
                    .filter(is_near);
                self.add(unit.id, ended);
            }
        }
        self.today = Some(today);
    }

    /// Takes the days that commits touched, with the days whose assessment depends on them.
    fn join_touched(&mut self, owners: &HashMap<i32, i32>, last_day: i32) {
        let mut by_unit: BTreeMap<i32, BTreeSet<i32>> = BTreeMap::new();
        self.years_of =
            self.with_years.iter().filter_map(|item| owners.get(item).copied()).collect();
        #[expect(clippy::iter_over_hash_type, reason = "it fills a map that is sorted")]
        for (item, days) in std::mem::take(&mut self.touched) {
            if let Some(unit) = owners.get(&item) {
                by_unit.entry(*unit).or_default().extend(days);
            }
        }
        for (unit, days) in by_unit {
            if self.is_by_month(unit) {
                self.widen_months(unit, &days, last_day);
            }
            if self.coarse.get(&unit) != Some(&true) {
                self.widen(unit, days, last_day);
            }
        }
    }
}
