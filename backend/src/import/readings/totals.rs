//! What a file's readings come to by data item: count, sum, span, tce.

use std::collections::BTreeMap;

use nengce_core::reference::Dictionaries;
use nengce_messages::{Reading, stamp};
use nengce_shared::api::imports::ImportSeries;
use nengce_shared::basis::Basis;
use nengce_shared::data_class::DataClass;
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
            let count = |holds: &dyn Fn(f64) -> bool| {
                let found = rows.iter().filter(|it| holds(it.value)).count();
                u32::try_from(found).unwrap_or(u32::MAX)
            };
            let moved = || rows.iter().filter(|it| it.off != 0);
            ImportSeries {
                data_code: code.to_string(),
                column: column(&code),
                readings: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                sum,
                unit: dictionaries.quantity_unit(&code).map(str::to_owned),
                tce_calorific: tce(&rows, &code, dictionaries, Basis::Calorific),
                tce_equivalent: tce(&rows, &code, dictionaries, Basis::Equivalent),
                negative: count(&|it| it < 0.0),
                zero: count(&|it| it == 0.0),
                replaces: 0,
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

/// Each value at the factor of its own day; `None` where it is no energy or has no factor.
fn tce(
    rows: &[&Reading],
    code: &DataCode,
    dictionaries: &Dictionaries,
    basis: Basis,
) -> Option<f64> {
    code.class().filter(|it| DataClass::is_energy(*it))?;
    let mut factors: BTreeMap<i64, Option<f64>> = BTreeMap::new();
    let mut sum = 0.0;
    for row in rows {
        let factor = *factors.entry(row.at.div_euclid(86_400)).or_insert_with(|| {
            let day = stamp::date_time(row.at).date();
            dictionaries.factor(code.energy_type(), basis, day).map(|it| it.kgce_per_unit)
        });
        sum += row.value * factor? / 1000.0;
    }
    Some(sum)
}
