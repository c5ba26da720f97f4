//! The groups of a city that is too large to be sent by unit: what stands for their units, and what is not additive in
//! them.

use nengce_shared::api::common::ReportingCounts;
use nengce_shared::month::Month;

use crate::cube::{CubeError, Reader, Writer};
use crate::ratio_sums::RatioSums;
use crate::reporting::sum;
use crate::snapshot::Snapshot;
use crate::unit_group::{Paired, Silence, UnitGroup};

/// One of each for every group, in the order of the coarsened cube's members, with the units of each.
pub(super) fn write(snapshot: &Snapshot, groups: &[(UnitGroup, Vec<usize>)], to: &mut Writer) {
    let newest = |units: &[usize]| {
        let uploads = units.iter().map(|it| &snapshot.units[*it].last_upload);
        uploads.max().cloned().flatten().unwrap_or_default()
    };
    let newest: Vec<String> = groups.iter().map(|(_, units)| newest(units)).collect();
    to.texts(newest.iter());
    for (_, units) in groups {
        to.byte(units.iter().any(|it| snapshot.units[*it].converts).into());
    }
    for (_, units) in groups {
        for month in snapshot.all_months() {
            to.byte(units.iter().map(|it| snapshot.days(*it, month)).max().unwrap_or(0));
        }
    }
    let own = || groups.iter().map(|(group, _)| group);
    to.number(groups.len());
    to.places(own().map(|it| it.units as usize));
    to.places(own().map(|it| it.silences.len()));
    to.places(own().map(|it| it.uneven.len()));
    let silences = || own().flat_map(|it| &it.silences);
    to.number(silences().count());
    to.places(silences().map(|it| snapshot.place(it.from)));
    to.places(silences().map(|it| snapshot.place(it.to)));
    to.places(silences().map(|it| it.units as usize));
    let uneven = || own().flat_map(|it| &it.uneven);
    to.number(uneven().count());
    to.places(uneven().map(|(month, _)| snapshot.place(*month)));
    for basis in 0..2 {
        for sum in SUMS {
            to.floats(uneven().map(|(_, both)| sum(&both[basis])));
        }
    }
}

/// How the units of each group report.
pub(super) fn reporting(
    snapshot: &Snapshot,
    groups: &[(UnitGroup, Vec<usize>)],
) -> Vec<ReportingCounts> {
    let of = |units: &[usize]| sum(units.iter().map(|it| &snapshot.reporting[*it]));
    groups.iter().map(|(_, units)| of(units)).collect()
}

const SUMS: [fn(&Paired) -> f64; 4] =
    [|it| it.now.energy, |it| it.now.output, |it| it.before.energy, |it| it.before.output];

/// The groups, months counted from the snapshot's first; none where the members are units.
pub(super) fn read(
    from: &mut Reader<'_>,
    (first, months, members): (Month, usize, usize),
) -> Result<Vec<UnitGroup>, CubeError> {
    let count = from.number()?;
    if count == 0 {
        return Ok(Vec::new());
    }
    if count != members {
        return Err(CubeError::Invalid("groups of other members"));
    }
    let any = usize::MAX;
    let units = from.places(count, any, "")?;
    let (silent, uneven) = (from.places(count, any, "")?, from.places(count, any, "")?);
    let month = |place: u32| first.plus(place as i32);
    let rows = from.number()?;
    let (starts, ends) =
        (from.places(rows, months, OUTSIDE_MONTH)?, from.places(rows, months, OUTSIDE_MONTH)?);
    let spans = starts.into_iter().zip(ends).zip(from.places(rows, any, "")?);
    let mut silences =
        spans.map(|((from, to), units)| Silence { from: month(from), to: month(to), units });
    let rows = from.number()?;
    let mut uneven_months = from.places(rows, months, OUTSIDE_MONTH)?.into_iter().map(month);
    let mut sums = Vec::with_capacity(8);
    for _ in 0..8 {
        sums.push(from.floats(rows)?.into_iter());
    }
    let mut pairs = || {
        let mut sum = |at: usize| sums[at].next().unwrap_or(0.0);
        [0, 4].map(|at| Paired {
            now: RatioSums { energy: sum(at), output: sum(at + 1) },
            before: RatioSums { energy: sum(at + 2), output: sum(at + 3) },
        })
    };
    let mut groups = Vec::with_capacity(count);
    for ((units, silent), uneven) in units.into_iter().zip(silent).zip(uneven) {
        groups.push(UnitGroup {
            units,
            silences: silences.by_ref().take(silent as usize).collect(),
            uneven: uneven_months.by_ref().take(uneven as usize).map(|it| (it, pairs())).collect(),
        });
    }
    Ok(groups)
}

const OUTSIDE_MONTH: &str = "a month outside the snapshot";
