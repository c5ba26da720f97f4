//! TLS to servers.
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// TLS to a server, whose certificate is always verified.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// Certificates (PEM) of authorities that are trusted beside those of the system.
    pub authorities: Option<PathBuf>,
    /// The certificate (PEM) of the terminal, where the server wants one.
    pub certificate: Option<PathBuf>,
    /// The key (PEM) of that certificate.
    pub key: Option<PathBuf>,
    /// The name in the server's certificate, where it is not the host.
    pub server_name: Option<String>,
}
