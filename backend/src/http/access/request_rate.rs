//! Bounds the requests to the API of one account, of one industry system, and of one address without either, per minute.
//! Administrators' tokens are not bounded: whoever holds one operates the server.

use axum::http::{Extensions, HeaderMap};
use nengce_messages::stamp;
use nengce_shared::problem::ProblemCode;

use super::auth::Identity;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::network::Network;

/// Counts a request, or refuses it.
pub(super) fn take(
    state: &AppState,
    identity: &Identity,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> ApiResult<()> {
    let (of_account, of_address) = (
        state.config.max_requests_per_account_per_minute,
        state.config.max_requests_per_address_per_minute,
    );
    let (who, most) = match identity {
        Identity::Admin(_) => return Ok(()),
        Identity::Account(by) if !by.account.is_demo => {
            (format!("account {}", by.account.name), of_account)
        }
        Identity::System(it) => (format!("system {}", it.name), of_account),
        Identity::Monitoring => ("monitoring".to_owned(), of_account),
        // An account of a demo is many people.
        Identity::Account(_) | Identity::Nobody { .. } => {
            let Some(address) = state.proxies.client(extensions, headers).proven() else {
                return Ok(());
            };
            (format!("address {}", Network::of_client(address)), of_address)
        }
    };
    if most == 0 {
        return Ok(());
    }
    state.rates.take(&who, stamp::seconds(state.clock.now()), most).map_err(|_| {
        metrics::counter!("nengce_requests_over_rate_total").increment(1);
        let words = format!("每分钟至多 {most} 次 / at most {most} requests per minute");
        ApiError::new(ProblemCode::RateLimited, words)
    })
}
