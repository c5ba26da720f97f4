//! The queue of the quality rules: the days of each unit on which they have still to run. It is kept in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::{Date, DateTime};
use nengce_core::quality::{AHEAD_DAYS, AROUND_DAYS, BACK_DAYS, YEAR_DAYS, months_around};
use nengce_messages::stamp;
use parking_lot::{Mutex, MutexGuard};

use super::load::UnitSpan;
use super::lookups::{Peers, Size};
use super::rate::AssessmentRate;

/// One step assesses days of about so many readings, and spans at most so many days of one unit.
const STEP_READINGS: u32 = 100_000;
const STEP_DAYS: i32 = 3_700;

/// Days between the months that one step assesses of a unit that sends no days.
const MONTHS_APART: i32 = 31;

/// While days wait in the queue, touched days join them no more often than this, because each joining waits for the
/// roll-ups.
const JOIN_EVERY: Duration = Duration::from_secs(2);

/// When the rules run on a unit that still sends readings: at once would mean the same days again and again.
#[derive(Debug, Clone, Copy, Default)]
pub struct QualityDelay {
    /// No new readings for so long …
    pub quiet: Duration,
    /// … or waiting for so long.
    pub longest: Duration,
}

/// Days of a unit on which the rules have still to run.
#[derive(Debug)]
pub(super) struct PendingDays {
    pub(super) days: BTreeSet<i32>,
    since: Instant,
    /// When its readings last came; `None`: the calendar alone brought these days.
    touched: Option<Instant>,
}

impl PendingDays {
    fn is_ready(&self, delay: QualityDelay) -> bool {
        self.touched.is_none_or(|at| at.elapsed() >= delay.quiet)
            || self.since.elapsed() >= delay.longest
    }
}

/// The days that wait for the quality rules.
#[derive(Debug, Default)]
pub struct QualityQueue {
    inner: Mutex<State>,
    steps: AtomicU64,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Days that commits touched, by item.
    pub(super) touched: HashMap<i32, BTreeSet<i32>>,
    /// Days to assess, by unit.
    pub(super) units: BTreeMap<i32, PendingDays>,
    /// The rules and the settings of each unit that its marks depend on, as a text.
    pub(super) basis: HashMap<i32, String>,
    pub(super) since: Option<Instant>,
    pub(super) joined: Option<Instant>,
    /// The day the calendar was last asked; `None` before the first step.
    pub(super) today: Option<Date>,
    /// The last upload of the days that wait, and the one noted on disk.
    pub(super) upto: i32,
    pub(super) noted: i32,
    /// How often everything was forgotten: what a step learnt before is not taken up after.
    pub(super) epoch: u64,
    /// Usual days among peers, and the item-days that came since they were asked for.
    pub(super) peers: Arc<Peers>,
    pub(super) since_peers: usize,
    /// How many readings a day of each unit holds.
    pub(super) sizes: HashMap<i32, Size>,
    /// Units with items that are assessed by the month, and whether they have no others.
    pub(super) coarse: HashMap<i32, bool>,
    /// Items that have a value of a whole year.
    pub(super) with_years: HashSet<i32>,
    /// Units of these items.
    pub(super) years_of: HashSet<i32>,
    pub(super) updated_at: Option<DateTime>,
    pub(super) rate: AssessmentRate,
}

/// How far the quality rules are behind the readings.
#[derive(Debug, Clone, Default)]
pub struct Backlog {
    pub days: u64,
    pub seconds: f64,
    pub oldest_day: Option<Date>,
    pub days_per_minute: Option<f64>,
    pub assessed_until: Option<Date>,
    pub updated_at: Option<DateTime>,
}

impl QualityQueue {
    /// Notes an item's day that a commit touched.
    pub fn touch(&self, item: i32, day: i32) {
        let mut it = self.lock();
        it.touched.entry(item).or_default().insert(day);
        it.since.get_or_insert_with(Instant::now);
    }

    /// The database was opened again: the queue is read from it again.
    pub fn forget(&self) {
        let mut it = self.lock();
        *it = State {
            epoch: it.epoch + 1,
            with_years: std::mem::take(&mut it.with_years),
            ..State::default()
        };
    }

    /// Notes an item that has a value of a whole year: its months bear on it.
    pub fn touch_year(&self, item: i32) {
        self.lock().with_years.insert(item);
    }

    /// Notes that a step was written.
    pub(super) fn step(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    pub fn steps(&self) -> u64 {
        self.steps.load(Ordering::Relaxed)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.lock()
    }

    pub fn backlog(&self) -> Backlog {
        let it = self.lock();
        let joined = it.units.values().map(|it| &it.days);
        let waiting = || it.touched.values().chain(joined.clone());
        let days = waiting().map(|it| it.len() as u64).sum();
        let oldest = waiting().filter_map(BTreeSet::first).min();
        let since = it.since.filter(|_| days > 0);
        Backlog {
            days,
            seconds: since.map_or(0.0, |it| it.elapsed().as_secs_f64()),
            oldest_day: oldest.map(|day| stamp::date_of(*day)),
            days_per_minute: it.rate.per_minute(),
            assessed_until: it.today.map(|it| stamp::date_of(due_until(it))),
            updated_at: it.updated_at,
        }
    }
}

impl State {
    /// Adds days of a unit on which the rules have to run.
    pub(super) fn add(&mut self, unit: i32, days: impl IntoIterator<Item = i32>) {
        let mut days = days.into_iter().peekable();
        if days.peek().is_some() {
            let assessed = self.units.entry(unit).or_insert_with(|| PendingDays {
                days: BTreeSet::new(),
                since: Instant::now(),
                touched: None,
            });
            assessed.days.extend(days);
        }
    }

    /// Adds days of a unit because readings came.
    fn add_touched(&mut self, unit: i32, days: BTreeSet<i32>) {
        self.add(unit, days);
        if let Some(it) = self.units.get_mut(&unit) {
            it.touched = Some(Instant::now());
        }
    }

    /// Takes touched days with the days around them and a year later, whose assessment depends on them.
    pub(super) fn widen(&mut self, unit: i32, days: impl IntoIterator<Item = i32>, today: i32) {
        let mut assessed = BTreeSet::new();
        let mut reached = i32::MIN;
        let days: Vec<i32> = days.into_iter().collect();
        for day in &days {
            let month = stamp::day_number(stamp::date_of(*day).first_of_month());
            let from = month.min(day - AHEAD_DAYS).max(reached);
            let to = (day + BACK_DAYS).min(today);
            assessed.extend(from..=to);
            reached = reached.max(to);
        }
        // Days a year later are assessed by these days too, from the first day whose year before reaches so far.
        let mut reached = i32::MIN;
        for day in &days {
            let from = (day + YEAR_DAYS - AROUND_DAYS - 1).max(reached);
            let to = (day + YEAR_DAYS + BACK_DAYS).min(today);
            assessed.extend(from..=to);
            reached = reached.max(to);
        }
        self.add_touched(unit, assessed);
    }

    /// Takes touched months and years with the months around them.
    pub(super) fn widen_months(&mut self, unit: i32, days: &BTreeSet<i32>, today: i32) {
        let mut assessed = BTreeSet::new();
        let mut reached = i32::MIN;
        for day in days {
            let first = stamp::day_number(stamp::date_of(*day).first_of_month());
            if first > reached {
                assessed.extend(months_around(first).filter(|it| *it <= today));
                reached = first;
            }
        }
        self.add_touched(unit, assessed);
    }

    /// Takes the usual days among peers. A unit whose peers have changed is assessed anew, because its next step finds that
    /// its assessment rests on something else.
    pub(super) fn take_peers(&mut self, peers: Peers, owners: &HashMap<i32, i32>, today: i32) {
        let items = peers.keys().chain(self.peers.keys());
        let moved = items.filter(|it| peers.get(it) != self.peers.get(it));
        let moved: BTreeSet<i32> = moved.filter_map(|it| owners.get(it).copied()).collect();
        for unit in moved {
            if self.basis.contains_key(&unit) {
                self.add_touched(unit, BTreeSet::from([today]));
            }
        }
        self.peers = Arc::new(peers);
        self.since_peers = 0;
    }

    /// Whether months of a unit bear on one another: some quantity has no days, or a year's value is there.
    pub(super) fn is_by_month(&self, unit: i32) -> bool {
        self.coarse.contains_key(&unit) || self.years_of.contains(&unit)
    }

    /// How far the days of one step may lie apart: months alone are few.
    fn apart(&self, unit: i32) -> i32 {
        if self.coarse.get(&unit) == Some(&true) { MONTHS_APART } else { AHEAD_DAYS }
    }

    pub(super) fn joining_is_due(&self) -> bool {
        let lately = self.joined.is_some_and(|it| it.elapsed() < JOIN_EVERY);
        !self.touched.is_empty() && (self.units.is_empty() || !lately)
    }

    /// The next units that are ready, at most `most`, each with the span of days that one step takes: together about as
    /// many readings as a step assesses.
    pub(super) fn next(&self, delay: QualityDelay, most: usize) -> Vec<UnitSpan> {
        let mut asked = Vec::new();
        let mut left = STEP_READINGS;
        for (unit, it) in self.units.iter().filter(|it| it.1.is_ready(delay)).take(most) {
            let Some((from, to)) = self.span(*unit, &it.days, &mut left) else {
                break;
            };
            asked.push(UnitSpan { unit: *unit, from, to, by_month: self.is_by_month(*unit) });
        }
        asked
    }

    /// The first run of days of a unit, as far as one step goes; what they hold is taken off `left`.
    fn span(&self, unit: i32, days: &BTreeSet<i32>, left: &mut u32) -> Option<(i32, i32)> {
        let first = *days.first()?;
        let size = self.sizes.get(&unit).copied().unwrap_or_default();
        let mut last = None;
        for day in days.range(first..first + STEP_DAYS) {
            if *left == 0 || last.is_some_and(|last| *day > last + self.apart(unit)) {
                break;
            }
            *left = left.saturating_sub(size.of(*day));
            last = Some(*day);
        }
        Some((first, last?))
    }

    /// Whether a unit has days outside `from..=to`.
    pub(super) fn has_more(&self, unit: i32, from: i32, to: i32) -> bool {
        self.units.get(&unit).is_some_and(|queued| {
            queued.days.range(to + 1..).next().is_some()
                || queued.days.range(..from).next().is_some()
        })
    }

    /// Removes the days on which the rules have run.
    pub(super) fn done(&mut self, unit: i32, from: i32, to: i32) {
        if let Some(it) = self.units.get_mut(&unit) {
            let waited = it.days.len();
            it.days.retain(|day| !(from..=to).contains(day));
            self.rate.add_days((waited - it.days.len()) as u64);
            if it.days.is_empty() {
                self.units.remove(&unit);
            }
        }
    }
}

pub(super) fn due_until(today: Date) -> i32 {
    stamp::day_number(today) - 2
}
