//! `GET /api/v1/factors`: the coal-equivalent factors in force, with their sources.

use axum::extract::State;
use axum::response::Response;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::meta::FactorRow;
use nengce_shared::basis::Basis;

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;

pub async fn get_factors(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&["basis", "energy_type"])?;
    let words = [Basis::Calorific.as_str(), Basis::Equivalent.as_str()];
    let basis = params.one_of("basis", &words, Basis::parse)?;
    let digits = |it: &str| {
        (it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit())).then(|| it.to_owned())
    };
    let kind = params.one_of("energy_type", &["3300"], digits)?;
    let city = request.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let mut rows = rows(&state.dictionaries());
    rows.retain(|row| {
        basis.is_none_or(|basis| row.basis == basis)
            && kind.as_ref().is_none_or(|kind| row.energy_type == *kind)
    });
    request.answer(&params, &tag, &rows, |lang| Table::of("factors", &rows, &FACTORS, lang)).await
}

fn rows(dictionaries: &Dictionaries) -> Vec<FactorRow> {
    let row = |it: &nengce_core::reference::FactorEntry| {
        let kind = dictionaries.energy_type(&it.energy_type)?;
        Some(FactorRow {
            energy_type: it.energy_type.clone(),
            zh: kind.name_zh.clone(),
            en: kind.name_en.clone(),
            quantity_unit: kind.unit.clone(),
            basis: it.basis,
            kgce_per_unit: it.kgce_per_unit,
            valid_from: it.valid_from.to_string(),
            valid_to: it.valid_to.map(|it| it.to_string()),
            source: it.provenance.source.clone(),
            source_zh: it.provenance.source_zh.clone(),
            edition: it.provenance.edition.clone(),
            certainty: it.provenance.certainty.clone(),
        })
    };
    dictionaries.factors.iter().filter_map(row).collect()
}

const FACTORS: [Column<FactorRow>; 10] = [
    Column::new("能源代码", "Energy type", |it, _| it.energy_type.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.zh, &it.en).into()),
    Column::new("计量单位", "Unit", |it, _| it.quantity_unit.as_str().into()),
    Column::new("折算口径", "Basis", |it, lang| it.basis.label(lang).into()),
    Column::new("kgce/单位", "kgce per unit", |it, _| it.kgce_per_unit.into()),
    Column::new("起始", "Valid from", |it, _| it.valid_from.as_str().into()),
    Column::new("截止", "Valid to", |it, _| it.valid_to.clone().into()),
    Column::new("来源", "Source", |it, lang| lang.pick(&it.source_zh, &it.source).into()),
    Column::new("版本", "Edition", |it, _| it.edition.as_str().into()),
    Column::new("确定性", "Certainty", |it, _| it.certainty.as_str().into()),
];
