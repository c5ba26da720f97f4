//! Grouping by any set of dimensions. Dimensions other than time are looked up once per series; a period is a run of
//! the series' cells.

use std::collections::HashMap;
use std::ops::Range;

use super::totals::Totals;
use super::{Cube, Dim, Filter};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::Grain;
use nengce_shared::unit_class::UnitClass;

/// One group: the place of each dimension's word, in the order asked, and its totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub key: Vec<u32>,
    pub totals: Totals,
}

/// Groups in the order of their keys, and the words of each dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped {
    pub dims: Vec<Dim>,
    pub words: Vec<Vec<String>>,
    pub rows: Vec<Row>,
}

impl Grouped {
    /// The words of a row.
    pub fn label<'g>(&'g self, row: &'g Row) -> impl Iterator<Item = &'g str> {
        let words = row.key.iter().zip(&self.words);
        words.map(|(at, words)| words[*at as usize].as_str())
    }
}

/// Places of the members and kinds along the non-time dimensions, as one mixed number.
pub(super) struct Places {
    dims: Vec<Dim>,
    sizes: Vec<u64>,
}

impl Places {
    /// Of the dimensions that are not time.
    pub fn new(cube: &Cube<'_>, dims: &[Dim]) -> Self {
        let dims: Vec<Dim> = dims.iter().copied().filter(|it| it.time().is_none()).collect();
        Self { sizes: dims.iter().map(|it| cube.size(*it) as u64).collect(), dims }
    }

    /// The group of an energy series; none where a dimension does not concern energy.
    pub fn of_energy(&self, cube: &Cube<'_>, member: u32, kind: u32) -> Option<u64> {
        self.mixed(|dim| match dim {
            Dim::Energy => Some(u32::from(cube.energies[kind as usize].group.code()) - 1),
            Dim::EnergyType => Some(kind),
            Dim::Product => None,
            _ => Some(cube.place_of(dim, member)),
        })
    }

    /// The group of an economy series.
    pub fn of_economy(&self, cube: &Cube<'_>, member: u32, kind: u32) -> Option<u64> {
        self.mixed(|dim| match dim {
            Dim::Energy | Dim::EnergyType => None,
            Dim::Product => kind.checked_sub(1),
            _ => Some(cube.place_of(dim, member)),
        })
    }

    fn mixed(&self, place: impl Fn(Dim) -> Option<u32>) -> Option<u64> {
        let parts = self.dims.iter().zip(&self.sizes);
        parts.map(|(dim, size)| Some((u64::from(place(*dim)?), *size))).try_fold(
            0u64,
            |mixed, part| {
                let (place, size) = part?;
                mixed.checked_mul(size)?.checked_add(place)
            },
        )
    }

    /// The places again.
    pub fn split(&self, mut mixed: u64) -> Vec<u32> {
        let mut places = vec![0; self.sizes.len()];
        for (place, size) in places.iter_mut().zip(&self.sizes).rev() {
            *place = (mixed % size.max(&1)) as u32;
            mixed /= size.max(&1);
        }
        places
    }
}

impl Cube<'_> {
    pub(super) fn place_of(&self, dim: Dim, member: u32) -> u32 {
        let at = member as usize;
        match dim {
            Dim::Region => self.attributes.region.of[at],
            Dim::Industry => self.attributes.industry.of[at],
            Dim::Sector => self.attributes.sector.of[at],
            Dim::Class => u32::from(self.members[at].class.code()) - 1,
            _ => member,
        }
    }

    fn size(&self, dim: Dim) -> usize {
        match dim {
            Dim::Region => self.attributes.region.words.len(),
            Dim::Industry => self.attributes.industry.words.len(),
            Dim::Sector => self.attributes.sector.words.len(),
            Dim::Class => UnitClass::ALL.len(),
            Dim::Energy => EnergyGroup::ALL.len(),
            Dim::EnergyType => self.energies.len(),
            Dim::Product => self.products.len(),
            Dim::Unit => self.members.len(),
            Dim::Period | Dim::Month | Dim::Year => self.axis.len(),
        }
    }

    /// The words of a dimension by place: codes, not names.
    pub fn words(&self, dim: Dim) -> Vec<String> {
        let codes = |kinds: &[super::Kind]| kinds.iter().map(|it| it.code.clone()).collect();
        match dim {
            Dim::Region => self.attributes.region.words.clone(),
            Dim::Industry => self.attributes.industry.words.clone(),
            Dim::Sector => self.attributes.sector.words.clone(),
            Dim::Class => UnitClass::ALL.iter().map(|it| it.to_string()).collect(),
            Dim::Energy => EnergyGroup::ALL.iter().map(|it| it.to_string()).collect(),
            Dim::EnergyType => codes(&self.energies),
            Dim::Product => codes(&self.products),
            Dim::Unit => self.members.iter().map(|it| it.code.clone()).collect(),
            Dim::Period => (0..self.axis.len()).map(|at| self.axis.label(at)).collect(),
            Dim::Month | Dim::Year => {
                let by = dim.time().unwrap_or(Grain::Day);
                self.axis.stretches(by).into_iter().map(|it| it.0).collect()
            }
        }
    }

    /// The totals of every group that has any.
    pub fn group(&self, filter: &Filter, dims: &[Dim]) -> Grouped {
        let places = Places::new(self, dims);
        let time = dims.iter().position(|it| it.time().is_some());
        let stretches = self.stretches(filter, time.map(|at| dims[at]));
        let mut groups: HashMap<u64, usize> = HashMap::new();
        let mut totals: Vec<Totals> = Vec::new();
        let mut group = |mixed: u64, totals: &mut Vec<Totals>| {
            *groups.entry(mixed).or_insert_with(|| {
                totals.resize(totals.len() + stretches.len(), Totals::default());
                totals.len() - stretches.len()
            })
        };
        for series in 0..self.energy.series() {
            let (member, kind) = (self.energy.member[series], self.energy.kind[series]);
            if !filter.has_energy(member, kind) {
                continue;
            }
            if let Some(mixed) = places.of_energy(self, member, kind) {
                let first = group(mixed, &mut totals);
                for (at, (_, stretch)) in stretches.iter().enumerate() {
                    self.energy.add(series, stretch, &mut totals[first + at]);
                }
            }
        }
        for series in 0..self.economy.series() {
            let (member, kind) = (self.economy.member[series], self.economy.kind[series]);
            if !filter.has_economy(member, kind) {
                continue;
            }
            if let Some(mixed) = places.of_economy(self, member, kind) {
                let first = group(mixed, &mut totals);
                for (at, (_, stretch)) in stretches.iter().enumerate() {
                    self.economy.add(series, stretch, &mut totals[first + at]);
                }
            }
        }
        let mut rows = Vec::with_capacity(totals.len());
        #[expect(clippy::iter_over_hash_type, reason = "the rows are sorted afterwards")]
        for (mixed, first) in groups {
            let key = places.split(mixed);
            for (at, (place, _)) in stretches.iter().enumerate() {
                let totals = totals[first + at];
                if !totals.is_empty() {
                    let mut key = key.clone();
                    if let Some(time) = time {
                        key.insert(time, *place);
                    }
                    rows.push(Row { key, totals });
                }
            }
        }
        rows.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Grouped {
            dims: dims.to_vec(),
            words: dims.iter().map(|it| self.words(*it)).collect(),
            rows,
        }
    }

    /// The stretches of periods to sum, with their places among the dimension's words.
    fn stretches(&self, filter: &Filter, by: Option<Dim>) -> Vec<(u32, Range<usize>)> {
        let span = &filter.periods;
        let Some(by) = by.and_then(Dim::time) else {
            return vec![(0, span.clone())];
        };
        let all = self.axis.stretches(by).into_iter().enumerate();
        all.map(|(at, (_, it))| (at as u32, it.start.max(span.start)..it.end.min(span.end)))
            .filter(|(_, it)| !it.is_empty())
            .collect()
    }
}
