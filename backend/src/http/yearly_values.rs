//! Finds yearly values that no figure uses, because daily or monthly values of the same item and year exist. Uploads,
//! imports and bulk uploads report them to the sender.

use std::collections::BTreeSet;

use nengce_messages::{Reading, stamp};
use nengce_shared::stat_type::StatType;

use crate::store::imports::lists;
use crate::store::{Result, Store};

/// A unit, a data code and a year.
pub(super) type ItemYear = (i32, String, i16);

/// Of which item and year a unit's reading is.
pub(super) fn item_year(unit: i32, it: &Reading) -> ItemYear {
    (unit, it.data_code.to_string(), stamp::date_time(it.at).year())
}

/// One for each of a unit's readings that is a value of a whole year.
pub(super) fn years(unit: i32, readings: &[Reading]) -> Vec<ItemYear> {
    readings
        .iter()
        .filter(|it| it.stat_type == StatType::Year)
        .map(|it| item_year(unit, it))
        .collect()
}

/// Those of `years` of which finer values stand, or come with them.
pub(super) async fn not_counted(
    store: &Store,
    years: Vec<ItemYear>,
    mut finer: BTreeSet<ItemYear>,
) -> Result<Vec<ItemYear>> {
    if years.is_empty() {
        return Ok(years);
    }
    let units: BTreeSet<i32> = years.iter().map(|it| it.0).collect();
    store.wait_for_roll_ups().await?;
    let stands = move |conn: &_| {
        let mut found = Vec::new();
        for unit in units {
            for (code, year) in lists::years_with_finer(conn, unit)? {
                found.push((unit, code, year));
            }
        }
        Ok(found)
    };
    finer.extend(store.read(stands).await?);
    Ok(years.into_iter().filter(|it| finer.contains(it)).collect())
}

/// What an answer in the terminal protocol's words says of them.
pub(super) fn sentence(count: usize) -> String {
    format!("{count}个年值已有更细的数据，只用于核对，不计入")
}
