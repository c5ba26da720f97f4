//! The templates of documents: built in, and replaced by an operator. A document that was issued never changes with them.

use axum::Json;
use axum::extract::{Path, State};
use nengce_core::cases::document;
use nengce_shared::api::case_papers::{DocumentTemplate, DocumentTemplateList, TemplateText};
use nengce_shared::case::CaseDocumentKind;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::values::sample;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::cases::papers;

/// Characters of a template.
const MOST_CHARS: usize = 20_000;

/// The templates in force, one for each kind of document.
#[utoipa::path(get, path = "/api/v1/document-templates", tag = "inspection", responses((status = 200, body = DocumentTemplateList)))]
pub async fn list_templates(
    State(state): State<AppState>,
) -> ApiResult<Json<DocumentTemplateList>> {
    let replaced = state.store.read(papers::templates).await?;
    let in_force = |kind: &CaseDocumentKind| {
        let found = replaced.iter().find(|it| it.kind == *kind && !it.content.is_empty());
        found.cloned().unwrap_or_else(|| DocumentTemplate {
            kind: *kind,
            version: 0,
            content: document::built_in(*kind).to_owned(),
            put_by: String::new(),
            put_at: String::new(),
        })
    };
    Ok(Json(DocumentTemplateList { rows: CaseDocumentKind::ALL.iter().map(in_force).collect() }))
}

/// Puts a text in the place of a template, once it renders with the values of a case; an empty text puts the built-in one
/// back.
#[utoipa::path(put, path = "/api/v1/document-templates/{kind}", tag = "inspection", params(("kind" = String, Path)), request_body = TemplateText,
    responses((status = 200, body = DocumentTemplateList), (status = 400), (status = 404), (status = 422, description = "the template cannot be used: the line and the reason")))]
pub async fn put_template(
    State(state): State<AppState>,
    reader: Reader,
    Path(kind): Path<String>,
    JsonBody(request): JsonBody<TemplateText>,
) -> ApiResult<Json<DocumentTemplateList>> {
    let words: Vec<&str> = CaseDocumentKind::ALL.iter().map(|it| it.as_str()).collect();
    let known = CaseDocumentKind::parse(&kind);
    let kind =
        known.ok_or_else(|| ApiError::missing_among("文书", "kind of document", &kind, words))?;
    let content = request.content.trim().to_owned();
    if content.chars().count() > MOST_CHARS {
        let words = format!("至多 {MOST_CHARS} 个字 / at most {MOST_CHARS} characters");
        return Err(ApiError::parameter("content", words));
    }
    if !content.is_empty() {
        document::render(&content, &sample()).map_err(|it| {
            let words = format!(
                "第 {line} 行：{reason} / line {line}: {reason}",
                line = it.line,
                reason = it.reason
            );
            ApiError::at_parameter(ProblemCode::TemplateInvalid, "content", words)
        })?;
    }
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let version = papers::put_template(write.conn, kind, &content, &by, now)?;
        write.note_change(ChangeNote {
            object: kind.as_str().to_owned(),
            ..ChangeNote::after(json!({"version": version, "content": content}))
        });
        Ok(())
    };
    state.store.write(write).await?;
    list_templates(State(state)).await
}
