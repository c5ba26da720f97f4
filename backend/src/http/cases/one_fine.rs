//! One act, one fine (Law on Administrative Penalties, art. 29): no second case fines a unit for the same act.

use jiff::civil::Date;
use nengce_shared::case::CaseStep;

use super::{Loaded, load, refused};
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::cases::CaseQuery;
use crate::store::unit_ids::UnitIds;

/// Refuses a fine for an act that another case has fined. Acts are the same where the violation is and their days overlap; an
/// act without a beginning or an end is open on that side.
pub(super) async fn check(state: &AppState, case: &Loaded) -> ApiResult<()> {
    let query = CaseQuery {
        units: UnitIds::of([case.head.unit_id]),
        violation: case.head.violation.clone(),
        limit: state.config.max_cases,
        ..CaseQuery::default()
    };
    let others = load(state, query).await?;
    let fined = others.iter().find(|it| {
        let progress = it.progress();
        let is_fined = progress.last(CaseStep::Decision).is_some()
            && progress.last(CaseStep::Revoked).is_none();
        it.head.case_id != case.head.case_id && is_fined && overlap(it, case)
    });
    let Some(fined) = fined else { return Ok(()) };
    let id = fined.head.case_id;
    Err(refused(
        &format!("同一违法行为已在案件 {id} 中罚款（行政处罚法第二十九条）"),
        &format!("the act was fined in case {id} (art. 29): one act, one fine"),
    ))
}

fn overlap(a: &Loaded, b: &Loaded) -> bool {
    let span =
        |it: &Loaded| (it.head.act_from.unwrap_or(Date::MIN), it.head.act_to.unwrap_or(Date::MAX));
    let ((a_from, a_to), (b_from, b_to)) = (span(a), span(b));
    a_from <= b_to && b_from <= a_to
}
