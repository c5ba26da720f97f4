//! `GET /api/v1/uploads`: what came, from whom, and what of it was stored.

use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::upload::{UploadList, UploadRow};

use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::queries::uploads;

const COLUMNS: [Column<UploadRow>; 14] = [
    Column::new("上报号", "Upload", |it, _| it.upload_id.into()),
    Column::new("接收时间", "Received", |it, _| it.received_at.as_str().into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.clone().into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("类型", "Kind", |it, _| it.kind.as_str().into()),
    Column::new("条目", "Entries", |it, _| it.entries.into()),
    Column::new("新存", "Stored", |it, _| it.stored.into()),
    Column::new("未变", "Unchanged", |it, _| it.unchanged.into()),
    Column::new("替换", "Replaced", |it, _| it.replaced.into()),
    Column::new("待批", "Awaiting approval", |it, _| it.awaiting_approval.into()),
    Column::new("拒收", "Rejected", |it, _| it.rejected.into()),
    Column::new("数据起", "First period", |it, _| it.first_stat_date.clone().into()),
    Column::new("数据止", "Last period", |it, _| it.last_stat_date.clone().into()),
];

/// Newest first; `unit` = credit code, `rejected=true` only those with refused entries, `day` = one local day.
#[utoipa::path(get, path = "/api/v1/uploads", tag = "uploads",
    params(("unit" = Option<String>, Query, description = "credit code"), ("rejected" = Option<bool>, Query, description = "true: only uploads with refused entries"), ("kind" = Option<String>, Query, description = "energy, config, metering, import or bulk"),
           ("from" = Option<String>, Query, description = "first day of receipt, YYYY-MM-DD"), ("to" = Option<String>, Query, description = "last day of receipt, YYYY-MM-DD"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = UploadList)))]
pub async fn list_uploads(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) =
        request.read(&["unit", "rejected", "kind", "from", "to", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let flag = |it: &str| match it {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    let wanted = uploads::UploadQuery {
        from: params.day("from")?.unwrap_or(jiff::civil::Date::MIN),
        to: params.day("to")?.unwrap_or(jiff::civil::Date::MAX),
        unit: params.text("unit").unwrap_or_default().to_owned(),
        kind: params
            .one_of(
                "kind",
                &["energy", "config", "metering", "import", "bulk", "manual"],
                |word| {
                    matches!(word, "energy" | "config" | "metering" | "import" | "bulk" | "manual")
                        .then(|| word.to_owned())
                },
            )?
            .unwrap_or_default(),
        only_rejected: params.one_of("rejected", &["true", "false"], flag)?.unwrap_or(false),
        before,
        limit,
        all: reader.sees_devices,
        units: reader.units(&state),
    };
    let today = state.clock.today();
    let dictionaries = state.dictionaries();
    let (mut rows, total, day) = state
        .store
        .read(move |conn| {
            let (rows, total) = uploads::page(conn, &wanted)?;
            Ok((rows, total, uploads::day(conn, today, &dictionaries, &wanted.units)?))
        })
        .await?;
    for row in &mut rows {
        reader.sender(&mut row.sent_by);
    }
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.upload_id.to_string()])))
        .flatten();
    let body = UploadList { rows, page: PageInfo { total, next }, today: day };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("uploads", &body.rows, &COLUMNS, params.lang)
    })
    .await
}
