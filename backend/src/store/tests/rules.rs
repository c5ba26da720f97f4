//! Rules that SQL states as macros are those of the program.

use duckdb::{Connection, params};
use nengce_core::quality::ItemSeries;
use nengce_shared::data_class::DataClass;
use nengce_shared::quality::{MONTH_DUE_DAYS, YEAR_DUE_DAYS};

use crate::store::database::{each, migrate};

fn database() -> Connection {
    let conn = Connection::open_in_memory().expect("a database in memory");
    migrate::migrate(&conn).expect("the schema is made");
    conn
}

#[test]
fn a_class_is_averaged_in_sql_as_in_the_program() {
    let mut found = 0;
    each(&database(), include_str!("sql/averaged_classes.sql"), [], |row| {
        let class = DataClass::from_code(row.get(0)?).expect("a class");
        let averaged: bool = row.get(1)?;
        assert_eq!(averaged, DataClass::averaged().any(|it| it == class), "{class:?}");
        found += 1;
        Ok(())
    })
    .expect("the classes are listed");
    assert_eq!(found, 10);
}

#[test]
fn points_are_expected_in_sql_as_in_the_program() {
    let conn = database();
    for points_per_day in [1, 24, 96] {
        for realtime_from in [None, Some(95), Some(100), Some(103), Some(120)] {
            for last in [100, 102, 110] {
                let item = ItemSeries {
                    points_per_day,
                    realtime_from,
                    first_day: Some(100),
                    ..ItemSeries::default()
                };
                let days: i64 = (100..=last).map(|day| i64::from(item.expected(day))).sum();
                let sql = include_str!("sql/expected_points.sql");
                let given = params![points_per_day, realtime_from, 100, last];
                let points: i64 = conn.query_row(sql, given, |row| row.get(0)).expect("points");
                assert_eq!(points, days, "{points_per_day} {realtime_from:?} {last}");
            }
        }
    }
}

#[test]
fn values_of_months_are_due_in_sql_as_in_the_program() {
    let read = |row: &duckdb::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
    let found = database().query_row(include_str!("sql/due_days.sql"), [], read).expect("days");
    assert_eq!(found, (i64::from(MONTH_DUE_DAYS), i64::from(YEAR_DUE_DAYS)));
}
