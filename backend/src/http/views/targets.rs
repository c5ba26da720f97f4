//! `GET /api/v1/inspection-targets`.

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::picture::Picture;
use nengce_core::analysis::targets::{Rules, targets};
use nengce_shared::api::targets::{Reason, TargetRow};

use super::{Asked, parameters};
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Cell, Column, Table};

pub async fn get_targets(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&parameters::with(&[]))?;
    let city = state.snapshots.city(&state).await?;
    let question = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let fringes = city.fringes(&state, question.basis, question.spans.fringes()).await?;
    let picture = Picture::new(&city.facts, &city.catalog, &question, &fringes);
    let view = targets(&picture, &Rules::default());
    asked
        .answer(&params, &tag, &view, |lang| {
            Table::of("inspection-targets", &view.rows, &ROWS, lang)
        })
        .await
}

fn points(row: &TargetRow, reason: Reason) -> Cell {
    row.parts.iter().find(|it| it.reason == reason).map(|it| it.points).into()
}

const ROWS: [Column<TargetRow>; 16] = [
    Column { zh: "位次", en: "Rank", cell: |it, _| it.rank.into() },
    Column {
        zh: "统一社会信用代码",
        en: "Credit code",
        cell: |it, _| it.unit.enterprise_code.as_str().into(),
    },
    Column { zh: "单位", en: "Unit", cell: |it, _| it.unit.name.as_str().into() },
    Column {
        zh: "区划",
        en: "Region",
        cell: |it, lang| lang.pick(&it.unit.region.zh, &it.unit.region.en).into(),
    },
    Column {
        zh: "行业",
        en: "Industry",
        cell: |it, lang| lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into(),
    },
    Column { zh: "能耗 tce", en: "Energy, tce", cell: |it, _| it.tce.into() },
    Column { zh: "得分", en: "Score", cell: |it, _| it.score.into() },
    Column { zh: "未封顶得分", en: "Score before caps", cell: |it, _| it.before_caps.into() },
    Column {
        zh: "关系到的能耗 tce",
        en: "Energy at stake, tce",
        cell: |it, _| it.at_stake_tce.into(),
    },
    Column {
        zh: "从未上报",
        en: "Never uploaded",
        cell: |it, _| points(it, Reason::NeverUploaded),
    },
    Column { zh: "断报", en: "Silent", cell: |it, _| points(it, Reason::Silent) },
    Column { zh: "完整率", en: "Completeness", cell: |it, _| points(it, Reason::Completeness) },
    Column {
        zh: "超限额或基准",
        en: "Above limit or baseline",
        cell: |it, _| points(it, Reason::AboveLimit),
    },
    Column {
        zh: "劣于同业",
        en: "Worse than peers",
        cell: |it, _| points(it, Reason::WorseThanPeers),
    },
    Column {
        zh: "计量逾期",
        en: "Calibration overdue",
        cell: |it, _| points(it, Reason::MeterOverdue),
    },
    Column {
        zh: "理由",
        en: "Reasons",
        cell: |it, lang| lang.pick(&it.sentence_zh, &it.sentence_en).into(),
    },
];
