//! `/api/v1/quality`: the rules with their parameters, the weights of the index, and how far assessing is behind the
//! uploads.

mod columns;
pub mod deadlines;
pub mod findings;
pub mod findings_of_units;
pub mod units;

use axum::Json;
use axum::extract::State;
use nengce_core::quality::timeliness::REPAIR_WORKING_DAYS;
use nengce_core::quality::{RULES, Rule};
use nengce_shared::api::quality::{
    QualityParameter, QualityRule, QualityRules, QualityStatus, QualityWeights,
};

use crate::clock;
use crate::config::Config;
use crate::http::access::reader::Reader;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::quality::list as store;

/// Every rule with its parameters and sources, and the weights of the index.
#[utoipa::path(get, path = "/api/v1/quality/rules", tag = "quality", responses((status = 200, body = QualityRules)))]
pub async fn get_rules(State(state): State<AppState>) -> Json<QualityRules> {
    Json(QualityRules {
        rules: RULES.into_iter().map(rule_row).collect(),
        weights: weights(&state.config),
        repair_working_days: REPAIR_WORKING_DAYS,
    })
}

fn rule_row(it: &Rule) -> QualityRule {
    let parameters = it.parameters.iter().map(|it| QualityParameter {
        name: it.name.to_owned(),
        value: it.value,
        unit: it.unit.to_owned(),
        zh: it.zh.to_owned(),
        en: it.en.to_owned(),
    });
    QualityRule {
        rule: it.name.to_owned(),
        zh: it.zh.to_owned(),
        en: it.en.to_owned(),
        about_zh: it.about_zh.to_owned(),
        about_en: it.about_en.to_owned(),
        part: it.part.as_str().to_owned(),
        severity: it.severity.as_str().to_owned(),
        parameters: parameters.collect(),
        source_zh: it.source_zh.to_owned(),
        source_en: it.source_en.to_owned(),
        certainty: it.certainty.to_owned(),
    }
}

pub fn weights(config: &Config) -> QualityWeights {
    QualityWeights {
        completeness: config.quality_weight_completeness,
        accuracy: config.quality_weight_accuracy,
        timeliness: config.quality_weight_timeliness,
        validity: config.quality_weight_validity,
        conformity: config.quality_weight_conformity,
    }
}

/// How far the quality figures are behind the readings.
#[utoipa::path(get, path = "/api/v1/quality/status", tag = "quality", responses((status = 200, body = QualityStatus)))]
pub async fn get_status(
    State(state): State<AppState>,
    reader: Reader,
) -> ApiResult<Json<QualityStatus>> {
    Ok(Json(status(&state, &reader).await?))
}

/// The assessment as a whole, and the open findings of the reader's units.
pub async fn status(state: &AppState, reader: &Reader) -> ApiResult<QualityStatus> {
    let units = reader.units(state);
    let open_findings = state.store.read(move |conn| store::open(conn, &units)).await?;
    let backlog = state.store.quality_backlog();
    Ok(QualityStatus {
        behind_days: backlog.days,
        behind_seconds: backlog.seconds,
        oldest_day: backlog.oldest_day.map(|it| it.to_string()),
        days_per_minute: backlog.days_per_minute,
        assessed_until: backlog.assessed_until.map(|it| it.to_string()),
        open_findings,
        updated_at: backlog.updated_at.map(clock::text),
    })
}
