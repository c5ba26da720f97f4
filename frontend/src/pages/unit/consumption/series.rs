//! A unit's energy by period, every period of the span present: one without a figure is a gap, never zero. No drawing.

use std::collections::BTreeMap;

use nengce_charts::time_series::composition::ORDER;
use nengce_shared::api::unit::UnitEnergy;

use crate::day::Day;

/// A period and its tce in `ORDER`; `None` where nothing came.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    pub label: String,
    pub amounts: Option<[f64; 6]>,
    /// The same day a year earlier; of days alone.
    pub last: Option<[f64; 6]>,
    /// The span ends inside it.
    pub unfinished: bool,
}

/// tce in `ORDER` by period.
fn amounts(energy: &UnitEnergy) -> BTreeMap<&str, [f64; 6]> {
    let mut by: BTreeMap<&str, [f64; 6]> = BTreeMap::new();
    for row in &energy.rows {
        let slot = ORDER.iter().position(|it| *it == row.group).unwrap_or(ORDER.len() - 1);
        by.entry(&row.period).or_default()[slot] += row.tce;
    }
    by
}

/// From the first period with a figure to the end of the span, each with the same day of `before`.
pub fn periods(energy: &UnitEnergy, before: Option<&UnitEnergy>) -> Vec<Period> {
    let before = before.filter(|_| energy.grain == "day");
    let (by, last) = (amounts(energy), before.map(amounts).unwrap_or_default());
    let Some(first) = by.keys().next().and_then(|it| Day::read(it)) else {
        return Vec::new();
    };
    let newest = by.keys().next_back().and_then(|it| Day::read(it));
    let end = Day::read(&energy.to);
    let until = end.into_iter().chain(newest).max().unwrap_or(first);
    let (step, length): (fn(Day) -> Day, usize) = match energy.grain.as_str() {
        "year" => (Day::next_year, 4),
        "month" => (Day::next_month, 7),
        _ => (Day::next_day, 10),
    };
    std::iter::successors(Some(first), |it| Some(step(*it)))
        .take_while(|it| *it <= until)
        .map(|it| {
            let label = it.to_string().get(..length).unwrap_or_default().to_owned();
            let next = step(it);
            let cut = length < 10 && end.is_some_and(|end| end.next_day() < next);
            Period {
                amounts: by.get(label.as_str()).copied(),
                last: last.get(it.year_before().to_string().as_str()).copied(),
                label,
                unfinished: cut,
            }
        })
        .collect()
}

/// Whether a group has a figure anywhere; one that never had is left out of chart and legend.
pub fn present(periods: &[Period]) -> [bool; 6] {
    std::array::from_fn(|at| periods.iter().filter_map(|it| it.amounts).any(|it| it[at] != 0.0))
}

/// The figures of a period for the stack: absent groups are none, not zero.
pub fn stacked(period: &Period, present: &[bool; 6]) -> [Option<f64>; 6] {
    std::array::from_fn(|at| period.amounts.filter(|_| present[at]).map(|it| it[at]))
}

/// Last period of the gap that starts at `at`; `None` where no gap starts.
pub fn gap_end(periods: &[Period], at: usize) -> Option<usize> {
    let starts = periods[at].amounts.is_none() && (at == 0 || periods[at - 1].amounts.is_some());
    starts.then(|| {
        let length = periods[at..].iter().take_while(|it| it.amounts.is_none()).count();
        at + length - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::api::unit::EnergyRow;
    use nengce_shared::basis::Basis;
    use nengce_shared::energy_group::EnergyGroup;

    fn energy(grain: &str, to: &str, rows: &[(&str, EnergyGroup, f64)]) -> UnitEnergy {
        let row = |(period, group, tce): &(&str, EnergyGroup, f64)| EnergyRow {
            period: (*period).to_owned(),
            energy_type: "3300".to_owned(),
            group: *group,
            data_code: "00-00-0000-023300-11".to_owned(),
            quantity: 1.0,
            quantity_unit: "t".to_owned(),
            tce: *tce,
            factor_kgce: 1.0,
            factor_source: "default".to_owned(),
            source: "reported".to_owned(),
        };
        UnitEnergy {
            unit: "tce".to_owned(),
            basis: Basis::Calorific,
            grain: grain.to_owned(),
            from: "2025-01-01".to_owned(),
            to: to.to_owned(),
            completeness: None,
            rows: rows.iter().map(row).collect(),
            total_tce: 0.0,
        }
    }

    #[test]
    fn silent_days_are_gaps_up_to_the_end_of_the_span() {
        let rows = [
            ("2025-02-27", EnergyGroup::Coal, 4.0),
            ("2025-03-01", EnergyGroup::Coal, 5.0),
            ("2025-03-01", EnergyGroup::Electricity, 2.0),
        ];
        let found = periods(&energy("day", "2025-03-03", &rows), None);
        let labels: Vec<_> = found.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02", "2025-03-03"]);
        assert_eq!(
            (0..5).map(|at| gap_end(&found, at)).collect::<Vec<_>>(),
            [None, Some(1), None, Some(4), None]
        );
        assert_eq!(present(&found), [true, false, false, true, false, false]);
        assert_eq!(
            stacked(&found[2], &present(&found)),
            [Some(5.0), None, None, Some(2.0), None, None]
        );
    }

    #[test]
    fn a_day_knows_the_same_day_a_year_earlier() {
        let now = [("2024-02-28", EnergyGroup::Coal, 4.0), ("2024-02-29", EnergyGroup::Coal, 5.0)];
        let then = [("2023-02-28", EnergyGroup::Gas, 3.0)];
        let before = energy("day", "2023-03-01", &then);
        let found = periods(&energy("day", "2024-03-01", &now), Some(&before));
        let last: Vec<_> = found.iter().map(|it| it.last.map(|it| it[2])).collect();
        assert_eq!(last, [Some(3.0), Some(3.0), None]);
    }

    #[test]
    fn a_year_that_the_span_cuts_is_unfinished() {
        let rows = [("2023", EnergyGroup::Gas, 1.0), ("2025", EnergyGroup::Gas, 1.0)];
        let found = periods(&energy("year", "2025-10-31", &rows), None);
        let shown: Vec<_> = found
            .iter()
            .map(|it| (it.label.as_str(), it.amounts.is_some(), it.unfinished))
            .collect();
        assert_eq!(shown, [("2023", true, false), ("2024", false, false), ("2025", true, true)]);
    }
}
