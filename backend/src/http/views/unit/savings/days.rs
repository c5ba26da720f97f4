//! The daily model of a unit's savings: which drivers have values by day, which days count, and what the model says.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_core::savings::daily::{
    DailySavings, DayFacts, MOST_DRIVERS, Wanted, Weather, is_weekend, measure,
};
use nengce_core::savings::{NoSavings, independent};
use nengce_shared::api::common::Named;
use nengce_shared::api::savings::{SavingsDriver, SavingsMonth};
use nengce_shared::month::Month;

use super::Answer;
use super::facts::{COOLING, HEATING, WITHOUT};
use super::inputs::{Days, Inputs};
use super::question::{Part, Question};
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;

/// The code of the driver that is 1 on Saturdays and Sundays.
const WEEKEND: &str = "weekend";
/// The share of the baseline's days that a driver must know, to be taken without being asked for.
const LEAST_KNOWN: f64 = 0.9;

/// A driver but the temperature.
struct Driver {
    name: Named,
    unit: String,
    /// None for the weekend, which each day knows.
    figures: Option<BTreeMap<Date, f64>>,
}

impl Driver {
    fn figure(&self, day: Date) -> Option<f64> {
        match &self.figures {
            Some(it) => it.get(&day).copied(),
            None => Some(f64::from(u8::from(is_weekend(day)))),
        }
    }

    /// The products that are reported by day, of the process or the whole plant, then the weekend.
    fn all(days: &Days, dictionaries: &Dictionaries) -> Vec<Self> {
        let products = dictionaries.products.iter().filter_map(|it| {
            let of = |process: &str| days.outputs.get(&(process.to_owned(), it.code.clone()));
            let figures = of(&it.process_code).or_else(|| of("00"))?.clone();
            let name =
                Named { code: it.code.clone(), zh: it.name_zh.clone(), en: it.name_en.clone() };
            Some(Self { name, unit: it.output_unit.clone(), figures: Some(figures) })
        });
        let name = named(WEEKEND, "周末（周六、周日）", "Weekend (Saturday, Sunday)");
        let weekend = Self { name, unit: "-".to_owned(), figures: None };
        products.chain([weekend]).collect()
    }
}

fn named(code: &str, zh: &str, en: &str) -> Named {
    Named { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

/// What the model is made of.
struct Chosen<'a> {
    drivers: Vec<&'a Driver>,
    weather: Weather,
}

impl Chosen<'_> {
    /// The facts of a day, or why it is left out.
    fn facts(&self, day: Date, days: &Days) -> Result<DayFacts, &'static str> {
        let energy = match days.energy.get(&day) {
            None => return Err("no_energy"),
            Some(it) if !it.is_complete => return Err("incomplete"),
            Some(it) => it.tce,
        };
        let drivers = self.drivers.iter().map(|it| it.figure(day).ok_or("no_output"));
        let drivers = drivers.collect::<Result<Vec<_>, _>>()?;
        let mean_celsius = days.temperatures.get(&day).copied();
        let Weather { heating, cooling } = self.weather;
        if mean_celsius.is_none() && [heating, cooling].iter().any(|it| *it != Wanted::No) {
            return Err("no_temperatures");
        }
        Ok(DayFacts { day, energy, drivers, mean_celsius })
    }
}

type Facts = Vec<(Date, Part, Result<DayFacts, &'static str>)>;

pub(super) fn answer(
    params: &Params,
    question: &Question,
    dictionaries: &Dictionaries,
    inputs: &Inputs,
    until: Date,
) -> ApiResult<Answer> {
    let days = &inputs.days;
    let all = Driver::all(days, dictionaries);
    check(params, question, &all)?;
    let span = question.days();
    let dates: Vec<(Date, Part)> = span
        .from()
        .series(1.day())
        .take_while(|it| *it <= span.to().min(until))
        .map(|it| (it, question.part(Month::of(it))))
        .collect();
    let chosen = chosen(question, &all, days, &dates);
    let facts: Facts =
        dates.iter().map(|(day, part)| (*day, *part, chosen.facts(*day, days))).collect();
    let those = |wanted: Part| -> Vec<DayFacts> {
        let mine = facts.iter().filter(|(_, part, _)| *part == wanted);
        mine.filter_map(|(.., it)| it.as_ref().ok().cloned()).collect()
    };
    let (baseline, report) = (those(Part::Baseline), those(Part::Report));
    let found = measure(&baseline, &report, chosen.weather);
    let wrong_driver = match &found {
        Err(NoSavings::DriverSaysNothing(at)) => Some(wrong(&chosen, *at).to_owned()),
        _ => None,
    };
    let is_month_only =
        |it: &&crate::store::savings::facts::EnergyItem| !it.by_day && it.scope == 1;
    let left_out = inputs.items.iter().filter(is_month_only).map(|it| it.data_code.clone());
    let without = dates.iter().filter(|it| !days.temperatures.contains_key(&it.0)).count();
    Ok(Answer {
        drivers: driver_rows(&all, &chosen, found.as_ref().ok(), !days.temperatures.is_empty()),
        rows: rows(&facts, days, (&baseline, &report, found.as_ref().ok())),
        counted: (baseline.len(), report.len()),
        found: found.map(|it| it.savings),
        wrong_driver,
        without_weather: without as u32,
        items_left_out: if question.items.is_empty() { left_out.collect() } else { Vec::new() },
    })
}

/// The driver at a place; behind the last one stands the weather.
fn wrong<'a>(chosen: &Chosen<'a>, at: usize) -> &'a str {
    match chosen.drivers.get(at) {
        Some(it) => &it.name.code,
        None if chosen.weather.heating == Wanted::Yes => HEATING,
        None => COOLING,
    }
}

fn check(params: &Params, question: &Question, all: &[Driver]) -> ApiResult<()> {
    let codes: Vec<&str> =
        all.iter().map(|it| it.name.code.as_str()).chain([HEATING, COOLING, WITHOUT]).collect();
    if let Some(unknown) = question.drivers.iter().find(|it| !codes.contains(&it.as_str())) {
        return Err(params.refuse("drivers", unknown, &codes.join(" | ")).into());
    }
    match question.drivers.len() {
        ..=MOST_DRIVERS => Ok(()),
        count => {
            Err(params.refuse("drivers", &count.to_string(), &format!("≤ {MOST_DRIVERS}")).into())
        }
    }
}

/// The drivers that are asked for; else those known on nine tenths of the baseline's days that say something new, and the
/// temperature where it explains more.
fn chosen<'a>(
    question: &Question,
    all: &'a [Driver],
    days: &Days,
    dates: &[(Date, Part)],
) -> Chosen<'a> {
    let asks = |code: &str| question.drivers.iter().any(|it| it == code);
    if !question.drivers.is_empty() {
        let wanted = |code: &str| if asks(code) { Wanted::Yes } else { Wanted::No };
        let weather = Weather { heating: wanted(HEATING), cooling: wanted(COOLING) };
        return Chosen { drivers: all.iter().filter(|it| asks(&it.name.code)).collect(), weather };
    }
    let is_counted = |day: &Date| days.energy.get(day).is_some_and(|it| it.is_complete);
    let baseline: Vec<Date> = dates
        .iter()
        .filter(|(day, part)| *part == Part::Baseline && is_counted(day))
        .map(|it| it.0)
        .collect();
    let is_known = |known: usize| known as f64 >= LEAST_KNOWN * baseline.len() as f64 && known > 0;
    let known_of = |it: &Driver| baseline.iter().filter(|day| it.figure(**day).is_some()).count();
    let drivers: Vec<&Driver> = all.iter().filter(|it| is_known(known_of(it))).collect();
    let whole: Vec<&Date> =
        baseline.iter().filter(|day| drivers.iter().all(|it| it.figure(**day).is_some())).collect();
    let figures = |it: &&Driver| whole.iter().filter_map(|day| it.figure(**day)).collect();
    let figures: Vec<Vec<f64>> = drivers.iter().map(figures).collect();
    let says = drivers.into_iter().zip(independent(&figures)).filter(|it| it.1).map(|it| it.0);
    let with_weather = baseline.iter().filter(|it| days.temperatures.contains_key(it)).count();
    let wanted = if is_known(with_weather) { Wanted::IfBetter } else { Wanted::No };
    Chosen {
        drivers: says.take(MOST_DRIVERS - 2).collect(),
        weather: Weather { heating: wanted, cooling: wanted },
    }
}

fn driver_rows(
    all: &[Driver],
    chosen: &Chosen<'_>,
    found: Option<&DailySavings>,
    has_weather: bool,
) -> Vec<SavingsDriver> {
    let mut coefficients = found.map(|it| it.savings.drivers.iter()).into_iter().flatten();
    let mut row = |name: Named, unit: &str, used: bool, balance_point: Option<f64>| {
        let of_model = if used { coefficients.next() } else { None };
        SavingsDriver {
            code: name.code.clone(),
            name,
            unit: unit.to_owned(),
            used,
            coefficient: of_model.map(|it| it.value),
            standard_error: of_model.map(|it| it.standard_error),
            balance_point,
        }
    };
    let mut rows: Vec<SavingsDriver> = all
        .iter()
        .map(|it| {
            let used = chosen.drivers.iter().any(|other| other.name.code == it.name.code);
            row(it.name.clone(), &it.unit, used, None)
        })
        .collect();
    if has_weather {
        let balance = found.map(|it| it.balance).unwrap_or_default();
        let Weather { heating, cooling } = chosen.weather;
        for (code, zh, en, point, wanted) in [
            (HEATING, "采暖度日数", "Heating degree days", balance.heating, heating),
            (COOLING, "空调度日数", "Cooling degree days", balance.cooling, cooling),
        ] {
            let name = match point {
                Some(it) => named(code, &format!("{zh}（{it} °C）"), &format!("{en} ({it} °C)")),
                None => named(code, zh, en),
            };
            rows.push(row(name, "°C·d", point.is_some() || wanted == Wanted::Yes, point));
        }
    }
    rows
}

fn rows(
    facts: &Facts,
    days: &Days,
    (baseline, report, found): (&[DayFacts], &[DayFacts], Option<&DailySavings>),
) -> Vec<SavingsMonth> {
    let mut modelled: HashMap<Date, f64> = HashMap::new();
    let mut beyond: Vec<Date> = Vec::new();
    if let Some(DailySavings { savings, .. }) = found {
        let all = savings.modelled.0.iter().chain(&savings.modelled.1);
        modelled.extend(baseline.iter().chain(report).map(|it| it.day).zip(all.copied()));
        beyond.extend(savings.beyond_range.iter().map(|at| report[*at].day));
    }
    let row = |(day, part, facts): &(Date, Part, Result<DayFacts, &'static str>)| {
        let mut outputs = facts.as_ref().map(|it| it.drivers.clone()).unwrap_or_default();
        let mean_celsius = days.temperatures.get(day).copied();
        if let (Ok(_), Some(found), Some(mean)) = (facts, found, mean_celsius) {
            outputs.extend(found.balance.degree_days(mean));
        }
        SavingsMonth {
            month: day.to_string(),
            part: part.as_str().to_owned(),
            used: days.energy.get(day).map(|it| it.tce),
            outputs,
            mean_celsius,
            modelled: modelled.get(day).copied(),
            left_out: facts
                .as_ref()
                .err()
                .filter(|_| *part != Part::Works)
                .map(|it| (*it).to_owned()),
            beyond_range: beyond.contains(day),
        }
    };
    facts.iter().map(row).collect()
}
