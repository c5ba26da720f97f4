//! Baseline for the benchmarks: the same invented city as a table and as a cube, and the same queries to both in one
//! process.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use duckdb::arrow::array::{AsArray, PrimitiveArray};
use duckdb::arrow::datatypes::{ArrowPrimitiveType, Float64Type, Int32Type, UInt32Type};
use duckdb::arrow::record_batch::RecordBatch;
use duckdb::{Connection, Params, params};
use jiff::civil::date;
use nengce_analysis::cube::{Axis, Cube, CubeBuilder, Dim, Filter, Kind, Level, Member};
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::unit_class::UnitClass;

use super::error::Result;

/// Size of the invented city.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub units: u32,
    pub items: u32,
    pub periods: u32,
    pub by_day: bool,
}

/// Milliseconds of each run of one question, by SQL and by the cube.
pub struct Asked {
    pub question: &'static str,
    pub sql: Vec<f64>,
    pub cube: Vec<f64>,
}

/// What was measured.
pub struct Measured {
    pub facts: usize,
    pub build_ms: f64,
    pub cube_bytes: usize,
    pub asked: Vec<Asked>,
    /// The largest difference of a district's figure from SQL's, as a share of it.
    pub difference: f64,
}

/// Measures, and leaves the encoded cube in a file.
pub fn measure(folder: &Path, size: Size, runs: usize) -> Result<Measured> {
    let conn = Connection::open(folder.join("cube.duckdb"))?;
    let days = if size.by_day { 1.0 } else { 30.4 };
    let sql = include_str!("sql/cube_bench_table.sql");
    conn.execute(sql, params![size.units, size.items, size.periods, days])?;
    let started = Instant::now();
    let cube = build(&conn, size)?;
    let build_ms = started.elapsed().as_secs_f64() * 1000.0;
    std::fs::write(folder.join("cube.bin"), cube.encode())?;
    Ok(Measured {
        facts: cube.cells(),
        build_ms,
        cube_bytes: cube.bytes(),
        difference: difference(&conn, &cube)?,
        asked: vec![districts(&conn, &cube, runs)?, periods(&conn, &cube, runs)?],
    })
}

/// A span of a third of the axis, another for each run.
fn span(cube: &Cube<'_>, run: usize) -> std::ops::Range<usize> {
    let all = cube.axis.len();
    let from = run * 7 % (all - all / 3).max(1);
    from..from + (all / 3).max(1)
}

fn asked(
    question: &'static str,
    runs: usize,
    mut sql: impl FnMut(usize) -> Result<()>,
    mut cube: impl FnMut(usize),
) -> Result<Asked> {
    let (mut of_sql, mut of_cube) = (Vec::new(), Vec::new());
    for run in 0..=runs {
        let started = Instant::now();
        sql(run)?;
        let between = Instant::now();
        cube(run);
        // The first run warms both.
        if run > 0 {
            of_sql.push((between - started).as_secs_f64() * 1000.0);
            of_cube.push(between.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(Asked { question, sql: of_sql, cube: of_cube })
}

fn fetched<P: Params>(conn: &Connection, sql: &str, params: P) -> Result<usize> {
    let mut statement = conn.prepare(sql)?;
    Ok(statement.query_arrow(params)?.map(|it| it.num_rows()).sum())
}

fn during(cube: &Cube<'_>, run: usize) -> Filter {
    let mut filter = Filter::all(cube);
    filter.periods = span(cube, run);
    filter
}

fn districts(conn: &Connection, cube: &Cube<'_>, runs: usize) -> Result<Asked> {
    let sql = |run| {
        let span = span(cube, run);
        let given = params![span.start as i32, span.end as i32];
        black_box(fetched(conn, include_str!("sql/cube_bench_districts.sql"), given)?);
        Ok(())
    };
    asked("district × energy type over a span", runs, sql, |run| {
        black_box(cube.group(&during(cube, run), &[Dim::Region, Dim::EnergyType]));
    })
}

fn periods(conn: &Connection, cube: &Cube<'_>, runs: usize) -> Result<Asked> {
    let sql = |run: usize| {
        let given = params![(run % 16) as i32, (run % 50 + 10) as i32];
        black_box(fetched(conn, include_str!("sql/cube_bench_periods.sql"), given)?);
        Ok(())
    };
    asked("time chart of a district and some industries", runs, sql, |run| {
        let industries: Vec<String> = (0..run % 50 + 10).map(industry).collect();
        let filter =
            Filter::all(cube).regions(cube, &[region(run % 16)]).industries(cube, &industries);
        black_box(cube.group(&filter, &[Dim::Period]));
    })
}

fn difference(conn: &Connection, cube: &Cube<'_>) -> Result<f64> {
    let grouped = cube.group(&Filter::all(cube), &[Dim::Region, Dim::EnergyType]);
    let found = grouped.rows.iter().map(|it| it.totals.tce(Basis::Equivalent));
    let mut found = found.map(Option::unwrap_or_default);
    let mut most: f64 = 0.0;
    let sql = include_str!("sql/cube_bench_districts.sql");
    let given = params![0, cube.axis.len() as i32];
    super::database::each(conn, sql, given, |row| {
        let exact: f64 = row.get(3)?;
        let found = found.next().unwrap_or(f64::INFINITY);
        most = most.max((found / exact - 1.0).abs());
        Ok(())
    })?;
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
    super::database::each(conn, include_str!("sql/cube_bench_units.sql"), [], |row| {
        let (unit, class): (u32, usize) = (row.get(0)?, row.get(3)?);
        members.push(Member {
            code: format!("91120110{unit:08}X2"),
            name: format!("重点用能单位第{unit}号"),
            region: region(row.get(1)?),
            industry: industry(row.get(2)?),
            class: UnitClass::ALL[class],
        });
        Ok(())
    })?;
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
    let mut statement = conn.prepare(include_str!("sql/cube_bench_read.sql"))?;
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
            let found = measure(folder.path(), size, 2).expect("measured");
            assert_eq!(found.facts, 20 * 4 * 14);
            assert!(found.difference < 1.3e-7, "{}", found.difference);
            assert!(found.asked.iter().all(|it| it.cube.len() == 2 && it.sql.len() == 2));
            let bytes = std::fs::read(folder.path().join("cube.bin")).expect("a file");
            assert_eq!(Cube::decode(&bytes).expect("a cube").cells(), found.facts);
        }
    }
}
