//! Finds the server that a command speaks to: one elsewhere, the one that runs on the data folder, or one started for
//! this command alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::arguments::{ServerArgs, TargetArgs};
use super::serve::Running;
use crate::config::Config;
use crate::server_file::ServerFile;

pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
    own: Option<Running>,
    /// Goes after the server that was opened on it.
    _copy: Option<Copied>,
}

/// A copy of a data folder's own files; goes with this value.
struct Copied(PathBuf);

impl Copied {
    fn of(data: &Path) -> Result<Self> {
        let name = format!("nengce-look-{}-{:016x}", std::process::id(), rand::random::<u64>());
        let copy = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&copy.0)?;
        if !data.is_dir() {
            return Ok(copy);
        }
        for it in std::fs::read_dir(data)? {
            let path = it?.path();
            let name = path.file_name().unwrap_or_default();
            if path.is_file() && name != "server.json" {
                std::fs::copy(&path, copy.0.join(name))?;
            }
        }
        Ok(copy)
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a copy of the data folder is left behind");
        }
    }
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
        if let Some(client) = Self::to_running(&config).await? {
            return Ok(client);
        }
        Self::own(config, None).await
    }

    /// As `connect`, but the folder is left as it is: without a server, a copy of it is opened and thrown away.
    pub async fn connect_to_look(target: &TargetArgs) -> Result<Self> {
        if target.server.is_some() {
            return Self::connect(target).await;
        }
        let args = ServerArgs {
            config: target.config.clone(),
            data: target.data.clone(),
            ..ServerArgs::default()
        };
        let config = args.load()?;
        if let Some(client) = Self::to_running(&config).await? {
            return Ok(client);
        }
        let copy = Copied::of(&config.data)?;
        let config = Config { data: copy.0.clone(), ..config };
        Self::own(config, Some(copy)).await
    }

    async fn to_running(config: &Config) -> Result<Option<Self>> {
        let Some(it) = ServerFile::read(&config.data) else {
            return Ok(None);
        };
        let client = Self::to(&it.url, &it.token, None)?;
        Ok(client.is_up().await.then_some(client))
    }

    async fn own(config: Config, copy: Option<Copied>) -> Result<Self> {
        let config = Config { listen: ([127, 0, 0, 1], 0).into(), ..config };
        let running = Running::start(config).await?;
        let url = format!("http://{}", running.address);
        let token = running.state.local_token.to_string();
        let client = Self::to(&url, &token, Some(running))?;
        Ok(Self { _copy: copy, ..client })
    }

    fn to(url: &str, token: &str, own: Option<Running>) -> Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder().timeout(Duration::from_secs(600)).build()?,
            url: url.trim_end_matches('/').to_owned(),
            token: token.to_owned(),
            own,
            _copy: None,
        })
    }

    async fn is_up(&self) -> bool {
        let asked =
            self.http.get(format!("{}/healthz", self.url)).timeout(Duration::from_secs(2)).send();
        asked.await.is_ok_and(|it| it.status().is_success())
    }

    /// The address of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    /// Sends; a problem becomes an error with its title, detail and places.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response> {
        let response =
            request.send().await.with_context(|| format!("{} does not answer", self.url))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let problem: Value = response.json().await.unwrap_or_default();
        let mut text =
            format!("{} ({status})", problem["title"].as_str().unwrap_or("the server refused"));
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
