//! The snapshot seen by one question: the units in scope, their sums over the span and the comparison span, and the
//! coverage that every answer states.

use nengce_shared::api::common::{Named, Scope, UnitRef, Warning};
use nengce_shared::api::dual_control::Change;
use nengce_shared::month::Month;
use nengce_shared::quality;
use nengce_shared::warning;

use super::catalog::{Catalog, division};
use super::facts::{Facts, Fringe};
use super::question::Question;
use super::spans::Rival;
use super::sums::{UnitSpan, add, add_all, beside, change, month_tce, unit_spans};

/// Months of the small lines beside a figure.
const SPARK: i32 = 24;

/// Facts, names and sums of a question.
pub struct Picture<'a> {
    pub facts: &'a Facts,
    pub catalog: &'a Catalog,
    pub question: &'a Question,
    /// Units in scope.
    pub selected: Vec<usize>,
    /// Units compared with, when the scope is compared with others.
    pub rivals: Option<Vec<usize>>,
    /// By unit index, all units.
    pub now: Vec<UnitSpan>,
    pub before: Vec<UnitSpan>,
}

impl<'a> Picture<'a> {
    /// Sums every unit; `fringes` are the days of `question.spans.fringes()`.
    pub fn new(
        facts: &'a Facts,
        catalog: &'a Catalog,
        question: &'a Question,
        fringes: &[Fringe],
    ) -> Self {
        let sums = |parts| unit_spans(facts, question.basis, &parts, fringes);
        Self {
            facts,
            catalog,
            question,
            selected: question.filter.select(facts),
            rivals: question.rivals(facts),
            now: sums(question.spans.now_parts()),
            before: sums(question.spans.before_parts()),
        }
    }

    /// tce of a unit over the span.
    pub fn tce(&self, unit: usize) -> Option<f64> {
        self.now[unit].tce(&self.question.filter.energy)
    }

    /// tce of a unit over the comparison span; against others a unit has nothing to compare with.
    pub fn tce_before(&self, unit: usize) -> Option<f64> {
        if self.rivals.is_some() {
            return None;
        }
        self.before[unit].tce(&self.question.filter.energy)
    }

    /// tce of units over the span against the comparison span.
    pub fn total(&self, units: &[usize]) -> Change {
        change(
            add_all(units.iter().map(|it| self.tce(*it))),
            add_all(units.iter().map(|it| self.tce_before(*it))),
        )
    }

    /// tce of units over the span against the comparison span, or against other units over the same span.
    pub fn total_against(&self, units: &[usize], rivals: Option<&[usize]>) -> Change {
        let Some(rivals) = rivals else {
            return self.total(units);
        };
        let sum = |units: &[usize]| add_all(units.iter().map(|it| self.tce(*it)));
        let share = self.share(units, rivals);
        self.compared(sum(units), sum(rivals).map(|it| it * share))
    }

    /// A figure against its comparison: growth against an earlier span and against as many peers, an index against
    /// another district.
    pub fn compared(&self, value: Option<f64>, previous: Option<f64>) -> Change {
        match self.question.against {
            Some(Rival::District(_)) => beside(value, previous),
            _ => change(value, previous),
        }
    }

    /// How many times a sum over rivals counts against units: whole for a district, the average as often as there are
    /// units for peers.
    pub fn share(&self, units: &[usize], rivals: &[usize]) -> f64 {
        match self.question.against {
            Some(Rival::Peers) => {
                f64::from(self.count(units)) / f64::from(self.reporting(rivals).max(1))
            }
            _ => 1.0,
        }
    }

    /// The rivals that are of a kind, when the scope is compared with others.
    pub fn rivals_where(
        &self,
        takes: impl Fn(&super::facts::UnitInfo) -> bool,
    ) -> Option<Vec<usize>> {
        let rivals = self.rivals.as_ref()?.iter().copied();
        Some(rivals.filter(|it| takes(&self.facts.units[*it])).collect())
    }

    /// tce of units in a month.
    pub fn month(&self, units: &[usize], month: Month) -> Option<f64> {
        let (basis, energy) = (self.question.basis, &self.question.filter.energy);
        add_all(units.iter().map(|it| month_tce(self.facts, basis, *it, month, energy)))
    }

    /// The last 24 months up to the span's end, oldest first.
    pub fn spark(&self, units: &[usize]) -> Vec<Option<f64>> {
        let first = Month::of(self.question.spans.now.to()).plus(1 - SPARK);
        let (basis, energy) = (self.question.basis, &self.question.filter.energy);
        let mut sums = vec![None; SPARK as usize];
        // Unit by unit: its months lie together.
        for unit in units {
            for (sum, at) in sums.iter_mut().zip(0..) {
                let tce = month_tce(self.facts, basis, *unit, first.plus(at), energy);
                *sum = add(*sum, tce);
            }
        }
        sums
    }

    /// received / expected over the span.
    pub fn completeness(&self, units: &[usize]) -> Option<f64> {
        let sum = |part: fn(&UnitSpan) -> u64| units.iter().map(|it| part(&self.now[*it])).sum();
        quality::completeness(sum(|it| it.received), sum(|it| it.expected))
    }

    /// How many units these are: a group counts its own.
    pub fn count(&self, units: &[usize]) -> u32 {
        units.iter().map(|it| self.facts.stands_for(*it)).sum()
    }

    /// Units with a figure in the span.
    pub fn reporting(&self, units: &[usize]) -> u32 {
        let months = self.question.spans.now_parts().whole;
        let of = |unit: usize| {
            let own = || u32::from(self.now[unit].is_reporting());
            self.facts.reporting_of(unit, &months).unwrap_or_else(own)
        };
        units.iter().map(|it| of(*it)).sum()
    }

    /// Units with a figure in a month.
    pub fn reporting_in(&self, units: &[usize], month: Month) -> u32 {
        let of = |unit: usize| {
            let own = || u32::from(self.facts.reports(unit, month));
            self.facts.reporting_of(unit, &[month]).unwrap_or_else(own)
        };
        units.iter().map(|it| of(*it)).sum()
    }

    /// Days with data of a month: the most that any of the units has.
    pub fn days_done(&self, units: &[usize], month: Month) -> u8 {
        units.iter().map(|it| self.facts.days(*it, month)).max().unwrap_or(0)
    }

    /// A unit, named.
    pub fn unit_ref(&self, unit: usize) -> UnitRef {
        unit_ref(self.facts, self.catalog, unit)
    }

    /// Units in scope by region, regions in the order of the list, unlisted ones last.
    pub fn by_region(&self) -> Vec<(Named, Vec<usize>)> {
        let mut codes: Vec<&str> = self.catalog.regions.iter().map(|it| it.code.as_str()).collect();
        let listed = codes.len();
        codes.extend(self.selected.iter().map(|it| self.facts.units[*it].region.as_str()));
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
            self.selected.iter().map(|it| division(&self.facts.units[*it].industry)).collect();
        codes.sort_unstable();
        codes.dedup();
        let group = |code: &str| {
            (self.catalog.industry(code), self.where_unit(|it| division(&it.industry) == code))
        };
        codes.into_iter().map(group).collect()
    }

    fn where_unit(&self, takes: impl Fn(&super::facts::UnitInfo) -> bool) -> Vec<usize> {
        self.selected.iter().copied().filter(|it| takes(&self.facts.units[*it])).collect()
    }

    /// What the answer covers.
    pub fn scope(&self) -> Scope {
        let Question { filter, basis, spans, against } = self.question;
        // Others are compared with over the same days.
        let before = match against {
            Some(_) => spans.now,
            None => spans.before,
        };
        let newest =
            self.selected.iter().filter_map(|it| self.facts.units[*it].last_upload.as_ref()).max();
        Scope {
            from: spans.now.from().to_string(),
            to: spans.now.to().to_string(),
            compare_from: before.from().to_string(),
            compare_to: before.to().to_string(),
            compare_region: match against {
                Some(Rival::District(code)) => Some(code.clone()),
                _ => None,
            },
            compare_peers: match against {
                Some(Rival::Peers) => self.rivals.as_ref().map(|it| self.count(it)),
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
            completeness: self.completeness(&self.selected),
            data_until: self.facts.data_until.map(|it| it.to_string()),
            data_time: newest.cloned(),
            factor_edition: self.catalog.factor_edition.clone(),
            price_year: self.facts.price_year,
            data_version: self.facts.version,
        }
    }
}

/// The values as the parameter writes them.
fn joined(list: &[impl ToString]) -> Option<String> {
    let words: Vec<String> = list.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| words.join(","))
}

/// A unit, named.
pub fn unit_ref(facts: &Facts, catalog: &Catalog, unit: usize) -> UnitRef {
    let it = &facts.units[unit];
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
