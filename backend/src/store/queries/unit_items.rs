//! Every data item of one unit over a span: quantity, tce, factor, origin, and its last days.

use std::collections::HashMap;

use duckdb::{Connection, params};
use nengce_analysis::spans::Parts;
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;

use super::{EMPTY_SPAN, each};

const ITEMS: &str = include_str!("sql/unit_items.sql");
const TCE: &str = include_str!("sql/unit_item_tce.sql");
const SPARK: &str = include_str!("sql/unit_item_spark.sql");

/// An item and its quantity.
#[derive(Debug, Clone)]
pub struct ItemAmount {
    pub data_code: String,
    pub in_dictionary: bool,
    pub role: String,
    pub counted: bool,
    pub quantity: Option<f64>,
    pub day_source: Option<String>,
}

/// tce of an item, the factor behind it and where that came from.
#[derive(Debug, Clone)]
pub struct ItemTce {
    pub tce: f64,
    pub factor_kgce: Option<f64>,
    pub factor_source: Option<String>,
}

/// Bounds of the whole months and of up to two ranges of days.
fn bounds(parts: &Parts) -> [String; 6] {
    let never = || (EMPTY_SPAN.0.to_owned(), EMPTY_SPAN.1.to_owned());
    let text = |it: &DayRange| (it.from().to_string(), it.to().to_string());
    let whole = match (parts.whole.first(), parts.whole.last()) {
        (Some(first), Some(last)) => (first.first_day().to_string(), last.first_day().to_string()),
        _ => never(),
    };
    let day = |at: usize| parts.partial_months.get(at).map_or_else(never, text);
    let (a, b) = (day(0), day(1));
    [whole.0, whole.1, a.0, a.1, b.0, b.1]
}

/// All items, counted ones first.
pub fn items(
    conn: &Connection,
    unit: i32,
    parts: &Parts,
    span: DayRange,
) -> duckdb::Result<Vec<ItemAmount>> {
    let mut all = Vec::new();
    let [m0, m1, a0, a1, b0, b1] = bounds(parts);
    let (from, to) = (span.from().to_string(), span.to().to_string());
    let wanted = params![unit, m0, m1, a0, a1, b0, b1, from, to];
    each(conn, ITEMS, wanted, |row| {
        all.push(ItemAmount {
            data_code: row.get(0)?,
            in_dictionary: row.get(1)?,
            role: row.get(2)?,
            counted: row.get(3)?,
            quantity: row.get(4)?,
            day_source: row.get(5)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// tce of the counted items by data code.
pub fn tce(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    parts: &Parts,
) -> duckdb::Result<HashMap<String, ItemTce>> {
    let mut all = HashMap::new();
    let [m0, m1, a0, a1, b0, b1] = bounds(parts);
    each(conn, TCE, params![unit, basis.as_str(), m0, m1, a0, a1, b0, b1], |row| {
        let it = ItemTce { tce: row.get(1)?, factor_kgce: row.get(2)?, factor_source: row.get(3)? };
        all.insert(row.get(0)?, it);
        Ok(())
    })?;
    Ok(all)
}

/// Daily quantities by data code, one slot per day of the range.
pub fn sparks(
    conn: &Connection,
    unit: i32,
    range: DayRange,
) -> duckdb::Result<HashMap<String, Vec<Option<f64>>>> {
    let mut all: HashMap<String, Vec<Option<f64>>> = HashMap::new();
    let length = range.days().unsigned_abs() as usize;
    let (from, to) = (range.from().to_string(), range.to().to_string());
    each(conn, SPARK, params![unit, from, to], |row| {
        let (code, at): (String, i32) = (row.get(0)?, row.get(1)?);
        let days = all.entry(code).or_insert_with(|| vec![None; length]);
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| days.get_mut(at)) {
            *slot = row.get(2)?;
        }
        Ok(())
    })?;
    Ok(all)
}
