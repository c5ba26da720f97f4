//! Proposes an entry: it rests on a case with frozen evidence and a served order or decision, and on a legal ground.

use axum::Json;
use axum::extract::State;
use nengce_shared::api::credit::{CreditEntry, CreditProposal, CreditRecord};
use nengce_shared::credit::{CreditLevel, CreditStep};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::candidates::stands;
use super::entries::{entry, find, load};
use crate::http::access::reader::Reader;
use crate::http::cases::{acts_as, ground_of, refused};
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::submissions::turn::turn;
use crate::store::audit::scope::ChangeNote;
use crate::store::credit::{self, NewEntry};
use crate::store::unit_ids::UnitIds;

/// Proposes an entry. One without a legal ground, a served order or decision, or frozen evidence is refused.
#[utoipa::path(post, path = "/api/v1/credit-list", tag = "inspection", request_body = CreditProposal,
    responses((status = 200, body = CreditEntry), (status = 400), (status = 404, description = "no such case"), (status = 409, description = "no legal ground, nothing served, nothing frozen, or an entry stands already")))]
pub async fn propose_entry(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(request): JsonBody<CreditProposal>,
) -> ApiResult<Json<CreditEntry>> {
    let dictionaries = state.dictionaries();
    let act = dictionaries.credit_acts.iter().find(|it| it.code == request.act);
    let Some(act) = act else {
        let codes: Vec<&str> = dictionaries.credit_acts.iter().map(|it| it.code.as_str()).collect();
        return Err(ApiError::parameter("act", codes.join(" | ")));
    };
    if act.ground.trim().is_empty() {
        return Err(refused(
            "该行为没有法律依据，不得列入",
            "the act has no legal ground: nobody is listed for it",
        ));
    }
    let text = line("text", &request.text, false)?;
    let legal_rep = line("legal_rep", &request.legal_rep, false)?;
    let _turn = turn(&state).await;
    let ground = ground_of(&state, &reader, request.case_id).await?;
    let today = state.clock.today();
    let standing = load(&state, UnitIds::of([ground.unit_id]), 0).await?;
    let (acts, by) = (acts_as(&state, &reader), reader.name.to_string());
    let entries: Vec<CreditEntry> =
        standing.iter().map(|it| entry(it, &acts, &by, today)).collect();
    if entries.iter().any(|it| stands(it, &ground.unit, act)) {
        return Err(refused(
            "该单位该行为已有认定在办或在列",
            "an entry of the unit for this act stands already",
        ));
    }
    let most = state.config.max_credit_entries;
    if state.store.read(credit::count).await? >= u64::from(most) {
        let words = format!("max_credit_entries = {most}");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let level = CreditLevel::parse(&act.level).unwrap_or(CreditLevel::General);
    let record = CreditRecord {
        uscc: ground.unit.enterprise_code.clone(),
        name: ground.unit.name.clone(),
        legal_rep,
        act_code: act.code.clone(),
        act_zh: act.zh.clone(),
        level: level.label(Lang::Zh).to_owned(),
        ground: act.ground.clone(),
        decision_no: ground.decision_no,
        decision_org: state.config.inspection_authority.clone(),
        decision_date: ground.decision_date,
        listed_on: String::new(),
        expires_on: String::new(),
        cured_on: String::new(),
        withdrawn_on: String::new(),
        evidence_sha256: ground.evidence_sha256,
    };
    let (unit_id, case_id) = (ground.unit_id, request.case_id);
    let new = NewEntry { unit_id, case_id, record, act_en: act.en.clone(), months: act.months };
    let now = state.clock.now();
    let id = state.store.write(move |write| {
        let id = credit::insert(write.conn, &new)?;
        credit::add_step(write.conn, id, CreditStep::Proposed, (&by, today, &text), now)?;
        write.note_change(ChangeNote {
            object: id.to_string(),
            reason: Some(text),
            ..ChangeNote::after(json!(new.record))
        });
        Ok(id)
    });
    let id = id.await?;
    let made = find(&state, &reader, id).await?;
    Ok(Json(entry(&made, &acts, &reader.name, today)))
}
