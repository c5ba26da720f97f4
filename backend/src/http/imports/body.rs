//! Receives a file for import: waits for its turn, reads its bytes, and reads its table within the configured limits.

use axum::body::Bytes;
use axum::extract::Request;
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::problem::ProblemCode;
use tokio::sync::OwnedSemaphorePermit;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::transport::body_size;
use crate::import::limits::Limits;
use crate::import::problem::FileProblem;
use crate::import::sheet::{Choice, Sheet};

/// How long a file waits for its turn.
const TURN_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// A file and its place among those that are worked on at once, held until it is done with.
pub(in crate::http) struct Taken {
    pub bytes: Bytes,
    pub turn: OwnedSemaphorePermit,
}

/// Waits for a place, then takes the body of an import.
pub(super) async fn body(state: &AppState, request: Request) -> ApiResult<Taken> {
    bounded(state, request, (state.config.max_import_bytes, "max_import_bytes")).await
}

/// Waits for a place, then takes a body of at most so many bytes, by the key of the configuration.
pub(in crate::http) async fn bounded(
    state: &AppState,
    request: Request,
    (limit, name): (usize, &str),
) -> ApiResult<Taken> {
    let turns = std::sync::Arc::clone(&state.jobs.turns);
    let turn = tokio::time::timeout(TURN_TIMEOUT, turns.acquire_owned()).await;
    let turn = turn.ok().and_then(Result::ok).ok_or_else(|| {
        let most = state.config.max_imports_at_once;
        ApiError::new(
            ProblemCode::Overloaded,
            format!("max_imports_at_once = {most}；其他文件正在读取，稍后再传 / other files are being read; try again later"),
        )
    })?;
    let request = body_size::declared(request, limit as u64, name).await?;
    let bytes = axum::body::to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| body_size::too_large(limit as u64, name))?;
    Ok(Taken { bytes, turn })
}

/// Reads a file of which nothing is known but what was chosen of it.
pub(super) async fn bare(
    state: &AppState,
    taken: Taken,
    choice: ImportMapping,
) -> ApiResult<Sheet> {
    let state = state.clone();
    let work = move || read(&state, &taken.bytes, &choice);
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(ApiError::internal)??)
}

/// The sheet and the header that a mapping chooses, within the configured limits.
pub(super) fn read(
    state: &AppState,
    bytes: &[u8],
    mapping: &ImportMapping,
) -> Result<Sheet, FileProblem> {
    let config = &state.config;
    let limits = Limits {
        rows: config.max_import_rows,
        columns: config.max_import_columns,
        cells: config.max_import_cells,
        cell_bytes: config.max_import_cell_bytes,
        text_bytes: config.max_import_text_bytes,
        unpacked_bytes: config.max_import_unpacked_bytes,
        parts: config.max_import_parts,
        sheets: config.max_import_sheets,
        shared_strings: config.max_import_shared_strings,
    };
    let choice = Choice {
        sheet: mapping.sheet.clone().filter(|it| !it.trim().is_empty()),
        header_line: mapping.header_line,
    };
    Sheet::read_as(bytes, &choice, &limits)
}
