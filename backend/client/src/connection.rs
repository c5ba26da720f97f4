//! Posts messages to one centre and reads its answers; it knows the shape of an answer, not what a message means.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use hyper::Request;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use nengce_messages::profile::Proof;
use serde_json::Value as Json;

use crate::answer::{self, Answer};
use crate::error::ClientError;
use crate::https::Https;
use crate::registration::Registration;
use crate::settings::CentreSettings;
use crate::tls::Identity;

pub(crate) struct Connection {
    pub(crate) settings: CentreSettings,
    https: Arc<Https>,
}

impl Connection {
    pub(crate) fn new(settings: CentreSettings) -> Result<Self> {
        let https = Arc::new(https_of(&settings)?);
        Ok(Self { settings, https })
    }

    /// The same files and bounds for another unit.
    pub(crate) fn for_unit(&self, enterprise_code: &str, region: &str) -> Self {
        let settings = CentreSettings {
            enterprise_code: enterprise_code.to_owned(),
            region: region.to_owned(),
            ..self.settings.clone()
        };
        Self { settings, https: Arc::clone(&self.https) }
    }

    /// The `Date` of the last answer, and when it came.
    pub(crate) fn date(&self) -> Option<(String, Instant)> {
        self.https.date()
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.settings.url.trim_end_matches('/'))
    }

    /// Posts a message and gives the answer's fields; of Yunnan its `data`.
    pub(crate) async fn ask(
        &self,
        path: &str,
        given: Option<&Registration>,
        message: &Json,
    ) -> Result<Json, ClientError> {
        let url = if path.starts_with('/') { self.address(path) } else { path.to_owned() };
        let mut answer = self.post(&url, given, message.to_string()).await?;
        if !answer.rejected.is_empty() {
            return Err(ClientError::Refused { code: answer.code, text: answer.message });
        }
        Ok(match self.settings.profile.proof {
            Proof::AccessKey => answer.body["data"].take(),
            _ => answer.body,
        })
    }

    pub(crate) async fn post(
        &self,
        url: &str,
        given: Option<&Registration>,
        body: String,
    ) -> Result<Answer, ClientError> {
        let mut request =
            Request::post(url).header(CONTENT_TYPE, "application/json; charset=utf-8");
        let access_key = given.and_then(|it| it.access_key.as_deref());
        if let Some(token) = access_key.or(self.settings.platform_token.as_deref()) {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request
            .body(body.into_bytes())
            .map_err(|error| ClientError::Unwritable(format!("{url}: {error}")))?;
        answer::read(self.settings.profile, &self.https.call(request).await?)
    }
}

/// The client that trusts the authorities of the settings and shows their certificate.
fn https_of(settings: &CentreSettings) -> Result<Https> {
    let authorities = |it: &PathBuf| ("authorities".to_owned(), it.clone());
    let identity = Identity {
        authorities: settings.authorities.as_ref().map(authorities),
        certificate: settings.certificate.clone(),
    };
    Https::new(&identity, settings.timeout, ("max_answer_bytes", settings.max_answer_bytes))
}
