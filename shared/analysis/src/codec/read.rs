//! Reads a snapshot strictly: its parts must be of the same months, members and products.

use nengce_shared::api::common::ReportingCounts;
use nengce_shared::month::Month;
use nengce_shared::period::Grain;
use nengce_shared::reporting_state::ReportingState;

use super::write::day;
use super::{groups, names};
use crate::cube::{Cube, CubeError, Reader};
use crate::snapshot::{Points, ProductMonth, Snapshot, Target, Unit};
use crate::snapshot_builder::SnapshotBuilder;

type Result<T> = std::result::Result<T, CubeError>;

/// The snapshot of a cube and of the bytes behind it.
///
/// # Errors
/// The bytes are damaged or contradict the cube.
pub(super) fn snapshot(rest: &[u8], cube: &Cube<'_>, has_reporting: bool) -> Result<Snapshot> {
    if cube.axis.grain() != Grain::Month || cube.axis.is_empty() {
        return Err(CubeError::Invalid("a snapshot is of months"));
    }
    let mut from = Reader::new(rest);
    let (first, months) = (Month::of(cube.axis.day(0)), cube.axis.len());
    let days: Vec<_> = from.texts(3)?.iter().map(|it| day(it)).collect();
    let today = days[0].ok_or(CubeError::Invalid("no day of today"))?;
    let price_year = from.floats(1)?[0];
    let catalog = names::read(&mut from)?;
    let members = cube.members.len();
    let units = units(&mut from, cube)?;
    let span = (first, first.plus(months as i32 - 1));
    let mut builder = SnapshotBuilder::new((cube.version, today), catalog, units, span);
    builder.data_span(days[1], days[2]);
    let month = |place: usize| first.plus(place as i32);
    let product = |a: usize, b: usize| a.checked_mul(b).ok_or(CubeError::Truncated);
    for (at, days) in from.bytes(product(members, months)?)?.iter().enumerate() {
        builder.days((at / months) as i32, month(at % months), *days);
    }
    let groups = groups::read(&mut from, (first, months, members))?;
    cube.each_energy(|cell| {
        let (unit, at) = (cell.member as i32, month(cell.period));
        builder.energy(unit, at, cell.group, cell.tce);
        builder.points(unit, at, Points { received: cell.received, expected: cell.expected });
    });
    cube.each_value_added(|unit, at, value| builder.value_added(unit as i32, month(at), value));
    targets(&mut from, &mut builder)?;
    economy(&mut from, &mut builder, (first, months))?;
    products(&mut from, &mut builder, (first, months, members))?;
    if has_reporting {
        reporting(&mut from, &mut builder, members)?;
    }
    from.end()?;
    let mut snapshot = builder.build();
    snapshot.price_year = Some(price_year).filter(|it| !it.is_nan()).map(|it| it as i16);
    snapshot.groups = groups;
    Ok(snapshot)
}

/// The members of the cube, each under its place.
fn units(from: &mut Reader<'_>, cube: &Cube<'_>) -> Result<Vec<(i32, Unit)>> {
    let uploads = from.texts(cube.members.len())?;
    let converts = from.bytes(cube.members.len())?;
    let rest = uploads.into_iter().zip(converts);
    let unit = |(at, (member, (last_upload, converts))): (usize, (&crate::cube::Member, _))| {
        let (last_upload, converts): (String, &u8) = (last_upload, converts);
        let unit = Unit {
            code: member.code.clone(),
            name: member.name.clone(),
            region: member.region.clone(),
            industry: member.industry.clone(),
            class: member.class,
            converts: *converts != 0,
            last_upload: Some(last_upload).filter(|it| !it.is_empty()),
        };
        (at as i32, unit)
    };
    Ok(cube.members.iter().zip(rest).enumerate().map(unit).collect())
}

fn targets(from: &mut Reader<'_>, builder: &mut SnapshotBuilder) -> Result<()> {
    let count = from.number()?;
    let scopes = from.texts(count)?.into_iter();
    let texts = scopes.zip(from.texts(count)?).zip(from.texts(count)?).zip(from.texts(count)?);
    let bases = from.bases(count)?;
    let (from_years, to_years, values) =
        (from.floats(count)?, from.floats(count)?, from.floats(count)?);
    for (at, ((((scope, code), kind), source), basis)) in texts.zip(bases).enumerate() {
        builder.target(Target {
            scope,
            code,
            kind,
            from_year: from_years[at] as i16,
            to_year: to_years[at] as i16,
            value: values[at],
            basis,
            source,
        });
    }
    Ok(())
}

fn economy(
    from: &mut Reader<'_>,
    builder: &mut SnapshotBuilder,
    (first, months): (Month, usize),
) -> Result<()> {
    let count = from.number()?;
    for region in from.texts(count)? {
        for (at, value) in from.floats(months)?.into_iter().enumerate() {
            if !value.is_nan() {
                builder.economy(&region, first.plus(at as i32), value, None);
            }
        }
    }
    Ok(())
}

fn reporting(from: &mut Reader<'_>, builder: &mut SnapshotBuilder, members: usize) -> Result<()> {
    let mut counts = vec![ReportingCounts::none(); members];
    for state in ReportingState::ALL {
        for (counts, number) in counts.iter_mut().zip(from.places(members, usize::MAX, "")?) {
            counts.add(*state, number);
        }
    }
    counts.into_iter().zip(0..).for_each(|(it, unit)| builder.reporting(unit, it));
    Ok(())
}

fn products(
    from: &mut Reader<'_>,
    builder: &mut SnapshotBuilder,
    (first, months, members): (Month, usize, usize),
) -> Result<()> {
    let count = from.number()?;
    let products = from.places(count, builder.products(), "an output of no product")?;
    let units = from.places(count, members, "an output of no member")?;
    let places = from.places(count, months, "an output outside the snapshot")?;
    let output = from.floats(count)?;
    let process = [from.floats(count)?, from.floats(count)?];
    let indicator = from.floats(count)?;
    let known = |it: f64| Some(it).filter(|it| !it.is_nan());
    for at in 0..count {
        let process = process.each_ref().map(|it| known(it[at]));
        builder.product(ProductMonth {
            unit: units[at] as usize,
            product: products[at] as usize,
            month: first.plus(places[at] as i32),
            output: output[at],
            process_tce: process[0].zip(process[1]).map(<[f64; 2]>::from),
            indicator: known(indicator[at]),
        });
    }
    Ok(())
}
