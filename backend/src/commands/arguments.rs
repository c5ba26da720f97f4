//! Arguments that several commands take, and the runtime of those that serve or speak HTTP.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use toml::Value;

use crate::config::{Config, Sources};

/// Flags that every command with a configuration takes; each overrides the file and the environment.
#[derive(Args, Debug, Clone, Default)]
pub struct ServerArgs {
    /// Configuration file [default: nengce.toml of the working folder, when it is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Data folder [default: data]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address that terminals reach the server at
    #[arg(long, value_name = "URL")]
    pub public_address: Option<String>,
    /// Approve every device as it registers
    #[arg(long)]
    pub auto_approve: bool,
}

impl ServerArgs {
    pub fn sources(&self) -> Sources {
        let mut flags = Vec::new();
        if let Some(it) = self.listen {
            flags.push(("listen", Value::String(it.to_string())));
        }
        if let Some(it) = &self.data {
            flags.push(("data", Value::String(it.to_string_lossy().into_owned())));
        }
        if let Some(it) = &self.public_address {
            flags.push(("public_address", Value::String(it.clone())));
        }
        if self.auto_approve {
            flags.push(("auto_approve_devices", Value::Boolean(true)));
        }
        Sources { file: self.config.clone(), flags }
    }

    pub fn load(&self) -> anyhow::Result<Config> {
        Config::load(&self.sources())
    }
}

/// Where a command finds its server.
#[derive(Args, Debug, Clone)]
pub struct TargetArgs {
    /// Data folder: the server that runs on it is spoken to; without one, the folder is opened for this command
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of a server elsewhere, with --token
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Administrator's token of that server [default: NENGCE_ADMIN_TOKEN]
    #[arg(long)]
    pub token: Option<String>,
}

impl TargetArgs {
    /// A folder that the server is to write: of this machine, or as that of the server elsewhere.
    pub fn folder(&self, it: &std::path::Path) -> anyhow::Result<String> {
        let meant = match self.server {
            Some(_) => it.to_owned(),
            None => std::path::absolute(it)?,
        };
        Ok(meant.display().to_string())
    }
}

/// The runtime of commands that serve or speak HTTP.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
