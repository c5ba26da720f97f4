//! `POST /api/v1/units/{code}/values/read`: reads a file of values and says what would be submitted. Nothing is stored: whoever
//! sent it submits the values that it holds, with a reason, like typed ones.

use std::collections::HashSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use jiff::civil::Date;
use nengce_shared::api::account::WrongCell;
use nengce_shared::api::submission::{ManualItem, TypedValue, ValuesFile};
use nengce_shared::cell::{self, Precision};
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::period::DayRange;
use nengce_shared::quantity;

use super::{form, typed};
use crate::http::content::file_cells::{column, sheet, wrong_cell};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::import::sheet::{Row, Sheet};

const ITEM: &str = "采集项";
const PERIOD: &str = "时段";
const VALUE: &str = "数值";
const UNIT: &str = "单位";

/// Reads a CSV or XLSX file with a row for each value: the item (its data code or its name), the day or month, the value and,
/// where it is not the item's own, the unit. While a cell is wrong nothing is checked further.
#[utoipa::path(post, path = "/api/v1/units/{code}/values/read", tag = "submissions", params(("code" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ValuesFile), (status = 400), (status = 404), (status = 413), (status = 422)))]
pub async fn read_values(
    State(state): State<AppState>,
    Path(code): Path<String>,
    body: Bytes,
) -> ApiResult<Json<ValuesFile>> {
    let unit = state.store.registry().unit_by_code(&code).map(|it| it.unit_id);
    let unit = unit.ok_or_else(|| ApiError::missing("用能单位", "unit", &code))?;
    let sheet = sheet(body, state.config.max_typed_values).await?;
    let today = state.clock.today();
    let items = form::items(&state, unit, DayRange::between(today, today)).await?;
    let places = Places {
        item: column(&sheet, &[ITEM, "数据编码", "data_code", "item"])?,
        period: column(&sheet, &[PERIOD, "日期", "月份", "period", "date"])?,
        value: column(&sheet, &[VALUE, "值", "用量", "value"])?,
        unit: column(&sheet, &[UNIT, "计量单位", "unit"]).ok(),
    };
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for row in &sheet.rows {
        values.extend(value(&state, row, &sheet, &places, &items, &mut errors));
    }
    if sheet.rows.is_empty() {
        return Err(ApiError::parameter("file", "没有数据行 / the file has no rows"));
    }
    errors.extend(twice(&sheet, &values));
    let notes = match errors.is_empty() {
        true => typed::check(&state, unit, &values).await?.1,
        false => Vec::new(),
    };
    let rows = sheet.rows.len() as u32;
    Ok(Json(ValuesFile { rows, errors, values, notes }))
}

/// Where the columns stand.
struct Places {
    item: usize,
    period: usize,
    value: usize,
    unit: Option<usize>,
}

/// The value of a row, or what is wrong with its cells.
fn value(
    state: &AppState,
    row: &Row,
    sheet: &Sheet,
    places: &Places,
    items: &[ManualItem],
    errors: &mut Vec<WrongCell>,
) -> Option<TypedValue> {
    let before = errors.len();
    let mut refuse = |field: &str, found: &str, zh: &str, en: &str| {
        errors.push(wrong_cell(row.line, field, found, zh, en));
    };
    let found = row.cell(places.item);
    let item = item(found, items);
    if item.is_none() {
        refuse(
            ITEM,
            found,
            "不是本单位唯一的采集项：填数据编码",
            "names no single item of the unit: write its data code",
        );
    }
    let found = row.cell(places.period);
    let period = period(found);
    if period.is_none() {
        refuse(PERIOD, found, "应为日 YYYY-MM-DD 或月 YYYY-MM", "must be YYYY-MM-DD or YYYY-MM");
    }
    let found = row.cell(places.value);
    let number = cell::number(found).ok().flatten().filter(|it| !it.percent);
    let number = number.map(|it| it.value).filter(|it| it.is_finite());
    if number.is_none() {
        refuse(VALUE, found, "应为数字", "must be a number");
    }
    let unit = places.unit.map(|it| row.cell(it)).filter(|it| !it.is_empty());
    let unit = unit.or_else(|| sheet.units.get(places.value)?.as_deref());
    let own = item.and_then(|it| it.quantity_unit.as_deref());
    let factor = match (unit, own) {
        (Some(unit), Some(own)) => match quantity::factor(Some(unit), own) {
            Ok(it) => it,
            Err(why) => {
                refuse(UNIT, unit, &why.reason(Lang::Zh), &why.reason(Lang::En));
                1.0
            }
        },
        _ => 1.0,
    };
    if errors.len() > before {
        return None;
    }
    let (data_code, value) = (item?.data_code.clone(), number? * factor);
    let it = TypedValue { data_code, period: period?, value };
    if let Err(problem) = typed::reading(state, &it) {
        let field = if problem.field == "value" { VALUE } else { PERIOD };
        let (zh, en) = (problem.reason(Lang::Zh), problem.reason(Lang::En));
        errors.push(wrong_cell(row.line, field, row.cell(places.period), &zh, &en));
        return None;
    }
    Some(it)
}

/// The item with this data code or, where only one has it, this name.
fn item<'a>(text: &str, items: &'a [ManualItem]) -> Option<&'a ManualItem> {
    if let Ok(code) = DataCode::parse_lenient(text) {
        let code = code.to_string();
        return items.iter().find(|it| it.data_code == code);
    }
    let mut named = items.iter().filter(|it| it.item_zh == text || it.item_en == text);
    named.next().filter(|_| named.next().is_none())
}

/// The day or month of a cell, as typed values name it.
fn period(text: &str) -> Option<String> {
    let it = cell::moment(text, None).ok()?;
    let date: Date = it.at.date();
    match it.precision {
        Precision::Month => Some(date.strftime("%Y-%m").to_string()),
        Precision::Day => Some(date.to_string()),
        // A workbook writes a day with midnight.
        Precision::Time if it.at == date.at(0, 0, 0, 0) => Some(date.to_string()),
        _ => None,
    }
}

/// The first value that stands twice.
fn twice(sheet: &Sheet, values: &[TypedValue]) -> Option<WrongCell> {
    let mut seen = HashSet::new();
    let at = values.iter().position(|it| !seen.insert((&it.data_code, &it.period)))?;
    // Rows and values go together as long as no row was refused; else their cells are told first.
    let row = sheet.rows.get(at).filter(|_| sheet.rows.len() == values.len())?;
    let zh = "同一采集项、同一时段在前面已有一行";
    let en = "stands in an earlier row for the same item";
    Some(wrong_cell(row.line, PERIOD, &values[at].period, zh, en))
}
