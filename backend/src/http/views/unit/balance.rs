//! `GET /api/v1/units/{code}/balance`: the sub-units of a unit as a tree, by energy type, with the balance of each level.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_analysis::balance::{BalanceNode, MeteredItem, tree};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::balance::{BalanceEnergy, BalanceMeter, BalancePlace, BalanceView};
use nengce_shared::api::unit::MeterRow;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::place::Place;

use super::energy::{find, last_365_days};
use super::place_names::PlaceNames;
use crate::http::content::names::energy_name;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::balance::{self as query, BalanceItem, Quantities};
use crate::store::queries::unit_card;

pub const KNOWN: [&str; 2] = ["from", "to"];

pub async fn get_balance(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let today = state.clock.today();
    let asked = parameters::days(&params, last_365_days(&known, today))?;
    // A day that is not over is not whole.
    let last = asked.to().min(today.yesterday().unwrap_or(today)).max(asked.from());
    let span = DayRange::between(asked.from(), last);
    let ask = move |conn: &_| {
        let unit = known.id;
        let found = Found {
            items: query::items(conn, unit)?,
            days: query::days(conn, unit, span)?,
            months: query::months(conn, unit, span)?,
            meters: unit_card::meters(conn, unit, &today.to_string())?,
        };
        Ok((found, query::names(conn, unit)?))
    };
    let (found, (of_codes, config)) = state.store.read(ask).await?;
    let dictionaries = state.dictionaries();
    let names = PlaceNames::read(of_codes, config.as_deref(), &dictionaries);
    let view = BalanceView {
        enterprise_code: code,
        from: span.from().to_string(),
        to: span.to().to_string(),
        energies: energies(&found, span, &names, &dictionaries, params.lang),
    };
    request.answer(&params, &tag, &view, |lang| table(&view, lang)).await
}

/// What the store knows of the unit's items.
struct Found {
    items: Vec<BalanceItem>,
    days: Quantities,
    months: Quantities,
    meters: Vec<MeterRow>,
}

/// The energy types that sub-units measure, those with the most places first.
fn energies(
    found: &Found,
    span: DayRange,
    names: &PlaceNames<'_>,
    known: &Dictionaries,
    lang: Lang,
) -> Vec<BalanceEnergy> {
    let mut of_type: BTreeMap<&str, Vec<(&BalanceItem, Place)>> = BTreeMap::new();
    for it in &found.items {
        if let Ok(code) = DataCode::parse_strict(&it.data_code) {
            of_type.entry(&it.energy_type).or_default().push((it, code.place()));
        }
    }
    of_type.retain(|_, items| items.iter().any(|it| it.1 != Place::WHOLE_PLANT));
    let one = |(energy_type, items): (&str, Vec<(&BalanceItem, Place)>)| {
        let is_daily = items.iter().all(|it| it.0.points_per_day > 0);
        let (grain, all) =
            if is_daily { (Grain::Day, &found.days) } else { (Grain::Month, &found.months) };
        let metered: Vec<MeteredItem> = items
            .iter()
            .map(|(it, place)| MeteredItem {
                place: *place,
                sign: it.sign,
                quantities: all.get(&it.data_code).cloned().unwrap_or_default(),
            })
            .collect();
        let place = |node: &BalanceNode| place(node, &items, &found.meters, names, lang);
        BalanceEnergy {
            energy: energy_name(known, energy_type),
            unit: known.energy_type(energy_type).map(|it| it.unit.clone()).unwrap_or_default(),
            grain: grain.as_str().to_owned(),
            periods: if is_daily { span.days().unsigned_abs() } else { whole_months(span) },
            places: tree(&metered).iter().map(place).collect(),
        }
    };
    let mut all: Vec<BalanceEnergy> = of_type.into_iter().map(one).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.places.len()));
    all
}

fn whole_months(span: DayRange) -> u32 {
    let is_whole = |it: &nengce_shared::month::Month| {
        it.first_day() >= span.from() && it.last_day() <= span.to()
    };
    span.months().filter(is_whole).count() as u32
}

fn place(
    node: &BalanceNode,
    items: &[(&BalanceItem, Place)],
    meters: &[MeterRow],
    names: &PlaceNames<'_>,
    lang: Lang,
) -> BalancePlace {
    let own: Vec<&BalanceItem> =
        items.iter().filter(|it| it.1 == node.place).map(|it| it.0).collect();
    let data_codes: Vec<String> = own.iter().map(|it| it.data_code.clone()).collect();
    let is_of = |it: &&MeterRow| it.data_codes.iter().any(|code| data_codes.contains(code));
    let meter = |it: &MeterRow| BalanceMeter {
        meter_code: it.meter_code.clone(),
        name: it.name.clone(),
        overdue: it.overdue,
    };
    let balance = node.balance;
    let count = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    BalancePlace {
        place: node.place.to_string(),
        scope: node.place.scope(),
        name: names.of(node.place, &data_codes, lang),
        depth: count(node.depth),
        has_hours: own.iter().any(|it| it.points_per_day >= 24),
        meters: meters.iter().filter(is_of).map(meter).collect(),
        data_codes,
        quantity: node.quantity,
        known_periods: count(node.periods),
        supplied: balance.map(|it| it.supplied),
        used: balance.map(|it| it.used),
        difference: balance.map(|it| it.supplied - it.used),
        balanced_periods: balance.map_or(0, |it| count(it.periods)),
        silent_parts: balance.map_or(0, |it| count(it.silent_parts)),
    }
}

type Row<'a> = (&'a BalanceEnergy, &'a BalancePlace);

fn table(view: &BalanceView, lang: Lang) -> Table {
    let rows: Vec<Row<'_>> =
        view.energies.iter().flat_map(|it| it.places.iter().map(move |at| (it, at))).collect();
    let columns: [Column<Row<'_>>; 12] = [
        Column::new("能源", "Energy", |it, lang| {
            lang.pick(&it.0.energy.zh, &it.0.energy.en).into()
        }),
        Column::new("位置", "Place", |it, _| it.1.place.as_str().into()),
        Column::new("层级", "Level", |it, lang| it.1.scope.label(lang).into()),
        Column::new("名称", "Name", |it, _| it.1.name.as_str().into()),
        Column::new("用量", "Quantity", |it, _| it.1.quantity.into()),
        Column::new("计量单位", "Unit", |it, _| it.0.unit.as_str().into()),
        Column::new("有数据的时段数", "Known periods", |it, _| it.1.known_periods.into()),
        Column::new("供入", "Supplied", |it, _| it.1.supplied.into()),
        Column::new("下级用量", "Used by its parts", |it, _| it.1.used.into()),
        Column::new("差额", "Difference", |it, _| it.1.difference.into()),
        Column::new("平衡的时段数", "Balanced periods", |it, _| it.1.balanced_periods.into()),
        Column::new("无数据的下级", "Parts without values", |it, _| it.1.silent_parts.into()),
    ];
    Table::of("balance", &rows, &columns, lang)
}
