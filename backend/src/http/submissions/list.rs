//! The receipts of a unit: their list, one of them, and how a submission that answers no finding is kept.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::submission::{Receipt, SubmissionList, SubmissionRow};
use nengce_shared::submission::{SubmissionKind, SubmissionState};
use serde_json::json;

use super::receipt;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::submissions::{self, Submission, SubmissionQuery};

const COLUMNS: [Column<SubmissionRow>; 14] = [
    Column::new("回执号", "Receipt", |it, _| it.submission_id.into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("类别", "Kind", |it, lang| it.kind.label(lang).into()),
    Column::new("状态", "State", |it, lang| it.state.label(lang).into()),
    Column::new("质量问题", "Finding", |it, _| it.finding_id.into()),
    Column::new("说明", "Reason", |it, _| it.reason.as_str().into()),
    Column::new("提交人", "Submitted by", |it, _| it.submitted_by.as_str().into()),
    Column::new("提交时间", "Submitted at", |it, _| it.submitted_at.as_str().into()),
    Column::new("处理人", "Decided by", |it, _| it.decided_by.clone().into()),
    Column::new("新增", "Stored", |it, _| it.receipt.stored.into()),
    Column::new("替换", "Replaced", |it, _| it.receipt.replaced.into()),
    Column::new("待批", "Awaiting approval", |it, _| it.receipt.awaiting_approval.into()),
    Column::new("最重程度", "Worst severity", |it, _| it.receipt.worst.as_str().into()),
];

/// Submissions with their receipts, newest first; `state` = to_confirm, submitted, done, accepted, sent_back, withdrawn or all (default).
#[utoipa::path(get, path = "/api/v1/submissions", tag = "submissions",
    params(("unit" = Option<String>, Query, description = "credit code"), ("state" = Option<String>, Query, description = "to_confirm, submitted, done, accepted, sent_back, withdrawn or all (default)"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = SubmissionList)))]
pub async fn list_submissions(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["unit", "state", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let states: Vec<&str> = SubmissionState::ALL.iter().map(|it| it.as_str()).collect();
    let wanted = SubmissionQuery {
        units: reader.units(&state),
        unit: params.text("unit").unwrap_or_default().to_owned(),
        state: params.state(&states)?.unwrap_or_default(),
        before: paging::after(&params, 0)?,
        limit,
        ..SubmissionQuery::default()
    };
    let ask =
        move |conn: &_| Ok((submissions::page(conn, &wanted)?, submissions::count(conn, &wanted)?));
    let (found, total) = state.store.read(ask).await?;
    let dictionaries = state.dictionaries();
    let rows: Vec<SubmissionRow> =
        found.into_iter().map(|it| receipt::row(it, &dictionaries)).collect();
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.submission_id.to_string()])))
        .flatten();
    let body = SubmissionList { rows, page: PageInfo { total, next } };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("submissions", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// A submission with its receipt.
#[utoipa::path(get, path = "/api/v1/submissions/{submission_id}", tag = "submissions", params(("submission_id" = i32, Path)),
    responses((status = 200, body = SubmissionRow), (status = 404)))]
pub async fn get_submission(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<i32>,
) -> ApiResult<Json<SubmissionRow>> {
    let found = receipt::find(&state, &reader, id).await?;
    Ok(Json(receipt::row(found, &state.dictionaries())))
}

/// Keeps a submission of a unit that answers no finding, and gives its receipt.
pub(super) async fn keep(
    state: &AppState,
    reader: &Reader,
    unit_id: i32,
    (kind, standing, upload_id): (SubmissionKind, SubmissionState, Option<i32>),
    reason: String,
    receipt: Receipt,
) -> ApiResult<Json<SubmissionRow>> {
    let submission = Submission {
        id: 0,
        unit_id,
        kind,
        state: standing,
        finding: None,
        reason,
        submitted_by: reader.name.to_string(),
        submitted_at: clock::text(state.clock.now()),
        decided: None,
        upload_id,
        receipt,
    };
    let number = state.store.write(move |write| {
        let number = submissions::insert(write.conn, &submission)?;
        let it = &submission.receipt;
        write.note_change(ChangeNote {
            reason: Some(submission.reason.clone()),
            ..ChangeNote::after(
                json!({"receipt": number, "state": submission.state, "from": it.from, "to": it.to,
                "values": it.values, "stored": it.stored, "replaced": it.replaced,
                "awaiting_approval": it.awaiting_approval, "upload": submission.upload_id}),
            )
        });
        Ok(number)
    });
    let number = number.await?;
    let found = receipt::find(state, reader, number).await?;
    Ok(Json(receipt::row(found, &state.dictionaries())))
}
