//! `GET /api/v1/slice`: groups of the cube for clients that do not hold it, computed by the cube's own code.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::cube::{Cube, Dim, Filter, Grouped, Totals};
use nengce_shared::api::slice::SliceView;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::problem::ProblemCode;
use nengce_shared::unit_class::UnitClass;

use super::snapshot::{grain, window};
use super::{ViewRequest, parameters};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{Cell, Table};
use crate::http::state::AppState;

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
    let by = grain(&params, &["month", "day"])?;
    let dims = dims(&params)?;
    let city = state.snapshots.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let everything =
        DayRange::between(city.snapshot().first.first_day(), last_day(city.snapshot()));
    let (cube, span) = match by {
        Grain::Day => {
            let span = parameters::days(&params, window(&city))?;
            // Whole months are built, so that the next span is likely to be there.
            let (first, last) = (Month::of(span.from()), Month::of(span.to()));
            let whole = DayRange::between(first.first_day(), last.last_day());
            (state.cubes.days(&state, &city, whole).await?, span)
        }
        _ => {
            let span = parameters::days(&params, everything)?;
            (state.cubes.months(&state, &city).await?, span)
        }
    };
    let filter = filter(&params, &cube)?.during(&cube, span);
    let most = state.config.max_slice_rows;
    let grouped = cube.group(&filter, &dims);
    if grouped.rows.len() > most {
        let reason = format!(
            "结果超过 {most} 行，请减少分组或加筛选 / more than {most} rows: group by less or filter more"
        );
        return Err(ApiError::at_parameter(ProblemCode::ParameterInvalid, "group", reason));
    }
    let view = view(&cube, by, span, &grouped);
    request.answer(&params, &tag, &view, |lang| table(&view, lang)).await
}

fn last_day(snapshot: &nengce_analysis::snapshot::Snapshot) -> jiff::civil::Date {
    snapshot.first.plus(snapshot.months as i32 - 1).last_day()
}

/// The words of a comma-separated parameter.
fn list<'p>(params: &'p Params, name: &str) -> Option<Vec<&'p str>> {
    let text = params.text(name)?;
    Some(text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect())
}

/// A list of words of a closed table.
fn words<T>(
    params: &Params,
    name: &str,
    all: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> ApiResult<Option<Vec<T>>> {
    let Some(list) = list(params, name) else {
        return Ok(None);
    };
    let read =
        |word: &str| parse(word).ok_or_else(|| params.refuse(name, word, &all.join(" | ")).into());
    list.into_iter().map(read).collect::<ApiResult<_>>().map(Some)
}

fn dims(params: &Params) -> ApiResult<Vec<Dim>> {
    let all: Vec<&str> = Dim::ALL.iter().map(|it| it.as_str()).collect();
    let dims = words(params, "group", &all, Dim::parse)?.unwrap_or_default();
    let times = dims.iter().filter(|it| it.time().is_some()).count();
    let twice = dims.iter().enumerate().any(|(at, it)| dims[..at].contains(it));
    if times > 1 || twice {
        let found = params.text("group").unwrap_or_default();
        return Err(params.refuse("group", found, "each once; period, month or year").into());
    }
    Ok(dims)
}

fn filter(params: &Params, cube: &Cube<'_>) -> ApiResult<Filter> {
    params.regions()?;
    params.industries()?;
    let mut filter = Filter::all(cube);
    if let Some(it) = list(params, "region") {
        filter = filter.regions(cube, &it);
    }
    if let Some(it) = list(params, "industry") {
        let upper: Vec<String> = it.iter().map(|it| it.to_ascii_uppercase()).collect();
        filter = filter.industries(cube, &upper);
    }
    let all: Vec<&str> = UnitClass::ALL.iter().map(|it| it.as_str()).collect();
    if let Some(it) = words(params, "class", &all, UnitClass::parse)? {
        filter = filter.classes(cube, &it);
    }
    let all: Vec<&str> = EnergyGroup::ALL.iter().map(|it| it.as_str()).collect();
    if let Some(it) = words(params, "energy", &all, EnergyGroup::parse)? {
        filter = filter.energy_groups(cube, &it);
    }
    if let Some(it) = list(params, "energy_type") {
        filter = filter.energy_types(cube, &it);
    }
    if let Some(it) = list(params, "product") {
        filter = filter.products(cube, &it);
    }
    if let Some(it) = list(params, "unit") {
        filter = filter.units(cube, &it);
    }
    Ok(filter)
}

fn view(cube: &Cube<'_>, by: Grain, span: DayRange, grouped: &Grouped) -> SliceView {
    let column = |figure: &dyn Fn(&Totals) -> Option<f64>| -> Vec<Option<f64>> {
        grouped.rows.iter().map(|it| figure(&it.totals)).collect()
    };
    let key = |dim: usize| {
        let words = &grouped.words[dim];
        let rows = grouped.rows.iter();
        rows.map(|it| words[it.key[dim] as usize].clone()).collect()
    };
    let totals = || grouped.rows.iter().map(|it| &it.totals);
    SliceView {
        grain: by,
        from: span.from().to_string(),
        to: span.to().to_string(),
        keys: (0..grouped.dims.len()).map(key).collect(),
        dims: grouped.dims.clone(),
        quantity: column(&Totals::quantity),
        quantity_unit: totals()
            .map(|it| it.energy_type().map(|it| cube.energies[it].unit.clone()))
            .collect(),
        tce_calorific: column(&|it| it.tce(Basis::Calorific)),
        tce_equivalent: column(&|it| it.tce(Basis::Equivalent)),
        value_added: column(&Totals::value_added),
        output: column(&Totals::output),
        output_unit: totals()
            .map(|it| it.product().map(|it| cube.products[it].unit.clone()))
            .collect(),
        received: totals().map(|it| it.received).collect(),
        expected: totals().map(|it| it.expected).collect(),
        data_version: cube.version,
    }
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
    Table { name: "slice".to_owned(), head, rows: (0..view.received.len()).map(row).collect() }
}
