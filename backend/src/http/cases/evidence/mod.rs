//! Freezes what a case rests on, and shows it with what has changed since.

mod tables;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use jiff::ToSpan;
use nengce_core::cases::Step;
use nengce_shared::api::case_papers::{EvidenceChange, EvidenceDetail, EvidenceRow, EvidenceTable};
use nengce_shared::period::DayRange;
use serde_json::{Value, json};

use self::tables::{Frozen, collect};
use super::{Loaded, find};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::cases::papers::{self, NewEvidence, sm3};

/// Days of which evidence is frozen, at most.
const MOST_DAYS: i32 = 1_100;

/// Freezes readings, quality, meters and terminals of a span of days.
pub(super) async fn freeze(
    state: &AppState,
    case: &Loaded,
    step: &Step,
) -> ApiResult<Vec<NewEvidence>> {
    let span = span(case, step)?;
    let id = case.head.case_id;
    let kept = state.store.read(move |conn| Ok(papers::evidence(conn, id)?.len())).await?;
    let version = state.store.data_version();
    let question = json!({"from": span.from().to_string(), "to": span.to().to_string()});
    let frozen = collect(state, &case.head, span).await?;
    let one = |(at, it): (usize, Frozen)| {
        Ok(NewEvidence {
            about: EvidenceRow {
                number: (kept + at) as u32 + 1,
                step: step.number,
                kind: it.kind,
                zh: it.zh,
                en: it.en,
                rows: it.table.rows.len() as u32,
                sm3: sm3(&it.table)?,
                at: clock::text(state.clock.now()),
                by: step.by.clone(),
                data_version: version,
            },
            question: question.to_string(),
            table: it.table,
        })
    };
    frozen.into_iter().enumerate().map(one).collect()
}

/// The days that the step names; without them the days of the act, or the last 31.
fn span(case: &Loaded, step: &Step) -> ApiResult<DayRange> {
    let named = |text: &Option<String>| text.clone().filter(|it| !it.is_empty());
    let (from, to) = (named(&step.details.from), named(&step.details.to));
    let head = &case.head;
    let to = to.or_else(|| head.act_to.map(|it| it.to_string()));
    let to = to.unwrap_or_else(|| step.on.to_string());
    let from = from.or_else(|| head.act_from.map(|it| it.to_string()));
    let from = from.unwrap_or_else(|| step.on.saturating_sub(30.days()).to_string());
    let span =
        DayRange::parse(&from, &to).map_err(|_| ApiError::parameter("from", "YYYY-MM-DD"))?;
    match (span.to() - span.from()).get_days() <= MOST_DAYS {
        true => Ok(span),
        false => Err(ApiError::parameter(
            "from",
            format!("至多 {MOST_DAYS} 天 / at most {MOST_DAYS} days"),
        )),
    }
}

/// A table that was frozen, and what has changed since. Later corrections stand beside it and never in it.
#[utoipa::path(get, path = "/api/v1/cases/{case_id}/evidence/{number}", tag = "inspection",
    params(("case_id" = u64, Path), ("number" = u32, Path)),
    responses((status = 200, body = EvidenceDetail), (status = 404)))]
pub async fn get_case_evidence(
    State(state): State<AppState>,
    reader: Reader,
    Path((id, number)): Path<(u64, u32)>,
) -> ApiResult<Json<EvidenceDetail>> {
    let case = find(&state, &reader, id).await?;
    let found = state.store.read(move |conn| papers::evidence_one(conn, id, number)).await?;
    let missing = || ApiError::missing("证据", "evidence", &number.to_string());
    let (about, question, table) = found.ok_or_else(missing)?;
    let question: Value = serde_json::from_str(&question).map_err(ApiError::internal)?;
    let day = |name: &str| question[name].as_str().unwrap_or_default().to_owned();
    let span = DayRange::parse(&day("from"), &day("to")).map_err(ApiError::internal)?;
    let now = collect(&state, &case.head, span).await?;
    let now = now.into_iter().find(|it| it.kind == about.kind);
    let changes = now.map(|it| changes(&table, &it.table)).unwrap_or_default();
    Ok(Json(EvidenceDetail { about, table, changes }))
}

fn by_key(of: &EvidenceTable, keys: usize) -> BTreeMap<&[String], &Vec<String>> {
    of.rows.iter().map(|it| (it.get(..keys).unwrap_or(it), it)).collect()
}

/// The rows that are others now, by their key.
fn changes(before: &EvidenceTable, after: &EvidenceTable) -> Vec<EvidenceChange> {
    let keys = before.keys as usize;
    let (old, new) = (by_key(before, keys), by_key(after, keys));
    let mut all: Vec<&[String]> = old.keys().chain(new.keys()).copied().collect();
    all.sort_unstable();
    all.dedup();
    let change = |key: &[String]| {
        let (before, after) = (old.get(key), new.get(key));
        (before != after).then(|| EvidenceChange {
            key: key.to_vec(),
            before: before.map(|it| (*it).clone()),
            after: after.map(|it| (*it).clone()),
        })
    };
    all.into_iter().filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_changed_came_or_went_are_told_by_their_key() {
        let table = |rows: &[[&str; 3]]| EvidenceTable {
            heads_zh: Vec::new(),
            heads_en: Vec::new(),
            keys: 2,
            rows: rows.iter().map(|it| it.map(str::to_owned).to_vec()).collect(),
        };
        let before = table(&[["a", "1", "5"], ["a", "2", "6"], ["b", "1", "7"]]);
        let after = table(&[["a", "1", "5"], ["a", "2", "9"], ["c", "1", "8"]]);
        let found = changes(&before, &after);
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.key.join(""), it.before.is_some(), it.after.is_some()))
            .collect();
        let expected = [("a2", true, true), ("b1", true, false), ("c1", false, true)];
        assert_eq!(told, expected.map(|(key, before, after)| (key.to_owned(), before, after)));
    }
}
