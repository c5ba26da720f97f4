//! `/api/v1/tokens`: tokens of industry systems, made by an administrator and shown once; and who a token is.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::ToSpan;
use nengce_messages::{checks, echo};
use nengce_shared::api::bulk::{TokenBody, TokenList, TokenMade, TokenRow};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::access::system_tokens::{PREFIX, hash};
use crate::http::content::json_body::JsonBody;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::terminal::registration::register::random_id;
use crate::store::audit::scope::ChangeNote;
use crate::store::registry::tokens;

/// Letters of a token's name, at most.
const NAME_LENGTH: usize = 80;
/// Days that a token is in force, where nobody names them, and at most.
const VALID_DAYS: u32 = 365;
const MOST_VALID_DAYS: u32 = 1_096;

/// Makes a token for named units, or for all; it is shown in this answer and nowhere else.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = TokenBody,
    responses((status = 200, body = TokenMade), (status = 400), (status = 401), (status = 409, description = "the name is taken")), security(("admin" = [])))]
pub async fn create_token(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(body): JsonBody<TokenBody>,
) -> ApiResult<Json<TokenMade>> {
    let name = body.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        return Err(ApiError::parameter("name", format!("1–{NAME_LENGTH}")));
    }
    checks::text("name", &name)
        .map_err(|it| ApiError::at_parameter(it.code, "name", it.reason(Lang::Zh)))?;
    let regions = regions(&state, body.regions.unwrap_or_default())?;
    let named = [body.all_units, !body.units.is_empty(), !regions.is_empty()];
    if named.into_iter().filter(|it| *it).count() != 1 {
        return Err(ApiError::parameter(
            "units",
            "units、all_units、regions 三选一 / name units, or all_units, or regions",
        ));
    }
    let days = body.valid_days.unwrap_or(VALID_DAYS);
    if !(1..=MOST_VALID_DAYS).contains(&days) {
        return Err(ApiError::parameter("valid_days", format!("1–{MOST_VALID_DAYS}")));
    }
    let mut units = Vec::new();
    for text in &body.units {
        let code = CreditCode::parse(text).map_err(|error| {
            ApiError::at_parameter(
                ProblemCode::EntryCreditCodeInvalid,
                "units",
                format!("{}：{}；{error}", echo(text), error.reason_zh()),
            )
        })?;
        units.push(code.to_string());
    }
    let token = format!("{PREFIX}{}{}", random_id(), random_id());
    let now = state.clock.now();
    let expires_at = clock::text(now.saturating_add(i64::from(days).days()));
    let row = TokenRow {
        name,
        units,
        all_units: body.all_units,
        regions,
        created_at: clock::text(now),
        created_by: reader.name.to_string(),
        revoked_at: None,
        expires_at: Some(expires_at.clone()),
        last_used_at: None,
    };
    let (kept, hash) = (row.clone(), hash(&token));
    state
        .store
        .write(move |write| {
            let after = json!({"name": kept.name, "units": kept.units, "all_units": kept.all_units,
                "regions": kept.regions, "expires_at": kept.expires_at});
            write.note_change(ChangeNote { object: kept.name.clone(), ..ChangeNote::after(after) });
            tokens::create(write.conn, &kept, &hash)
        })
        .await?;
    let TokenRow { name, units, all_units, regions, .. } = row;
    Ok(Json(TokenMade { name, token, units, all_units, regions, expires_at }))
}

/// The regions of a platform below: known codes of 6 digits, or the first 2 or 4 of one.
fn regions(state: &AppState, texts: Vec<String>) -> ApiResult<Vec<String>> {
    let dictionaries = state.dictionaries();
    for text in &texts {
        let fits = matches!(text.len(), 2 | 4 | 6) && text.bytes().all(|it| it.is_ascii_digit());
        if !fits || (text.len() == 6 && !dictionaries.knows_region(text)) {
            let words = format!(
                "{}：应为区划代码或其前 2、4 位 / a code of GB/T 2260, or its first 2 or 4 digits",
                echo(text)
            );
            return Err(ApiError::parameter("regions", words));
        }
    }
    Ok(texts)
}

const COLUMNS: [Column<TokenRow>; 7] = [
    Column::new("名称", "Name", |it, _| it.name.as_str().into()),
    Column::new("单位", "Units", |it, lang| match it {
        it if it.all_units => lang.pick("全部", "all").into(),
        it if it.units.is_empty() => it.regions.join(" ").into(),
        it => it.units.join(" ").into(),
    }),
    Column::new("创建时间", "Created", |it, _| it.created_at.as_str().into()),
    Column::new("创建者", "Created by", |it, _| it.created_by.as_str().into()),
    Column::new("到期时间", "Expires", |it, _| it.expires_at.clone().into()),
    Column::new("最近使用", "Last used", |it, _| it.last_used_at.clone().into()),
    Column::new("停用时间", "Revoked", |it, _| it.revoked_at.clone().into()),
];

/// By name, without the tokens themselves.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens",
    params(("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = TokenList), (status = 401)), security(("admin" = [])))]
pub async fn list_tokens(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&[])?;
    let body = TokenList { rows: state.store.read(tokens::list).await? };
    negotiation::send(format, &body, || Table::of("tokens", &body.rows, &COLUMNS, params.lang))
        .await
}

/// Its uploads are refused from now on; what it sent stays.
#[utoipa::path(post, path = "/api/v1/tokens/{name}/revoke", tag = "tokens", params(("name" = String, Path)),
    responses((status = 200, body = TokenList), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn revoke_token(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> ApiResult<Json<TokenList>> {
    let (at, wanted) = (clock::text(state.clock.now()), name.clone());
    let known = state
        .store
        .write(move |write| {
            let known = tokens::revoke(write.conn, &wanted, &at)?;
            if known {
                write.note_change(ChangeNote::after(json!({"revoked_at": at})));
            }
            Ok(known)
        })
        .await?;
    if !known {
        return Err(ApiError::missing("在用的令牌", "token in force", &name));
    }
    Ok(Json(TokenList { rows: state.store.read(tokens::list).await? }))
}
