//! The part of whoever makes policy: how far total and intensity are from their targets.

use nengce_analysis::dual_control::dual_control;
use nengce_analysis::evaluation::Evaluation;
use nengce_shared::api::home::{HomeFigure, HomePart};
use nengce_shared::warning::TotalThresholds;

use super::part::{TCE, Within, figure, part, row, usual_query};
use crate::http::content::problem::ApiResult;

const LINK: &str = "/dual-control";
/// The name of the part.
pub(super) const CITY: &str = "city";

pub(super) async fn city(within: &Within<'_>) -> ApiResult<HomePart> {
    let city = within.city().await?;
    let query = usual_query(&city)?;
    let partial_months = city.partial_months(within.state, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let found = dual_control(&evaluation, TotalThresholds::default());
    let total = figure("total", ("能耗总量", "total consumption"), found.total.value, TCE, LINK);
    let mut figures = vec![HomeFigure { change: found.total.change, ..total }];
    if let Some(it) = &found.target {
        let words = match it.over_tce > 0.0 {
            true => ("超出目标轨迹", "above the trajectory"),
            false => ("低于目标轨迹", "below the trajectory"),
        };
        let over = figure("trajectory", words, it.over_tce.abs(), TCE, LINK);
        figures.push(HomeFigure { is_late: it.over_tce > 0.0, ..over });
    }
    let unit = ("tce/万元", "tce/10⁴ yuan");
    let intensity =
        figure("intensity", ("能耗强度", "intensity"), found.intensity.value, unit, "/intensity");
    figures.push(HomeFigure { change: found.intensity.change, ..intensity });
    let mut regions: Vec<_> = found.regions.iter().collect();
    regions.sort_by(|a, b| b.total.value.unwrap_or(0.0).total_cmp(&a.total.value.unwrap_or(0.0)));
    let rows = regions.into_iter().map(|it| {
        let link = format!("/dual-control?region={}", it.name.code);
        let total = figure("total", ("能耗 tce", "Energy, tce"), it.total.value, ("", ""), &link);
        let mut row =
            row(&it.name.zh, link, ("", ""), vec![HomeFigure { change: it.total.change, ..total }]);
        row.en.clone_from(&it.name.en);
        row
    });
    let scope = evaluation.scope();
    let about = (
        format!("{} 至 {} · 等价 · 较上年同期", scope.from, scope.to),
        format!("{} to {}, equivalent basis, against a year before", scope.from, scope.to),
    );
    Ok(part(
        (CITY, LINK),
        ("双控形势", "Dual control"),
        (&about.0, &about.1),
        figures,
        rows.collect(),
    ))
}
