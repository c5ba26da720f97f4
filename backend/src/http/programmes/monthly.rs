//! Keeps the ranking of each month by itself, so that the next month is held against it: a programme by the usual criteria
//! over the whole city, without a draw.

use std::time::Duration;

use nengce_core::inspection::draw::DrawRules;
use nengce_shared::api::programme::ProgrammeSummary;
use nengce_shared::inspection::Fairness;
use nengce_shared::lang::Lang;

use super::make::programme;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::views::city::targets::ranking;
use crate::store::inspection;

/// The name of these programmes, and who makes them.
const PROGRAMME_NAME: &str = "月度排序";
const MADE_BY: &str = "nengce";

/// Runs until the server ends.
pub async fn run(state: AppState) {
    let rest = Duration::from_secs(state.config.monthly_ranking_check_seconds.max(1).into());
    loop {
        tokio::time::sleep(rest).await;
        if let Err(error) = keep(&state).await {
            tracing::warn!(?error, "the ranking of the month was not kept; it is tried again");
        }
    }
}

/// Keeps the ranking of this month, unless it is there or nothing is to be ranked.
async fn keep(state: &AppState) -> ApiResult<()> {
    let (capacity, most) = (state.config.monthly_ranking_visits, state.config.max_programmes);
    let cycle = state.clock.today().strftime("%Y-%m").to_string();
    let kept = state.store.read(move |conn| inspection::list(conn, most)).await?;
    let is_there = kept
        .iter()
        .any(|it| it.cycle == cycle && it.name == PROGRAMME_NAME && it.made_by == MADE_BY);
    if capacity == 0 || is_there || kept.len() >= most as usize {
        return Ok(());
    }
    let params = Params::read(&axum::http::Uri::from_static("/"), &[], Lang::Zh)?;
    let found = ranking(state, &Reader::whole_city(MADE_BY, true), &params).await?;
    if found.targets.rows.is_empty() {
        return Ok(());
    }
    let rules = DrawRules {
        capacity: capacity as usize,
        random_percent: 0.0,
        fairness: Fairness::None,
        seed: cycle.clone(),
        inspectors: Vec::new(),
    };
    let now = state.clock.now();
    let summary = ProgrammeSummary {
        programme_id: 0,
        name: PROGRAMME_NAME.to_owned(),
        cycle,
        state: "in_force".to_owned(),
        capacity,
        by_score: 0,
        by_draw: 0,
        made_by: MADE_BY.to_owned(),
        made_at: clock::text(now),
        withdrawn: None,
    };
    let made = programme(found, &rules, summary, String::new());
    state.store.write(move |write| inspection::insert(write.conn, &made, now)).await?;
    Ok(())
}
