//! A platform below: the holder of a token that names regions. It registers the units of these regions and sends for them.

use axum::http::{Extensions, HeaderMap, header};

use super::auth::{Identity, identify};
use crate::http::state::AppState;
use crate::link::rules::begins;

/// A platform below, by its token.
#[derive(Debug, Clone)]
pub struct BelowPlatform {
    /// The name of the token.
    pub token: String,
    /// 2, 4 or 6 digits.
    pub regions: Vec<String>,
}

impl BelowPlatform {
    pub fn of(identity: Identity) -> Option<Self> {
        match identity {
            Identity::System(it) if !it.regions.is_empty() => {
                Some(Self { token: it.name, regions: it.regions })
            }
            _ => None,
        }
    }

    /// The platform below that sends a request.
    pub async fn of_request(
        state: &AppState,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Option<Self> {
        if !headers.contains_key(header::AUTHORIZATION) {
            return None;
        }
        identify(state, headers, extensions).await.ok().and_then(Self::of)
    }

    pub fn covers(&self, region: &str) -> bool {
        begins(&self.regions, region)
    }
}

#[cfg(test)]
mod tests {
    use super::begins as covers;

    #[test]
    fn a_region_lies_in_those_that_begin_its_code() {
        let regions = ["1201".to_owned(), "130102".to_owned()];
        assert!(covers(&regions, "120116") && covers(&regions, "130102"));
        assert!(!covers(&regions, "130103") && !covers(&regions, "110101"));
        assert!(!covers(&[], "120116"));
    }
}
