//! `GET /api/v1/energy-flow`: the energy from purchase through conversion to end use.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::flow::energy_flow;
use nengce_shared::api::energy_flow::{EnergyFlow, FlowLink, FlowNode};
use nengce_shared::energy_group::EnergyGroup;

use super::CityQuery;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_energy_flow(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&[]))?;
    let derive = |of: CityQuery<'_>| {
        Ok(energy_flow(of.evaluation, &of.city.loaded.statuses, &of.partial_months.outputs))
    };
    request
        .view(&state, &params, derive, |view, lang| {
            Table::of("energy-flow", &rows(view), &COLUMNS, lang)
        })
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
    Column::new("来源", "From", |it, lang| lang.pick(&it.from.zh, &it.from.en).into()),
    Column::new("去向", "To", |it, lang| lang.pick(&it.to.zh, &it.to.en).into()),
    Column::new("能源", "Energy", |it, lang| {
        it.link.group.map_or("", |it: EnergyGroup| it.label(lang)).into()
    }),
    Column::new("能量 tce", "Energy, tce", |it, _| it.link.tce.into()),
    Column::percent("占进入总量", "Share of what enters", |it, _| it.link.share.into()),
    Column::new("依据", "Ground", |it, lang| {
        match it.link.inferred {
            true => lang.pick("估算", "inferred"),
            false => lang.pick("上报", "reported"),
        }
        .into()
    }),
];
