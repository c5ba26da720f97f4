//! The snapshot on a hand-made store: figures by hand, and a refreshed one equal to a new one.

use duckdb::Connection;
use jiff::civil::date;
use nengce_analysis::snapshot::Points;
use nengce_core::reference::Dictionaries;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;

use super::snapshot::{LoadedSnapshot, Mark, SnapshotRequest, load, mark};
use crate::store::{database::migrate, dictionaries};

fn store() -> (Connection, Dictionaries) {
    let conn = Connection::open_in_memory().expect("a database in memory");
    migrate::migrate(&conn).expect("migrations run");
    let built_in = Dictionaries::built_in();
    dictionaries::write_dimension_tables(&conn, &built_in).expect("dictionary tables are written");
    conn.execute_batch(include_str!("../tests/sql/city.sql"))
        .expect("the hand-made rows fit the schema");
    (conn, built_in)
}

fn loaded(
    conn: &Connection,
    dictionaries: &Dictionaries,
    earlier: Option<(&LoadedSnapshot, Mark)>,
) -> LoadedSnapshot {
    let wanted = SnapshotRequest {
        version: 1,
        today: date(2025, 4, 1),
        now: date(2025, 4, 1).at(12, 0, 0, 0),
        catalog: &dictionaries.catalog(),
        dictionaries,
        value_added: "0200",
    };
    load(conn, &wanted, earlier).expect("a snapshot")
}

fn march() -> Month {
    Month::new(2025, 3).expect("a month")
}

#[test]
fn figures_by_hand() {
    let (conn, dictionaries) = store();
    let LoadedSnapshot { snapshot, statuses } = loaded(&conn, &dictionaries, None);
    assert_eq!(snapshot.data_from, Some(date(2025, 3, 1)));
    assert_eq!(snapshot.data_until, Some(date(2025, 3, 31)));
    let at = |code: &str| snapshot.unit_of_code(code).expect("a unit");
    let (first, second) = (at("911201120000000191"), at("91120110MA06ABCDX2"));
    let tce = |basis, unit, group| snapshot.tce(basis, unit, march(), group);
    let near = |found: Option<f64>, expected: f64| {
        let found = found.expect("a figure");
        assert!((found - expected).abs() < 1e-9, "{found}, by hand {expected}");
    };
    near(tce(Basis::Calorific, first, EnergyGroup::Electricity), 14.0 * 1.229);
    near(tce(Basis::Equivalent, first, EnergyGroup::Electricity), 14.0 * 2.85);
    near(tce(Basis::Equivalent, second, EnergyGroup::Coal), 7.0 * 0.7143);
    assert_eq!(tce(Basis::Calorific, second, EnergyGroup::Gas), None);
    near(snapshot.value_added(first, march()), 100.0);
    // One day before the first hourly day, then two days of 24, of which the last came by half.
    let points = |received, expected| Points { received, expected };
    assert_eq!(snapshot.points(first, march()), points(1 + 24 + 12, 1 + 24 + 24));
    assert_eq!(snapshot.points(second, march()), points(1, 2));
    assert_eq!(statuses[first].recent[27..], [points(1, 1), points(24, 24), points(12, 24)]);
    assert_eq!(statuses[second].recent[27..], [points(0, 0), points(1, 1), points(0, 1)]);
    assert_eq!(statuses[first].device_state, "approved");
    assert_eq!(snapshot.days(first, march()), 3);
}

#[test]
fn a_refreshed_snapshot_equals_a_new_one() {
    let (conn, dictionaries) = store();
    let taken = mark(&conn).expect("a mark");
    let earlier = loaded(&conn, &dictionaries, None);
    conn.execute_batch(include_str!("../tests/sql/more.sql")).expect("the third upload fits");
    let refreshed = loaded(&conn, &dictionaries, Some((&earlier, taken)));
    let new = loaded(&conn, &dictionaries, None);
    assert_eq!(format!("{refreshed:?}"), format!("{new:?}"));
    assert_ne!(format!("{earlier:?}"), format!("{new:?}"));
}

/// The same question again, after its first answer said that nothing could match.
#[test]
fn a_question_asked_before_sees_what_came_since() {
    let conn = Connection::open_in_memory().expect("a database in memory");
    conn.execute_batch("CREATE TABLE seen AS SELECT 'open' AS state").expect("a table");
    let matching = || {
        let mut found = 0;
        super::each(&conn, "SELECT 1 FROM seen WHERE state = 'refused'", [], |_| {
            found += 1;
            Ok(())
        })
        .expect("an answer");
        found
    };
    assert_eq!(matching(), 0);
    conn.execute_batch("INSERT INTO seen VALUES ('refused')").expect("a row");
    assert_eq!(matching(), 1);
}
