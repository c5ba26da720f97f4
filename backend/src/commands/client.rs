//! How a command speaks to its server: one elsewhere, the one that runs on the data folder, or one for this command alone.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::cli::{ServerArgs, TargetArgs};
use super::serve::Running;
use crate::config::Config;
use crate::server_file::ServerFile;

pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
    own: Option<Running>,
}

impl Client {
    pub async fn connect(target: &TargetArgs) -> Result<Self> {
        let args = ServerArgs {
            config: target.config.clone(),
            data: target.data.clone(),
            ..ServerArgs::default()
        };
        let config = args.load()?;
        if let Some(url) = &target.server {
            let token = target.token.clone().unwrap_or(config.admin_token);
            return Self::to(url, &token, None);
        }
        if let Some(it) = ServerFile::read(&config.data) {
            let client = Self::to(&it.url, &it.token, None)?;
            if client.is_up().await {
                return Ok(client);
            }
        }
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            ..config
        };
        let running = Running::start(config).await?;
        let url = format!("http://{}", running.address);
        let token = running.state.local_token.to_string();
        Self::to(&url, &token, Some(running))
    }

    fn to(url: &str, token: &str, own: Option<Running>) -> Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder()
                .timeout(Duration::from_secs(600))
                .build()?,
            url: url.trim_end_matches('/').to_owned(),
            token: token.to_owned(),
            own,
        })
    }

    async fn is_up(&self) -> bool {
        let asked = self
            .http
            .get(format!("{}/healthz", self.url))
            .timeout(Duration::from_secs(2))
            .send();
        asked.await.is_ok_and(|it| it.status().is_success())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
    }

    /// Sends; a problem becomes an error with its title, detail and places.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response> {
        let response = request
            .send()
            .await
            .with_context(|| format!("{} does not answer", self.url))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let problem: Value = response.json().await.unwrap_or_default();
        let mut text = format!(
            "{} ({status})",
            problem["title"].as_str().unwrap_or("the server refused")
        );
        if let Some(detail) = problem["detail"].as_str() {
            text.push_str(&format!(": {detail}"));
        }
        for error in problem["errors"].as_array().into_iter().flatten().take(20) {
            text.push_str(&format!(
                "\n  {} {}: {}",
                error["row"],
                error["field"].as_str().unwrap_or(""),
                error["reason"].as_str().unwrap_or("")
            ));
        }
        bail!(text)
    }

    /// Asks for a piece of maintenance and waits for its end, as long as it takes.
    pub async fn maintain<T: DeserializeOwned>(
        target: &TargetArgs,
        what: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        let client = Self::connect(target).await?;
        let request = client
            .request(Method::POST, &format!("/api/v1/maintenance/{what}"))
            .timeout(Duration::from_secs(7 * 86_400))
            .json(body);
        let sent = client.send(request).await;
        let done = match sent {
            Ok(response) => response.json().await.map_err(Into::into),
            Err(error) => Err(error),
        };
        client.close().await?;
        done
    }

    /// Ends the server of this command, if there is one.
    pub async fn close(self) -> Result<()> {
        match self.own {
            Some(running) => running.stop().await,
            None => Ok(()),
        }
    }
}
