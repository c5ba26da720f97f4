//! The names of a snapshot: place, districts, industries, products with their limits.

use std::collections::BTreeSet;

use nengce_shared::api::common::Named;
use nengce_shared::api::meta::RegionInfo;
use nengce_shared::basis::Basis;
use nengce_shared::benchmark::Limits;

use crate::catalog::{Catalog, Product};
use crate::cube::{CubeError, Reader, Writer};
use crate::snapshot::Snapshot;

/// Every name that a unit of the snapshot needs: of the industries, those that a unit's code begins with.
pub(super) fn write(snapshot: &Snapshot, to: &mut Writer) {
    let catalog = &snapshot.catalog;
    let codes: BTreeSet<&str> = snapshot.units.iter().map(|it| it.industry.as_str()).collect();
    let is_met = |it: &&Named| codes.iter().any(|code| code.starts_with(&it.code));
    let industries: Vec<&Named> = catalog.industries.iter().filter(is_met).collect();
    let Catalog { city, place, factor_edition, .. } = catalog;
    to.texts([city, &place.0, &place.1, factor_edition].into_iter());
    to.number(catalog.regions.len());
    to.texts(catalog.regions.iter().map(|it| &it.code));
    to.texts(catalog.regions.iter().map(|it| &it.zh));
    to.texts(catalog.regions.iter().map(|it| &it.en));
    to.floats(catalog.regions.iter().map(|it| it.tile_row.map_or(f64::NAN, f64::from)));
    to.floats(catalog.regions.iter().map(|it| it.tile_column.map_or(f64::NAN, f64::from)));
    to.number(industries.len());
    to.texts(industries.iter().map(|it| &it.code));
    to.texts(industries.iter().map(|it| &it.zh));
    to.texts(industries.iter().map(|it| &it.en));
    let products = &catalog.products;
    to.number(products.len());
    for text in PRODUCT_TEXTS {
        to.texts(products.iter().map(text));
    }
    products.iter().for_each(|it| to.byte(it.basis.code() as u8));
    to.floats(products.iter().map(|it| it.value_per_tce));
    for limit in 0..5 {
        to.floats(products.iter().map(|it| it.limits.levels()[limit].unwrap_or(f64::NAN)));
    }
}

const PRODUCT_TEXTS: [fn(&Product) -> &String; 7] = [
    |it| &it.code,
    |it| &it.zh,
    |it| &it.en,
    |it| &it.output_unit,
    |it| &it.value_unit,
    |it| &it.edition,
    |it| &it.certainty,
];

/// Reads the names that [`write`] wrote.
///
/// # Errors
/// The bytes are damaged.
pub(super) fn read(from: &mut Reader<'_>) -> Result<Catalog, CubeError> {
    let mut texts = from.texts(4)?.into_iter();
    let mut text = || texts.next().unwrap_or_default();
    let (city, place, factor_edition) = (text(), (text(), text()), text());
    let count = from.number()?;
    let names = named(from, count)?.into_iter();
    let (rows, columns) = (from.floats(count)?, from.floats(count)?);
    let regions = names.zip(rows).zip(columns).map(|((name, row), column)| RegionInfo {
        code: name.code,
        zh: name.zh,
        en: name.en,
        tile_row: tile(row),
        tile_column: tile(column),
    });
    let regions = regions.collect();
    let count = from.number()?;
    let industries = named(from, count)?;
    Ok(Catalog { city, place, regions, industries, products: products(from)?, factor_edition })
}

/// A place on the tile map; what has none is not a number.
fn tile(it: f64) -> Option<u8> {
    (!it.is_nan()).then_some(it as u8)
}

fn named(from: &mut Reader<'_>, count: usize) -> Result<Vec<Named>, CubeError> {
    let codes = from.texts(count)?.into_iter();
    let names = codes.zip(from.texts(count)?).zip(from.texts(count)?);
    Ok(names.map(|((code, zh), en)| Named { code, zh, en }).collect())
}

fn products(from: &mut Reader<'_>) -> Result<Vec<Product>, CubeError> {
    let count = from.number()?;
    let mut texts = Vec::with_capacity(PRODUCT_TEXTS.len());
    for _ in PRODUCT_TEXTS {
        texts.push(from.texts(count)?);
    }
    let bases = from.bases(count)?;
    let per_tce = from.floats(count)?;
    let mut limits = Vec::with_capacity(5);
    for _ in 0..5 {
        limits.push(from.floats(count)?);
    }
    let mut product = |at: usize, basis: Basis| {
        let mut text = texts.iter_mut().map(|it| std::mem::take(&mut it[at]));
        let mut text = || text.next().unwrap_or_default();
        let limit = |which: usize| Some(limits[which][at]).filter(|it| !it.is_nan());
        Product {
            code: text(),
            zh: text(),
            en: text(),
            output_unit: text(),
            value_unit: text(),
            edition: text(),
            certainty: text(),
            basis,
            value_per_tce: per_tce[at],
            limits: Limits::of(std::array::from_fn(limit)),
        }
    };
    Ok(bases.into_iter().enumerate().map(|(at, basis)| product(at, basis)).collect())
}
