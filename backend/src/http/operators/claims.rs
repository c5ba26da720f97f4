//! `/api/v1/claims`: registrations without a proof, beside the terminal that the enterprise has, and the operator's
//! decisions. One-time codes and the release of a device are in `device_bindings.rs`.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::ToSpan;
use nengce_messages::checks;
use nengce_shared::api::claim::{ClaimDecision, ClaimList, ClaimRow};
use nengce_shared::api::common::PageInfo;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::claim_evidence::complete;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::queries::claims::{self, ClaimQuery};
use crate::store::registry::claims::{Claim, ClaimState};

/// Days of uploads of the terminal in place that are counted.
const EVIDENCE_DAYS: i64 = 7;
/// Letters of a reason.
const REASON_LENGTH: usize = 200;

const COLUMNS: [Column<ClaimRow>; 17] = [
    Column::new("编号", "Claim", |it, _| it.claim_id.into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.as_str().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("规约", "Profile", |it, _| it.claimant.profile.as_str().into()),
    Column::new("来源地址", "Address", |it, _| it.claimant.address.clone().into()),
    Column::new("证书", "Certificate", |it, _| it.claimant.certificate.clone().into()),
    Column::new("证书主体", "Certificate subject", |it, _| it.claimant.subject.clone().into()),
    Column::new("自报区划", "Region said", |it, _| it.region.as_str().into()),
    Column::new("首次登记", "First at", |it, _| it.first_at.as_str().into()),
    Column::new("最近登记", "Last at", |it, _| it.last_at.as_str().into()),
    Column::new("次数", "Attempts", |it, _| it.attempts.into()),
    Column::new("提示", "Flags", |it, _| it.flags.join(" ").into()),
    Column::new("现有终端", "Device in place", |it, _| {
        it.device.as_ref().map(|it| it.device_id.clone()).into()
    }),
    Column::new("处理时间", "Decided at", |it, _| it.decided_at.clone().into()),
    Column::new("处理人", "Decided by", |it, _| it.decided_by.clone().into()),
    Column::new("理由", "Reason", |it, _| it.reason.clone().into()),
];

/// Newest first, with the terminal in place and what it sent in the last seven days.
#[utoipa::path(get, path = "/api/v1/claims", tag = "claims",
    params(("state" = Option<String>, Query, description = "pending, confirmed, refused, expired or all (default)"), ("q" = Option<String>, Query, description = "part of credit code, name, address or certificate subject"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = ClaimList), (status = 401), (status = 403)), security(("admin" = [])))]
pub async fn list_claims(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["state", "q", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let now = state.clock.now();
    state.store.sweep_claims(now, state.config.claim_days).await?;
    let wanted = ClaimQuery {
        state: params.state(&ClaimState::ALL.map(ClaimState::as_str))?.unwrap_or_default(),
        q: params.text("q").unwrap_or_default().to_owned(),
        before,
        limit,
        since: now.saturating_sub(EVIDENCE_DAYS.days()),
        claim_id: None,
    };
    let (found, total, open) = state
        .store
        .read(move |conn| {
            let total = claims::count(conn, &wanted.state, &wanted.q)?;
            let open = claims::count(conn, ClaimState::Pending.as_str(), "")?;
            Ok((claims::page(conn, &wanted)?, total, open))
        })
        .await?;
    let rows = complete(&state, found);
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.claim_id.to_string()])))
        .flatten();
    let config = &state.config;
    let body = ClaimList {
        rows,
        page: PageInfo { total, next },
        open,
        pickup_hours: config.claim_pickup_hours,
        proofs: config.registration_proofs.clone(),
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("claims", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// The claimant gets a new device when it registers again in time, once, from the same address or with the same certificate; then the device before is revoked.
#[utoipa::path(post, path = "/api/v1/claims/{claim_id}/confirm", tag = "claims", params(("claim_id" = u32, Path)), request_body = ClaimDecision,
    responses((status = 200, body = ClaimRow), (status = 401), (status = 403), (status = 404), (status = 409, description = "not pending; claimant_unproved: neither a client certificate nor an address that proves, a one-time code is the way")), security(("admin" = [])))]
pub async fn confirm_claim(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u32>,
    JsonBody(body): JsonBody<ClaimDecision>,
) -> ApiResult<Json<ClaimRow>> {
    let (id, reason) = (number(id), reason(body)?);
    let now = state.clock.now();
    // Many clients share an address that proves nothing: the next of them to register would get the confirmation.
    let known = state.store.claims().by_id(id).cloned();
    if known.is_some_and(|it| it.state == ClaimState::Pending && !it.from.is_told_apart()) {
        return Err(ApiError::new(
            ProblemCode::ClaimantUnproved,
            "该来源的地址不能证明身份，请改发一次性登记码 / make a one-time code and give it to the plant",
        ));
    }
    let hours = i64::from(state.config.claim_pickup_hours);
    decide(&state, id, &[ClaimState::Pending], move |write, claim| {
        let enterprise = claim.enterprise_code.clone();
        let another = "another claim was confirmed";
        write.end_claims(&enterprise, ClaimState::Confirmed, id, another, now)?;
        write.put_claim(Claim {
            state: ClaimState::Confirmed,
            decided_at: Some(now),
            decided_by: Some(reader.name.to_string()),
            reason,
            pickup_until: Some(now.saturating_add(hours.hours())),
            ..claim
        })
    })
    .await
}

/// The same claimant waits in vain for `claim_days`; the reason is kept. A confirmation may be taken back until the claimant
/// has registered.
#[utoipa::path(post, path = "/api/v1/claims/{claim_id}/refuse", tag = "claims", params(("claim_id" = u32, Path)), request_body = ClaimDecision,
    responses((status = 200, body = ClaimRow), (status = 400, description = "no reason"), (status = 401), (status = 403), (status = 404), (status = 409, description = "neither pending nor waiting to be picked up")), security(("admin" = [])))]
pub async fn refuse_claim(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u32>,
    JsonBody(body): JsonBody<ClaimDecision>,
) -> ApiResult<Json<ClaimRow>> {
    let Some(reason) = reason(body)? else {
        return Err(ApiError::parameter("reason", "驳回须说明理由 / a refusal needs a reason"));
    };
    let now = state.clock.now();
    let undecided = &[ClaimState::Pending, ClaimState::Confirmed];
    decide(&state, number(id), undecided, move |write, claim| {
        write.put_claim(Claim {
            state: ClaimState::Refused,
            decided_at: Some(now),
            decided_by: Some(reader.name.to_string()),
            reason: Some(reason),
            pickup_until: None,
            ..claim
        })
    })
    .await
}

/// A number as the store has it; one beyond names no claim.
fn number(id: u32) -> i32 {
    i32::try_from(id).unwrap_or(i32::MAX)
}

fn reason(body: ClaimDecision) -> ApiResult<Option<String>> {
    let reason = body.reason.map(|it| it.trim().to_owned());
    let reason = reason.filter(|it| !it.is_empty());
    let is_plain =
        |it: &String| it.chars().count() <= REASON_LENGTH && !it.chars().any(checks::is_unseen);
    if reason.as_ref().is_some_and(|it| !is_plain(it)) {
        return Err(ApiError::parameter(
            "reason",
            format!(
                "≤ {REASON_LENGTH}，无控制字符和不可见字符 / no control characters, none that are not seen"
            ),
        ));
    }
    Ok(reason)
}

/// Decides a claim in one of these states, unless it was picked up; the claim as it then stands.
async fn decide(
    state: &AppState,
    id: i32,
    from: &'static [ClaimState],
    change: impl FnOnce(&mut crate::store::change::Transaction<'_>, Claim) -> crate::store::Result<i32>
    + Send
    + 'static,
) -> ApiResult<Json<ClaimRow>> {
    let done = state
        .store
        .write(move |write| {
            let Some(it) = write.claim(id).filter(|it| from.contains(&it.state)) else {
                return Ok(None);
            };
            let about = |state: ClaimState| Some(json!({"state": state.as_str()}));
            let (object, before) = (it.enterprise_code.clone(), about(it.state));
            let done = change(write, it)?;
            let after = write.claim(id).and_then(|it| about(it.state));
            write.note_change(ChangeNote { object, before, after, reason: None });
            Ok(Some(done))
        })
        .await?;
    let row = one(state, id).await?;
    match (done, row) {
        (_, None) => Err(ApiError::not_found(format!("没有申请 {id} / no claim {id}"))),
        (None, Some(row)) => Err(ApiError::new(
            ProblemCode::Conflict,
            format!("{id}: {} ({})", row.state, row.decided_at.unwrap_or_default()),
        )),
        (Some(_), Some(row)) => Ok(Json(row)),
    }
}

async fn one(state: &AppState, claim_id: i32) -> ApiResult<Option<ClaimRow>> {
    let now = state.clock.now();
    let wanted = ClaimQuery {
        state: String::new(),
        q: String::new(),
        before: i32::MAX,
        limit: 1,
        since: now.saturating_sub(EVIDENCE_DAYS.days()),
        claim_id: Some(claim_id),
    };
    let found = state.store.read(move |conn| Ok(claims::page(conn, &wanted)?)).await?;
    Ok(complete(state, found).pop())
}
