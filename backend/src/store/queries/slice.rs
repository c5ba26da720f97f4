//! Slices: additive figures by any dimensions, filtered and grouped by DuckDB over the roll-ups that snapshots are read from.

use std::collections::HashMap;

use duckdb::{Connection, Row, ToSql, params};
use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::slice::{Dim, SliceView};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::unit_class::UnitClass;

use super::each;
use crate::store::unit_ids::UnitIds;

const UNITS: &str = include_str!("sql/slice_units.sql");
const MONTHS: &str = concat!(include_str!("sql/slice_months.sql"), include_str!("sql/slice.sql"));
const DAYS: &str = concat!(include_str!("sql/slice_days.sql"), include_str!("sql/slice.sql"));

/// The dimensions of a row in the order of its first columns; the first holds a period, a month or a year.
const KEYS: [Dim; 9] = [
    Dim::Period,
    Dim::Region,
    Dim::Sector,
    Dim::Industry,
    Dim::Class,
    Dim::Energy,
    Dim::EnergyType,
    Dim::Product,
    Dim::Unit,
];

/// What a slice counts: words separated by commas, and all where there is none. Energies and energy types narrow energy
/// alone, products narrow outputs alone.
#[derive(Debug, Clone, Default)]
pub struct SliceFilter {
    pub within: UnitIds,
    pub regions: String,
    /// Prefixes of industries.
    pub industries: String,
    pub classes: String,
    pub units: String,
    pub energies: String,
    pub energy_types: String,
    pub products: String,
}

/// Which figures, over which span, by which dimensions.
#[derive(Debug, Clone)]
pub struct SliceQuery {
    pub grain: Grain,
    pub span: DayRange,
    pub dims: Vec<Dim>,
    pub filter: SliceFilter,
    /// The first and the last month of the snapshot.
    pub months: (Month, Month),
    pub today: Date,
    pub data_version: u64,
    /// More rows are not read.
    pub most_rows: usize,
}

/// The rows in the order of their keys; none when there are more than `most_rows`.
pub fn load(
    conn: &Connection,
    query: &SliceQuery,
    dictionaries: &Dictionaries,
) -> duckdb::Result<Option<SliceView>> {
    let rows = rows(conn, query, dictionaries)?;
    if rows.len() > query.most_rows {
        return Ok(None);
    }
    Ok(Some(view(query, dictionaries, rows)))
}

/// A row as it was read: a word for each dimension that was asked for, and the figures.
struct SliceRow {
    keys: Vec<String>,
    energy_type: Option<String>,
    quantity: Option<f64>,
    tce: [Option<f64>; 2],
    value_added: Option<f64>,
    product: Option<String>,
    output: Option<f64>,
    points: (u64, u64),
}

impl SliceRow {
    fn read(row: &Row<'_>, dims: &[Dim]) -> duckdb::Result<Self> {
        let is_at =
            |dim: &Dim, key: &Dim| dim == key || dim.time().is_some() && key.time().is_some();
        let places = dims.iter().filter_map(|dim| KEYS.iter().position(|key| is_at(dim, key)));
        Ok(Self {
            keys: places.map(|at| row.get(at)).collect::<Result<_, _>>()?,
            energy_type: row.get(9)?,
            quantity: sum(row, 10)?,
            tce: [sum(row, 11)?, sum(row, 12)?],
            value_added: sum(row, 13)?,
            product: row.get(14)?,
            output: sum(row, 15)?,
            points: (row.get(16)?, row.get(17)?),
        })
    }
}

/// A sum to twelve digits: DuckDB adds in an order that changes from run to run, and the digits behind with it.
fn sum(row: &Row<'_>, at: usize) -> duckdb::Result<Option<f64>> {
    let sum: Option<f64> = row.get(at)?;
    Ok(sum.map(|it| format!("{it:.11e}").parse().unwrap_or(it)))
}

fn rows(
    conn: &Connection,
    query: &SliceQuery,
    dictionaries: &Dictionaries,
) -> duckdb::Result<Vec<SliceRow>> {
    let filter = &query.filter;
    let units =
        params![filter.regions, filter.industries, filter.classes, filter.units, filter.within];
    let units: Option<String> = conn.query_row(UNITS, units, |row| row.get(0))?;
    let Some(units) = units else {
        return Ok(Vec::new());
    };
    let dims: Vec<&str> = query.dims.iter().map(|it| it.as_str()).collect();
    let dims = dims.join(",");
    let yesterday = query.today.yesterday().unwrap_or(query.today);
    let (statement, format, (from, to), horizon) = match query.grain {
        Grain::Day => {
            let (from, to) = (query.span.from(), query.span.to());
            (DAYS, "%Y-%m-%d", (from, to), to.min(yesterday))
        }
        _ => (MONTHS, "%Y-%m", whole_months(query), yesterday),
    };
    let [from, to, horizon] = [from, to, horizon].map(|it| it.to_string());
    let most = query.most_rows as i64 + 1;
    let mut given: Vec<&dyn ToSql> = vec![
        &dims,
        &units,
        &from,
        &to,
        &horizon,
        &filter.energies,
        &filter.energy_types,
        &filter.products,
        &most,
        &format,
    ];
    let value_added = dictionaries.indicator_of_role("value_added");
    let value_added = value_added.map_or("", |it| it.code.as_str());
    let products = dictionaries.products.iter();
    let products: Vec<String> =
        products.map(|it| format!("{}@{}", it.code, it.process_code)).collect();
    let products = products.join(",");
    if query.grain != Grain::Day {
        given.extend([&value_added as &dyn ToSql, &products]);
    }
    let mut found = Vec::new();
    each(conn, statement, given.as_slice(), |row| {
        found.push(SliceRow::read(row, &query.dims)?);
        Ok(())
    })?;
    Ok(found)
}

/// The months of the snapshot that a span touches, as their first and last days.
fn whole_months(query: &SliceQuery) -> (Date, Date) {
    let (first, last) = query.months;
    let from = Month::of(query.span.from()).max(first);
    let to = Month::of(query.span.to()).min(last);
    (from.first_day(), to.last_day())
}

/// One list per column. Classes, energies and products stand in the order of their tables, other words in their own.
fn view(query: &SliceQuery, dictionaries: &Dictionaries, mut rows: Vec<SliceRow>) -> SliceView {
    let ranks: Vec<HashMap<&str, usize>> =
        query.dims.iter().map(|it| ranks(*it, dictionaries)).collect();
    rows.sort_by_cached_key(|row| {
        let rank = |(word, ranks): (&String, &HashMap<&str, usize>)| {
            (ranks.get(word.as_str()).copied().unwrap_or(0), word.clone())
        };
        row.keys.iter().zip(&ranks).map(rank).collect::<Vec<_>>()
    });
    let energy_units: HashMap<&str, &str> =
        dictionaries.energy_types.iter().map(|it| (it.code.as_str(), it.unit.as_str())).collect();
    let output_units: HashMap<&str, &str> = dictionaries
        .products
        .iter()
        .map(|it| (it.code.as_str(), it.output_unit.as_str()))
        .collect();
    let unit_of = |code: &Option<String>, units: &HashMap<&str, &str>| {
        code.as_ref().and_then(|it| units.get(it.as_str())).map(|it| (*it).to_owned())
    };
    let column = |figure: &dyn Fn(&SliceRow) -> Option<f64>| rows.iter().map(figure).collect();
    SliceView {
        grain: query.grain,
        from: query.span.from().to_string(),
        to: query.span.to().to_string(),
        dims: query.dims.clone(),
        keys: (0..query.dims.len())
            .map(|dim| rows.iter().map(|it| it.keys[dim].clone()).collect())
            .collect(),
        quantity: column(&|it| it.quantity),
        quantity_unit: rows.iter().map(|it| unit_of(&it.energy_type, &energy_units)).collect(),
        tce_calorific: column(&|it| it.tce[0]),
        tce_equivalent: column(&|it| it.tce[1]),
        value_added: column(&|it| it.value_added),
        output: column(&|it| it.output),
        output_unit: rows.iter().map(|it| unit_of(&it.product, &output_units)).collect(),
        received: rows.iter().map(|it| it.points.0).collect(),
        expected: rows.iter().map(|it| it.points.1).collect(),
        data_version: query.data_version,
    }
}

/// The place of each word of a dimension that has an order of its own.
fn ranks(dim: Dim, dictionaries: &Dictionaries) -> HashMap<&str, usize> {
    let words: Vec<&str> = match dim {
        Dim::Class => UnitClass::ALL.iter().map(|it| it.as_str()).collect(),
        Dim::Energy => EnergyGroup::ALL.iter().map(|it| it.as_str()).collect(),
        Dim::EnergyType => dictionaries.energy_types.iter().map(|it| it.code.as_str()).collect(),
        Dim::Product => dictionaries.products.iter().map(|it| it.code.as_str()).collect(),
        _ => Vec::new(),
    };
    words.into_iter().zip(0..).collect()
}
