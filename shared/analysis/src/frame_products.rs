//! Sends products to the browser and adds them to the snapshot there: what unit product consumption and benchmarking
//! need beside the cube of months and its frame.

use nengce_shared::api::cube::{CubeProducts, FrameMade, FrameProduct};
use nengce_shared::benchmark::Limits;
use nengce_shared::month::Month;

use super::catalog::{Catalog, Product};
use super::snapshot::{ProductMonth, Snapshot};

/// Products and months of making; `Snapshot::products` stand in the order of product, unit and month.
pub fn products(snapshot: &Snapshot, catalog: &Catalog) -> CubeProducts {
    let same = |a: &ProductMonth, b: &ProductMonth| (a.product, a.unit) == (b.product, b.unit);
    CubeProducts {
        data_version: snapshot.version,
        products: catalog.products.iter().map(sent).collect(),
        made: snapshot.products.chunk_by(same).map(|it| made(snapshot, it)).collect(),
    }
}

fn sent(it: &Product) -> FrameProduct {
    FrameProduct {
        code: it.code.clone(),
        zh: it.zh.clone(),
        en: it.en.clone(),
        output_unit: it.output_unit.clone(),
        basis: it.basis,
        value_per_tce: it.value_per_tce,
        levels: it.levels(),
    }
}

fn made(snapshot: &Snapshot, rows: &[ProductMonth]) -> FrameMade {
    let process = |at: usize| rows.iter().map(move |it| it.process_tce.map(|it| it[at]));
    let since = |it: &ProductMonth| it.month.since(snapshot.first) as i16;
    FrameMade {
        product: rows[0].product as u32,
        unit: rows[0].unit as u32,
        months: rows.iter().map(since).collect(),
        output: rows.iter().map(|it| it.output).collect(),
        process_calorific: process(0).collect(),
        process_equivalent: process(1).collect(),
        indicator: rows.iter().map(|it| it.indicator).collect(),
    }
}

/// Puts the products into a thawed snapshot. False, and nothing is changed, for those of another version and for lists
/// that do not belong together.
pub fn take_products(snapshot: &mut Snapshot, catalog: &mut Catalog, sent: &CubeProducts) -> bool {
    let whole = |it: &FrameMade| {
        let months = it.months.len();
        it.output.len() == months
            && it.process_calorific.len() == months
            && it.process_equivalent.len() == months
            && it.indicator.len() == months
            && (it.unit as usize) < snapshot.units.len()
            && (it.product as usize) < sent.products.len()
    };
    if snapshot.is_grouped()
        || sent.data_version != snapshot.version
        || !sent.made.iter().all(whole)
    {
        return false;
    }
    catalog.products = sent.products.iter().map(taken).collect();
    snapshot.products = sent.made.iter().flat_map(|it| rows(snapshot.first, it)).collect();
    true
}

fn taken(it: &FrameProduct) -> Product {
    let levels = &it.levels;
    Product {
        code: it.code.clone(),
        zh: it.zh.clone(),
        en: it.en.clone(),
        output_unit: it.output_unit.clone(),
        value_unit: levels.unit.clone(),
        process: String::new(),
        indicator: String::new(),
        basis: it.basis,
        value_per_tce: it.value_per_tce,
        limits: Limits {
            benchmark: levels.benchmark,
            baseline: levels.baseline,
            level1: levels.level1,
            level2: levels.level2,
            level3: levels.level3,
        },
        edition: levels.edition.clone(),
        certainty: levels.certainty.clone(),
    }
}

fn rows(first: Month, made: &FrameMade) -> impl Iterator<Item = ProductMonth> + '_ {
    (0..made.months.len()).map(move |at| ProductMonth {
        unit: made.unit as usize,
        product: made.product as usize,
        month: first.plus(made.months[at].into()),
        output: made.output[at],
        process_tce: made.process_calorific[at]
            .zip(made.process_equivalent[at])
            .map(|(calorific, equivalent)| [calorific, equivalent]),
        indicator: made.indicator[at],
    })
}
