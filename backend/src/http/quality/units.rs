//! `/api/v1/quality/units`: the quality index of every unit over a span, and of one unit day by day.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use nengce_core::quality::{RULES, Severity};
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::quality::{
    QualityDay, QualityFigures, QualityItemRow, QualityUnitDays, QualityUnitRow, QualityUnits,
    QualityWeights,
};
use nengce_shared::lang::Lang;
use nengce_shared::quality::quality_index;

use super::{status, weights};
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::quality::list::{self as store, Sums};
use crate::store::unit_columns::UnitColumns;

/// Days of a span unless asked for.
const SPAN_DAYS: i32 = 30;
/// Days of a span at most.
const MOST_DAYS: i32 = 1_100;
pub const SORTS: [&str; 8] =
    ["index", "completeness", "accuracy", "timeliness", "validity", "conformity", "open", "name"];

/// The shares and the index of some sums.
pub fn figures(it: &Sums, weights: &QualityWeights) -> QualityFigures {
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    let parts = [
        share(it.received, it.expected),
        share(it.calibrated, it.meters),
        share(it.in_time, it.timed),
        share(it.valid, it.assessed),
        share(it.conforms, it.assessed),
    ];
    let weights = [
        weights.completeness,
        weights.accuracy,
        weights.timeliness,
        weights.validity,
        weights.conformity,
    ];
    let [completeness, accuracy, timeliness, validity, conformity] = parts;
    QualityFigures {
        completeness,
        accuracy,
        timeliness,
        validity,
        conformity,
        index: quality_index(parts, weights),
        expected: it.expected,
        received: it.received,
    }
}

/// `from` and `to`, by default the last days that are due.
fn span(params: &Params, state: &AppState) -> ApiResult<(String, String)> {
    let back =
        |from: jiff::civil::Date, days: i32| from.saturating_sub(jiff::Span::new().days(days));
    let to = params.day("to")?.unwrap_or_else(|| back(state.clock.today(), 2));
    let from = params.day("from")?.unwrap_or_else(|| back(to, SPAN_DAYS - 1));
    if from > to || from < back(to, MOST_DAYS) {
        let found = from.to_string();
        return Err(params
            .refuse("from", &found, &format!("{} – {to}", back(to, MOST_DAYS)))
            .into());
    }
    Ok((from.to_string(), to.to_string()))
}

/// Worst index first; `sort` names a part, `order` = asc (default) or desc.
#[utoipa::path(get, path = "/api/v1/quality/units", tag = "quality",
    params(("region" = Option<String>, Query, description = "districts, GB/T 2260, separated by commas"), ("industry" = Option<String>, Query, description = "GB/T 4754 with its letter, by prefix, separated by commas"),
           ("from" = Option<String>, Query, description = "first day; default 30 days before `to`"), ("to" = Option<String>, Query, description = "last day; default the last day that is due"),
           ("sort" = Option<String>, Query, description = "index (default), completeness, accuracy, timeliness, validity, conformity, open or name"),
           ("order" = Option<String>, Query, description = "asc (default) or desc"), ("limit" = Option<u32>, Query, description = "rows of a page"),
           ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = QualityUnits)))]
pub async fn list_units(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let known = ["region", "industry", "from", "to", "sort", "order", "limit", "cursor"];
    let (params, format) = request.read(&known)?;
    let (from, to) = span(&params, &state)?;
    params.regions()?;
    params.industries()?;
    let sort = params
        .one_of("sort", &SORTS, |it| SORTS.into_iter().find(|word| *word == it))?
        .unwrap_or("index");
    let falling = params
        .one_of("order", &["asc", "desc"], |it| match it {
            "asc" => Some(false),
            "desc" => Some(true),
            _ => None,
        })?
        .unwrap_or(false);
    let limit = paging::rows(&params, format, state.config.max_list_rows)? as usize;
    let skip: usize = paging::after(&params, 0)?;
    let text = |name: &str| params.text(name).unwrap_or_default().to_owned();
    let (region, industry, span) = (text("region"), text("industry"), (from.clone(), to.clone()));
    let within = reader.units(&state);
    let (found, units) = state
        .store
        .read(move |conn| {
            let assessed = store::units(
                conn,
                (&region, &industry, ""),
                (&span.0, &span.1),
                &high_rules(),
                &within,
            )?;
            Ok((assessed, store::units_count(conn, &region, &industry, &within)?))
        })
        .await?;
    let (weights, dictionaries) = (weights(&state.config), state.dictionaries());
    let mut total = Sums::default();
    found.iter().for_each(|it| total.add(&it.sums));
    let mut rows: Vec<QualityUnitRow> = found
        .iter()
        .map(|it| QualityUnitRow {
            unit: it.unit.named(&dictionaries),
            figures: figures(&it.sums, &weights),
            days: it.days,
            silent_days: it.silent,
            late_days: it.late,
            open_findings: it.open,
            open_high: it.high,
        })
        .collect();
    order(&mut rows, sort, falling);
    let count = rows.len();
    let rows: Vec<_> = rows.into_iter().skip(skip).take(limit).collect();
    let reached = skip.saturating_add(rows.len());
    let body = QualityUnits {
        from,
        to,
        units,
        units_assessed: u32::try_from(count).unwrap_or(u32::MAX),
        page: PageInfo {
            total: count as u64,
            next: (reached < count).then(|| paging::encode(&[&reached.to_string()])),
        },
        rows,
        total: figures(&total, &weights),
        weights,
        status: status(&state, &reader).await?,
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("quality-units", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

fn high_rules() -> Vec<&'static str> {
    let high = RULES.into_iter().filter(|it| it.severity == Severity::High);
    high.map(|it| it.name).collect()
}

fn order(rows: &mut [QualityUnitRow], sort: &str, falling: bool) {
    if sort == "name" {
        rows.sort_by(|a, b| a.unit.name.cmp(&b.unit.name));
    } else {
        let key = |it: &QualityUnitRow| match sort {
            "completeness" => it.figures.completeness,
            "accuracy" => it.figures.accuracy,
            "timeliness" => it.figures.timeliness,
            "validity" => it.figures.validity,
            "conformity" => it.figures.conformity,
            "open" => Some(f64::from(it.open_findings)),
            _ => it.figures.index,
        };
        // A missing figure stands last, whichever way.
        let edge = if falling { f64::NEG_INFINITY } else { f64::INFINITY };
        rows.sort_by(|a, b| key(a).unwrap_or(edge).total_cmp(&key(b).unwrap_or(edge)));
    }
    if falling {
        rows.reverse();
    }
}

/// One unit's index day by day, and its items over the span.
#[utoipa::path(get, path = "/api/v1/quality/units/{code}", tag = "quality",
    params(("code" = String, Path, description = "credit code"), ("from" = Option<String>, Query, description = "first day"), ("to" = Option<String>, Query, description = "last day")),
    responses((status = 200, body = QualityUnitDays), (status = 404)))]
pub async fn get_unit(
    State(state): State<AppState>,
    Path(code): Path<String>,
    uri: Uri,
) -> ApiResult<Json<QualityUnitDays>> {
    let params = Params::read(&uri, &["from", "to"], Lang::Zh)?;
    let (from, to) = span(&params, &state)?;
    let entry = state.store.registry().approved_unit(&code).cloned();
    let Some(entry) = entry else {
        return Err(ApiError::missing("用能单位", "unit", &code));
    };
    let (wanted, first, last) = (code.clone(), from.clone(), to.clone());
    let (days, items) = state
        .store
        .read(move |conn| {
            let days = store::days(conn, &wanted, &first, &last)?;
            Ok((days, store::items(conn, &wanted, &first, &last)?))
        })
        .await?;
    let (weights, dictionaries) = (weights(&state.config), state.dictionaries());
    let unit = UnitColumns {
        code,
        name: entry.name,
        region: entry.region_code,
        industry: entry.industry_code,
        class: entry.class,
    };
    let days = days.into_iter().map(|it| QualityDay {
        figures: figures(&it.sums, &weights),
        day: it.day,
        late_hours: it.late_hours,
        findings: it.findings,
    });
    let items = items.into_iter().map(|item| {
        let energy = dictionaries.energy_type(&item.energy_type);
        QualityItemRow {
            item_zh: energy.map_or(item.data_code.clone(), |it| it.name_zh.clone()),
            item_en: energy.map_or(item.data_code.clone(), |it| it.name_en.clone()),
            figures: figures(&item.sums, &weights),
            open_findings: item.open,
            data_code: item.data_code,
        }
    });
    Ok(Json(QualityUnitDays {
        unit: unit.named(&dictionaries),
        from,
        to,
        days: days.collect(),
        items: items.collect(),
        weights,
    }))
}

const COLUMNS: [Column<QualityUnitRow>; 14] = [
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区", "District", |it, lang| {
        lang.pick(it.unit.region.zh.as_str(), it.unit.region.en.as_str()).into()
    }),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(it.unit.industry.zh.as_str(), it.unit.industry.en.as_str()).into()
    }),
    Column::percent("质量指数", "Quality index", |it, _| it.figures.index.into()),
    Column::percent("完整性", "Completeness", |it, _| it.figures.completeness.into()),
    Column::percent("准确性", "Accuracy", |it, _| it.figures.accuracy.into()),
    Column::percent("及时性", "Timeliness", |it, _| it.figures.timeliness.into()),
    Column::percent("有效性", "Validity", |it, _| it.figures.validity.into()),
    Column::percent("一致性", "Conformity", |it, _| it.figures.conformity.into()),
    Column::new("中断天数", "Silent days", |it, _| it.silent_days.into()),
    Column::new("迟报天数", "Late days", |it, _| it.late_days.into()),
    Column::new("未处理发现", "Open findings", |it, _| it.open_findings.into()),
    Column::new("其中严重", "Of high severity", |it, _| it.open_high.into()),
];
