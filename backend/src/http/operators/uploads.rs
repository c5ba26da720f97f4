//! `GET /api/v1/uploads`: what came; `/uploads/{id}/rejected`: what was refused, and why.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::upload::{RejectedList, RejectedRow, UploadList, UploadRow};
use nengce_shared::lang::Lang;

use crate::http::access::auth::MaybeAdmin;
use crate::http::content::negotiation::{self, Format, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::queries::uploads;

/// Rows of a page of refused entries unless asked for.
const REJECTED_ROWS: u32 = 1_000;

const COLUMNS: [Column<UploadRow>; 14] = [
    Column::new("上报号", "Upload", |it, _| it.upload_id.into()),
    Column::new("接收时间", "Received", |it, _| it.received_at.as_str().into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.clone().into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("类型", "Kind", |it, _| it.kind.as_str().into()),
    Column::new("条目", "Entries", |it, _| it.entries.into()),
    Column::new("新存", "Stored", |it, _| it.stored.into()),
    Column::new("未变", "Unchanged", |it, _| it.unchanged.into()),
    Column::new("替换", "Replaced", |it, _| it.replaced.into()),
    Column::new("待批", "Awaiting approval", |it, _| it.awaiting_approval.into()),
    Column::new("拒收", "Rejected", |it, _| it.rejected.into()),
    Column::new("数据起", "First period", |it, _| it.first_stat_date.clone().into()),
    Column::new("数据止", "Last period", |it, _| it.last_stat_date.clone().into()),
];

const REJECTED: [Column<RejectedRow>; 5] = [
    Column::new("序号", "Index", |it, _| it.index.into()),
    Column::new("字段", "Field", |it, _| it.field.as_str().into()),
    Column::new("代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("原因", "Reason", |it, lang| match lang {
        Lang::Zh => it.reason_zh.as_str().into(),
        Lang::En => it.reason_en.as_str().into(),
    }),
    Column::new("原条目", "Entry", |it, _| it.entry.as_str().into()),
];

/// Newest first; `unit` = credit code, `rejected=true` only those with refused entries, `day` = one local day.
#[utoipa::path(get, path = "/api/v1/uploads", tag = "uploads",
    params(("unit" = Option<String>, Query, description = "credit code"), ("rejected" = Option<bool>, Query, description = "true: only uploads with refused entries"), ("kind" = Option<String>, Query, description = "energy, config, metering, import or bulk"),
           ("from" = Option<String>, Query, description = "first day of receipt, YYYY-MM-DD"), ("to" = Option<String>, Query, description = "last day of receipt, YYYY-MM-DD"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = UploadList)))]
pub async fn list_uploads(
    State(state): State<AppState>,
    reader: MaybeAdmin,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) =
        request.read(&["unit", "rejected", "kind", "from", "to", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let flag = |it: &str| match it {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    let wanted = uploads::UploadQuery {
        from: params.day("from")?.unwrap_or(jiff::civil::Date::MIN),
        to: params.day("to")?.unwrap_or(jiff::civil::Date::MAX),
        unit: params.text("unit").unwrap_or_default().to_owned(),
        kind: params
            .one_of("kind", &["energy", "config", "metering", "import", "bulk"], |it| {
                matches!(it, "energy" | "config" | "metering" | "import" | "bulk")
                    .then(|| it.to_owned())
            })?
            .unwrap_or_default(),
        only_rejected: params.one_of("rejected", &["true", "false"], flag)?.unwrap_or(false),
        before,
        limit,
        all: reader.0,
    };
    let today = state.clock.today();
    let dictionaries = state.dictionaries();
    let (mut rows, total, day) = state
        .store
        .read(move |conn| {
            let (rows, total) = uploads::page(conn, &wanted)?;
            Ok((rows, total, uploads::day(conn, today, &dictionaries)?))
        })
        .await?;
    for row in &mut rows {
        reader.sender(&mut row.sent_by);
    }
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.upload_id.to_string()])))
        .flatten();
    let body = UploadList { rows, page: PageInfo { total, next }, today: day };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("uploads", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// Refused entries of an upload with field, code and reason, in pages bounded by rows and bytes. A long entry is kept as
/// its beginning with the length and SHA-256 of the whole; beyond a message's bounds entries are only counted.
#[utoipa::path(get, path = "/api/v1/uploads/{upload_id}/rejected", tag = "uploads",
    params(("upload_id" = u64, Path), ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")), responses((status = 200, body = RejectedList), (status = 404)))]
pub async fn list_rejected(
    State(state): State<AppState>,
    reader: MaybeAdmin,
    Path(id): Path<String>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["limit", "cursor"])?;
    let unknown = || ApiError::missing("上报", "upload", &id);
    let upload_id: i32 = id.parse().map_err(|_| unknown())?;
    let rows = paging::limit(&params, REJECTED_ROWS)?;
    let (limit, bytes) = match format {
        Format::Json => (rows, state.config.max_rejected_page_bytes),
        _ => (state.config.max_list_rows, state.config.max_rejected_file_bytes),
    };
    let skip: u32 = paging::after(&params, 0)?;
    let page = uploads::RejectedPage { upload_id, all: reader.0, skip, limit, bytes };
    let mut found = state
        .store
        .read(move |conn| Ok(uploads::rejected(conn, &page)?))
        .await?
        .ok_or_else(unknown)?;
    for row in &mut found.rows {
        for text in [&mut row.reason_zh, &mut row.reason_en, &mut row.entry] {
            reader.text(&state, text);
        }
    }
    let next = found.more.then(|| {
        let seen = u64::from(skip) + found.rows.len() as u64;
        paging::encode(&[&seen.to_string()])
    });
    let body = RejectedList {
        upload_id: upload_id.unsigned_abs().into(),
        rows: found.rows,
        not_kept: found.refused.saturating_sub(found.kept),
        page: PageInfo { total: found.kept, next },
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of(&format!("rejected-{upload_id}"), &body.rows, &REJECTED, params.lang)
    })
    .await
}
