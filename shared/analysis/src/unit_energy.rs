//! One unit's energy by period: daily and monthly figures laid into rows of the grain asked for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::api::unit::EnergyRow;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};

/// An item's figure of a day or a month, with the factor that made it tce.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The day, or the first of the month.
    pub day: Date,
    /// The data code, hyphened.
    pub data_code: String,
    /// The four digits of the energy type.
    pub energy_type: String,
    /// The energy group.
    pub group: EnergyGroup,
    /// The unit of the quantity.
    pub quantity_unit: String,
    /// The quantity in `quantity_unit`.
    pub quantity: f64,
    /// The coal equivalent in tce.
    pub tce: f64,
    /// +1 where the quantity adds, −1 where it is taken off.
    pub sign: i8,
    /// kgce per unit of quantity.
    pub factor_kgce: f64,
    /// `default`, `equivalent` or `measured`.
    pub factor_source: String,
    /// Sent as the figure of its own period; otherwise summed from finer ones.
    pub reported: bool,
}

/// Default span of a unit: 1 January of the year of its last day to its last complete month, or to
/// that day when no month of the year is complete.
pub fn default_span(last_day: Option<Date>, today: Date) -> DayRange {
    let end = last_day.unwrap_or(today);
    let complete = if end == end.last_of_month() { end } else { Month::of(end).prev().last_day() };
    let to = if complete.year() == end.year() { complete } else { end };
    DayRange::between(DayRange::year(to.year()).from(), to)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Reported,
    Summed,
    Mixed,
}

/// Rows by period and item. `days` are figures of days; `months` those of whole months, which only
/// grains of a month or longer use.
pub fn rows(grain: Grain, days: Vec<Figure>, months: Vec<Figure>) -> Vec<EnergyRow> {
    let mut sums: BTreeMap<(String, String), (Figure, Source)> = BTreeMap::new();
    let monthly = months.into_iter().map(|it| (it, false));
    for (figure, of_day) in monthly.chain(days.into_iter().map(|it| (it, true))) {
        let built = of_day && grain != Grain::Day;
        let source = if figure.reported && !built { Source::Reported } else { Source::Summed };
        let key = (grain.label_of(figure.day), figure.data_code.clone());
        match sums.get_mut(&key) {
            Some((sum, origin)) => {
                sum.quantity += figure.quantity;
                sum.tce += figure.tce;
                if sum.factor_source != figure.factor_source {
                    sum.factor_source = "mixed".to_owned();
                }
                if *origin != source {
                    *origin = Source::Mixed;
                }
            }
            None => {
                sums.insert(key, (figure, source));
            }
        }
    }
    sums.into_iter().map(|((period, _), (figure, source))| row(period, figure, source)).collect()
}

fn row(period: String, figure: Figure, source: Source) -> EnergyRow {
    let signed = figure.quantity * f64::from(figure.sign);
    EnergyRow {
        period,
        energy_type: figure.energy_type,
        group: figure.group,
        data_code: figure.data_code,
        quantity: figure.quantity,
        quantity_unit: figure.quantity_unit,
        tce: figure.tce,
        factor_kgce: if signed == 0.0 { figure.factor_kgce } else { figure.tce * 1000.0 / signed },
        factor_source: figure.factor_source,
        source: match source {
            Source::Reported => "reported",
            Source::Summed => "summed",
            Source::Mixed => "mixed",
        }
        .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn figure(day: Date, quantity: f64, factor: f64, reported: bool) -> Figure {
        Figure {
            day,
            data_code: "00-00-0000-023300-11".to_owned(),
            energy_type: "3300".to_owned(),
            group: EnergyGroup::Electricity,
            quantity_unit: "10^4 kWh".to_owned(),
            quantity,
            tce: quantity * factor / 1000.0,
            sign: 1,
            factor_kgce: factor,
            factor_source: "default".to_owned(),
            reported,
        }
    }

    #[test]
    fn a_year_of_two_factors_shows_their_weighted_mean_and_both_sources() {
        let months = vec![
            figure(date(2025, 1, 1), 100.0, 1000.0, true),
            figure(date(2025, 2, 1), 300.0, 2000.0, false),
        ];
        let [row] = rows(Grain::Year, Vec::new(), months).try_into().unwrap();
        assert_eq!((row.period.as_str(), row.quantity, row.tce), ("2025", 400.0, 700.0));
        assert_eq!(row.factor_kgce, 1750.0);
        assert_eq!(row.source, "mixed");
    }

    #[test]
    fn days_keep_their_own_source_and_make_a_summed_month() {
        let days = vec![
            figure(date(2025, 3, 1), 1.0, 1229.0, true),
            figure(date(2025, 3, 2), 2.0, 1229.0, false),
        ];
        let by_day: Vec<_> = rows(Grain::Day, days.clone(), Vec::new())
            .into_iter()
            .map(|it| (it.period, it.source))
            .collect();
        assert_eq!(
            by_day,
            [
                ("2025-03-01".to_owned(), "reported".to_owned()),
                ("2025-03-02".to_owned(), "summed".to_owned())
            ]
        );
        let [month] = rows(Grain::Month, days, Vec::new()).try_into().unwrap();
        assert_eq!((month.quantity, month.source.as_str()), (3.0, "summed"));
    }

    #[test]
    fn the_default_span_is_the_year_of_the_data() {
        let span = |last| default_span(Some(last), date(2026, 11, 23));
        assert_eq!(span(date(2018, 12, 31)), DayRange::parse("2018", "2018").unwrap());
        assert_eq!(span(date(2025, 1, 9)), DayRange::parse("2025-01-01", "2025-01-09").unwrap());
    }
}
