//! The economy and the targets of the invented city, consistent with the consumption of its units.

use std::collections::BTreeMap;

use nengce_shared::basis::Basis;
use nengce_shared::month::Month;

use crate::reference::Dictionaries;

use super::DemoCity;
use super::calendar::{date_of, index_of};
use super::districts::{CITY_ANNUAL_FALL, CITY_FIVE_YEAR_FALL, DISTRICTS, District};
use super::unit::Role;

/// The GB/T 2260 code of the whole city.
pub const CITY: &str = "120000";
/// Value added is at the prices of this year.
pub const PRICE_YEAR: i16 = 2020;

/// Months of a quarter-driven economy, mean 1.
const SEASON: [f64; 12] = [0.90, 0.86, 1.02, 0.97, 0.99, 1.05, 0.98, 1.00, 1.05, 1.01, 1.04, 1.13];

/// The value added of a district or the city in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct EconomyRow {
    /// The GB/T 2260 code.
    pub region: String,
    /// The month.
    pub month: Month,
    /// 10^4 yuan at the prices of [`PRICE_YEAR`].
    pub value_added: f64,
}

/// A control target of a district or the city.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    /// The GB/T 2260 code.
    pub region: String,
    /// `total_tce`, `annual_fall` or `five_year_fall`.
    pub kind: &'static str,
    /// The first year of the target.
    pub from_year: i16,
    /// The last year of the target, included.
    pub to_year: i16,
    /// tce on the equivalent basis for `total_tce`, a positive fraction for a fall.
    pub value: f64,
}

/// Value added of every district and the city, month by month.
pub fn economy(from: Month, to: Month) -> Vec<EconomyRow> {
    let mut rows = Vec::new();
    for ordinal in 0..=to.since(from) {
        let month = from.plus(ordinal);
        let mut sum = 0.0;
        for district in DISTRICTS {
            let value_added = (value_added(&district, month) * 10.0).round() / 10.0;
            sum += value_added;
            rows.push(EconomyRow { region: region(&district), month, value_added });
        }
        rows.push(EconomyRow {
            region: CITY.to_owned(),
            month,
            value_added: (sum * 10.0).round() / 10.0,
        });
    }
    rows
}

fn value_added(district: &District, month: Month) -> f64 {
    let years = f64::from(index_of(month.first_day()) + 15) / 365.25 - 0.5;
    let season = SEASON[month.month() as usize - 1];
    district.gdp * 10_000.0 / 12.0 * season * (1.0 + district.gdp_growth).powf(years)
}

fn region(district: &District) -> String {
    format!("1201{:02}", district.code)
}

impl DemoCity {
    /// True consumption of each district and the city in a year, tce on the equivalent basis.
    pub fn annual_tce(&self, dictionaries: &Dictionaries, year: i16) -> BTreeMap<String, f64> {
        let mut totals = BTreeMap::new();
        let first = index_of(jiff::civil::date(year, 1, 1));
        let last = index_of(jiff::civil::date(year, 12, 31));
        let mid = date_of((first + last) / 2);
        let days: Vec<_> = (first..=last).map(|it| self.truth.day(it)).collect();
        for unit in &self.units {
            let weights: Vec<f64> = unit
                .items
                .iter()
                .map(|item| {
                    let sign = if item.data_code.ends_with("-30") { -1.0 } else { 1.0 };
                    let factor =
                        dictionaries.factor(&item.data_code[13..17], Basis::Equivalent, mid);
                    match (item.role, factor) {
                        (Role::Energy { .. }, Some(it)) => sign * it.kgce_per_unit / 1000.0,
                        _ => 0.0,
                    }
                })
                .collect();
            let mut sum = 0.0;
            for day in &days {
                let activity = self.truth.activity(unit, day);
                for (at, item) in
                    unit.items.iter().enumerate().filter(|(at, _)| weights[*at] != 0.0)
                {
                    sum += weights[at] * self.truth.energy(unit, item, at, day, activity);
                }
            }
            if unit.uploads {
                *totals.entry(unit.region.clone()).or_default() += sum;
                *totals.entry(CITY.to_owned()).or_default() += sum;
            }
        }
        totals
    }

    /// Yearly totals and falls, and the falls of the five-year plans the years lie in.
    pub fn targets(
        &self,
        dictionaries: &Dictionaries,
        from_year: i16,
        to_year: i16,
    ) -> Vec<TargetRow> {
        let mut rows = Vec::new();
        for year in from_year..=to_year {
            let before = self.annual_tce(dictionaries, year - 1);
            let mut city_growth = 0.0;
            for district in DISTRICTS {
                let code = region(&district);
                let allowed = (1.0 + district.gdp_growth) * (1.0 - district.required_fall);
                let energy = before.get(&code).copied().unwrap_or_default();
                city_growth += energy * allowed;
                push_year(&mut rows, &code, year, energy * allowed, district.required_fall);
            }
            push_year(&mut rows, CITY, year, city_growth * 1.004, CITY_ANNUAL_FALL);
        }
        for start in (0..).map(|it| 2021 + 5 * it).take_while(|it| *it <= to_year) {
            if start + 4 < from_year {
                continue;
            }
            let mut plan = |code: &str, value: f64| {
                rows.push(TargetRow {
                    region: code.to_owned(),
                    kind: "five_year_fall",
                    from_year: start,
                    to_year: start + 4,
                    value: (value * 1000.0).round() / 1000.0,
                });
            };
            plan(CITY, CITY_FIVE_YEAR_FALL);
            for district in DISTRICTS {
                plan(&region(&district), 1.0 - (1.0 - district.required_fall).powi(5));
            }
        }
        rows
    }
}

fn push_year(rows: &mut Vec<TargetRow>, code: &str, year: i16, total: f64, fall: f64) {
    for (kind, value) in [("total_tce", (total / 100.0).round() * 100.0), ("annual_fall", fall)] {
        rows.push(TargetRow {
            region: code.to_owned(),
            kind,
            from_year: year,
            to_year: year,
            value,
        });
    }
}
