//! `GET /api/v1/units`: the list, filtered, searched, a page at a time.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::reporting;
use nengce_analysis::units::{ranked, row};
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::unit::{UnitList, UnitRow};
use nengce_shared::reporting_state::ReportingState;

use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

/// Words of `data`: units with a figure in the span, or without any.
pub const HAS_DATA: [&str; 2] = ["some", "none"];

fn reporting_words() -> String {
    let words: Vec<&str> = ReportingState::ALL.iter().map(|it| it.as_str()).collect();
    words.join(" | ")
}

pub async fn get_units(State(state): State<AppState>, request: ViewRequest) -> ApiResult<Response> {
    let params =
        request.params(&parameters::with(&["q", "reporting", "data", "limit", "cursor"]))?;
    let limit = paging::limit(&params, paging::DEFAULT_LIMIT)? as usize;
    let cursor: Option<[String; 1]> = paging::decode(&params)?;
    let city = request.city(&state).await?;
    let query = parameters::query(&params, city.snapshot())?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let partial_months = city.partial_months(&state, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let mut units = ranked(&evaluation, params.text("q").unwrap_or_default());
    let reporting = params.listed("reporting", &reporting_words(), ReportingState::parse)?;
    let has_data = params.one_of("data", &HAS_DATA, |it| match it {
        "some" => Some(true),
        "none" => Some(false),
        _ => None,
    })?;
    units.retain(|unit| {
        let state = || reporting::of(&city.loaded.statuses[*unit], city.snapshot().today).state;
        (reporting.is_empty() || reporting.contains(&state()))
            && has_data.is_none_or(|wanted| evaluation.now[*unit].is_reporting() == wanted)
    });
    let code = |at: usize| city.snapshot().units[at].code.as_str();
    let start = match &cursor {
        None => 0,
        Some([last]) => {
            let place = units.iter().position(|it| code(*it) == last);
            place.ok_or_else(|| paging::bad_cursor(params.lang))? + 1
        }
    };
    let page = units.iter().skip(start).take(limit);
    let next = units.len() > start + limit;
    let last = next.then(|| paging::encode(&[code(units[start + limit - 1])]));
    let row = |unit: usize| row(&evaluation, &city.loaded.statuses[unit], unit);
    let view = UnitList {
        scope: evaluation.scope(),
        rows: page.map(|it| row(*it)).collect(),
        page: PageInfo { total: units.len() as u64, next: last },
    };
    // A file holds the whole list: what is exported must not depend on the page on screen.
    let whole = |lang| {
        let all: Vec<UnitRow> = units.iter().map(|it| row(*it)).collect();
        Table::of("units", &all, &ROWS, lang)
    };
    request.answer_of(&params, &tag, &view, Some(query.spans.now), whole).await
}

const ROWS: [Column<UnitRow>; 17] = [
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划代码", "Region code", |it, _| it.unit.region.code.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("行业代码", "Industry code", |it, _| it.unit.industry.code.as_str().into()),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into()
    }),
    Column::new("类别", "Class", |it, lang| it.unit.class.label(lang).into()),
    Column::new("综合能源消费量 tce", "Energy, tce", |it, _| it.total.value.into()),
    Column::new("对比期 tce", "Comparison, tce", |it, _| it.total.previous.into()),
    Column::percent("较对比期", "Change", |it, _| it.total.change.into()),
    Column::new("强度 tce/万元", "Intensity, tce/10^4 yuan", |it, _| it.intensity.into()),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
    Column::new("最近上报", "Last upload", |it, _| it.last_upload.clone().into()),
    Column::new("终端状态", "Device state", |it, _| it.device_state.as_str().into()),
    Column::new("今日上报", "Reporting today", |it, lang| {
        it.reporting.state.label(lang).into()
    }),
    Column::new("自", "Since", |it, _| it.reporting.since.clone().into()),
    Column::new("天数", "Days", |it, _| it.reporting.days.into()),
];
