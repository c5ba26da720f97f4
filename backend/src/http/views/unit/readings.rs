//! `GET /api/v1/units/{code}/readings`: raw readings with the values they replaced.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::unit_readings::{ReadingList, ReadingRow};
use nengce_shared::problem::Problem;

use super::energy::find;
use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::queries::readings::{Place, ReadingQuery, count, page};

pub const KNOWN: [&str; 6] = ["data_code", "stat_type", "from", "to", "limit", "cursor"];

/// Readings of a page unless asked for.
const PAGE_ROWS: u32 = 500;

/// Most readings of a file.
const MOST_ROWS_OF_FILE: u32 = 500_000;

pub async fn get_readings(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let (params, reader) = (request.params(&KNOWN)?, &request.reader);
    let rows = paging::limit(&params, PAGE_ROWS)?;
    let limit = if request.is_file(&params)? { MOST_ROWS_OF_FILE } else { rows };
    let place = place(&params)?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let wanted = wanted(&params, find(&state, &code).await?.id)?;
    let ask = move |conn: &_| Ok((count(conn, &wanted)?, page(conn, &wanted, &place, limit)?));
    let (total, page) = state.store.read(ask).await?;
    let dictionaries = state.dictionaries();
    let mut rows = page.rows;
    for row in &mut rows {
        row.unit = dictionaries.unit_of_measure(&row.data_code);
        reader.sender(&mut row.sent_by);
        for it in &mut row.history {
            reader.sender(&mut it.sent_by);
            reader.sender(&mut it.replaced_by_sender);
        }
    }
    let full = rows.len() == limit as usize;
    let next = page
        .last
        .filter(|_| full)
        .map(|it| paging::encode(&[&it.ts, &it.item.to_string(), &it.stat_type.to_string()]));
    let view = ReadingList { enterprise_code: code, rows, page: PageInfo { total, next } };
    request
        .answer(&params, &tag, &view, |lang| Table::of("readings", &view.rows, &ROWS, lang))
        .await
}

fn wanted(params: &Params, unit: i32) -> Result<ReadingQuery, Problem> {
    let everything = nengce_shared::period::DayRange::year(1);
    let open = params.text("from").is_none() && params.text("to").is_none();
    let (from, before) =
        if open { (String::new(), String::new()) } else { bounds(params, everything)? };
    let stat_type = params.number("stat_type", 0, 3)?;
    Ok(ReadingQuery {
        unit,
        data_code: params.data_code("data_code")?,
        stat_type: stat_type.map_or(-1, |it| it as i16),
        from,
        before,
    })
}

/// First time and the first time after the end; either may be open.
fn bounds(
    params: &Params,
    unused: nengce_shared::period::DayRange,
) -> Result<(String, String), Problem> {
    let both = match (params.text("from"), params.text("to")) {
        (Some(_), Some(_)) => Some(parameters::days(params, unused)?),
        _ => None,
    };
    let named = |name: &str| -> Result<Option<nengce_shared::period::DayRange>, Problem> {
        let Some(text) = params.text(name) else {
            return Ok(None);
        };
        let read = nengce_shared::period::DayRange::parse(text, text);
        read.map(Some).map_err(|error| parameters::refuse_period(params, &error))
    };
    let from = both.or(named("from")?).filter(|_| params.text("from").is_some());
    let to = both.or(named("to")?).filter(|_| params.text("to").is_some());
    let after =
        |it: nengce_shared::period::DayRange| it.to().tomorrow().unwrap_or(it.to()).to_string();
    Ok((
        from.map(|it| it.from().to_string()).unwrap_or_default(),
        to.map(after).unwrap_or_default(),
    ))
}

fn place(params: &Params) -> Result<Place, Problem> {
    let Some([ts, item, stat_type]) = paging::decode(params)? else {
        return Ok(Place::default());
    };
    match (item.parse(), stat_type.parse()) {
        (Ok(item), Ok(stat_type)) => Ok(Place { ts, item, stat_type }),
        _ => Err(paging::bad_cursor(params.lang)),
    }
}

const ROWS: [Column<ReadingRow>; 10] = [
    Column::new("数据编码", "Data code", |it, _| it.data_code.as_str().into()),
    Column::new("采集频率", "Stat type", |it, _| it.stat_type.code().into()),
    Column::new("数据时间", "Period start", |it, _| it.stat_date.as_str().into()),
    Column::new("数值", "Value", |it, _| it.value.into()),
    Column::new("计量单位", "Unit", |it, _| it.unit.clone().into()),
    Column::new("有效", "Valid", |it, _| it.valid.into()),
    Column::new("采集方式", "Input type", |it, _| it.input_type.into()),
    Column::new("接收时间", "Received at", |it, _| it.received_at.as_str().into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("曾替换次数", "Times replaced", |it, _| (it.history.len() as u32).into()),
];
