//! `POST /api/v1/prints/{page}`: the portal tells that a signed-in person prints a page, for the audit log. The layer of the
//! log records it like a look, once in a quarter of an hour for each person and page.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::http::content::problem::{ApiError, ApiResult};

/// Characters of a page's address, at most.
const MOST_PAGE_CHARACTERS: usize = 500;

/// The page is its path with what it asks for, percent-encoded as one part of the address.
#[utoipa::path(post, path = "/api/v1/prints/{page}", tag = "audit", params(("page" = String, Path, description = "path and query of the page that is printed")),
    responses((status = 204, description = "it is recorded"), (status = 400, description = "no page of the portal"), (status = 401)))]
pub async fn note_print(Path(page): Path<String>) -> ApiResult<StatusCode> {
    let is_page = page.starts_with('/') && !page.chars().any(char::is_control);
    if !is_page || page.chars().count() > MOST_PAGE_CHARACTERS {
        return Err(ApiError::parameter("page", format!("/…, ≤ {MOST_PAGE_CHARACTERS}")));
    }
    Ok(StatusCode::NO_CONTENT)
}
