//! Servers, brokers and folders.
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::defaults;
use super::secret::Secret;
use super::tls::Tls;

/// A server of OPC UA.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpcUa {
    /// As `opc.tcp://10.0.0.5:4840`.
    pub url: String,
    /// Anonymous where there is none.
    pub user: Option<String>,
    /// Of the user.
    pub password: Option<Secret>,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "defaults::china")]
    pub utc_offset_minutes: i32,
}

/// A broker of MQTT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mqtt {
    /// Host name or address.
    pub host: String,
    /// 1883 where it is not given, 8883 with TLS.
    pub port: Option<u16>,
    /// Plain TCP where there is none.
    pub tls: Option<Tls>,
    /// The name by which the broker knows the terminal.
    pub client_id: String,
    /// Where the broker wants one.
    pub user: Option<String>,
    /// Of the user.
    pub password: Option<Secret>,
    /// Asks nodes of Sparkplug B to name their metrics again where their names are not known; this is a command to them.
    #[serde(default)]
    pub sparkplug_rebirth: bool,
    /// A value older than this is not given as the present one.
    #[serde(default = "defaults::quarter_hour")]
    pub max_age_seconds: u64,
    /// How long connecting and the first value may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "defaults::china")]
    pub utc_offset_minutes: i32,
}

/// A folder of CSV and XLSX files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// A larger file is not read.
    #[serde(default = "defaults::sixteen_mebibytes")]
    pub max_file_bytes: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "defaults::china")]
    pub utc_offset_minutes: i32,
}

/// Documents of JSON over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpJson {
    /// What comes before the path of an address, as `http://10.0.0.7:8080`.
    pub url: String,
    /// Additional headers, as `authorization`.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Certificates (PEM) of authorities that are trusted for `https` beside those of the system.
    pub authorities: Option<PathBuf>,
    /// A larger answer is refused.
    #[serde(default = "defaults::one_mebibyte")]
    pub max_answer_bytes: usize,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "defaults::china")]
    pub utc_offset_minutes: i32,
}
