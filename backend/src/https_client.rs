//! The HTTP client for other servers, such as a sign-in provider: the HTTPS of `nengce-client`, as the library of OpenID
//! Connect wants it.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Result;
use nengce_client::https::{self, HttpsError};
use nengce_client::tls::Identity;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// A client with the authorities that it trusts and its bounds.
pub(crate) struct Https(https::Https);

impl Https {
    /// `authorities`: a PEM file beside those of the system, or an empty path, with its key of the configuration.
    pub(crate) fn new(
        (key, authorities): (&str, &Path),
        timeout: Duration,
        max_answer_bytes: (&'static str, usize),
    ) -> Result<Self> {
        let is_given = !authorities.as_os_str().is_empty();
        let authorities = is_given.then(|| (key.to_owned(), authorities.to_owned()));
        let identity = Identity { authorities, certificate: None };
        Ok(Self(https::Https::new(&identity, timeout, max_answer_bytes)?))
    }
}

impl<'c> AsyncHttpClient<'c> for Https {
    type Error = HttpsError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpsError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.0.call(request))
    }
}
