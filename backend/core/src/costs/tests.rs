//! Tariffs against hand-computed costs, their laws, and what is refused.

use jiff::civil::{Date, date};
use nengce_shared::api::tariff::TariffLine;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};
use proptest::prelude::*;

use super::day::parts;
use super::spans::{HOURS, hours, months};
use super::tariff::{Tariff, in_force, read};
use super::year::{Item, Readings, costs};

fn unit_of(energy_type: &str) -> Option<String> {
    match energy_type {
        "3300" => Some("10^4 kWh".to_owned()),
        "0100" => Some("t".to_owned()),
        _ => None,
    }
}

fn line(period: TariffPeriod, hours: &str, price: f64) -> TariffLine {
    TariffLine {
        from: "2026-01-01".to_owned(),
        energy_type: "3300".to_owned(),
        charge: TariffCharge::Quantity,
        period,
        months: "1-12".to_owned(),
        hours: hours.to_owned(),
        price,
        per: "kWh".to_owned(),
        amount: None,
    }
}

/// Valley 23–7, peak 8–11 and 18–21, flat else.
fn time_of_use(prices: [f64; 3]) -> Vec<TariffLine> {
    vec![
        line(TariffPeriod::Peak, "8:00-11:00,18:00-21:00", prices[0]),
        line(TariffPeriod::Flat, "7-8,11-18,21-23", prices[1]),
        line(TariffPeriod::Valley, "23-7", prices[2]),
    ]
}

fn tariffs(lines: &[TariffLine]) -> Vec<Tariff> {
    read(lines, unit_of).expect("a tariff")
}

fn day(of: i8) -> Date {
    date(2026, 3, of)
}

fn item(data_code: &str, energy_type: &str, sign: f64) -> Item {
    let (data_code, energy_type) = (data_code.to_owned(), energy_type.to_owned());
    Item { data_code, energy_type, sign, is_daily: true, first_day: Some(day(1)) }
}

#[test]
fn months_and_hours_are_read_as_people_write_them() {
    let places = |it: &[bool]| -> Vec<usize> { (0..it.len()).filter(|at| it[*at]).collect() };
    assert_eq!(months("11月-2月").map(|it| places(&it)), Some(vec![0, 1, 10, 11]));
    assert_eq!(months("7，8").map(|it| places(&it)), Some(vec![6, 7]));
    assert_eq!(months("").map(|it| places(&it).len()), Some(12));
    assert_eq!(hours("23:00-1:00,12点至13点").map(|it| places(&it)), Some(vec![0, 12, 23]));
    assert_eq!(hours("0-24").map(|it| places(&it).len()), Some(24));
    for wrong in ["2026-08-11", "8", "8-8", "8-25", "24-3", "8:30-11", "x"] {
        assert_eq!(hours(wrong), None, "{wrong}");
    }
    for wrong in ["0", "13", "2026-07-08", "七月"] {
        assert_eq!(months(wrong), None, "{wrong}");
    }
}

#[test]
fn a_day_is_split_by_its_hours() {
    let tariff = &tariffs(&time_of_use([1.2, 0.8, 0.4]))[0];
    // One unit of 10⁴ kWh each hour: 6 peak hours, 10 flat, 8 valley.
    let parts = parts(tariff, 3, 24.0, Some(&[1.0; HOURS]));
    let of = |period| parts.iter().find(|it| it.period == Some(period)).expect("a part");
    assert!((of(TariffPeriod::Peak).quantity - 6.0).abs() < 1e-12);
    assert!((of(TariffPeriod::Peak).cost - 6.0 * 12_000.0).abs() < 1e-6);
    assert!((of(TariffPeriod::Valley).cost - 8.0 * 4_000.0).abs() < 1e-6);
    let cost: f64 = parts.iter().map(|it| it.cost).sum();
    assert!((cost - 184_000.0).abs() < 1e-6, "{cost}");
    // Without hours the mean of the 24 prices is stated as such, and gives the same for an even day.
    let mean = super::day::parts(tariff, 3, 24.0, None);
    assert_eq!(mean.iter().map(|it| it.period).collect::<Vec<_>>(), [None]);
    assert!((mean[0].cost - 184_000.0).abs() < 1e-6);
}

#[test]
fn a_later_tariff_replaces_from_its_day_on() {
    let later =
        TariffLine { from: "2026-03-02".to_owned(), ..line(TariffPeriod::AllHours, "0-24", 0.5) };
    let tariffs = tariffs(&[line(TariffPeriod::AllHours, "", 1.0), later]);
    let price =
        |day| in_force(&tariffs, "3300", TariffCharge::Quantity, day).map(|it| it.mean_price(3));
    assert_eq!(price(date(2025, 12, 31)), None);
    assert_eq!((price(day(1)), price(day(2))), (Some(10_000.0), Some(5_000.0)));
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_field() {
    let check = |lines: &[TariffLine], wanted: &[(usize, &str)]| {
        let found = read(lines, unit_of).expect_err("refused");
        let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, it.field)).collect();
        assert_eq!(found, wanted);
    };
    let good = line(TariffPeriod::AllHours, "0-24", 1.0);
    let with = |change: fn(&mut TariffLine)| {
        let mut it = good.clone();
        change(&mut it);
        it
    };
    check(&[good.clone(), with(|it| it.from = "2026".to_owned())], &[(1, "from")]);
    check(&[with(|it| it.hours = "8-11".to_owned())], &[(0, "hours")]);
    check(&[good.clone(), good.clone()], &[(0, "hours")]);
    check(&[with(|it| it.per = "t".to_owned())], &[(0, "per")]);
    check(&[with(|it| it.price = -1.0)], &[(0, "price")]);
    check(&[with(|it| it.price = f64::NAN)], &[(0, "price")]);
    check(&[with(|it| it.energy_type = "9999".to_owned())], &[(0, "energy_type")]);
    check(&[with(|it| it.amount = Some(3.0))], &[(0, "amount")]);
    check(&[with(|it| it.charge = TariffCharge::Demand)], &[(0, "per")]);
    let demand = |change: fn(&mut TariffLine)| {
        let mut it = TariffLine {
            charge: TariffCharge::Demand,
            per: "kW".to_owned(),
            amount: Some(5_000.0),
            ..good.clone()
        };
        change(&mut it);
        it
    };
    assert!(read(&[demand(|_| ())], unit_of).is_ok());
    check(&[demand(|it| it.amount = None)], &[(0, "amount")]);
    check(&[demand(|it| it.energy_type = "0100".to_owned())], &[(0, "charge")]);
    check(&[demand(|it| it.months = "1-6".to_owned())], &[(0, "months")]);
}

#[test]
fn what_is_not_known_is_told_and_never_zero() {
    let items = [item("POWER", "3300", 1.0), item("COAL", "0100", 1.0)];
    let mut readings = Readings::default();
    readings.days.insert(("POWER".to_owned(), day(1)), 10.0);
    readings.days.insert(("COAL".to_owned(), day(1)), 5.0);
    let found = costs(
        &items,
        &readings,
        &tariffs(&[line(TariffPeriod::AllHours, "0-24", 1.0)]),
        DayRange::between(day(1), day(2)),
    );
    let of = |energy_type: &str, of: Date| {
        let mine = found.days.iter().find(|it| it.energy_type == energy_type && it.day == of);
        mine.expect("a day").clone()
    };
    assert_eq!(of("3300", day(1)).cost(), Some(100_000.0));
    let (coal, second) = (of("0100", day(1)), of("3300", day(2)));
    assert!(coal.lacks_price() && coal.cost().is_none() && !coal.lacks_reading);
    assert!(second.lacks_reading && second.cost().is_none() && !second.lacks_price());
    assert!(found.fixed.is_empty());
}

#[test]
fn a_value_of_the_month_stands_for_days_that_did_not_come() {
    let items = [item("POWER", "3300", 1.0)];
    let mut readings = Readings::default();
    readings.days.insert(("POWER".to_owned(), day(1)), 10.0);
    readings.months.insert(("POWER".to_owned(), Month::of(day(1))), 310.0);
    let whole = DayRange::between(day(1), day(31));
    let found = costs(&items, &readings, &tariffs(&time_of_use([1.2, 0.8, 0.4])), whole);
    assert!(found.days.iter().all(|it| !it.lacks_reading), "the month stands for them");
    let rest = found.days.iter().find(|it| it.is_rest).expect("a rest");
    assert!(rest.quantity.is_some_and(|it| (it - 300.0).abs() < 1e-9) && rest.is_at_mean());
}

#[test]
fn a_month_that_did_not_come_is_missing_once_it_is_over() {
    let items = [Item { is_daily: false, ..item("POWER", "3300", 1.0) }];
    let lacks = |to: Date| {
        let span = DayRange::between(day(1), to);
        costs(&items, &Readings::default(), &[], span).days.iter().any(|it| it.lacks_reading)
    };
    assert!(lacks(day(31)) && !lacks(day(30)));
}

#[test]
fn what_a_unit_makes_itself_is_taken_off_and_a_surplus_is_no_cost() {
    let items = [item("USED", "3300", 1.0), item("MADE", "3300", -1.0)];
    let mut readings = Readings::default();
    for (of, made) in [(1, 4.0), (2, 50.0)] {
        readings.days.insert(("USED".to_owned(), day(of)), 10.0);
        readings.days.insert(("MADE".to_owned(), day(of)), made);
    }
    let flat = tariffs(&[line(TariffPeriod::AllHours, "0-24", 1.0)]);
    let found = costs(&items, &readings, &flat, DayRange::between(day(1), day(2)));
    let net: Vec<Option<f64>> = found.days.iter().map(|it| it.quantity).collect();
    assert_eq!(net, [Some(6.0), Some(0.0)]);
}

#[test]
fn charges_of_demand_are_borne_by_the_days_of_their_month() {
    let demand = TariffLine {
        charge: TariffCharge::Demand,
        per: "kW".to_owned(),
        amount: Some(1_000.0),
        ..line(TariffPeriod::AllHours, "", 31.0)
    };
    let whole = DayRange::between(day(1), day(31));
    let found = costs(&[], &Readings::default(), &tariffs(&[demand]), whole);
    assert_eq!(found.fixed.len(), 31);
    assert!((found.fixed.values().sum::<f64>() - 31_000.0).abs() < 1e-6);
}

proptest! {
    #[test]
    fn the_periods_of_a_day_add_up_to_it(
        used in proptest::array::uniform24(0.0..100.0f64),
        quantity in 0.1..5_000.0f64,
        month in 1i8..=12,
    ) {
        let tariff = &tariffs(&time_of_use([1.2, 0.8, 0.4]))[0];
        let parts = parts(tariff, month, quantity, Some(&used));
        let sum: f64 = parts.iter().map(|it| it.quantity).sum();
        prop_assert!((sum / quantity - 1.0).abs() < 1e-9, "{} of {}", sum, quantity);
        let cost: f64 = parts.iter().map(|it| it.cost).sum();
        prop_assert!(cost >= quantity * 4_000.0 * (1.0 - 1e-9));
        prop_assert!(cost <= quantity * 12_000.0 * (1.0 + 1e-9));
    }

    #[test]
    fn equal_prices_at_all_hours_are_the_flat_price(
        used in proptest::array::uniform24(0.0..100.0f64),
        quantity in 0.1..5_000.0f64,
        price in 0.01..3.0f64,
        has_hours: bool,
    ) {
        let hours = has_hours.then_some(&used);
        let cost = |lines: &[TariffLine]| -> f64 {
            parts(&tariffs(lines)[0], 3, quantity, hours).iter().map(|it| it.cost).sum()
        };
        let split = cost(&time_of_use([price; 3]));
        let flat = cost(&[line(TariffPeriod::AllHours, "0-24", price)]);
        prop_assert!((split / flat - 1.0).abs() < 1e-9, "{} and {}", split, flat);
    }
}
