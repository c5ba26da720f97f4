//! Checks every request against the permission of its address, before the handler sees it.

use axum::RequestPartsExt;
use axum::extract::{RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use nengce_shared::access::permission::Permission;

use super::auth::identify;
use super::reader::Reader;
use super::request_rate;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// The part of a path that names a unit by its credit code.
const UNIT_PARAMETER: &str = "code";

/// The route behind the check of its permission. Routes that are open, and those of terminals and industry systems, whose
/// handlers compare the sender's own credentials, are left as they are.
pub(in crate::http) fn required(
    state: &AppState,
    permission: Permission,
    route: MethodRouter<AppState>,
) -> MethodRouter<AppState> {
    match permission {
        Permission::Open | Permission::Sender => route,
        _ => route.route_layer(from_fn_with_state((state.clone(), permission), check)),
    }
}

/// Whether the sender of a request to an open route has a permission.
pub(in crate::http) async fn may(
    state: &AppState,
    permission: Permission,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> bool {
    let identity = identify(state, headers, extensions).await;
    identity.is_ok_and(|it| Reader::of(it, permission, state).is_ok())
}

async fn check(
    State((state, permission)): State<(AppState, Permission)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    match reader(&state, permission, &mut parts).await {
        Ok(reader) => {
            parts.extensions.insert(reader);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refused) => refused.into_response(),
    }
}

/// Who asks, where they have the permission and may see the unit that the path names. A unit outside of their scope is
/// answered like one that does not exist.
async fn reader(state: &AppState, permission: Permission, parts: &mut Parts) -> ApiResult<Reader> {
    let identity = identify(state, &parts.headers, &parts.extensions).await?;
    request_rate::take(state, &identity, &parts.headers, &parts.extensions)?;
    let reader = Reader::of(identity, permission, state)?;
    if !reader.scope.is_city()
        && let Ok(named) = parts.extract::<RawPathParams>().await
        && let Some((_, code)) = named.iter().find(|it| it.0 == UNIT_PARAMETER)
    {
        let registry = state.store.registry();
        let is_covered = registry
            .unit_by_code(code)
            .is_some_and(|it| reader.scope.covers(code, &it.region_code));
        if !is_covered {
            return Err(ApiError::missing("用能单位", "unit", code));
        }
    }
    Ok(reader)
}
