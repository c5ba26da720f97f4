//! Reads the parts of a cube strictly: checks lengths before it reserves memory, and offsets before it follows them.

use crate::cube::column::{Counts, Figures, MOST_PERIODS};
use crate::cube::steps::MILLIONTHS;
use crate::cube::table::{Economy, Energy, Factor, Run};
use crate::cube::{Axis, Cube, Kind, Level, Member};
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::Grain;
use nengce_shared::unit_class::UnitClass;

/// Why bytes are no cube.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CubeError {
    /// The bytes begin otherwise than a cube.
    #[error("these bytes are not a cube")]
    NotACube,
    /// The bytes begin otherwise than a snapshot.
    #[error("these bytes are not a snapshot")]
    NotASnapshot,
    /// Another version of the format.
    #[error(
        "a cube of format {0}, this program reads format 1; reload the page or update the client"
    )]
    Format(u16),
    /// The checksum does not match.
    #[error("the cube is damaged: its checksum does not fit; ask for it again")]
    Checksum,
    /// The bytes end too early.
    #[error("the cube ends too early; ask for it again")]
    Truncated,
    /// A part contradicts another one.
    #[error("the cube contradicts itself: {0}")]
    Invalid(&'static str),
}

type Result<T> = std::result::Result<T, CubeError>;

/// The bytes that are not read yet.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// A reader of these bytes.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (found, rest) = self.0.split_at_checked(count).ok_or(CubeError::Truncated)?;
        self.0 = rest;
        Ok(found)
    }

    /// The next `N` bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.bytes(N)?.try_into().map_err(|_| CubeError::Truncated)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    /// The next whole number.
    pub(crate) fn number(&mut self) -> Result<usize> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    /// The next texts.
    pub(crate) fn texts(&mut self, count: usize) -> Result<Vec<String>> {
        let lengths = self.bytes(product(count, 2)?)?;
        let lengths =
            lengths.chunks_exact(2).map(|it| usize::from(it[0]) | usize::from(it[1]) << 8);
        lengths
            .map(|length| {
                let text = std::str::from_utf8(self.bytes(length)?);
                text.map(str::to_owned).map_err(|_| CubeError::Invalid("a text is not UTF-8"))
            })
            .collect()
    }

    fn counts(&mut self, len: usize) -> Result<Counts<'a>> {
        let width = self.byte()?;
        if width > 4 {
            return Err(CubeError::Invalid("a column is too wide"));
        }
        let planes: Result<Vec<&[u8]>> = (0..width).map(|_| self.bytes(len)).collect();
        Ok(Counts::borrowed(planes?.into_iter()))
    }

    /// Numbers below a bound.
    pub(crate) fn places(
        &mut self,
        len: usize,
        below: usize,
        what: &'static str,
    ) -> Result<Vec<u32>> {
        let column = self.counts(len)?;
        if len > 0 && column.planes().len() == 0 && below == 0 {
            return Err(CubeError::Invalid(what));
        }
        let all: Vec<u32> = (0..len).map(|at| column.get(at)).collect();
        if all.iter().any(|it| *it as usize >= below) {
            return Err(CubeError::Invalid(what));
        }
        Ok(all)
    }

    fn wide(&mut self, len: usize) -> Result<Vec<u64>> {
        let all = self.bytes(product(len, 8)?)?;
        let number = |at: usize| {
            (0..8).fold(0, |it, plane| it | u64::from(all[plane * len + at]) << (8 * plane))
        };
        Ok((0..len).map(number).collect())
    }

    /// Exact figures.
    pub(crate) fn floats(&mut self, len: usize) -> Result<Vec<f64>> {
        Ok(self.wide(len)?.into_iter().map(f64::from_bits).collect())
    }

    /// The next bases.
    pub(crate) fn bases(&mut self, len: usize) -> Result<Vec<Basis>> {
        let basis = |it: &u8| Basis::from_code(u16::from(*it));
        let found: Option<Vec<Basis>> = self.bytes(len)?.iter().map(basis).collect();
        found.ok_or(CubeError::Invalid("an unknown basis"))
    }

    /// Nothing is left.
    pub(crate) fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(CubeError::Invalid("bytes after its end")) }
    }

    fn steps(&mut self, len: usize) -> Result<Vec<f64>> {
        let steps = self.floats(len)?;
        let valid = steps.iter().all(|it| it.is_finite() && *it > 0.0);
        valid.then_some(steps).ok_or(CubeError::Invalid("a step is no positive number"))
    }

    fn figures(&mut self, len: usize) -> Result<Figures<'a>> {
        Ok(Figures::borrowed([self.bytes(len)?, self.bytes(len)?, self.bytes(len)?]))
    }
}

fn product(a: usize, b: usize) -> Result<usize> {
    a.checked_mul(b).ok_or(CubeError::Truncated)
}

/// Reads a cube.
pub(super) fn body(mut from: Reader<'_>) -> Result<Cube<'_>> {
    let version = u64::from_le_bytes(from.array()?);
    let (grain, level) = (from.byte()?, from.byte()?);
    let grain = Grain::from_code(grain.into()).ok_or(CubeError::Invalid("an unknown grain"))?;
    let level = Level::from_code(level.into()).ok_or(CubeError::Invalid("an unknown level"))?;
    let first = i32::from_le_bytes(from.array()?);
    let periods = from.number()?;
    let axis = Axis::of(grain, first, periods).filter(|_| periods <= MOST_PERIODS);
    let axis = axis.ok_or(CubeError::Invalid("periods outside the calendar"))?;
    let members = members(&mut from)?;
    let energies = kinds(&mut from)?;
    let products = kinds(&mut from)?;
    let energy = energy(&mut from, periods, members.len(), energies.len())?;
    let economy = economy(&mut from, periods, members.len(), products.len())?;
    from.end()?;
    Ok(Cube { version, level, axis, members, energies, products, energy, economy })
}

fn members(from: &mut Reader<'_>) -> Result<Vec<Member>> {
    let count = from.number()?;
    let classes = from.bytes(count)?;
    let codes = from.texts(count)?.into_iter();
    let rest = codes.zip(from.texts(count)?).zip(from.texts(count)?).zip(from.texts(count)?);
    let member = |(((code, name), region), industry): (((String, String), String), String),
                  class| {
        Ok(Member {
            code,
            name,
            region,
            industry,
            class: UnitClass::from_code(class).ok_or(CubeError::Invalid("an unknown class"))?,
        })
    };
    rest.zip(classes).map(|(texts, class)| member(texts, u16::from(*class))).collect()
}

fn kinds(from: &mut Reader<'_>) -> Result<Vec<Kind>> {
    let count = from.number()?;
    let groups = from.bytes(count)?;
    let codes = from.texts(count)?.into_iter();
    let rest = codes.zip(from.texts(count)?).zip(from.texts(count)?).zip(from.texts(count)?);
    rest.zip(groups)
        .map(|((((code, zh), en), unit), group)| {
            let group = EnergyGroup::from_code(u16::from(*group));
            Ok(Kind {
                code,
                zh,
                en,
                unit,
                group: group.ok_or(CubeError::Invalid("an unknown energy group"))?,
            })
        })
        .collect()
}

fn energy<'a>(
    from: &mut Reader<'a>,
    periods: usize,
    members: usize,
    kinds: usize,
) -> Result<Energy<'a>> {
    let series = from.number()?;
    let member = from.places(series, members, "a series of no member")?;
    let kind = from.places(series, kinds, "a series of no energy type")?;
    let step = from.steps(series)?;
    let count = from.number()?;
    let sides = [from.wide(count)?, from.wide(count)?];
    let kgce = |millionths: u64| {
        let it = millionths as i64;
        (it != i64::MIN).then_some(it as f64 / MILLIONTHS)
    };
    let factors: Vec<Factor> =
        (0..count).map(|at| Factor { kgce: [kgce(sides[0][at]), kgce(sides[1][at])] }).collect();
    let runs = from.number()?;
    let lengths = from.places(series, runs + 1, "too many runs")?;
    let until = from.places(runs, periods + 1, "a run past the last period")?;
    let factor = from.places(runs, count, "a run of no factor")?;
    let mut first_run = vec![0u32];
    for length in lengths {
        let start = first_run[first_run.len() - 1] as usize;
        let end = start + length as usize;
        let own = until.get(start..end).ok_or(CubeError::Invalid("too many runs"))?;
        if !own.is_sorted() || own.last().is_none_or(|it| *it as usize != periods) {
            return Err(CubeError::Invalid("runs that do not cover their series"));
        }
        first_run.push(end as u32);
    }
    let runs = until.into_iter().zip(factor);
    let cells = product(series, periods)?;
    Ok(Energy {
        periods,
        member,
        kind,
        step,
        first_run,
        runs: runs.map(|(until, factor)| Run { until, factor }).collect(),
        factors,
        quantity: from.figures(cells)?,
        expected: from.counts(cells)?,
        lacking: from.counts(cells)?,
    })
}

fn economy<'a>(
    from: &mut Reader<'a>,
    periods: usize,
    members: usize,
    products: usize,
) -> Result<Economy<'a>> {
    let series = from.number()?;
    Ok(Economy {
        periods,
        member: from.places(series, members, "a series of no member")?,
        kind: from.places(series, products + 1, "a series of no product")?,
        step: from.steps(series)?,
        amount: from.figures(product(series, periods)?)?,
    })
}
