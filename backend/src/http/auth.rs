//! Administrators: a bearer token, the configured one or that of the commands on this machine.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use nengce_shared::problem::ProblemCode;

use super::problem::ApiError;
use super::state::AppState;

/// Proof that the request carries an administrator's token; the name under which deeds are kept.
pub struct Admin(pub &'static str);

/// The name of the commands on this machine: their token lies in a file that the server's owner alone can read.
const LOCAL: &str = "local command";

impl Admin {
    /// Whether a command of this machine's owner asks.
    pub fn is_local(&self) -> bool {
        self.0 == LOCAL
    }
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|it| it.to_str().ok())
            .and_then(|it| it.strip_prefix("Bearer "))
            .map(str::trim)
            .ok_or_else(|| {
                ApiError::new(ProblemCode::Unauthorised, "Authorization: Bearer <token>")
            })?;
        if !state.config.admin_token.is_empty() && same(token, &state.config.admin_token) {
            Ok(Self("administrator"))
        } else if same(token, &state.local_token) {
            Ok(Self(LOCAL))
        } else {
            Err(ApiError::new(
                ProblemCode::Forbidden,
                "令牌无效 / the token is not valid",
            ))
        }
    }
}

/// What a route that is open to all shows whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MaybeAdmin(pub bool);

impl FromRequestParts<AppState> for MaybeAdmin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        Ok(Self(Admin::from_request_parts(parts, state).await.is_ok()))
    }
}

/// Takes as long for a near miss as for a far one.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |acc, (x, y)| acc | (x ^ y))
            == 0
}
