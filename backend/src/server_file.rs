//! DATA/server.json: where the running server of a data folder listens, and a token for commands on this machine.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ServerFile {
    pub url: String,
    pub token: String,
}

impl ServerFile {
    /// Readable by its owner alone.
    pub fn write(data: &Path, address: SocketAddr, token: &str) -> std::io::Result<()> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let it = Self { url: format!("http://{address}"), token: token.to_owned() };
        Self::remove(data);
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path(data))?;
        let written = file.write_all(&serde_json::to_vec_pretty(&it)?);
        if written.is_err() {
            Self::remove(data);
        }
        written
    }

    pub fn read(data: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(path(data)).ok()?).ok()
    }

    pub fn remove(data: &Path) {
        drop(std::fs::remove_file(path(data)));
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("server.json")
}
