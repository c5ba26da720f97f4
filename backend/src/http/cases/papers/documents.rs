//! A document of a case as it was issued: as JSON for the page that shows the paper, and as DOCX.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use nengce_shared::api::case_papers::{CaseDocument, DocumentBlock};
use nengce_shared::lang::Lang;

use super::super::detail::seen_documents;
use super::super::{find, is_of_unit};
use crate::http::access::reader::Reader;
use crate::http::content::docx::table::DocxTable;
use crate::http::content::docx::text::{aligned, paragraph, run, section};
use crate::http::content::docx::{DOCX, Report, package};
use crate::http::content::negotiation::attachment;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::store::cases::papers;

/// The copies of a document, as they are called on paper.
const COPIES: [(&str, &str); 3] = [("original", "正本"), ("duplicate", "副本"), ("stub", "存根")];

/// A document as it was issued; `format=docx` for the file, `copy` = original, duplicate or stub for what stands at its head.
#[utoipa::path(get, path = "/api/v1/cases/{case_id}/documents/{document}", tag = "inspection",
    params(("case_id" = u64, Path), ("document" = u32, Path), ("format" = Option<String>, Query, description = "json (default) or docx"), ("copy" = Option<String>, Query, description = "original, duplicate or stub: the copy of a DOCX")),
    responses((status = 200, body = CaseDocument), (status = 400), (status = 404)))]
pub async fn get_document(
    State(state): State<AppState>,
    reader: Reader,
    Path((id, document)): Path<(u64, u32)>,
    uri: Uri,
) -> ApiResult<Response> {
    let params = Params::read(&uri, &["format", "copy"], Lang::Zh)?;
    let format = params.one_of("format", &["json", "docx"], |it| Some(it == "docx"))?;
    let names = COPIES.map(|it| it.0);
    let copy = params.one_of("copy", &names, |word| COPIES.iter().find(|it| it.0 == word))?;
    let it = issued(&state, &reader, id, document).await?;
    if format != Some(true) {
        return Ok(Json(it).into_response());
    }
    let bytes = bytes(&it.blocks, copy.map(|it| it.1)).map_err(ApiError::internal)?;
    Ok(attachment(bytes, DOCX, &format!("nengce-case-{id}-{document}.docx")))
}

async fn issued(
    state: &AppState,
    reader: &Reader,
    id: u64,
    document: u32,
) -> ApiResult<CaseDocument> {
    let case = find(state, reader, id).await?;
    let found = state.store.read(move |conn| papers::document(conn, id, document)).await?;
    let missing = || ApiError::missing("文书", "document", &document.to_string());
    let (row, template_version, blocks) = found.ok_or_else(missing)?;
    let row = seen_documents(&case, vec![row], is_of_unit(reader)).pop().ok_or_else(missing)?;
    Ok(CaseDocument { about: row, template_version, blocks })
}

/// The file: A4, its rows as tables, the copy at its head.
pub(super) fn bytes(
    blocks: &[DocumentBlock],
    copy: Option<&str>,
) -> zip::result::ZipResult<Vec<u8>> {
    let mut body = String::new();
    if let Some(copy) = copy {
        body.push_str(&aligned("Body", "right", &run(copy)));
    }
    for part in
        blocks.chunk_by(|a, b| a.kind == "row" && b.kind == "row" && a.text.len() == b.text.len())
    {
        match part.first() {
            Some(it) if it.kind == "row" => body.push_str(&rows(part)),
            Some(it) => body.push_str(&block(it)),
            None => {}
        }
    }
    body.push_str(&section(false));
    package::bytes(&Report { body, footnotes: String::new() }, None)
}

fn block(it: &DocumentBlock) -> String {
    let text = it.text.first().map_or("", String::as_str);
    let lines = text.split('\n');
    match it.kind.as_str() {
        "title" => paragraph("Heading2", &run(text)),
        "number" => aligned("Body", "center", &run(text)),
        "right" => aligned("Body", "right", &run(text)),
        "line" => aligned("Small", "center", &run(&"—".repeat(30))),
        _ => lines.map(|it| paragraph("Body", &run(&format!("　　{it}")))).collect(),
    }
}

/// Rows without a head; the first column is a third of the paper.
fn rows(part: &[DocumentBlock]) -> String {
    let columns = part.first().map_or(1, |it| it.text.len());
    let mut widths = vec![2; columns];
    widths[0] = 1;
    let row = |it: &DocumentBlock| it.text.iter().map(|it| (it.clone(), "left")).collect();
    let table = DocxTable {
        widths,
        head: Vec::new(),
        rows: part.iter().map(row).collect(),
        across: false,
        small: false,
        form_lines: 0,
    };
    // Word wants a paragraph after a table.
    table.xml() + &paragraph("Small", "")
}
