//! Laws of back-fill: old days that come late, in any order, from several senders of one unit, across ends of months
//! and years and a leap day, give the same figures as days in order. The same holds for replacements that waited for
//! approval.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;

use super::model::{self, DayFigure, Key, MonthFigure, Rhythm};
use super::{CODES, NOW, Row, StoreContent, batch, device, open_with, run};
use crate::store::Store;
use crate::store::change::replacements::{self, ReplacementSelection};
use crate::store::registry::{DeviceState, UnitEntry};

/// Two approved devices of the unit, a file, and an industry system.
const SENDERS: [&str; 4] = ["first", "second", "import:late.csv", "bulk:system"];

/// A value a sender has for a key.
type Event = (usize, Row);

fn days() -> Vec<Date> {
    let (year_end, leap) = (Date::constant(2023, 12, 30), Date::constant(2024, 2, 27));
    (0..4).flat_map(|at| [year_end + at.days(), leap + at.days()]).collect()
}

fn key() -> impl Strategy<Value = Key> {
    let day = (0..8usize).prop_map(|at| days()[at]);
    let place = prop_oneof![
        4 => (day.clone(), 0..3i64).prop_map(|(day, hour)| (StatType::RealTime, model::seconds(day, hour * 60))),
        4 => day.clone().prop_map(|day| (StatType::Day, model::seconds(day, 0))),
        2 => day.clone().prop_map(|day| (StatType::Month, model::seconds(day.first_of_month(), 0))),
        1 => day.prop_map(|day| (StatType::Year, model::seconds(day.first_of_year(), 0))),
    ];
    (0..CODES.len(), place).prop_map(|(code, (stat, at))| (CODES[code], stat, at))
}

fn event() -> impl Strategy<Value = Event> {
    let value = (-4..12i32).prop_map(|it| f64::from(it) / 4.0);
    let row = (key(), value, prop::bool::weighted(0.8), Just(None));
    (0..SENDERS.len(), row)
}

/// The same events by the time they are about, each key's in the order they were sent.
fn in_order(events: &[Event]) -> Vec<Event> {
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|(_, (key, ..))| (key.2, *key));
    sorted
}

/// A unit with two approved devices.
async fn city(folder: &std::path::Path, window_days: u32) -> Store {
    let store = open_with(folder, window_days);
    let made = store.write(|it| {
        let unit = UnitEntry {
            unit_id: 0,
            enterprise_code: "911201120000000191".to_owned(),
            name: "甲".to_owned(),
            region_code: "120112".to_owned(),
            industry_code: "C3110".to_owned(),
            class: "thousand".to_owned(),
            approved: true,
        };
        it.put_unit(unit, NOW)?;
        it.create_device(device("first", DeviceState::Approved), NOW)?;
        it.create_device(device("second", DeviceState::Approved), NOW)
    });
    made.await.expect("a unit with two devices");
    store
}

/// Sends events in messages of `sizes` rows, as far as one sender goes on.
async fn send(store: &Store, events: &[Event], sizes: &[usize]) {
    let mut sizes = sizes.iter().cycle();
    let mut rest = events;
    while let Some((sender, _)) = rest.first() {
        let most = *sizes.next().expect("a cycle");
        let of_sender = rest.iter().take(most).take_while(|it| it.0 == *sender);
        let rows: Vec<Row> = of_sender.map(|it| it.1).collect();
        let receipt = store.ingest(batch(SENDERS[*sender], &rows)).await;
        let receipt = receipt.expect("it is stored");
        let count =
            receipt.stored + receipt.unchanged + receipt.replaced + receipt.awaiting_approval;
        assert_eq!(count as usize, rows.len(), "every row is accounted for");
        assert_eq!(receipt.outcomes.len(), rows.len());
        rest = &rest[rows.len()..];
    }
}

/// The same keys with the same figures; `parts` gives a figure's quantity, which may differ in its last digits,
/// and the rest of it, which may not.
pub(super) fn same_figures<F: Copy + std::fmt::Debug, R: PartialEq>(
    what: &str,
    held: &BTreeMap<(&'static str, Date), F>,
    model: &BTreeMap<(&'static str, Date), F>,
    parts: impl Fn(F) -> (Option<f64>, R),
) {
    let same = held.len() == model.len()
        && held.iter().zip(model).all(|(a, b)| {
            let ((x, rest), (y, other)) = (parts(*a.1), parts(*b.1));
            a.0 == b.0 && rest == other && model::near(x, y)
        });
    assert!(same, "{what}: {held:?} is not {model:?}");
}

struct Figures {
    values: BTreeMap<Key, (f64, bool)>,
    days: BTreeMap<(&'static str, Date), DayFigure>,
    months: BTreeMap<(&'static str, Date), MonthFigure>,
    rhythms: BTreeMap<&'static str, Rhythm>,
}

async fn figures(store: &Store) -> Figures {
    store.wait_for_roll_ups().await.expect("it settles");
    let held = store.read(StoreContent::read).await.expect("it is read");
    let values = held.readings.iter();
    Figures {
        values: values.map(|(key, it)| (*key, (it.value, it.valid))).collect(),
        days: held.days,
        months: held.months,
        rhythms: held.rhythms,
    }
}

fn same(a: &Figures, b: &Figures) {
    assert_eq!(a.values, b.values, "values");
    same_figures("days", &a.days, &b.days, |it| (it.0, (it.1, it.2, it.3)));
    same_figures("months", &a.months, &b.months, |it| (it.0, (it.1, it.2)));
    assert_eq!(a.rhythms, b.rhythms, "rhythms");
}

async fn open_ones(store: &Store) -> u64 {
    let count = store.read(|conn| crate::store::replacement::pending::count(conn, "open", ""));
    count.await.expect("it is counted")
}

async fn decide_all(store: &Store, approve: bool) {
    let asked = ReplacementSelection { all: true, ..ReplacementSelection::default() };
    let done = store.write(move |it| replacements::decide(it, &asked, approve, "a test", NOW));
    done.await.expect("it is decided");
    assert_eq!(open_ones(store).await, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_order_that_keeps_each_key_s_own_ends_the_same(
        events in prop::collection::vec(event(), 1..120),
        sizes in prop::collection::vec(1..20usize, 1..6),
    ) {
        run(async {
            let folders = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
            let ordered = city(folders[0].path(), 0).await;
            send(&ordered, &in_order(&events), &[7]).await;
            let expected = figures(&ordered).await;

            let late = city(folders[1].path(), 0).await;
            send(&late, &events, &sizes).await;
            same(&figures(&late).await, &expected);

            let guarded = city(folders[2].path(), 1).await;
            send(&guarded, &events, &sizes).await;
            let before = open_ones(&guarded).await;
            send(&guarded, &[], &sizes).await;
            decide_all(&guarded, true).await;
            same(&figures(&guarded).await, &expected);
            send(&guarded, &last_of_each(&events), &sizes).await;
            prop_assert_eq!(open_ones(&guarded).await, 0, "{} waited before", before);
            same(&figures(&guarded).await, &expected);
            Ok(())
        })?;
    }

    #[test]
    fn what_is_refused_leaves_the_first_values_of_old_periods(
        events in prop::collection::vec(event(), 1..80),
        sizes in prop::collection::vec(1..20usize, 1..6),
    ) {
        run(async {
            let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
            let old: Vec<Event> = events
                .iter()
                .filter(|(_, (key, ..))| key.1 < StatType::Month && model::day_of(key.2) < Date::constant(2024, 2, 28))
                .copied()
                .collect();
            let guarded = city(folders[0].path(), 1).await;
            send(&guarded, &old, &sizes).await;
            decide_all(&guarded, false).await;
            let first = city(folders[1].path(), 0).await;
            send(&first, &first_of_each(&old), &[5]).await;
            same(&figures(&guarded).await, &figures(&first).await);
            Ok::<_, TestCaseError>(())
        })?;
    }
}

fn first_of_each(events: &[Event]) -> Vec<Event> {
    let mut seen = std::collections::BTreeSet::new();
    let kept = events.iter().filter(|(_, (key, ..))| seen.insert(*key));
    kept.copied().collect()
}

fn last_of_each(events: &[Event]) -> Vec<Event> {
    let back: Vec<Event> = events.iter().rev().copied().collect();
    first_of_each(&back)
}
