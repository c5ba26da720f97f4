//! `GET /api/v1/energy-flow`.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::flow::energy_flow;
use nengce_core::analysis::picture::Picture;
use nengce_shared::api::energy_flow::{EnergyFlow, FlowLink, FlowNode};
use nengce_shared::energy_group::EnergyGroup;

use super::{Asked, parameters};
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

pub async fn get_energy_flow(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&parameters::with(&[]))?;
    let city = state.snapshots.city(&state).await?;
    let question = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let fringes = city.fringes(&state, question.basis, question.spans.fringes()).await?;
    let picture = Picture::new(&city.facts, &city.catalog, &question, &fringes);
    let view = energy_flow(&picture, &fringes);
    asked
        .answer(&params, &tag, &view, |lang| Table::of("energy-flow", &rows(&view), &COLUMNS, lang))
        .await
}

/// A link with the nodes it joins.
struct Row {
    link: FlowLink,
    from: FlowNode,
    to: FlowNode,
}

fn rows(view: &EnergyFlow) -> Vec<Row> {
    let nodes: HashMap<&str, &FlowNode> =
        view.nodes.iter().map(|it| (it.id.as_str(), it)).collect();
    let node = |id: &str| nodes.get(id).map(|it| FlowNode::clone(it));
    let row = |link: &FlowLink| {
        Some(Row { link: link.clone(), from: node(&link.from)?, to: node(&link.to)? })
    };
    view.links.iter().filter_map(row).collect()
}

const COLUMNS: [Column<Row>; 6] = [
    Column {
        zh: "来源", en: "From", cell: |it, lang| lang.pick(&it.from.zh, &it.from.en).into()
    },
    Column { zh: "去向", en: "To", cell: |it, lang| lang.pick(&it.to.zh, &it.to.en).into() },
    Column {
        zh: "能源",
        en: "Energy",
        cell: |it, lang| it.link.group.map_or("", |it: EnergyGroup| it.label(lang)).into(),
    },
    Column { zh: "能量 tce", en: "Energy, tce", cell: |it, _| it.link.tce.into() },
    Column {
        zh: "占进入总量", en: "Share of what enters", cell: |it, _| it.link.share.into()
    },
    Column {
        zh: "依据",
        en: "Ground",
        cell: |it, lang| {
            match it.link.inferred {
                true => lang.pick("估算", "inferred"),
                false => lang.pick("上报", "reported"),
            }
            .into()
        },
    },
];
