//! What a file's readings come to by data item: count, sum, span, tce.

use std::collections::BTreeMap;

use nengce_core::ingest::{Reading, stamp};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::imports::ImportSeries;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;

/// Count, sum and span of each data item; `column` names where it stands in the file.
pub fn by_item<'a>(
    readings: impl Iterator<Item = &'a Reading>,
    dictionaries: &Dictionaries,
    column: impl Fn(&DataCode) -> String,
) -> Vec<ImportSeries> {
    let mut by_code: BTreeMap<DataCode, Vec<&Reading>> = BTreeMap::new();
    for it in readings {
        by_code.entry(it.data_code).or_default().push(it);
    }
    by_code
        .into_iter()
        .map(|(code, rows)| {
            let text = |at: i64| stamp::date_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
            let sum: f64 = rows.iter().map(|it| it.value).sum();
            let first = rows.iter().map(|it| it.at).min();
            let kgce = first
                .filter(|_| {
                    code.class().is_some_and(nengce_shared::data_class::DataClass::is_energy)
                })
                .and_then(|at| {
                    dictionaries.factor(
                        code.energy_type(),
                        Basis::Calorific,
                        stamp::date_time(at).date(),
                    )
                })
                .map(|it| it.kgce_per_unit);
            let moved = || rows.iter().filter(|it| it.off != 0);
            ImportSeries {
                data_code: code.to_string(),
                column: column(&code),
                readings: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                sum,
                unit: dictionaries.quantity_unit(&code).map(str::to_owned),
                tce_calorific: kgce.map(|it| sum * it / 1000.0),
                first: first.map(text),
                last: rows.iter().map(|it| it.at).max().map(text),
                not_counted: 0,
                moved: u32::try_from(moved().count()).unwrap_or(u32::MAX),
                moved_example: moved()
                    .next()
                    .map(|it| format!("{} → {}", text(it.at + i64::from(it.off)), text(it.at))),
            }
        })
        .collect()
}
