//! What the store knows for a question about savings, read before the model is computed.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use nengce_core::savings::degree_days::DegreeDays;
use nengce_shared::month::Month;

use super::question::{Model, Question};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::views::City;
use crate::store::imports::temperatures;
use crate::store::savings::facts::{self, Energy, EnergyItem, Output};

/// Of one unit and one question.
pub(super) struct Inputs {
    /// Of the months of which each day has a temperature.
    pub degree_days: BTreeMap<Month, DegreeDays>,
    /// What a question may name.
    pub items: Vec<EnergyItem>,
    /// Of the items that the question names; none where it means all energy.
    pub item_months: Option<BTreeMap<Month, Energy>>,
    pub days: Days,
}

/// The days of a daily model; empty for a monthly one.
#[derive(Default)]
pub(super) struct Days {
    pub energy: BTreeMap<Date, Energy>,
    pub outputs: BTreeMap<Output, BTreeMap<Date, f64>>,
    pub temperatures: BTreeMap<Date, f64>,
}

pub(super) async fn load(
    state: &AppState,
    city: &Arc<City>,
    unit: usize,
    question: &Question,
) -> ApiResult<Inputs> {
    let known = &city.snapshot().units[unit];
    let id = state.store.registry().unit_by_code(&known.code).map(|it| it.unit_id);
    let id = id.ok_or_else(|| ApiError::missing("用能单位", "unit", &known.code))?;
    let district = known.region.clone();
    let dictionaries = state.dictionaries();
    let whole = dictionaries.regions.iter().find(|it| it.level == "city");
    let whole = whole.map(|it| it.code.clone()).unwrap_or_default();
    let (basis, items, span) = (question.basis, question.item_list(), question.days());
    let is_daily = question.model == Model::Day;
    let ask = move |conn: &_| {
        let item_months = match items.is_empty() || is_daily {
            true => None,
            false => Some(facts::energy_months(conn, id, basis, &items, span)?),
        };
        let days = match is_daily {
            true => Days {
                energy: facts::energy_days(conn, id, basis, &items, span)?,
                outputs: facts::outputs(conn, id, span)?,
                temperatures: temperatures::days(conn, &district, &whole, span)?,
            },
            false => Days::default(),
        };
        Ok(Inputs {
            degree_days: temperatures::degree_days(conn, &district, &whole)?,
            items: facts::items(conn, id, basis)?,
            item_months,
            days,
        })
    };
    Ok(state.store.read(ask).await?)
}

impl Inputs {
    /// Refuses an item that the unit does not have, one that the model cannot use, and items of two levels, of which one
    /// holds the other.
    pub(super) fn check(&self, params: &Params, question: &Question) -> ApiResult<()> {
        let is_daily = question.model == Model::Day;
        let usable = || self.items.iter().filter(|it| it.by_day || !is_daily);
        let mut scope = None;
        for code in &question.items {
            let Some(item) = usable().find(|it| it.data_code == *code) else {
                let codes: Vec<&str> = usable().map(|it| it.data_code.as_str()).collect();
                return Err(params.refuse("items", code, &codes.join(" | ")).into());
            };
            if *scope.get_or_insert(item.scope) != item.scope {
                let words = "同一层级的采集项（上级已含下级） / items of one level: the upper one holds the lower one";
                return Err(params.refuse("items", code, words).into());
            }
        }
        Ok(())
    }

    /// What else than the snapshot decides the answer: the temperatures.
    pub(super) fn mark(&self) -> Vec<(String, u64, u64)> {
        let months = self.degree_days.iter();
        let months = months.map(|(at, it)| (at.to_string(), it.heating, it.cooling));
        let days = self.days.temperatures.iter().map(|(at, it)| (at.to_string(), *it, 0.0));
        months.chain(days).map(|(at, a, b)| (at, a.to_bits(), b.to_bits())).collect()
    }
}
