//! Makes a programme: the ranking of the moment, the visits by score, the draw.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use nengce_core::inspection::draw::{Candidate, Chosen, DrawRules, draw};
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::programme::{
    Programme, ProgrammeRequest, ProgrammeSummary, ProgrammeVisit, RankedUnit, ReasonPoints,
};
use nengce_shared::api::targets::TargetRow;
use nengce_shared::inspection::HowChosen;
use nengce_shared::lang::Lang;
use openidconnect::url::form_urlencoded;
use rand::RngExt;
use serde_json::json;

use crate::clock;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::views::city::targets::{Ranking, ranking};
use crate::http::views::{ViewRequest, parameters};
use crate::store::audit::scope::ChangeNote;
use crate::store::inspection;

const MOST_VISITS: u32 = 999;
const MOST_INSPECTORS: usize = 200;
const MOST_NAME_CHARS: usize = 60;
const MOST_SEED_CHARS: usize = 80;
/// Digits of the division in an industry code: a letter and two digits.
const DIVISION: usize = 3;

/// Makes a programme from the ranking of the moment, by the filters and criteria of the query; with `dry_run=true` it is only
/// shown. The same seed, ranking and rules make the same programme again.
#[utoipa::path(post, path = "/api/v1/programmes", tag = "inspection",
    params(("dry_run" = Option<bool>, Query, description = "true: keep nothing"), ("criteria" = Option<String>, Query, description = "changes of the criteria, as on /api/v1/inspection-targets"),
           ("region" = Option<String>, Query, description = "districts, by comma"), ("industry" = Option<String>, Query, description = "industries by prefix, by comma"),
           ("class" = Option<String>, Query, description = "classes of units, by comma"), ("from" = Option<String>, Query, description = "first day or month"), ("to" = Option<String>, Query, description = "last day or month")),
    request_body = ProgrammeRequest,
    responses((status = 200, body = Programme), (status = 400), (status = 409, description = "as many programmes are kept as may be")))]
pub async fn make_programme(
    State(state): State<AppState>,
    request: ViewRequest,
    JsonBody(body): JsonBody<ProgrammeRequest>,
) -> ApiResult<Json<Programme>> {
    let params = request.params(&parameters::with(&["criteria", "dry_run"]))?;
    let flag = |it: &str| it.parse::<bool>().ok();
    let dry_run = params.one_of("dry_run", &["true", "false"], flag)?.unwrap_or(false);
    let rules = rules(&body)?;
    let found = ranking(&state, &request.reader, &params).await?;
    let summary = ProgrammeSummary {
        programme_id: 0,
        name: text("name", &body.name, MOST_NAME_CHARS)?,
        cycle: text("cycle", &body.cycle, MOST_NAME_CHARS)?,
        state: "in_force".to_owned(),
        capacity: body.capacity,
        by_score: 0,
        by_draw: 0,
        made_by: request.reader.name.to_string(),
        made_at: clock::text(state.clock.now()),
        withdrawn: None,
    };
    let question = question(&params);
    let mut programme = programme(found, &rules, summary, question);
    if !dry_run {
        check_room(&state).await?;
        let (kept, now) = (programme.clone(), state.clock.now());
        programme.summary.programme_id = state
            .store
            .write(move |write| {
                let id = inspection::insert(write.conn, &kept, now)?;
                let visits: Vec<&str> =
                    kept.visits.iter().map(|it| it.unit.enterprise_code.as_str()).collect();
                write.note_change(ChangeNote {
                    object: id.to_string(),
                    ..ChangeNote::after(
                        json!({"name": kept.summary.name, "question": kept.question,
                        "seed": kept.seed, "data_version": kept.data_version, "visits": visits}),
                    )
                });
                Ok(id)
            })
            .await?;
    }
    Ok(Json(programme))
}

/// The filters and criteria of the query, to be asked again.
fn question(params: &crate::http::content::query::Params) -> String {
    let keys = parameters::with(&["criteria"]);
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for key in keys {
        if let Some(value) = params.text(key) {
            pairs.append_pair(key, value);
        }
    }
    pairs.finish()
}

async fn check_room(state: &AppState) -> ApiResult<()> {
    let most = state.config.max_programmes;
    let kept = state.store.read(move |conn| inspection::list(conn, most)).await?;
    match kept.len() < most as usize {
        true => Ok(()),
        false => Err(ApiError::new(
            nengce_shared::problem::ProblemCode::Conflict,
            format!("max_programmes = {most}：方案已满 / as many programmes are kept as may be"),
        )),
    }
}

fn text(field: &'static str, text: &str, most: usize) -> ApiResult<String> {
    let text = line(field, text, false)?;
    match text.chars().count() <= most {
        true => Ok(text),
        false => {
            Err(ApiError::parameter(field, format!("至多 {most} 个字 / at most {most} characters")))
        }
    }
}

fn rules(body: &ProgrammeRequest) -> ApiResult<DrawRules> {
    if body.capacity == 0 || body.capacity > MOST_VISITS {
        return Err(ApiError::parameter("capacity", format!("1 – {MOST_VISITS}")));
    }
    if !(0.0..=100.0).contains(&body.random_percent) {
        return Err(ApiError::parameter("random_percent", "0 – 100"));
    }
    let mut inspectors = Vec::new();
    for it in &body.inspectors {
        let name = text("inspectors", it, MOST_NAME_CHARS)?;
        if inspectors.contains(&name) {
            let words = format!("「{name}」写了两次 / '{name}' stands twice");
            return Err(ApiError::parameter("inspectors", words));
        }
        inspectors.push(name);
    }
    if inspectors.len() > MOST_INSPECTORS || inspectors.len() == 1 {
        let words =
            format!("不填，或 2 至 {MOST_INSPECTORS} 人 / none, or 2 to {MOST_INSPECTORS} persons");
        return Err(ApiError::parameter("inspectors", words));
    }
    let seed = match &body.seed {
        Some(it) => text("seed", it, MOST_SEED_CHARS)?,
        None => const_hex::encode(rand::rng().random::<[u8; 16]>()),
    };
    Ok(DrawRules {
        capacity: body.capacity as usize,
        random_percent: body.random_percent,
        fairness: body.fairness,
        seed,
        inspectors,
    })
}

/// The programme that the ranking and the rules make.
pub(super) fn programme(
    found: Ranking,
    rules: &DrawRules,
    summary: ProgrammeSummary,
    question: String,
) -> Programme {
    let rows: HashMap<&str, &TargetRow> =
        found.targets.rows.iter().map(|it| (it.unit.enterprise_code.as_str(), it)).collect();
    let order = found.targets.rows.iter().map(|it| &it.unit);
    let others = found.units.iter().filter(|it| !rows.contains_key(it.enterprise_code.as_str()));
    let units: Vec<&UnitRef> = order.chain(others).collect();
    let score = |code: &str| rows.get(code).map_or(0.0, |it| it.score);
    let candidates: Vec<Candidate> = units
        .iter()
        .map(|it| Candidate {
            code: it.enterprise_code.clone(),
            district: it.region.code.clone(),
            industry: it.industry.code.get(..DIVISION).unwrap_or(&it.industry.code).to_owned(),
            score: score(&it.enterprise_code),
        })
        .collect();
    let chosen = draw(&candidates, rules);
    let how: HashMap<&str, HowChosen> =
        chosen.iter().map(|it| (it.code.as_str(), it.how)).collect();
    let ranked = |it: &&UnitRef| {
        let row = rows.get(it.enterprise_code.as_str());
        let parts = row.map_or(&[][..], |it| it.parts.as_slice());
        let scoring = parts.iter().filter(|it| it.points > 0.0);
        RankedUnit {
            enterprise_code: it.enterprise_code.clone(),
            name: it.name.clone(),
            score: score(&it.enterprise_code),
            rank: row.and_then(|it| it.rank),
            how: how.get(it.enterprise_code.as_str()).copied(),
            points: scoring
                .map(|it| ReasonPoints { reason: it.reason, points: it.points })
                .collect(),
        }
    };
    let by_code: HashMap<&str, &UnitRef> =
        units.iter().map(|it| (it.enterprise_code.as_str(), *it)).collect();
    let visit = |it: &Chosen| {
        let unit = by_code.get(it.code.as_str())?;
        let row = rows.get(it.code.as_str());
        let sentence = |lang: Lang| match row {
            Some(row) => row.sentence(lang),
            None => lang
                .pick("没有监察理由，由随机抽取产生", "no reason of its own: drawn at random")
                .to_owned(),
        };
        Some(ProgrammeVisit {
            unit: (*unit).clone(),
            how: it.how,
            rank: row.and_then(|it| it.rank),
            score: score(&it.code),
            draw_hash: it.draw_hash.clone(),
            inspectors: it.inspectors.clone(),
            parts: row.map(|it| it.parts.clone()).unwrap_or_default(),
            sentence_zh: sentence(Lang::Zh),
            sentence_en: sentence(Lang::En),
        })
    };
    let visits: Vec<ProgrammeVisit> = chosen.iter().filter_map(visit).collect();
    let count = |of: HowChosen| visits.iter().filter(|it| it.how == of).count() as u32;
    Programme {
        summary: ProgrammeSummary {
            by_score: count(HowChosen::Score),
            by_draw: count(HowChosen::Draw),
            ..summary
        },
        question,
        random_percent: rules.random_percent,
        fairness: rules.fairness,
        seed: rules.seed.clone(),
        inspectors: rules.inspectors.clone(),
        from: found.targets.scope.from.clone(),
        to: found.targets.scope.to.clone(),
        data_version: found.data_version,
        ranking: units.iter().map(ranked).collect(),
        visits,
    }
}
