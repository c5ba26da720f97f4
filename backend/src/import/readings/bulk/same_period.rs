//! Rejects all but one of the rows whose different stamps mean the same period of the same unit.

use std::collections::BTreeMap;

use nengce_messages::{Reading, period, stamp};

use super::Row;

/// Rejects them; `ends` where the sender declared that stamps are ends, which then lie where they were said to.
pub(super) fn reject_duplicates(rows: &mut [Row], ends: bool) {
    let plain = |row: &Row| row.reading.as_ref().map_or(true, |it| it.off == 0);
    if rows.iter().all(plain) {
        return;
    }
    let mut by_unit: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if row.reading.is_ok() {
            by_unit.entry(row.unit).or_default().push(at);
        }
    }
    for places in by_unit.into_values() {
        let good = places.iter().filter_map(|at| rows[*at].reading.as_ref().ok());
        let readings: Vec<Reading> = good.copied().collect();
        for lost in period::clashes(&readings) {
            let (row, reading) = (&mut rows[places[lost]], &readings[lost]);
            let rejected = period::clash(reading).at(row.number, as_sent(reading));
            row.reading = Err(Box::new(rejected));
        }
    }
    if ends {
        let good = rows.iter_mut().filter_map(|it| it.reading.as_mut().ok());
        good.for_each(|it| it.off = 0);
    }
}

/// A reading as a row would write it.
fn as_sent(it: &Reading) -> String {
    let at = stamp::date_time(it.at + i64::from(it.off)).strftime("%Y-%m-%d %H:%M:%S");
    serde_json::json!({
        "dataCode": it.data_code.to_string(), "statType": it.stat_type, "statDate": at.to_string(),
        "dataValue": it.value,
    })
    .to_string()
}
