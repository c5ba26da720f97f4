//! `GET /api/v1/units/{code}/meters`, and the summary of meters by energy.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::unit::{MeterEquip, MeterList, MeterRow, MeterSummary};

use super::energy::find;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;
use crate::store::queries::unit_card;

pub async fn get_meters(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    if state.store.registry().approved_unit(&code).is_none() {
        return Err(ApiError::missing("用能单位", "unit", &code));
    }
    let today = state.clock.today().to_string();
    let rows = state.store.read(move |conn| Ok(unit_card::meters(conn, known.id, &today)?)).await?;
    let view = MeterList { rows };
    request.answer(&params, &tag, &view, |lang| Table::of("meters", &view.rows, &ROWS, lang)).await
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
    Column::new("器具编号", "Meter", |it, _| it.meter_code.as_str().into()),
    Column::new("名称", "Name", |it, _| it.name.as_str().into()),
    Column::new("级别", "Level", |it, _| it.level.into()),
    Column::new("状态", "State", |it, _| it.state.into()),
    Column::new("能源代码", "Energy type", |it, _| it.energy_type.clone().into()),
    Column::new("准确度等级", "Accuracy class", |it, _| it.accuracy_class.clone().into()),
    Column::new("上次检定", "Last calibration", |it, _| it.last_calibration.clone().into()),
    Column::new("下次检定", "Next calibration", |it, _| it.next_calibration.clone().into()),
    Column::new("逾期", "Overdue", |it, _| it.overdue.into()),
];
