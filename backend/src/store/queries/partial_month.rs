//! Energy and points of single days, for months that a query covers only in part.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_analysis::snapshot::{PartialMonth, Points, UnitPartialMonth, group_index};
use nengce_analysis::unit_status::PartialOutput;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;

use super::each;
use super::snapshot::LoadedSnapshot;

const ENERGY: &str = include_str!("../sql/partial_month_energy.sql");
const POINTS: &str = include_str!("../sql/partial_month_points.sql");

/// Loads one range on one basis, with the conversion output that is taken off; points stop at yesterday.
pub fn load(
    conn: &Connection,
    loaded: &LoadedSnapshot,
    basis: Basis,
    range: DayRange,
) -> duckdb::Result<(PartialMonth, PartialOutput)> {
    let LoadedSnapshot { snapshot, statuses } = loaded;
    let by_id: std::collections::HashMap<i32, usize> =
        statuses.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let mut outputs = PartialOutput { range, basis, units: Default::default() };
    let mut partial_month = PartialMonth { range, basis, units: Default::default() };
    let (from, to) = (range.from().to_string(), range.to().to_string());
    each(conn, ENERGY, params![basis.as_str(), from, to], |row| {
        let group: String = row.get(1)?;
        if let (Some(unit), Some(group)) = (by_id.get(&row.get(0)?), EnergyGroup::parse(&group)) {
            let sums = partial_month.units.entry(*unit).or_default();
            sums.tce[group_index(group)] = row.get(2)?;
            if let Some(tce) = row.get::<_, Option<f64>>(3)? {
                outputs.units.entry(*unit).or_default()[group_index(group)] = tce;
            }
        }
        Ok(())
    })?;
    let horizon: Date = range.to().min(snapshot.today.yesterday().unwrap_or(snapshot.today));
    if horizon >= range.from() {
        each(conn, POINTS, params![from, horizon.to_string()], |row| {
            if let Some(unit) = by_id.get(&row.get(0)?) {
                let entry: &mut UnitPartialMonth = partial_month.units.entry(*unit).or_default();
                entry.points = Points { received: row.get(1)?, expected: row.get(2)? };
            }
            Ok(())
        })?;
    }
    Ok((partial_month, outputs))
}
