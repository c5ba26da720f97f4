//! Products of the snapshot: outputs, reported indicators, and the energy of the processes that make them.

use std::collections::{BTreeMap, HashMap};

use duckdb::{Connection, params};
use nengce_analysis::snapshot::ProductMonth;
use nengce_analysis::snapshot_builder::SnapshotBuilder;
use nengce_core::reference::Dictionaries;
use nengce_shared::month::Month;

use crate::store::database::{each, month_of};

const OUTPUT: &str = include_str!("../../sql/snapshot_output.sql");
const PROCESS: &str = include_str!("../../sql/snapshot_process.sql");

/// Unit, month: what a process or the whole plant made and used.
#[derive(Default)]
struct Made {
    /// By process and class 04 type.
    output: HashMap<(String, String), f64>,
    /// By class 08 type.
    indicator: HashMap<String, f64>,
    /// By process, calorific and equivalent tce.
    energy: HashMap<String, [f64; 2]>,
}

pub(super) fn products(
    conn: &Connection,
    builder: &mut SnapshotBuilder,
    ids: &str,
    dictionaries: &Dictionaries,
) -> duckdb::Result<()> {
    let mut made: BTreeMap<(i32, Month), Made> = BTreeMap::new();
    each(conn, OUTPUT, params![ids], |row| {
        let (class, kind): (u8, String) = (row.get(2)?, row.get(3)?);
        let Some(month) = month_of(row.get(4)?) else {
            return Ok(());
        };
        let entry = made.entry((row.get(0)?, month)).or_default();
        let quantity: f64 = row.get(5)?;
        if class == 8 {
            entry.indicator.insert(kind, quantity);
        } else {
            *entry.output.entry((row.get(1)?, kind)).or_default() += quantity;
        }
        Ok(())
    })?;
    each(conn, PROCESS, params![ids], |row| {
        let Some(month) = month_of(row.get(2)?) else {
            return Ok(());
        };
        let tce: (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
        if let (Some(calorific), Some(equivalent)) = tce {
            made.entry((row.get(0)?, month))
                .or_default()
                .energy
                .insert(row.get(1)?, [calorific, equivalent]);
        }
        Ok(())
    })?;
    for ((unit, month), made) in made {
        let Some(unit) = builder.unit(unit) else {
            continue;
        };
        made_products(builder, dictionaries, unit, month, &made);
    }
    Ok(())
}

/// One row per product with an output or an indicator. Products of one process share its energy by
/// their output.
fn made_products(
    builder: &mut SnapshotBuilder,
    dictionaries: &Dictionaries,
    unit: usize,
    month: Month,
    made: &Made,
) {
    let output = |process: &str, code: &str| {
        let key = |process: &str| (process.to_owned(), code.to_owned());
        made.output
            .get(&key(process))
            .or_else(|| made.output.get(&key("00")))
            .copied()
            .unwrap_or(0.0)
    };
    for (at, product) in dictionaries.products.iter().enumerate() {
        let own = output(&product.process_code, &product.code);
        let indicator = made.indicator.get(&product.indicator_code).copied();
        if own == 0.0 && indicator.is_none() {
            continue;
        }
        let siblings =
            dictionaries.products.iter().filter(|it| it.process_code == product.process_code);
        let all: f64 = siblings.map(|it| output(&it.process_code, &it.code)).sum();
        let share = if all > 0.0 { own / all } else { 0.0 };
        let process_tce =
            made.energy.get(&product.process_code).map(|it| it.map(|tce| tce * share));
        builder.product(ProductMonth {
            unit,
            product: at,
            month,
            output: own,
            process_tce: process_tce.filter(|_| own > 0.0),
            indicator,
        });
    }
}
