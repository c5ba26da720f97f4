//! `GET /api/v1/operation`: how the server is doing, in one answer of bounded size and time.

use axum::Json;
use axum::extract::State;
use nengce_core::reference::{Dictionaries, DictionaryName};
use nengce_shared::api::operation::{DictionaryEdition, Operation, QueueState, TerminalEdition};

use crate::clock;
use crate::http::content::negotiation::ListRequest;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::queries::operation;

/// Days of rejected entries unless asked for, and at most.
const USUAL_DAYS: u32 = 7;
const MOST_DAYS: u32 = 31;

/// Terminals that are listed.
const MOST_TERMINALS: usize = 1_000;

/// Queue, uploads by hour, reasons of rejected entries, editions of the dictionaries and which terminal has which.
#[utoipa::path(get, path = "/api/v1/operation", tag = "operation",
    params(("days" = Option<u32>, Query, description = "days of rejected entries, 1 to 31; 7 unless given")),
    responses((status = 200, body = Operation)), security(("admin" = [])))]
pub async fn get_operation(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Json<Operation>> {
    let (params, _) = request.read(&["days"])?;
    let days = params.number("days", 1, MOST_DAYS)?.unwrap_or(USUAL_DAYS);
    let now = clock::text(state.clock.now());
    let (hours, reasons, mut terminals) = state
        .store
        .read(move |conn| {
            let hours = operation::hours(conn, &now)?;
            Ok((hours, operation::reasons(conn, &now, days)?, operation::terminals(conn)?))
        })
        .await?;
    let dictionaries = state.dictionaries();
    let in_force = dictionaries.dic_version().to_owned();
    let is_current = |it: &TerminalEdition| it.dic_version.as_ref() == Some(&in_force);
    let total = terminals.len();
    let current = terminals.iter().filter(|it| is_current(it)).count();
    terminals.sort_by_key(is_current);
    terminals.truncate(MOST_TERMINALS);
    Ok(Json(Operation {
        queue: queue(&state),
        hours,
        reasons,
        days,
        dictionaries: editions(&dictionaries),
        terminals,
        terminals_total: total as u32,
        terminals_current: current as u32,
        dic_version: in_force,
    }))
}

fn queue(state: &AppState) -> QueueState {
    QueueState {
        waiting: state.store.callers_waiting() as u64,
        queue_messages: state.config.ingest_queue_messages as u64,
        bytes_in_flight: state.message_budget.bytes_held() as u64,
        max_bytes_in_flight: state.config.max_bytes_in_flight as u64,
        roll_ups_behind: state.store.is_behind(),
        quality_behind_days: state.store.quality_backlog().days,
    }
}

fn editions(dictionaries: &Dictionaries) -> Vec<DictionaryEdition> {
    let of = |name: DictionaryName| {
        let (rows, editions) = dictionaries.editions(name);
        DictionaryEdition {
            name: name.as_str().to_owned(),
            rows: rows as u32,
            replaced: dictionaries.is_replaced(name),
            editions,
        }
    };
    DictionaryName::ALL.into_iter().map(of).collect()
}
