//! `GET /api/v1/inspection-targets`: units ranked by their score.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::targets::score;
use nengce_analysis::targets::{Findings, criteria, targets};
use nengce_shared::access::permission::Permission;
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::targets::{Criterion, InspectionTargets, Reason, TargetRow};

use crate::http::access::reader::Reader;
use crate::http::cases;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::content::table::{Cell, Column, Table};
use crate::http::quality::findings_of_units::findings_of_units;
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_targets(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&["criteria"]))?;
    let criteria = criteria_of(&params)?;
    let findings = findings(&state, &request.reader).await?;
    let city = request.city(&state).await?;
    let query = parameters::query(&params, city.snapshot())?;
    let tag = request.tag_of_state(&city, &params, &findings)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let partial_months = city.partial_months(&state, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let view = targets(&evaluation, &city.loaded.statuses, &findings, criteria);
    let table = |lang| Table::of("inspection-targets", &view.rows, &ROWS, lang);
    request.answer_of(&params, &tag, &view, Some(query.spans.now), table).await
}

/// A ranking, and all units that it was made among.
pub struct Ranking {
    pub targets: InspectionTargets,
    pub units: Vec<UnitRef>,
    pub data_version: u64,
}

/// The ranking that a reader asks for by the parameters of a request.
pub async fn ranking(state: &AppState, reader: &Reader, params: &Params) -> ApiResult<Ranking> {
    let criteria = criteria_of(params)?;
    let findings = findings(state, reader).await?;
    let city = state.snapshots.city(state, &reader.scope).await?;
    let query = parameters::query(params, city.snapshot())?;
    let partial_months = city.partial_months(state, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let units = evaluation.selected.iter().map(|it| evaluation.unit_ref(*it)).collect();
    let targets = targets(&evaluation, &city.loaded.statuses, &findings, criteria);
    Ok(Ranking { targets, units, data_version: city.snapshot().version })
}

/// The usual criteria, changed as the parameter asks.
fn criteria_of(params: &Params) -> ApiResult<Vec<Criterion>> {
    let mut all = criteria();
    let asked = params.text("criteria").unwrap_or_default();
    score::change(&mut all, asked)
        .map_err(|wrong| params.refuse("criteria", &wrong, "reason:weight[:from:full], 0–100"))?;
    Ok(all)
}

/// The findings of the units that the reader sees, and what their cases tell: each only for whoever may read it.
pub async fn findings(state: &AppState, reader: &Reader) -> ApiResult<Findings> {
    let units = reader.units(state);
    let mut found = match reader.also_has(Permission::Quality, state) {
        true => findings_of_units(state, units.clone()).await?,
        false => Findings::new(),
    };
    if reader.also_has(Permission::Cases, state) && cases::sees_whole_cases(reader) {
        cases::offences::add(state, units, &mut found).await?;
    }
    // A share of the unit's data does not hold its findings.
    let registry = state.store.registry();
    for shared in reader.by_share.iter().filter_map(|it| registry.unit_by_code(it)) {
        found.remove(&shared.unit_id);
    }
    Ok(found)
}

fn points(row: &TargetRow, reason: Reason) -> Cell {
    row.parts.iter().find(|it| it.reason == reason && it.points > 0.0).map(|it| it.points).into()
}

const ROWS: [Column<TargetRow>; 23] = [
    Column::new("位次", "Rank", |it, _| it.rank.map(f64::from).into()),
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into()
    }),
    Column::new("类别", "Class", |it, lang| it.unit.class.label(lang).into()),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::new("得分", "Score", |it, _| it.score.into()),
    Column::new("未封顶得分", "Score before caps", |it, _| it.before_caps.into()),
    Column::new("关系到的能耗 tce", "Energy at stake, tce", |it, _| it.at_stake_tce.into()),
    Column::new("从未上报", "Never uploaded", |it, _| points(it, Reason::NeverUploaded)),
    Column::new("断报", "Silent", |it, _| points(it, Reason::Silent)),
    Column::new("完整率", "Completeness", |it, _| points(it, Reason::Completeness)),
    Column::new("数据存疑", "Suspect data", |it, _| points(it, Reason::SuspectData)),
    Column::new("逾期未答复", "Answer overdue", |it, _| points(it, Reason::Unanswered)),
    Column::new("超限额或基准", "Above limit or baseline", |it, _| {
        points(it, Reason::AboveLimit)
    }),
    Column::new("劣于同业", "Worse than peers", |it, _| points(it, Reason::WorseThanPeers)),
    Column::new("劣且上升", "Worse and rising", |it, _| points(it, Reason::RisingIntensity)),
    Column::new("计量逾期", "Calibration overdue", |it, _| points(it, Reason::MeterOverdue)),
    Column::new("超控制目标进度", "Ahead of its target", |it, _| {
        points(it, Reason::OverTarget)
    }),
    Column::new("屡次违法", "Repeat offender", |it, _| points(it, Reason::RepeatOffender)),
    Column::new("久未监察", "Not visited", |it, _| points(it, Reason::NotVisited)),
    Column::new("理由", "Reasons", |it, lang| it.sentence(lang).into()),
];
