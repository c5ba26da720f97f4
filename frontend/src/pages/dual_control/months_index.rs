//! The months of the year as indices: each series in percent of its own first month, so that scopes of different size
//! can be laid over each other. Projected months continue the series of this year.

use nengce_charts::scene::palette::Ink;
use nengce_charts::time_series::months::Month;
use nengce_shared::index::of_first;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::chart::{Tip, TipRow};
use crate::export::{Cell, TableData};
use crate::i18n::t;

/// The names of the three series: this year, the trajectory, and what is compared with.
pub type Names = [String; 3];

/// What the panel of the months asks of this file, whose code is downloaded with the details of the page.
pub struct MonthsIndex {
    pub indexed: fn(&[Month]) -> Vec<Month>,
    pub unit: fn(Lang) -> &'static str,
    pub tip: fn(&[Month], usize, String, &Names, Lang) -> Option<Tip>,
    pub table: fn(&[Month], &[String], &Names, Lang) -> TableData,
}

pub static MONTHS_INDEX: MonthsIndex = MonthsIndex { indexed, unit, tip, table };

/// Months of figures as months of indices. Differences from the trajectory have none.
fn indexed(months: &[Month]) -> Vec<Month> {
    let series = |pick: fn(&Month) -> Option<f64>| months.iter().map(pick).collect::<Vec<_>>();
    let this = series(|it| it.this);
    let first = this.iter().copied().flatten().next().filter(|it| *it > 0.0);
    let ahead = |value: Option<f64>| Some(value? / first? * 100.0);
    let (target, last) = (of_first(&series(|it| it.target)), of_first(&series(|it| it.last)));
    let own = of_first(&this);
    let of_month = |(at, month): (usize, &Month)| Month {
        this: own[at],
        target: target[at],
        last: last[at],
        projected: ahead(month.projected),
        low: ahead(month.low),
        high: ahead(month.high),
        gap: None,
        ..month.clone()
    };
    months.iter().enumerate().map(of_month).collect()
}

/// The unit of an index.
fn unit(lang: Lang) -> &'static str {
    t(lang, "指数，首月 = 100", "Index, first month = 100")
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| number::MISSING.to_owned(), |it| number::grouped(it, 1))
}

fn tip(months: &[Month], row: usize, title: String, names: &Names, lang: Lang) -> Option<Tip> {
    let month = months.get(row)?;
    let [this, target, last] = names.clone();
    let mut rows = vec![
        TipRow::new(Some(Ink::Accent), this, figure(month.this)),
        TipRow::new(Some(Ink::Ink2), target, figure(month.target)),
        TipRow::new(Some(Ink::Line3), last, figure(month.last)),
    ];
    if month.projected.is_some() {
        rows.insert(1, TipRow::new(None, t(lang, "预测", "Projected"), figure(month.projected)));
    }
    Some(Tip { title, note: unit(lang).to_owned(), rows })
}

fn table(months: &[Month], periods: &[String], names: &Names, lang: Lang) -> TableData {
    let [this, target, last] = names.clone();
    let head = vec![
        t(lang, "月份", "Month").to_owned(),
        format!("{this} {}", unit(lang)),
        target,
        last,
        t(lang, "预测", "Projected").to_owned(),
    ];
    let rows = months.iter().zip(periods).map(|(month, period)| {
        let figures = [month.this, month.target, month.last, month.projected];
        let figures = figures.map(|it| Cell::Figure(it, 1));
        std::iter::once(Cell::text(period.clone())).chain(figures).collect()
    });
    TableData { head, rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_series_starts_at_a_hundred_and_the_projection_goes_on() {
        let month = |this, last, projected| Month { this, last, projected, ..Month::default() };
        let months = indexed(&[
            month(Some(40.0), Some(400.0), None),
            month(Some(50.0), Some(300.0), None),
            month(None, Some(200.0), Some(60.0)),
        ]);
        assert_eq!((months[0].this, months[0].last), (Some(100.0), Some(100.0)));
        assert_eq!((months[1].this, months[1].last), (Some(125.0), Some(75.0)));
        assert_eq!((months[2].this, months[2].projected), (None, Some(150.0)));
    }
}
