//! `GET /api/v1/uploads/{id}/rejected`: what was refused, and why. As a file it has the columns that the import of records
//! reads, so that a person mends an entry in its cell and imports the file as it is.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_messages::energy::Entry;
use nengce_messages::profile;
use nengce_messages::scalar::Scalar;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::imports::{REASON_COLUMNS, RECORD_FIELDS, RECORD_FIELDS_ZH};
use nengce_shared::api::upload::{RejectedList, RejectedRow};
use nengce_shared::lang::Lang;

use super::nearest_code::{self, NearestCodes};
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, Format, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Cell, Table};
use crate::http::state::AppState;
use crate::store::queries::uploads::{self, Sender};

/// Rows of a page of refused entries unless asked for.
const REJECTED_ROWS: u32 = 1_000;

/// Refused entries of an upload with field, code and reason, in pages bounded by rows and bytes. A file has a column per
/// field of an entry: mended, it is imported as `records`. A long entry is kept as its beginning with the length and
/// SHA-256 of the whole; beyond a message's bounds entries are only counted.
#[utoipa::path(get, path = "/api/v1/uploads/{upload_id}/rejected", tag = "uploads",
    params(("upload_id" = u64, Path), ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")), responses((status = 200, body = RejectedList), (status = 404)))]
pub async fn list_rejected(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["limit", "cursor"])?;
    let unknown = || ApiError::missing("上报", "upload", &id);
    let upload_id: i32 = id.parse().map_err(|_| unknown())?;
    let rows = paging::limit(&params, REJECTED_ROWS)?;
    let (limit, bytes) = match format {
        Format::Json => (rows, state.config.max_rejected_page_bytes),
        _ => (state.config.max_list_rows, state.config.max_rejected_file_bytes),
    };
    let skip: u32 = paging::after(&params, 0)?;
    let page = uploads::RejectedPage {
        upload_id,
        all: reader.sees_devices,
        units: reader.units(&state),
        skip,
        limit,
        bytes,
    };
    let dictionaries = state.dictionaries();
    // Comparing codes is work for the threads of the store, not for those that serve.
    let found = state.store.read(move |conn| {
        let mut found = uploads::rejected(conn, &page)?;
        if let Some(it) = &mut found {
            let mut codes = NearestCodes::new(&it.sender.data_codes, &dictionaries);
            it.rows.iter_mut().for_each(|row| codes.add_to(row));
        }
        Ok(found)
    });
    let mut found = found.await?.ok_or_else(unknown)?;
    for row in &mut found.rows {
        for text in [&mut row.reason_zh, &mut row.reason_en, &mut row.entry] {
            reader.text(&state, text);
        }
    }
    let next = found.more.then(|| {
        let seen = u64::from(skip) + found.rows.len() as u64;
        paging::encode(&[&seen.to_string()])
    });
    let sender = found.sender;
    let body = RejectedList {
        upload_id: upload_id.unsigned_abs().into(),
        rows: found.rows,
        not_kept: found.refused.saturating_sub(found.kept),
        page: PageInfo { total: found.kept, next },
    };
    negotiation::send_page(format, &body, &body.page, || {
        table(&format!("rejected-{upload_id}"), &body.rows, &sender, params.lang)
    })
    .await
}

/// One row per entry: its fields as they were sent, then what is wrong with it.
fn table(name: &str, rows: &[RejectedRow], sender: &Sender, lang: Lang) -> Table {
    let fields = match lang {
        Lang::Zh => RECORD_FIELDS_ZH.map(|it| it[0]),
        Lang::En => RECORD_FIELDS,
    };
    let head = fields.into_iter().chain(REASON_COLUMNS).map(str::to_owned).collect();
    let rows = rows.chunk_by(|a, b| a.index == b.index).map(|reasons| {
        let of_all = |part: fn(&RejectedRow) -> &str, stop: &str| -> Cell {
            reasons.iter().map(part).collect::<Vec<_>>().join(stop).into()
        };
        let why = [
            reasons[0].index.into(),
            of_all(|it| &it.field, ", "),
            of_all(|it| &it.code, ", "),
            of_all(|it| &it.reason_zh, "；"),
            of_all(|it| &it.reason_en, "; "),
            reasons[0].entry.as_str().into(),
        ];
        cells(&reasons[0].entry, sender).into_iter().chain(why).collect()
    });
    Table::new(name, head, rows.collect())
}

/// The cells of an entry in the order of the fields of a record; empty where it is not a JSON object of the protocol.
fn cells(entry: &str, sender: &Sender) -> [Cell; RECORD_FIELDS.len()] {
    let own: Entry<'_> = serde_json::from_str(entry).unwrap_or_default();
    let named = |field: &str| nearest_code::attribute(entry, field).map(Cell::from);
    let unit = named("enterpriseCode").unwrap_or_else(|| sender.enterprise_code.as_str().into());
    // A profile may write the flag in another sense; the file has that of the import.
    let read = profile::by_name(&sender.profile).and_then(|it| (it.valid)(&own.valid));
    let valid = read.map_or_else(|| cell(&own.valid), |it| it.to_string().into());
    [
        unit,
        cell(&own.data_code),
        cell(&own.stat_type),
        cell(&own.stat_date),
        cell(&own.data_value),
        cell(&own.input_type),
        valid,
        cell(&own.scope),
        named("dataUnit").unwrap_or(Cell::Missing),
    ]
}

fn cell(scalar: &Scalar<'_>) -> Cell {
    match scalar {
        Scalar::Missing | Scalar::Other => Cell::Missing,
        Scalar::Number(it) => (*it).into(),
        Scalar::Text(it) => it.as_ref().into(),
        Scalar::Flag(it) => it.to_string().into(),
    }
}
