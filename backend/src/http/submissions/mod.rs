//! What enterprises submit by hand: answers to findings with their threads, values, reports of outages; and the receipts.

pub mod answers;
pub mod confirm;
pub mod decisions;
pub mod drafts;
pub mod files;
pub mod form;
pub mod list;
pub mod outages;
mod receipt;
pub(in crate::http) mod turn;
mod typed;
pub mod values;
pub mod values_file;
pub mod withdrawal;

use nengce_core::quality::RULES;
use nengce_core::quality::answer::Refusal;
use nengce_messages::checks;
use nengce_shared::problem::ProblemCode;

use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::quality::list::{Finding, FindingQuery, findings};

/// Characters of a text, at most.
const TEXT_LENGTH: usize = 1_000;

/// A text of a person in one line, without unseen characters; empty only where it may be.
pub(in crate::http) fn line(
    field: &'static str,
    text: &str,
    may_be_empty: bool,
) -> ApiResult<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length > TEXT_LENGTH || (length == 0 && !may_be_empty) {
        let least = usize::from(!may_be_empty);
        let reason =
            format!("应有 {least} 至 {TEXT_LENGTH} 个字 / {least} to {TEXT_LENGTH} characters");
        return Err(ApiError::parameter(field, reason));
    }
    match checks::unseen(field, &text) {
        Ok(()) => Ok(text),
        Err(it) => Err(ApiError::parameter(field, it.hint_zh + " / " + &it.hint_en)),
    }
}

/// A finding within the reach of the reader; another one is not found.
async fn finding(state: &AppState, reader: &Reader, id: u64) -> ApiResult<Finding> {
    let wanted = FindingQuery {
        units: reader.units(state),
        id,
        limit: 1,
        rules: RULES.iter().map(|it| it.name).collect(),
        ..FindingQuery::default()
    };
    let found = match id {
        0 => None,
        _ => state.store.read(move |conn| Ok(findings(conn, &wanted)?.pop())).await?,
    };
    found.ok_or_else(|| ApiError::missing("质量问题", "finding", &id.to_string()))
}

fn refused(it: Refusal) -> ApiError {
    let (zh, en) = it.words();
    ApiError::new(ProblemCode::Conflict, format!("{zh} / {en}"))
}

fn closed(id: u64) -> ApiError {
    let words = format!("{id} 不是未处理的问题 / {id} is no open finding");
    ApiError::new(ProblemCode::Conflict, words)
}
