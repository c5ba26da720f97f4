//! `POST /api/v1/units/{code}/plan/import`: plans of one or several years from a CSV or XLSX file, all of it or nothing. A row
//! is the comprehensive consumption of a year, or the target of a product.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::account::WrongCell;
use nengce_shared::api::plan::{PlanImport, PlanRequest, PlanTarget};
use nengce_shared::basis::Basis;
use nengce_shared::cell;
use nengce_shared::lang::Lang;

use super::plans::{keep, problem};
use super::{dry_run, refused, unit_id};
use crate::http::access::reader::Reader;
use crate::http::content::file_cells::{column, sheet, wrong_cell};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::import::sheet::{Row, Sheet};

const YEAR: &str = "年份";
const SUBJECT: &str = "指标";
const BASIS: &str = "口径";
const WHOLE_YEAR: &str = "全年";
/// Names of the row of comprehensive consumption.
const TOTAL: [&str; 3] = ["综合能源消费量", "综合能耗", "total"];

/// Reads the plans of a file; with `dry_run=true` it only says what would happen. Nothing is taken while a cell is wrong.
#[utoipa::path(post, path = "/api/v1/units/{code}/plan/import", tag = "costs",
    params(("code" = String, Path), ("dry_run" = Option<bool>, Query, description = "true: change nothing")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = PlanImport), (status = 400), (status = 404), (status = 413), (status = 422)))]
pub async fn import_plan(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    uri: Uri,
    body: Bytes,
) -> ApiResult<Json<PlanImport>> {
    let params = Params::read(&uri, &["dry_run"], Lang::Zh)?;
    let (dry_run, unit) = (dry_run(&params)?, unit_id(&state, &code)?);
    let sheet = sheet(body, state.config.max_tariff_rows).await?;
    let known = state.dictionaries();
    let (plans, mut errors) = plans(&sheet, &known)?;
    if errors.is_empty() {
        errors.extend(plans.values().filter_map(|(row, plan)| {
            let (field, zh, en) = problem(&state, plan)?;
            Some(WrongCell { row: *row, field: field.to_owned(), reason: format!("{zh} / {en}") })
        }));
    }
    let plans: Vec<PlanRequest> = plans.into_values().map(|it| it.1).collect();
    if !dry_run {
        if !errors.is_empty() {
            return Err(refused(errors));
        }
        keep(&state, &reader, unit, plans.clone()).await?;
    }
    let rows = sheet.rows.len() as u32;
    Ok(Json(PlanImport { rows, dry_run, errors, plans }))
}

/// Where the columns stand.
struct Places {
    year: usize,
    subject: usize,
    basis: Option<usize>,
    whole_year: Option<usize>,
    months: Vec<Option<usize>>,
}

/// The plans of a file by year, each with its first row, and the cells that cannot be read.
type Plans = BTreeMap<i16, (u32, PlanRequest)>;

fn plans(sheet: &Sheet, known: &Dictionaries) -> ApiResult<(Plans, Vec<WrongCell>)> {
    let month = |of: usize| column(sheet, &[&format!("{of}月"), &format!("m{of}")]).ok();
    let places = Places {
        year: column(sheet, &[YEAR, "year"])?,
        subject: column(sheet, &[SUBJECT, "subject"])?,
        basis: column(sheet, &[BASIS, "basis"]).ok(),
        whole_year: column(sheet, &[WHOLE_YEAR, "whole_year", "年度预算"]).ok(),
        months: (1..=12).map(month).collect(),
    };
    let (mut plans, mut errors) = (Plans::new(), Vec::new());
    for row in &sheet.rows {
        take(row, &places, known, &mut plans, &mut errors);
    }
    if plans.is_empty() && errors.is_empty() {
        return Err(ApiError::parameter("file", "没有数据行 / the file has no rows"));
    }
    Ok((plans, errors))
}

fn take(
    row: &Row,
    places: &Places,
    known: &Dictionaries,
    plans: &mut Plans,
    errors: &mut Vec<WrongCell>,
) {
    let text = |at: Option<usize>| at.map(|it| row.cell(it)).unwrap_or_default();
    let before = errors.len();
    let mut refuse = |field: &str, found: &str, zh: &str, en: &str| {
        errors.push(wrong_cell(row.line, field, found, zh, en));
    };
    let found = text(Some(places.year));
    let year = found.trim_end_matches(['年', '度']).parse::<i16>().ok();
    let year = year.filter(|it| (2000..=2100).contains(it)).unwrap_or_else(|| {
        refuse(YEAR, found, "应为 2000–2100 的年份", "must be a year from 2000 to 2100");
        0
    });
    let found = text(places.basis);
    let basis = match found {
        "" | "等价" | "等价值" => Some(Basis::Equivalent),
        "当量" | "当量值" => Some(Basis::Calorific),
        it => Basis::parse(it),
    };
    let basis = basis.unwrap_or_else(|| {
        refuse(BASIS, found, "应为 等价 或 当量", "must be equivalent or calorific");
        Basis::Equivalent
    });
    let mut number = |field: &str, found: &str| match cell::number(found) {
        Ok(Some(it)) if it.value.is_finite() && !it.percent => Some(it.value),
        Ok(None) => None,
        _ => {
            refuse(field, found, "应为数字", "must be a number");
            None
        }
    };
    let whole_year = number(WHOLE_YEAR, text(places.whole_year));
    let named = |at: &usize| format!("{}月", at + 1);
    let months: Vec<Option<f64>> =
        (0..12).map(|at| number(&named(&at), text(places.months[at]))).collect();
    let subject = text(Some(places.subject));
    let is_total = TOTAL.contains(&subject);
    let product = known
        .products
        .iter()
        .find(|it| it.code == subject || it.name_zh == subject || it.name_en == subject);
    if !is_total && product.is_none() {
        let (zh, en) = (
            "应为 综合能源消费量、产品代码或产品名",
            "must be total, or a product by code or name",
        );
        refuse(SUBJECT, subject, zh, en);
    }
    let filled = months.iter().flatten().count();
    if is_total && filled != 0 && filled != 12 {
        refuse("1月", "", "12 个月要么都填，要么都不填", "all twelve months are given, or none");
    }
    if product.is_some() && whole_year.is_none() {
        refuse(
            WHOLE_YEAR,
            "",
            "产品目标填在「全年」列",
            "the target of a product stands in this column",
        );
    }
    if errors.len() > before {
        return;
    }
    let empty = || {
        let (budget, months, products) = (None, Vec::new(), Vec::new());
        (row.line, PlanRequest { year, basis, budget, months, products })
    };
    let plan = &mut plans.entry(year).or_insert_with(empty).1;
    match product {
        Some(it) => plan
            .products
            .push(PlanTarget { product: it.code.clone(), value: whole_year.unwrap_or_default() }),
        None if plan.budget.is_some() || !plan.months.is_empty() => {
            let (zh, en) = ("这一年已有一行", "this year has a row already");
            errors.push(wrong_cell(row.line, YEAR, text(Some(places.year)), zh, en));
        }
        None => {
            (plan.basis, plan.budget) = (basis, whole_year);
            plan.months = months.into_iter().flatten().collect();
        }
    }
}
