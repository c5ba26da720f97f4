//! `GET /api/v1/slice`: additive figures by any dimensions, for clients that do not hold the snapshot.

use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::slice::{Dim, SliceView};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::problem::ProblemCode;
use nengce_shared::unit_class::UnitClass;

use super::cube_cache::check_cells;
use super::snapshot::{grain, window};
use super::{ViewRequest, parameters};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{Cell, Table};
use crate::http::state::AppState;
use crate::store::queries::slice::{self, SliceFilter, SliceQuery};
use crate::store::unit_ids::UnitIds;

pub const KNOWN: [&str; 11] = [
    "group",
    "grain",
    "from",
    "to",
    "region",
    "industry",
    "class",
    "energy",
    "energy_type",
    "product",
    "unit",
];

pub async fn get_slice(State(state): State<AppState>, request: ViewRequest) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let grain = grain(&params, &["month", "day"])?;
    let (dims, filter) = (dims(&params)?, filter(&params, request.reader.units(&state))?);
    let city = request.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let snapshot = city.snapshot();
    let months = (snapshot.first, snapshot.first.plus(snapshot.months as i32 - 1));
    let default = match grain {
        Grain::Day => window(&city),
        _ => DayRange::between(months.0.first_day(), months.1.last_day()),
    };
    let query = SliceQuery {
        grain,
        span: parameters::days(&params, default)?,
        dims,
        filter,
        months,
        today: snapshot.today,
        data_version: snapshot.version,
        most_rows: state.config.max_slice_rows,
    };
    let view = load(&state, query).await?;
    request.answer(&params, &tag, &view, |lang| table(&view, lang)).await
}

/// Refuses a span of too many figures before it is read, and an answer of too many rows.
async fn load(state: &AppState, query: SliceQuery) -> ApiResult<SliceView> {
    if query.grain == Grain::Day {
        check_cells(state, query.span, query.filter.within.clone()).await?;
    }
    let most = query.most_rows;
    let dictionaries = state.dictionaries();
    let view = state.store.read(move |conn| Ok(slice::load(conn, &query, &dictionaries)?)).await?;
    view.ok_or_else(|| {
        let reason = format!(
            "结果超过 {most} 行，请减少分组或加筛选 / more than {most} rows: group by less or filter more"
        );
        ApiError::at_parameter(ProblemCode::ParameterInvalid, "group", reason)
    })
}

fn dims(params: &Params) -> ApiResult<Vec<Dim>> {
    let all: Vec<&str> = Dim::ALL.iter().map(|it| it.as_str()).collect();
    let dims = params.listed("group", &all.join(" | "), Dim::parse)?;
    let times = dims.iter().filter(|it| it.time().is_some()).count();
    let given = params.text("group").unwrap_or_default();
    if times > 1 || given.split(',').count() > dims.len().max(1) {
        return Err(params.refuse("group", given, "each once; period, month or year").into());
    }
    Ok(dims)
}

fn filter(params: &Params, within: UnitIds) -> ApiResult<SliceFilter> {
    let code = |word: &str| (!word.is_empty()).then(|| word.to_owned());
    let codes = |name: &str| params.listed(name, "A | A,B", code).map(|it| it.join(","));
    let classes: Vec<&str> = UnitClass::ALL.iter().map(|it| it.as_str()).collect();
    let energies: Vec<&str> = EnergyGroup::ALL.iter().map(|it| it.as_str()).collect();
    let listed = |name: &str, all: &[&'static str]| {
        let word = |word: &str| all.iter().find(|it| **it == word).copied();
        params.listed(name, &all.join(" | "), word).map(|it| it.join(","))
    };
    Ok(SliceFilter {
        within,
        regions: params.regions()?.join(","),
        industries: params.industries()?.join(","),
        classes: listed("class", &classes)?,
        units: codes("unit")?,
        energies: listed("energy", &energies)?,
        energy_types: codes("energy_type")?,
        products: codes("product")?,
    })
}

fn table(view: &SliceView, lang: Lang) -> Table {
    let mut head: Vec<String> = view.dims.iter().map(|it| it.label(lang).to_owned()).collect();
    let columns = [
        ("净消费量", "Net consumption"),
        ("计量单位", "Unit"),
        ("当量值 tce", "Calorific, tce"),
        ("等价值 tce", "Equivalent, tce"),
        ("增加值 万元", "Value added, 10^4 yuan"),
        ("产量", "Output"),
        ("产量单位", "Unit of output"),
        ("实收", "Received"),
        ("应收", "Expected"),
    ];
    head.extend(columns.map(|(zh, en)| lang.pick(zh, en).to_owned()));
    let row = |at: usize| {
        let mut row: Vec<Cell> = view.keys.iter().map(|it| it[at].as_str().into()).collect();
        row.extend::<[Cell; 9]>([
            view.quantity[at].into(),
            view.quantity_unit[at].clone().into(),
            view.tce_calorific[at].into(),
            view.tce_equivalent[at].into(),
            view.value_added[at].into(),
            view.output[at].into(),
            view.output_unit[at].clone().into(),
            (view.received[at] as f64).into(),
            (view.expected[at] as f64).into(),
        ]);
        row
    };
    Table::new("slice", head, (0..view.received.len()).map(row).collect())
}
