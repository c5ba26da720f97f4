//! `GET /api/v1/units/{code}/meters`, and the summary of meters by energy.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::unit::{MeterEquip, MeterList, MeterRow, MeterSummary};

use super::Asked;
use super::unit_energy::find;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};
use crate::store::queries::unit_card;

pub async fn get_meters(
    State(state): State<AppState>,
    Path(code): Path<String>,
    asked: Asked,
) -> ApiResult<Response> {
    let params = asked.params(&[])?;
    let tag = asked.own_tag(&state, &params).await?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let known = find(&state, &code).await?;
    if state.store.registry().approved_unit(&code).is_none() {
        return Err(ApiError::missing("用能单位", "unit", &code));
    }
    let today = state.clock.today().to_string();
    let rows = state.store.read(move |conn| Ok(unit_card::meters(conn, known.id, &today)?)).await?;
    let view = MeterList { rows };
    asked.answer(&params, &tag, &view, |lang| Table::of("meters", &view.rows, &ROWS, lang)).await
}

/// Meters by energy of the equip-rate table, with the required rate of main equipment.
pub fn summary(dictionaries: &Dictionaries, meters: &[MeterRow]) -> MeterSummary {
    let overdue = meters.iter().filter(|it| it.overdue).count() as u32;
    let by_energy = dictionaries.meter_rates.iter().filter_map(|rate| {
        let takes = |it: &&MeterRow| {
            it.energy_type.as_ref().is_some_and(|kind| rate.energy_types.contains(kind))
        };
        let own: Vec<&MeterRow> = meters.iter().filter(takes).collect();
        (!own.is_empty()).then(|| MeterEquip {
            energy_zh: rate.energy_zh.clone(),
            energy_en: rate.energy_en.clone(),
            required_rate: rate.equipment_rate_pct.map(|it| it / 100.0),
            meters: own.len() as u32,
            overdue: own.iter().filter(|it| it.overdue).count() as u32,
        })
    });
    MeterSummary {
        total: meters.len() as u32,
        within_calibration: meters.len() as u32 - overdue,
        overdue,
        by_energy: by_energy.collect(),
    }
}

const ROWS: [Column<MeterRow>; 9] = [
    Column { zh: "器具编号", en: "Meter", cell: |it, _| it.meter_code.as_str().into() },
    Column { zh: "名称", en: "Name", cell: |it, _| it.name.as_str().into() },
    Column { zh: "级别", en: "Level", cell: |it, _| it.level.into() },
    Column { zh: "状态", en: "State", cell: |it, _| it.state.into() },
    Column { zh: "能源代码", en: "Energy type", cell: |it, _| it.energy_type.clone().into() },
    Column {
        zh: "准确度等级",
        en: "Accuracy class",
        cell: |it, _| it.accuracy_class.clone().into(),
    },
    Column {
        zh: "上次检定",
        en: "Last calibration",
        cell: |it, _| it.last_calibration.clone().into(),
    },
    Column {
        zh: "下次检定",
        en: "Next calibration",
        cell: |it, _| it.next_calibration.clone().into(),
    },
    Column { zh: "逾期", en: "Overdue", cell: |it, _| it.overdue.into() },
];
