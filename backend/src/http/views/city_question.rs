//! What every view of the city does: take the snapshot, let the client keep what it holds, derive, answer.

use axum::response::Response;
use nengce_analysis::facts::Fringe;
use nengce_analysis::picture::Picture;
use nengce_shared::lang::Lang;
use serde::Serialize;

use super::{Asked, City, parameters};
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::content::table::Table;
use crate::http::state::AppState;

/// The city at one data version, and what the request asks of it.
pub struct CityQuestion<'a> {
    pub city: &'a City,
    pub picture: &'a Picture<'a>,
    pub fringes: &'a [Fringe],
}

impl Asked {
    /// Derives a view from the snapshot, unless the client holds the answer already.
    pub async fn view<V: Serialize>(
        &self,
        state: &AppState,
        params: &Params,
        derive: impl FnOnce(CityQuestion<'_>) -> ApiResult<V>,
        table: impl FnOnce(&V, Lang) -> Table,
    ) -> ApiResult<Response> {
        let city = state.snapshots.city(state).await?;
        let question = parameters::question(params, &city.facts)?;
        let tag = self.tag(&city, params)?;
        if let Some(held) = self.held(&tag) {
            return Ok(held);
        }
        let fringes = city.fringes(state, question.basis, question.spans.fringes()).await?;
        let picture = Picture::new(&city.facts, &city.catalog, &question, &fringes);
        let view = derive(CityQuestion { city: &city, picture: &picture, fringes: &fringes })?;
        self.answer(params, &tag, &view, |lang| table(&view, lang)).await
    }
}
