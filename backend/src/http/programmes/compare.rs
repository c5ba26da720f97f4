//! `GET /api/v1/programmes/{id}/compare`: what changed since a programme, against another one or against today.

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use nengce_core::inspection::draw::DrawRules;
use nengce_shared::api::programme::{
    ComparedUnit, Programme, ProgrammeComparison, ProgrammeSummary, RankedUnit, ReasonChange,
};
use nengce_shared::api::targets::Reason;
use nengce_shared::lang::Lang;

use super::find;
use super::make::programme;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::views::city::targets::ranking;
use crate::http::views::parameters;

/// Smaller changes of a score are those of rounding.
const LEAST_CHANGE: f64 = 0.05;

/// A programme against another one, or against the ranking of today by its own filters, criteria and draw.
#[utoipa::path(get, path = "/api/v1/programmes/{programme_id}/compare", tag = "inspection",
    params(("programme_id" = u64, Path), ("with" = Option<u64>, Query, description = "the number of another programme; default: the ranking of today")),
    responses((status = 200, body = ProgrammeComparison), (status = 400), (status = 404)))]
pub async fn compare_programmes(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    uri: Uri,
) -> ApiResult<Json<ProgrammeComparison>> {
    let params = Params::read(&uri, &["with"], Lang::Zh)?;
    let before = find(&state, id).await?;
    let after = match params.number("with", 1, u32::MAX)? {
        Some(other) => find(&state, other.into()).await?,
        None => today(&state, &reader, &before).await?,
    };
    Ok(Json(comparison(&before, &after)))
}

/// What the rules of a programme would choose today.
async fn today(state: &AppState, reader: &Reader, it: &Programme) -> ApiResult<Programme> {
    let address: Uri = format!("/?{}", it.question).parse().map_err(ApiError::internal)?;
    let params = Params::read(&address, &parameters::with(&["criteria"]), Lang::Zh)?;
    let found = ranking(state, reader, &params).await?;
    let rules = DrawRules {
        capacity: it.summary.capacity as usize,
        random_percent: it.random_percent,
        fairness: it.fairness,
        seed: it.seed.clone(),
        inspectors: it.inspectors.clone(),
    };
    let summary = ProgrammeSummary {
        programme_id: 0,
        made_at: clock::text(state.clock.now()),
        made_by: String::new(),
        withdrawn: None,
        ..it.summary.clone()
    };
    Ok(programme(found, &rules, summary, it.question.clone()))
}

fn comparison(before: &Programme, after: &Programme) -> ProgrammeComparison {
    let mut units: BTreeMap<&str, [Option<&RankedUnit>; 2]> = BTreeMap::new();
    for (side, programme) in [before, after].into_iter().enumerate() {
        for it in &programme.ranking {
            units.entry(&it.enterprise_code).or_default()[side] = Some(it);
        }
    }
    let visited = |it: Option<&RankedUnit>| it.is_some_and(|it| it.how.is_some());
    let count = |before: bool, after: bool| {
        let sides = units.values().map(|it| it.map(visited));
        sides.filter(|it| *it == [before, after]).count() as u32
    };
    let mut rows: Vec<ComparedUnit> =
        units.values().filter_map(|[before, after]| compared(*before, *after)).collect();
    rows.sort_by(|a, b| {
        let moved = |it: &ComparedUnit| it.how_before.is_some() != it.how_after.is_some();
        let change = |it: &ComparedUnit| {
            (it.score_after.unwrap_or(0.0) - it.score_before.unwrap_or(0.0)).abs()
        };
        moved(b).cmp(&moved(a)).then_with(|| change(b).total_cmp(&change(a)))
    });
    ProgrammeComparison {
        before: before.summary.clone(),
        after: after.summary.clone(),
        joined: count(false, true),
        left: count(true, false),
        stayed: count(true, true),
        rows,
    }
}

/// A unit whose visit or score changed.
fn compared(before: Option<&RankedUnit>, after: Option<&RankedUnit>) -> Option<ComparedUnit> {
    let named = after.or(before)?;
    let score = |it: Option<&RankedUnit>| it.map(|it| it.score);
    let change = score(after).unwrap_or(0.0) - score(before).unwrap_or(0.0);
    let how = |it: Option<&RankedUnit>| it.and_then(|it| it.how);
    let has_moved = how(before).is_some() != how(after).is_some();
    if !has_moved && change.abs() < LEAST_CHANGE {
        return None;
    }
    let points = |it: Option<&RankedUnit>| -> HashMap<Reason, f64> {
        it.map_or_else(HashMap::new, |it| {
            it.points.iter().map(|it| (it.reason, it.points)).collect()
        })
    };
    let (old, new) = (points(before), points(after));
    let of = |all: &HashMap<Reason, f64>, reason: Reason| all.get(&reason).copied().unwrap_or(0.0);
    let changes = Reason::ALL.iter().filter_map(|reason| {
        let (before, after) = (of(&old, *reason), of(&new, *reason));
        ((after - before).abs() >= LEAST_CHANGE).then_some(ReasonChange {
            reason: *reason,
            before,
            after,
        })
    });
    Some(ComparedUnit {
        enterprise_code: named.enterprise_code.clone(),
        name: named.name.clone(),
        how_before: how(before),
        how_after: how(after),
        score_before: score(before),
        score_after: score(after),
        changes: changes.collect(),
    })
}
