//! What every view of the city does: take the snapshot, let the client keep what it holds, derive, answer.

use axum::response::Response;
use nengce_analysis::evaluation::Evaluation;
use nengce_shared::lang::Lang;
use serde::Serialize;

use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::content::table::Table;
use crate::http::state::AppState;
use crate::http::views::{City, PartialMonths, ViewRequest, parameters};

/// The city at one data version, and what the request asks of it.
pub struct CityQuery<'a> {
    pub city: &'a City,
    pub evaluation: &'a Evaluation<'a>,
    pub partial_months: &'a PartialMonths,
}

impl ViewRequest {
    /// Derives a view from the snapshot, unless the client holds the answer already.
    pub async fn view<V: Serialize>(
        &self,
        state: &AppState,
        params: &Params,
        derive: impl FnOnce(CityQuery<'_>) -> ApiResult<V>,
        table: impl FnOnce(&V, Lang) -> Table,
    ) -> ApiResult<Response> {
        let city = self.city(state).await?;
        let query = parameters::query(params, city.snapshot())?;
        let tag = self.tag(&city, params)?;
        if let Some(unchanged) = self.not_modified(&tag) {
            return Ok(unchanged);
        }
        let partial_months = city.partial_months(state, &query).await?;
        let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
        let view = derive(CityQuery {
            city: &city,
            evaluation: &evaluation,
            partial_months: &partial_months,
        })?;
        let span = Some(query.spans.now);
        self.answer_of(params, &tag, &view, span, |lang| table(&view, lang)).await
    }
}
