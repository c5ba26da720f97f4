//! `/api/v1/drafts/{subject}`: what a person is still writing, kept on the server, so that it outlives a reload, the end of
//! a session and the machine. Nobody else sees it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use nengce_shared::api::submission::Draft;
use nengce_shared::problem::ProblemCode;

use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// Characters of the name of a form.
const LONGEST_SUBJECT: usize = 80;

/// The draft of whoever asks; null where there is none.
#[utoipa::path(get, path = "/api/v1/drafts/{subject}", tag = "submissions", params(("subject" = String, Path, description = "the form, such as finding-12")),
    responses((status = 200, body = Draft), (status = 400)))]
pub async fn get_draft(
    State(state): State<AppState>,
    reader: Reader,
    Path(subject): Path<String>,
) -> ApiResult<Json<Draft>> {
    checked(&subject)?;
    let found = state.store.draft(&reader.name, &subject).await?;
    let (body, changed_at) = found.map(|it| (it.body, it.changed_at)).unzip();
    Ok(Json(Draft { body, changed_at }))
}

/// Keeps a draft in the place of the earlier one.
#[utoipa::path(put, path = "/api/v1/drafts/{subject}", tag = "submissions", params(("subject" = String, Path, description = "the form, such as finding-12")), request_body = Draft,
    responses((status = 200, body = Draft), (status = 400), (status = 413, description = "more than draft_bytes")))]
pub async fn put_draft(
    State(state): State<AppState>,
    reader: Reader,
    Path(subject): Path<String>,
    JsonBody(draft): JsonBody<Draft>,
) -> ApiResult<Json<Draft>> {
    checked(&subject)?;
    let Some(body) = draft.body else {
        return Err(ApiError::parameter("body", "null"));
    };
    let most = state.config.draft_bytes as usize;
    if body.len() > most {
        let words = format!("草稿至多 {most} 字节 / a draft has at most {most} bytes");
        return Err(ApiError::new(ProblemCode::BodyTooLarge, words));
    }
    let now = state.clock.now();
    let bound = (now, state.config.max_drafts_per_account);
    state.store.keep_draft((&reader.name, &subject), body.clone(), bound).await?;
    Ok(Json(Draft { body: Some(body), changed_at: Some(clock::text(now)) }))
}

/// Forgets a draft.
#[utoipa::path(delete, path = "/api/v1/drafts/{subject}", tag = "submissions", params(("subject" = String, Path, description = "the form, such as finding-12")),
    responses((status = 204), (status = 400)))]
pub async fn delete_draft(
    State(state): State<AppState>,
    reader: Reader,
    Path(subject): Path<String>,
) -> ApiResult<StatusCode> {
    checked(&subject)?;
    state.store.forget_draft(&reader.name, &subject).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn checked(subject: &str) -> ApiResult<()> {
    let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    match subject.len() <= LONGEST_SUBJECT && subject.bytes().all(is_name) {
        true => Ok(()),
        false => {
            let words = format!(
                "表单名至多 {LONGEST_SUBJECT} 个字母、数字或连字符 / the name of a form has at most {LONGEST_SUBJECT} letters, digits and hyphens"
            );
            Err(ApiError::new(ProblemCode::ParameterInvalid, words))
        }
    }
}
