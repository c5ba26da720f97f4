//! The tariffs, the plan and the shifts of the unit that the enterprise accounts of a demo belong to: invented, so that its
//! pages of costs and of sub-units show something.

use anyhow::{Result, anyhow};
use jiff::civil::Date;
use nengce_core::city::DemoCity;
use nengce_core::costs::tariff::{self, ELECTRICITY};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::plan::PlanRequest;
use nengce_shared::api::shifts::Shift;
use nengce_shared::api::tariff::TariffLine;
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};

use crate::clock::Clock;
use crate::store::Store;
use crate::store::costs::{plans, readings, shifts, tariffs};
use crate::store::queries::unit_energy;

/// Who entered them.
const BY: &str = "manager";
/// Yuan for a tce of anything but electricity.
const YUAN_PER_TCE: f64 = 1_050.0;
/// Prices of electricity by hour, yuan per kWh.
const HOURS: [(TariffPeriod, &str, f64); 4] = [
    (TariffPeriod::Sharp, "18-20", 1.28),
    (TariffPeriod::Peak, "9-12,16-18,20-21", 1.02),
    (TariffPeriod::Flat, "7-9,12-16,21-23", 0.66),
    (TariffPeriod::Valley, "23-7", 0.33),
];
/// Yuan for a kW of demand in a month.
const DEMAND_PRICE: f64 = 38.4;
/// The demand that is paid for, as a multiple of the mean power.
const DEMAND_SHARE: f64 = 1.2;
const PLANT_ELECTRICITY: &str = "00-00-0000-023300-11";
/// When the shifts begin.
const SHIFTS: [(&str, u8); 3] = [("夜班", 0), ("早班", 8), ("中班", 16)];
/// The part of last year's consumption that is planned.
const PLANNED: f64 = 0.97;

/// Makes them where the unit has none.
pub(super) async fn make(store: &Store, city: &DemoCity, clock: &Clock) -> Result<()> {
    let of_accounts = city.units.iter().find(|it| it.uploads);
    let unit = of_accounts
        .and_then(|it| store.registry().unit_by_code(&it.enterprise_code).map(|it| it.unit_id));
    let Some(unit) = unit else { return Ok(()) };
    let (today, now) = (clock.today(), clock.now());
    let before = DayRange::year(today.year() - 1);
    let ask = move |conn: &_| {
        let months = unit_energy::months(conn, unit, Basis::Equivalent, before)?;
        Ok((tariffs::of_unit(conn, unit)?, readings::items(conn, unit)?, months))
    };
    let (known, items, figures) = store.read(ask).await?;
    if !known.is_empty() {
        return Ok(());
    }
    let mut types: Vec<String> = items.into_iter().map(|it| it.energy_type).collect();
    types.sort_unstable();
    types.dedup();
    let dictionaries = store.dictionaries();
    let from = before.from();
    // The base of the item is 10⁴ kWh a day.
    let power = of_accounts.and_then(|unit| {
        let item = unit.items.iter().find(|it| it.data_code == PLANT_ELECTRICITY)?;
        Some(item.base * 1e4 / 24.0)
    });
    let demand_kw = (power.unwrap_or(1e4) * DEMAND_SHARE / 1e3).ceil() * 1e3;
    let lines: Vec<TariffLine> =
        types.iter().flat_map(|it| lines(it, &dictionaries, from, demand_kw)).collect();
    let unit_of = |it: &str| dictionaries.energy_type(it).map(|it| it.unit.clone());
    let read = tariff::read(&lines, unit_of)
        .map_err(|problems| anyhow!("tariffs of the demo: {problems:?}"))?;
    let mut months = vec![0.0; 12];
    for it in figures {
        if let Some(month) = months.get_mut(usize::from(it.day.month().unsigned_abs()) - 1) {
            *month += it.tce * PLANNED;
        }
    }
    let (year, basis) = (today.year(), Basis::Equivalent);
    let plan = PlanRequest { year, basis, budget: None, months, products: Vec::new() };
    let is_whole = plan.months.iter().all(|it| *it > 0.0);
    let all_shifts = SHIFTS.map(|(name, from_hour)| Shift { name: name.to_owned(), from_hour });
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        tariffs::insert(write.conn, unit, &read, BY, now)?;
        shifts::insert(write.conn, unit, &all_shifts, BY, now)?;
        if is_whole {
            plans::insert(write.conn, unit, &plan, BY, now)?;
        }
        Ok(())
    };
    Ok(store.write(write).await?)
}

/// The lines of an energy type: of electricity by hour with a charge of demand, else one price by its coal equivalent.
fn lines(energy_type: &str, known: &Dictionaries, from: Date, demand_kw: f64) -> Vec<TariffLine> {
    let line = |period, hours: &str, price: f64, per: &str| TariffLine {
        from: from.to_string(),
        energy_type: energy_type.to_owned(),
        charge: TariffCharge::Quantity,
        period,
        months: "1-12".to_owned(),
        hours: hours.to_owned(),
        price,
        per: per.to_owned(),
        amount: None,
    };
    if energy_type == ELECTRICITY {
        let demand = TariffLine {
            charge: TariffCharge::Demand,
            amount: Some(demand_kw),
            ..line(TariffPeriod::AllHours, "0-24", DEMAND_PRICE, "kW")
        };
        let by_hour = HOURS.map(|(period, hours, price)| line(period, hours, price, "kWh"));
        return by_hour.into_iter().chain([demand]).collect();
    }
    let unit = known.energy_type(energy_type).map(|it| it.unit.clone()).unwrap_or_default();
    let factor = known.factor(energy_type, Basis::Calorific, from).map(|it| it.kgce_per_unit);
    let price = factor.map(|it| (it / 1_000.0 * YUAN_PER_TCE).round());
    price.map(|it| line(TariffPeriod::AllHours, "0-24", it, &unit)).into_iter().collect()
}
