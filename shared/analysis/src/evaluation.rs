//! The snapshot seen by one query: the units in scope, their sums over the span and the comparison span, and the
//! coverage that every answer states.

use nengce_shared::api::common::{Named, Scope, UnitRef, Warning};
use nengce_shared::api::dual_control::Change;
use nengce_shared::month::Month;
use nengce_shared::quality::{self, COMPLETENESS_THRESHOLD};
use nengce_shared::warning;

use super::catalog::{Catalog, division};
use super::query::Query;
use super::reporting;
use super::snapshot::{PartialMonth, Snapshot};
use super::spans::Comparison;
use super::unit_totals::{UnitTotals, add, add_all, beside, change, month_tce, unit_totals};

/// Months of the small lines beside a figure.
const SPARKLINE_MONTHS: i32 = 24;

/// Snapshot, names and sums of a query.
pub struct Evaluation<'a> {
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// The names of the snapshot.
    pub catalog: &'a Catalog,
    /// The query.
    pub query: &'a Query,
    /// Units in scope.
    pub selected: Vec<usize>,
    /// Units compared with, when the scope is compared with others.
    pub compared_units: Option<Vec<usize>>,
    /// By unit index, all units.
    pub now: Vec<UnitTotals>,
    /// By unit index, the sums of the comparison.
    pub before: Vec<UnitTotals>,
}

impl<'a> Evaluation<'a> {
    /// Sums every unit; `partial_months` are the days of `query.spans.partial_months()`.
    pub fn new(snapshot: &'a Snapshot, query: &'a Query, partial_months: &[PartialMonth]) -> Self {
        let sums = |parts| unit_totals(snapshot, query.basis, &parts, partial_months);
        Self {
            snapshot,
            catalog: &snapshot.catalog,
            query,
            selected: query.filter.select(snapshot),
            compared_units: query.compared_units(snapshot),
            now: sums(query.spans.now_parts()),
            before: sums(query.spans.before_parts()),
        }
    }

    /// tce of a unit over the span.
    pub fn tce(&self, unit: usize) -> Option<f64> {
        self.now[unit].tce(&self.query.filter.energy)
    }

    /// tce of a unit over the comparison span; against others a unit has nothing to compare with.
    pub fn tce_before(&self, unit: usize) -> Option<f64> {
        if self.compared_units.is_some() {
            return None;
        }
        self.before[unit].tce(&self.query.filter.energy)
    }

    /// tce of units over the span against the comparison span; without a change where these cannot be compared.
    pub fn total(&self, units: &[usize]) -> Change {
        let total = change(
            add_all(units.iter().map(|it| self.tce(*it))),
            add_all(units.iter().map(|it| self.tce_before(*it))),
        );
        Change { change: total.change.filter(|_| self.is_comparable(units)), ..total }
    }

    /// The months with a figure that the units have in the comparison span ÷ those that they have in the span, at most 1;
    /// `None` where the span has none. Units whose data begin later would else look like growth.
    pub fn comparison_coverage(&self, units: &[usize]) -> Option<f64> {
        let sum = |spans: &[UnitTotals]| units.iter().map(|it| u64::from(spans[*it].months)).sum();
        quality::completeness(sum(&self.before), sum(&self.now))
    }

    /// Whether a change against the comparison span says something about the energy of these units.
    pub fn is_comparable(&self, units: &[usize]) -> bool {
        self.compared_units.is_some()
            || self.comparison_coverage(units).is_none_or(|it| it >= COMPLETENESS_THRESHOLD)
    }

    /// tce of units over the span against the comparison span, or against other units over the same span.
    pub fn total_compared(&self, units: &[usize], compared_units: Option<&[usize]>) -> Change {
        let Some(compared_units) = compared_units else {
            return self.total(units);
        };
        let sum = |units: &[usize]| add_all(units.iter().map(|it| self.tce(*it)));
        let share = self.share(units, compared_units);
        self.compared(sum(units), sum(compared_units).map(|it| it * share))
    }

    /// A figure against its comparison: growth against an earlier span and against as many peers, an index against
    /// another district.
    pub fn compared(&self, value: Option<f64>, previous: Option<f64>) -> Change {
        match self.query.comparison {
            Some(Comparison::District(_)) => beside(value, previous),
            _ => change(value, previous),
        }
    }

    /// How many times a sum over compared_units counts against units: whole for a district, the average as often as there are
    /// units for peers.
    pub fn share(&self, units: &[usize], compared_units: &[usize]) -> f64 {
        match self.query.comparison {
            Some(Comparison::Peers) => {
                f64::from(self.count(units)) / f64::from(self.reporting(compared_units).max(1))
            }
            _ => 1.0,
        }
    }

    /// The compared_units that are of a kind, when the scope is compared with others.
    pub fn compared_units_where(
        &self,
        takes: impl Fn(&super::snapshot::Unit) -> bool,
    ) -> Option<Vec<usize>> {
        let compared_units = self.compared_units.as_ref()?.iter().copied();
        Some(compared_units.filter(|it| takes(&self.snapshot.units[*it])).collect())
    }

    /// tce of units in a month.
    pub fn month(&self, units: &[usize], month: Month) -> Option<f64> {
        let (basis, energy) = (self.query.basis, &self.query.filter.energy);
        add_all(units.iter().map(|it| month_tce(self.snapshot, basis, *it, month, energy)))
    }

    /// The last 24 months up to the span's end, oldest first.
    pub fn spark(&self, units: &[usize]) -> Vec<Option<f64>> {
        let first = Month::of(self.query.spans.now.to()).plus(1 - SPARKLINE_MONTHS);
        let (basis, energy) = (self.query.basis, &self.query.filter.energy);
        let mut sums = vec![None; SPARKLINE_MONTHS as usize];
        // Unit by unit: its months lie together.
        for unit in units {
            for (sum, at) in sums.iter_mut().zip(0..) {
                let tce = month_tce(self.snapshot, basis, *unit, first.plus(at), energy);
                *sum = add(*sum, tce);
            }
        }
        sums
    }

    /// received / expected over the span.
    pub fn completeness(&self, units: &[usize]) -> Option<f64> {
        let sum = |part: fn(&UnitTotals) -> u64| units.iter().map(|it| part(&self.now[*it])).sum();
        quality::completeness(sum(|it| it.received), sum(|it| it.expected))
    }

    /// How many units these are: a group counts its own.
    pub fn count(&self, units: &[usize]) -> u32 {
        units.iter().map(|it| self.snapshot.stands_for(*it)).sum()
    }

    /// Units with a figure in the span.
    pub fn reporting(&self, units: &[usize]) -> u32 {
        let months = self.query.spans.now_parts().whole;
        let of = |unit: usize| {
            let own = || u32::from(self.now[unit].is_reporting());
            self.snapshot.reporting_of(unit, &months).unwrap_or_else(own)
        };
        units.iter().map(|it| of(*it)).sum()
    }

    /// Units with a figure in a month.
    pub fn reporting_in(&self, units: &[usize], month: Month) -> u32 {
        let of = |unit: usize| {
            let own = || u32::from(self.snapshot.reports(unit, month));
            self.snapshot.reporting_of(unit, &[month]).unwrap_or_else(own)
        };
        units.iter().map(|it| of(*it)).sum()
    }

    /// Days with data of a month: the most that any of the units has.
    pub fn days_done(&self, units: &[usize], month: Month) -> u8 {
        units.iter().map(|it| self.snapshot.days(*it, month)).max().unwrap_or(0)
    }

    /// A unit, named.
    pub fn unit_ref(&self, unit: usize) -> UnitRef {
        unit_ref(self.snapshot, unit)
    }

    /// Units in scope by region, regions in the order of the list, unlisted ones last.
    pub fn by_region(&self) -> Vec<(Named, Vec<usize>)> {
        let mut codes: Vec<&str> = self.catalog.regions.iter().map(|it| it.code.as_str()).collect();
        let listed = codes.len();
        codes.extend(self.selected.iter().map(|it| self.snapshot.units[*it].region.as_str()));
        codes[listed..].sort_unstable();
        let mut groups: Vec<(Named, Vec<usize>)> = Vec::new();
        for code in codes {
            if groups.iter().any(|(name, _)| name.code == code) {
                continue;
            }
            groups.push((self.catalog.region(code), self.where_unit(|it| it.region == code)));
        }
        groups.retain(|(_, units)| !units.is_empty());
        groups
    }

    /// Units in scope by letter and division, in the order of the code.
    pub fn by_industry(&self) -> Vec<(Named, Vec<usize>)> {
        let mut codes: Vec<&str> =
            self.selected.iter().map(|it| division(&self.snapshot.units[*it].industry)).collect();
        codes.sort_unstable();
        codes.dedup();
        let group = |code: &str| {
            (self.catalog.industry(code), self.where_unit(|it| division(&it.industry) == code))
        };
        codes.into_iter().map(group).collect()
    }

    fn where_unit(&self, takes: impl Fn(&super::snapshot::Unit) -> bool) -> Vec<usize> {
        self.selected.iter().copied().filter(|it| takes(&self.snapshot.units[*it])).collect()
    }

    /// What the answer covers.
    pub fn scope(&self) -> Scope {
        let Query { filter, basis, spans, comparison } = self.query;
        // Others are compared with over the same days.
        let before = match comparison {
            Some(_) => spans.now,
            None => spans.before,
        };
        let newest = self
            .selected
            .iter()
            .filter_map(|it| self.snapshot.units[*it].last_upload.as_ref())
            .max();
        Scope {
            from: spans.now.from().to_string(),
            to: spans.now.to().to_string(),
            compare_from: before.from().to_string(),
            compare_to: before.to().to_string(),
            compare_region: match comparison {
                Some(Comparison::District(code)) => Some(code.clone()),
                _ => None,
            },
            compare_peers: match comparison {
                Some(Comparison::Peers) => self.compared_units.as_ref().map(|it| self.count(it)),
                _ => None,
            },
            basis: *basis,
            region: joined(&filter.region),
            industry: joined(&filter.industry),
            class: joined(&filter.class),
            energy: joined(&filter.energy),
            unit: joined(&filter.unit),
            units: self.count(&self.selected),
            units_reporting: self.reporting(&self.selected),
            reporting_today: reporting::sum(
                self.selected.iter().map(|it| &self.snapshot.reporting[*it]),
            ),
            completeness: self.completeness(&self.selected),
            comparison_coverage: match comparison {
                Some(_) => None,
                None => self.comparison_coverage(&self.selected),
            },
            data_until: self.snapshot.data_until.map(|it| it.to_string()),
            data_time: newest.cloned(),
            factor_edition: self.catalog.factor_edition.clone(),
            price_year: self.snapshot.price_year,
            data_version: self.snapshot.version,
        }
    }
}

/// The values as the parameter writes them.
fn joined(list: &[impl ToString]) -> Option<String> {
    let words: Vec<String> = list.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| words.join(","))
}

/// A unit, named.
pub fn unit_ref(snapshot: &Snapshot, unit: usize) -> UnitRef {
    let catalog = &snapshot.catalog;
    let it = &snapshot.units[unit];
    UnitRef {
        enterprise_code: it.code.clone(),
        name: it.name.clone(),
        region: catalog.region(&it.region),
        industry: catalog.industry(&it.industry),
        class: it.class,
    }
}

/// A level without its margin, as it goes out.
pub fn outgoing(warning: warning::Warning) -> Warning {
    Warning { level: warning.level, rule: warning.rule }
}
