//! What every page needs once: place, lists, counts, editions, and the span of the data.

use nengce_shared::api::meta::{ClassCount, Editions, Meta, ProductInfo};
use nengce_shared::unit_class::UnitClass;

use super::catalog::{SystemInfo, division};
use super::snapshot::Snapshot;

/// The frame.
pub fn meta(snapshot: &Snapshot, system: &SystemInfo) -> Meta {
    let catalog = &snapshot.catalog;
    let mut industries: Vec<&str> = snapshot
        .units
        .iter()
        .map(|it| division(&it.industry))
        .filter(|it| !it.is_empty())
        .collect();
    industries.sort_unstable();
    industries.dedup();
    let mut years: Vec<i16> = snapshot
        .targets
        .iter()
        .filter(|it| it.kind == "total_tce")
        .flat_map(|it| it.from_year..=it.to_year)
        .collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let count =
        |class: UnitClass| snapshot.units.iter().filter(|it| it.class == class).count() as u32;
    Meta {
        place_zh: catalog.place.0.clone(),
        place_en: catalog.place.1.clone(),
        system_zh: system.system.0.clone(),
        system_en: system.system.1.clone(),
        demo: system.demo,
        filling: None,
        regions: catalog.regions.clone(),
        industries: industries.into_iter().map(|it| catalog.industry(it)).collect(),
        products: (0..catalog.products.len()).map(|it| product_info(snapshot, it)).collect(),
        units_by_class: UnitClass::ALL
            .iter()
            .map(|it| ClassCount { class: *it, units: count(*it) })
            .collect(),
        dic_version: system.dic_version.clone(),
        data_from: snapshot.data_from.map(|it| it.to_string()),
        data_until: snapshot.data_until.map(|it| it.to_string()),
        data_time: snapshot.units.iter().filter_map(|it| it.last_upload.clone()).max(),
        target_years: years,
        editions: Editions {
            region: system.region_edition.clone(),
            industry: system.industry_edition.clone(),
            factor: catalog.factor_edition.clone(),
        },
        data_version: snapshot.version,
    }
}

/// A product and how many units have a figure for it.
pub fn product_info(snapshot: &Snapshot, product: usize) -> ProductInfo {
    let it = &snapshot.catalog.products[product];
    let mut units: Vec<usize> = snapshot
        .products
        .iter()
        .filter(|row| {
            row.product == product && (row.process_tce.is_some() || row.indicator.is_some())
        })
        .map(|row| row.unit)
        .collect();
    units.dedup();
    ProductInfo {
        code: it.code.clone(),
        zh: it.zh.clone(),
        en: it.en.clone(),
        unit: it.value_unit.clone(),
        units_with_data: units.len() as u32,
    }
}
