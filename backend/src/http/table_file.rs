//! `POST /api/v1/table-file`: writes a table that the portal shows as XLSX or Parquet. The portal itself writes CSV only.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_messages::{Problem, echo};
use nengce_shared::api::table_file::TableFile;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;

use super::content::negotiation::{self, Format};
use super::content::problem::{ApiError, ApiResult};
use super::content::query::Params;
use super::content::table::{Cell, Table};
use super::state::AppState;
use super::terminal::body::{self, Size};

/// What a sheet of XLSX can hold: columns, and letters of a cell.
const MOST_COLUMNS: usize = 16_384;
const MOST_LETTERS: usize = 32_767;

/// A table as it is shown. Its bytes as JSON are bounded by `max_small_body_bytes`.
#[utoipa::path(post, path = "/api/v1/table-file", tag = "frame", request_body = TableFile,
    params(("format" = String, Query, description = "xlsx or parquet")),
    responses((status = 200, description = "the file", content_type = "application/octet-stream"),
              (status = 400, description = "not a table, or larger than a file can be"), (status = 413), (status = 503)))]
pub(super) async fn write_table_file(
    State(state): State<AppState>,
    request: Request,
) -> ApiResult<Response> {
    let params = Params::read(request.uri(), &["format"], Lang::Zh)?;
    let formats = [("xlsx", Format::Xlsx), ("parquet", Format::Parquet)];
    let find = |word: &str| formats.into_iter().find(|it| it.0 == word);
    let (_, format) = params
        .one_of("format", &formats.map(|it| it.0), find)?
        .ok_or_else(|| ApiError::at_parameter(ProblemCode::ParameterMissing, "format", "format"))?;
    let address = state.proxies.client(request.extensions(), request.headers()).proven();
    // The body is read before the turn, because a slow client must not keep others from their files.
    let (bytes, _permit) =
        body::read(request, &state, Size::Small).await.map_err(|it| refused(&it))?;
    let _turn = state.response_limits.turn(address).await?;
    negotiation::file(format, table(&bytes)?).await
}

fn table(json: &[u8]) -> ApiResult<Table> {
    let TableFile { notes, head, rows } = serde_json::from_slice(json)
        .map_err(|error| ApiError::new(ProblemCode::BodyNotJson, echo(&error.to_string())))?;
    let fits = |text: &str| text.chars().count() <= MOST_LETTERS;
    let is_good = |row: &Vec<Cell>| {
        row.len() == head.len() && row.iter().all(|it| !matches!(it, Cell::Text(it) if !fits(it)))
    };
    if head.len() > MOST_COLUMNS
        || !head.iter().chain(notes.iter().map(|it| &it.text)).all(|it| fits(it))
        || !rows.iter().all(is_good)
    {
        let words = "每行的单元格须与表头一样多，列和文字不超过 XLSX 的上限 / each row has as many cells as the head, \
                     columns and texts are within what XLSX can hold";
        return Err(ApiError::new(ProblemCode::BodyNotJson, words));
    }
    let notes = notes.into_iter().map(|it| (it.name, it.text)).collect();
    Ok(Table { notes, ..Table::new("table", head, rows) })
}

fn refused(problem: &Problem) -> ApiError {
    match problem.code {
        ProblemCode::BodyTooLarge => ApiError::new(
            problem.code,
            "表格过大，请导出为 CSV / the table is too large; export it as CSV",
        ),
        code => ApiError::new(code, problem.reason(Lang::Zh)),
    }
}
