//! The decision on an edition of the dictionaries from above.

use axum::Json;
use axum::extract::{Path, State};
use jiff::civil::Date;
use nengce_shared::api::link::{LinkView, OfferDecision};
use nengce_shared::link::OfferState;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::view;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::link::dictionaries;
use crate::store::audit::scope::ChangeNote;
use crate::store::link::offers;

/// Applies an edition at once or from a day on, or declines it.
#[utoipa::path(post, path = "/api/v1/link/offers/{offer_id}", tag = "link", params(("offer_id" = u64, Path)), request_body = OfferDecision,
    responses((status = 200, body = LinkView), (status = 400), (status = 404), (status = 409, description = "it was decided, or cannot be used")), security(("admin" = [])))]
pub async fn decide_offer(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    JsonBody(decision): JsonBody<OfferDecision>,
) -> ApiResult<Json<LinkView>> {
    let effective_on: Option<Date> = match decision.effective_on.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(text) => {
            Some(text.parse().map_err(|_| ApiError::parameter("effective_on", "YYYY-MM-DD"))?)
        }
    };
    let found = state.store.read(move |conn| offers::by_id(conn, id)).await?;
    let missing = || ApiError::missing("字典版本", "edition of the dictionaries", &id.to_string());
    let mut offer = found.ok_or_else(missing)?;
    let conflict = |words: String| ApiError::new(ProblemCode::Conflict, words);
    if !matches!(offer.state, OfferState::Offered | OfferState::Scheduled) {
        return Err(conflict("该版本已处理 / this edition was decided".to_owned()));
    }
    if decision.apply {
        dictionaries::preview(&state.dictionaries(), &offer.content).map_err(
            |(name, zh, en)| {
                let name = name.as_str();
                conflict(format!("{name}：{zh} / {name}: {en}"))
            },
        )?;
    }
    let now = state.clock.now();
    let later = effective_on.filter(|day| decision.apply && *day > now.date());
    offer.effective_on = effective_on;
    state
        .store
        .write(move |write| {
            let by = &*reader.name;
            if decision.apply && later.is_none() {
                return dictionaries::apply(write, &offer, (by, now));
            }
            let kept = if decision.apply { OfferState::Scheduled } else { OfferState::Declined };
            offers::decide(write.conn, id, kept, later, by, now)?;
            let after =
                json!({"upper": offer.upper, "version": offer.version, "state": kept.as_str()});
            let object = format!("dictionaries/{}", offer.upper);
            write.note_change(ChangeNote { object, ..ChangeNote::after(after) });
            Ok(())
        })
        .await?;
    view::view(&state).await.map(Json)
}
