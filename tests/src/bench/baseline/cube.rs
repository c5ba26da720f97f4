//! The facts of an invented city in a table of DuckDB, the cube built from them, and how far the two differ.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int32Type, UInt32Type};
use arrow_array::{PrimitiveArray, RecordBatch};
use duckdb::{Connection, params};
use jiff::civil::date;
use nengce_analysis::cube::{Axis, Cube, CubeBuilder, Kind, Level, Member};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::unit_class::UnitClass;

/// Size of the invented city.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub units: u32,
    pub items: u32,
    pub periods: u32,
    pub by_day: bool,
}

/// A cube and how it came about.
pub(crate) struct Measured {
    pub cube: Cube<'static>,
    pub build_ms: f64,
    /// The largest difference of a district's and energy type's figure from SQL's, as a share of it.
    pub difference: f64,
}

/// Builds the cube of a city of this size.
pub(crate) fn measure(folder: &Path, size: Size) -> Result<Measured> {
    let conn = Connection::open(folder.join("cube.duckdb"))?;
    let days = if size.by_day { 1.0 } else { 30.4 };
    let sql = include_str!("../sql/cube_facts.sql");
    conn.execute(sql, params![size.units, size.items, size.periods, days])?;
    let started = Instant::now();
    let cube = build(&conn, size)?;
    let build_ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(Measured { difference: difference(&conn, &cube)?, cube, build_ms })
}

fn difference(conn: &Connection, cube: &Cube<'_>) -> Result<f64> {
    let mut sums: BTreeMap<(&str, u32), f64> = BTreeMap::new();
    cube.each_energy(|it| {
        let region = cube.members[it.member as usize].region.as_str();
        *sums.entry((region, it.kind)).or_default() += it.tce[1].unwrap_or_default();
    });
    let mut statement = conn.prepare(include_str!("../sql/cube_districts.sql"))?;
    let exact = statement.query_map([], |row| row.get::<_, f64>(2))?;
    let mut most: f64 = 0.0;
    for (exact, found) in exact.zip(sums.values()) {
        most = most.max((found / exact? - 1.0).abs());
    }
    Ok(most)
}

fn region(at: usize) -> String {
    format!("1201{at:02}")
}

fn industry(at: usize) -> String {
    format!("C{at:02}10")
}

fn column<T: ArrowPrimitiveType>(batch: &RecordBatch, at: usize) -> &PrimitiveArray<T> {
    batch.column(at).as_primitive::<T>()
}

fn build(conn: &Connection, size: Size) -> Result<Cube<'static>> {
    let mut members = Vec::new();
    let mut statement = conn.prepare(include_str!("../sql/cube_units.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (unit, class): (u32, usize) = (row.get(0)?, row.get(3)?);
        members.push(Member {
            code: format!("91120110{unit:08}X2"),
            name: format!("重点用能单位第{unit}号"),
            region: region(row.get(1)?),
            industry: industry(row.get(2)?),
            class: UnitClass::ALL[class],
        });
    }
    let energies = (0..size.items).map(|at| Kind {
        code: format!("{:02}00", at + 1),
        zh: "能源".to_owned(),
        en: "Energy".to_owned(),
        unit: "t".to_owned(),
        group: EnergyGroup::ALL[at as usize % EnergyGroup::ALL.len()],
    });
    let first = date(2023, 1, 1);
    let axis = if size.by_day {
        let last = first.saturating_add(jiff::Span::new().days(i64::from(size.periods) - 1));
        Axis::days(DayRange::between(first, last))
    } else {
        Axis::months(Month::of(first), size.periods as usize)
    };
    let mut builder =
        CubeBuilder::new(1, Level::Unit, axis, members, energies.collect(), Vec::new());
    let mut statement = conn.prepare(include_str!("../sql/cube_read.sql"))?;
    for batch in statement.query_arrow([])? {
        let (unit, energy) = (column::<Int32Type>(&batch, 0), column::<Int32Type>(&batch, 1));
        let period = column::<Int32Type>(&batch, 2);
        let figure = [3, 4, 5].map(|at| column::<Float64Type>(&batch, at));
        let points = [6, 7].map(|at| column::<UInt32Type>(&batch, at));
        for at in 0..batch.num_rows() {
            let series = builder.energy_series(unit.value(at) as u32, energy.value(at) as u32);
            let period = period.value(at) as usize;
            let tce = [Some(figure[1].value(at)), Some(figure[2].value(at))];
            builder.energy(series, period, figure[0].value(at), tce);
            builder.points(series, period, points[0].value(at), points[1].value(at));
        }
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cube_and_the_table_agree() {
        for by_day in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            let size = Size { units: 20, items: 4, periods: 14, by_day };
            let found = measure(folder.path(), size).expect("measured");
            assert_eq!(found.cube.cells(), 20 * 4 * 14);
            assert!(found.difference < 1.3e-7, "{}", found.difference);
            let bytes = found.cube.encode();
            assert_eq!(Cube::decode(&bytes).expect("a cube"), found.cube);
        }
    }
}
