//! `POST /api/v1/units/{code}/tariffs/import`: tariffs from a CSV or XLSX file, all of it or nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use nengce_core::costs::tariff::{self, ELECTRICITY};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::account::WrongCell;
use nengce_shared::api::tariff::{TariffImport, TariffLine};
use nengce_shared::cell;
use nengce_shared::lang::Lang;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};

use super::tariffs::{keep, unit_of};
use super::{dry_run, refused, unit_id};
use crate::http::access::reader::Reader;
use crate::http::content::file_cells::{column, sheet, wrong_cell};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::import::sheet::{Row, Sheet};
use crate::store::costs::tariffs;

/// The columns by their names: the field of a line, and the head of the template.
const COLUMNS: [(&str, &str); 9] = [
    ("from", "起始日期"),
    ("energy_type", "能源品种"),
    ("charge", "计费方式"),
    ("period", "时段"),
    ("months", "月份"),
    ("hours", "小时"),
    ("price", "单价（元）"),
    ("per", "计价单位"),
    ("amount", "计费容量"),
];
/// The columns without which nothing can be read.
const REQUIRED: [usize; 4] = [0, 1, 6, 7];

/// Reads the tariffs of a file; with `dry_run=true` it only says what would happen. Nothing is taken while a cell is wrong.
#[utoipa::path(post, path = "/api/v1/units/{code}/tariffs/import", tag = "costs",
    params(("code" = String, Path), ("dry_run" = Option<bool>, Query, description = "true: change nothing")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = TariffImport), (status = 400), (status = 404), (status = 413), (status = 422)))]
pub async fn import_tariffs(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    uri: Uri,
    body: Bytes,
) -> ApiResult<Json<TariffImport>> {
    let params = Params::read(&uri, &["dry_run"], Lang::Zh)?;
    let (dry_run, unit) = (dry_run(&params)?, unit_id(&state, &code)?);
    let sheet = sheet(body, state.config.max_tariff_rows).await?;
    let known = state.dictionaries();
    let (lines, rows, mut errors) = lines(&sheet, &known)?;
    let mut read = Vec::new();
    if errors.is_empty() {
        match tariff::read(&lines, |it| unit_of(&known, it)) {
            Ok(it) => read = it,
            Err(problems) => errors.extend(problems.into_iter().map(|it| WrongCell {
                row: rows.get(it.line).copied().unwrap_or_default(),
                field: head(it.field).to_owned(),
                reason: format!("{} / {}", it.zh, it.en),
            })),
        }
    }
    if !dry_run {
        if !errors.is_empty() {
            return Err(refused(errors));
        }
        return Ok(Json(keep(&state, &reader, unit, read, lines).await?));
    }
    let stored = state.store.read(move |conn| tariffs::of_unit(conn, unit)).await?;
    let is_replaced = |it: &&tariff::Tariff| {
        stored.iter().filter(|it| it.ended.is_none()).any(|other| {
            (&other.energy_type, other.charge, other.from) == (&it.energy_type, it.charge, it.from)
        })
    };
    let (tariffs, replaced) = (read.len() as u32, read.iter().filter(is_replaced).count() as u32);
    let rows = sheet.rows.len() as u32;
    Ok(Json(TariffImport { rows, dry_run, errors, lines, tariffs, replaced }))
}

/// The Chinese head of a field's column.
fn head(field: &str) -> &'static str {
    COLUMNS.iter().find(|it| it.0 == field).map_or("", |it| it.1)
}

type Lines = (Vec<TariffLine>, Vec<u32>, Vec<WrongCell>);

/// The lines of a file with the rows they stand in, and the cells that cannot be read.
fn lines(sheet: &Sheet, known: &Dictionaries) -> ApiResult<Lines> {
    let mut places = [None; COLUMNS.len()];
    for (at, (name, head)) in COLUMNS.iter().enumerate() {
        let plain = head.split('（').next().unwrap_or(head);
        places[at] = match column(sheet, &[*name, *head, plain]) {
            Ok(it) => Some(it),
            Err(error) if REQUIRED.contains(&at) => return Err(error),
            Err(_) => None,
        };
    }
    let (mut lines, mut rows, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for row in &sheet.rows {
        lines.push(line(row, &places, known, &mut errors));
        rows.push(row.line);
    }
    if lines.is_empty() {
        return Err(ApiError::parameter("file", "没有数据行 / the file has no rows"));
    }
    Ok((lines, rows, errors))
}

fn line(
    row: &Row,
    places: &[Option<usize>; COLUMNS.len()],
    known: &Dictionaries,
    errors: &mut Vec<WrongCell>,
) -> TariffLine {
    let text = |at: usize| places[at].map(|it| row.cell(it)).unwrap_or_default();
    let mut refuse = |at: usize, zh: &str, en: &str| {
        errors.push(wrong_cell(row.line, COLUMNS[at].1, text(at), zh, en));
    };
    let from = cell::moment(text(0), None).map(|it| it.at.date().to_string());
    let from = from.unwrap_or_else(|_| {
        refuse(0, "应为日期 YYYY-MM-DD", "must be a day, YYYY-MM-DD");
        String::new()
    });
    let energy_type = energy_type(text(1), known).unwrap_or_else(|| {
        refuse(
            1,
            "没有这个能源品种，填四位代码或名称",
            "is no energy type: write its four digits or its name",
        );
        String::new()
    });
    let charge = match text(2) {
        "" => Some(TariffCharge::Quantity),
        it => TariffCharge::ALL
            .iter()
            .copied()
            .find(|of| names(it, of.as_str(), of.label(Lang::Zh), of.label(Lang::En))),
    };
    let charge = charge.unwrap_or_else(|| {
        refuse(2, "应为 用量、需量 或 容量", "must be quantity, demand or capacity");
        TariffCharge::Quantity
    });
    let period = period(text(3)).unwrap_or_else(|| {
        refuse(
            3,
            "应为 尖、峰、平、谷、深谷，或留空表示全时段",
            "must be sharp, peak, flat, valley, deep_valley, or empty for all hours",
        );
        TariffPeriod::AllHours
    });
    let mut number = |at: usize| match cell::number(text(at)) {
        Ok(Some(it)) if it.value.is_finite() && !it.percent => Some(it.value),
        Ok(None) => None,
        _ => {
            refuse(at, "应为数字", "must be a number");
            None
        }
    };
    let (price, amount) = (number(6), number(8));
    if price.is_none() && text(6).is_empty() {
        refuse(6, "没有单价", "has no price");
    }
    TariffLine {
        from,
        energy_type,
        charge,
        period,
        months: text(4).to_owned(),
        hours: text(5).to_owned(),
        price: price.unwrap_or_default(),
        per: plain_unit(text(7)),
        amount,
    }
}

/// The code of an energy type that is named by code, Chinese or English name; `电` is electricity.
fn energy_type(text: &str, known: &Dictionaries) -> Option<String> {
    if matches!(text, "电" | "电力" | "用电") {
        return Some(ELECTRICITY.to_owned());
    }
    // Spreadsheets take the leading zero of a code.
    let code = format!("{text:0>4}");
    let is_it = |it: &&nengce_core::reference::EnergyType| {
        it.code == code || names(text, "", &it.name_zh, &it.name_en)
    };
    known.energy_types.iter().find(is_it).map(|it| it.code.clone())
}

fn names(text: &str, word: &str, zh: &str, en: &str) -> bool {
    !text.is_empty()
        && (text == zh || text.eq_ignore_ascii_case(word) || text.eq_ignore_ascii_case(en))
}

/// A period as people name it: `峰`, `高峰`, `峰段`, `低谷时段`.
fn period(text: &str) -> Option<TariffPeriod> {
    let plain = text.trim_end_matches("时段").trim_end_matches('段');
    match plain {
        "" | "全" => return Some(TariffPeriod::AllHours),
        "高峰" => return Some(TariffPeriod::Peak),
        "低谷" => return Some(TariffPeriod::Valley),
        "尖峰" => return Some(TariffPeriod::Sharp),
        "平时" => return Some(TariffPeriod::Flat),
        _ => {}
    }
    let is_it = |it: &&TariffPeriod| {
        names(plain, it.as_str(), it.label(Lang::Zh), it.label(Lang::En))
            || text == it.label(Lang::Zh)
    };
    TariffPeriod::ALL.iter().find(is_it).copied()
}

/// `元/kWh` → `kWh`, `元/kW·月` → `kW`.
fn plain_unit(text: &str) -> String {
    let text = text.trim();
    let text = ["元/", "元每", "yuan/"].iter().find_map(|it| text.strip_prefix(it)).unwrap_or(text);
    let ends = ["·月", "/月", "*月", "每月", "·month", "/month"];
    ends.iter().find_map(|it| text.strip_suffix(it)).unwrap_or(text).to_owned()
}
