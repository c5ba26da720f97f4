//! The dossier of a case: every document, every frozen table and the case itself in one file, with their hashes.

use std::io::{Cursor, Write};

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::api::case_papers::{DocumentBlock, EvidenceTable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::detail::detail;
use super::documents;
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::attachment;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::cases::papers;
use crate::store::json;

/// The dossier as ZIP: `case.json`, the documents as DOCX, the evidence as JSON whose SM3 hash is the one that was shown.
#[utoipa::path(get, path = "/api/v1/cases/{case_id}/dossier", tag = "inspection", params(("case_id" = u64, Path)),
    responses((status = 200, description = "a ZIP file"), (status = 404)))]
pub async fn get_dossier(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
) -> ApiResult<Response> {
    let case = detail(&state, &reader, id).await?;
    let documents: Vec<u32> = case.documents.iter().map(|it| it.document).collect();
    let tables: Vec<u32> = case.evidence.iter().map(|it| it.number).collect();
    let ask = move |conn: &_| {
        let (mut papers_found, mut tables_found) = (Vec::new(), Vec::new());
        for it in documents {
            papers_found.extend(papers::document(conn, id, it)?.map(|it| (it.0, it.2)));
        }
        for it in tables {
            tables_found.extend(papers::evidence_one(conn, id, it)?.map(|found| (it, found.2)));
        }
        Ok((papers_found, tables_found))
    };
    let (papers, tables) = state.store.read(ask).await?;
    let papers: Vec<(String, Vec<DocumentBlock>)> = papers
        .into_iter()
        .map(|(row, blocks)| (format!("{:02}-{}", row.document, row.kind), blocks))
        .collect();
    let write = move || bytes(&case, &papers, &tables);
    let bytes = tokio::task::spawn_blocking(write).await.map_err(ApiError::internal)?;
    Ok(attachment(
        bytes.map_err(ApiError::internal)?,
        "application/zip",
        &format!("nengce-case-{id}.zip"),
    ))
}

fn bytes(
    case: &CaseDetail,
    papers: &[(String, Vec<DocumentBlock>)],
    tables: &[(u32, EvidenceTable)],
) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, content: &[u8]| -> anyhow::Result<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(content)?)
    };
    part("case.json", serde_json::to_string_pretty(case)?.as_bytes())?;
    for (name, blocks) in papers {
        part(&format!("documents/{name}.docx"), &documents::bytes(blocks, None)?)?;
    }
    for (number, table) in tables {
        part(&format!("evidence/{number:02}.json"), json::text(table)?.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
