//! Why a sign-in at the provider came to nothing.

use std::error::Error;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OidcError {
    /// The provider is down, slow, or answers what cannot be read.
    #[error("{0}")]
    Unavailable(String),
    /// The provider refused, or its answer proves nothing.
    #[error("{0}")]
    Refused(String),
    /// Nobody began this sign-in in this browser, or it was finished, or it took too long.
    #[error("no sign-in of this browser is under way")]
    NotUnderWay,
}

/// An error with its causes.
pub(super) fn chain(error: &dyn Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(it) = cause {
        text = format!("{text}: {it}");
        cause = it.source();
    }
    text
}
