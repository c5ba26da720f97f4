//! Identifies the sender of an API request: an administrator (the configured token, or that of the commands on this
//! machine), an industry system, a program that watches the server, or anybody. This one place compares tokens, and logs and delays invalid ones.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::http::{Extensions, HeaderMap, header};
use nengce_core::audit::ActorKind;
use nengce_shared::api::bulk::TokenRow;
use nengce_shared::problem::ProblemCode;
use sha2::{Digest, Sha256};

use super::session::{self, SignedIn};
use super::{actor, failed_sign_in, system_tokens};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::request_id;
use crate::http::state::AppState;
use crate::http::state::token_failures::Limits;

/// Whom a request's token stands for.
pub enum Identity {
    Admin(&'static str),
    System(TokenRow),
    /// A program that watches the server.
    Monitoring,
    /// The account of a session.
    Account(SignedIn),
    /// No token, or one that is not valid.
    Nobody {
        has_token: bool,
    },
}

/// The token of an `Authorization` header; the scheme is written in any letter case.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, token) = text.split_once(|it: char| it.is_ascii_whitespace())?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Looks at the token of a request once; what is not valid is counted by address, logged and slowed.
pub async fn identify(
    state: &AppState,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Identity, ApiError> {
    let Some(token) = bearer(headers) else {
        let signed_in = session::signed_in(state, headers);
        if let Some(it) = &signed_in {
            actor::note(extensions, ActorKind::Account, &it.account.name);
        }
        return Ok(signed_in.map_or(Identity::Nobody { has_token: false }, Identity::Account));
    };
    if same(token, &state.local_token) {
        actor::note(extensions, ActorKind::Token, LOCAL_COMMAND);
        return Ok(Identity::Admin(LOCAL_COMMAND));
    }
    // Requests of a trusted proxy that names no client count as one client.
    let address = state.proxies.client(extensions, headers).ip;
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let config = &state.config;
    let limits = Limits {
        per_minute: config.token_failures_per_minute,
        waiting: config.token_failures_waiting,
    };
    let Ok(waiting) = state.failures.enter(address, limits) else {
        metrics::counter!("nengce_token_failures_total", "looked_at" => "no").increment(1);
        return Err(ApiError::new(
            ProblemCode::RateLimited,
            "该地址的无效令牌过多，稍后再试 / too many tokens from this address were not valid; try again later",
        ));
    };
    if !config.admin_token.is_empty() && same(token, &config.admin_token) {
        actor::note(extensions, ActorKind::Token, "administrator");
        return Ok(Identity::Admin("administrator"));
    }
    if !config.monitoring_token.is_empty() && same(token, &config.monitoring_token) {
        actor::note(extensions, ActorKind::Token, MONITORING);
        return Ok(Identity::Monitoring);
    }
    if let Some(it) = system_tokens::in_force(state, token).await? {
        actor::note(extensions, ActorKind::Token, &it.name);
        return Ok(Identity::System(it));
    }
    metrics::counter!("nengce_token_failures_total", "looked_at" => "yes").increment(1);
    let (failures, told) = state.failures.count(address, limits);
    if told {
        tracing::warn!(%address, failures, "a token was not valid");
        let reason = format!("{failures} 个无效令牌 / {failures} tokens were not valid");
        let nobody = (ActorKind::Anonymous, "");
        let from = (Some(address), request_id::of(extensions));
        failed_sign_in::record(state, from, nobody, &reason).await;
    }
    if let Some(waiting) = waiting {
        tokio::time::sleep(Duration::from_millis(config.token_failure_delay_ms.into())).await;
        drop(waiting);
    }
    Ok(Identity::Nobody { has_token: true })
}

/// The answer to whom a route is not open.
pub fn refusal(has_token: bool) -> ApiError {
    if has_token {
        ApiError::new(ProblemCode::Forbidden, "令牌无效 / the token is not valid")
    } else {
        ApiError::new(ProblemCode::Unauthorised, "Authorization: Bearer <token>")
    }
}

/// The industry system that a token stands for; a revoked one stands for none.
pub async fn system(
    state: &AppState,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> ApiResult<TokenRow> {
    match identify(state, headers, extensions).await? {
        Identity::System(it) => Ok(it),
        Identity::Nobody { has_token: false } => Err(refusal(false)),
        _ => Err(ApiError::new(
            ProblemCode::Forbidden,
            "令牌无效或已停用 / the token is not valid or was revoked",
        )),
    }
}

/// The name of the commands on this machine: their token lies in a file that the server's owner alone can read.
pub(super) const LOCAL_COMMAND: &str = "local command";

/// The name of whoever brings the token of monitoring.
pub(super) const MONITORING: &str = "monitoring";

/// Takes as long for a near miss as for a far one, whatever the lengths.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a.as_bytes()), Sha256::digest(b.as_bytes()));
    a.iter().zip(b.iter()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_any_letter_case() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, text.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        for text in ["Bearer abc", "bearer abc", "BEARER  abc ", "bEaReR\tabc"] {
            assert_eq!(read(text).as_deref(), Some("abc"), "{text}");
        }
        for text in ["Basic abc", "Bearer", "Bearer ", "Bearerabc", "abc"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(bearer(&HeaderMap::new()).is_none());
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same("token", "token"));
        assert!(!same("token", "tokem") && !same("token", "toke") && !same("", "t"));
    }
}
