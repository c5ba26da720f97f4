//! Gathers what the audit pack is made from: sums of years from the snapshot, items, indicators, profile and meters from the
//! store.

use std::collections::BTreeMap;
use std::sync::Arc;

use nengce_analysis::snapshot::{ProductMonth, Snapshot, Target, basis_index};
use nengce_core::audit_pack::{
    self, EnergyFacts, Facts, ProductFacts, UnitFacts, YearFacts, plan_of,
};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::audit_pack::AuditPack;
use nengce_shared::api::unit::MeterRow;
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;

use crate::http::access::reader::Reader;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::views::City;
use crate::http::views::unit::card;
use crate::store::queries::{audit_pack as query, unit_card};
use crate::store::{Connection, StoreError};

/// What the store holds of the unit beside its sums.
struct Stored {
    energy: Vec<EnergyFacts>,
    output_value: BTreeMap<i16, f64>,
    value_added: BTreeMap<i16, f64>,
    profile: Option<String>,
    meters: Vec<MeterRow>,
}

/// The pack of a unit, given by its place in the snapshot, as the reader sees it.
pub(super) async fn pack(
    state: &AppState,
    reader: &Reader,
    city: &Arc<City>,
    at: usize,
    year: i16,
) -> ApiResult<AuditPack> {
    let dictionaries = state.dictionaries();
    let (id, today) = (city.loaded.statuses[at].id, city.snapshot().today.to_string());
    let span = (plan_of(year).0.min(year) - 1, year);
    let code = |role: &str| {
        dictionaries.indicator_of_role(role).map_or_else(String::new, |it| it.code.clone())
    };
    let codes = (code("output_value"), code("value_added"));
    let day = today.clone();
    let stored = state.store.read(move |conn| read(conn, id, span, &codes, &day)).await?;
    let mut profile = card::profile(stored.profile.as_deref());
    for field in &mut profile {
        reader.text(state, &mut field.value);
    }
    let snapshot = city.snapshot();
    let info = &snapshot.units[at];
    let most = state.config.max_list_rows as usize;
    let mut meters = stored.meters;
    let meters_left_out = meters.len().saturating_sub(most);
    meters.truncate(most);
    let years = (span.0..=span.1).map(|it| sums(snapshot, at, it));
    let years = years.map(|it| YearFacts {
        output_value: stored.output_value.get(&it.year).copied(),
        value_added: stored.value_added.get(&it.year).copied(),
        ..it
    });
    let facts = Facts {
        dictionaries: &dictionaries,
        year,
        made_on: today,
        data_version: snapshot.version,
        unit: UnitFacts {
            code: info.code.clone(),
            name: info.name.clone(),
            region: info.region.clone(),
            industry: info.industry.clone(),
            class: info.class.label(Lang::Zh).to_owned(),
            converts: info.converts,
            profile: profile.into_iter().map(|it| (it.field, it.value)).collect(),
        },
        years: years.collect(),
        energy: stored.energy,
        products: products(snapshot, &dictionaries, at, span),
        meters,
        meters_left_out,
        targets: targets(snapshot, &info.code),
    };
    Ok(audit_pack::pack(&facts))
}

fn read(
    conn: &Connection,
    id: i32,
    span: (i16, i16),
    codes: &(String, String),
    today: &str,
) -> Result<Stored, StoreError> {
    Ok(Stored {
        energy: query::energy(conn, id, (span.1 - 1, span.1))?,
        output_value: query::indicator(conn, id, &codes.0, span)?,
        value_added: query::indicator(conn, id, &codes.1, span)?,
        profile: unit_card::profile(conn, id)?,
        meters: unit_card::meters(conn, id, today)?,
    })
}

fn months(year: i16) -> impl Iterator<Item = Month> {
    (1..=12).filter_map(move |it| Month::new(year, it))
}

/// What the snapshot holds of a year.
fn sums(snapshot: &Snapshot, unit: usize, year: i16) -> YearFacts {
    let tce = Basis::ALL.iter().fold([None, None], |mut sums: [Option<f64>; 2], basis| {
        let of_months = months(year).filter_map(|it| snapshot.tce_of_all(*basis, unit, it));
        sums[basis_index(*basis)] = of_months.reduce(|a, b| a + b);
        sums
    });
    let has = |it: &Month| snapshot.tce_of_all(Basis::Calorific, unit, *it).is_some();
    let points = months(year).map(|it| snapshot.points(unit, it));
    let (received, expected) = points.fold((0u64, 0u64), |sum, it| {
        (sum.0 + u64::from(it.received), sum.1 + u64::from(it.expected))
    });
    YearFacts {
        year,
        tce,
        months: months(year).filter(has).count() as u32,
        completeness: (expected > 0).then(|| received as f64 / expected as f64),
        value_added: None,
        output_value: None,
    }
}

fn products(
    snapshot: &Snapshot,
    dictionaries: &Dictionaries,
    unit: usize,
    (from, to): (i16, i16),
) -> Vec<ProductFacts> {
    let mut by_year: BTreeMap<(usize, i16), Vec<&ProductMonth>> = BTreeMap::new();
    for it in snapshot.products.iter().filter(|it| it.unit == unit) {
        let year = it.month.year();
        if (from..=to).contains(&year) {
            by_year.entry((it.product, year)).or_default().push(it);
        }
    }
    let product = |((product, year), months): ((usize, i16), Vec<&ProductMonth>)| {
        let known = snapshot.catalog.products.get(product)?;
        let basis = basis_index(known.basis);
        let output: f64 = months.iter().map(|it| it.output).sum();
        let made = months.iter().filter(|it| it.output > 0.0);
        let process = made.clone().map(|it| it.process_tce.map(|tce| tce[basis]));
        let weighted = made.filter_map(|it| Some((it.indicator? * it.output, it.output)));
        let weighted = weighted.fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        Some(ProductFacts {
            year,
            code: known.code.clone(),
            output,
            process_tce: process.reduce(|a, b| Some(a? + b?)).flatten(),
            indicator: (weighted.1 > 0.0).then(|| weighted.0 / weighted.1),
            value_per_tce: known.value_per_tce,
        })
    };
    // A product without a row of the dictionary in force has no unit.
    let known = by_year.into_iter().filter_map(product);
    known.filter(|it| dictionaries.product(&it.code).is_some()).collect()
}

fn targets(snapshot: &Snapshot, code: &str) -> Vec<Target> {
    let own = snapshot.targets.iter().filter(|it| it.scope == "unit" && it.code == code);
    own.cloned().collect()
}
