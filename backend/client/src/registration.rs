//! What a centre gives at registration, and the versions in force at it.

use serde::{Deserialize, Serialize};

/// What a centre gave at registration; the caller keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The id of the device, or the `dataIndex` of Yunnan.
    pub device_id: String,
    /// The key of a profile that encrypts.
    pub secret_key: Option<String>,
    /// The token of a profile with access keys.
    pub access_key: Option<String>,
    /// The time of day at which the centre wants the day before, as it wrote it.
    pub upload_time: Option<String>,
    /// Where data go.
    pub data_url: String,
    /// Where the configuration goes.
    pub configuration_url: Option<String>,
    /// Where meters go.
    pub metering_url: Option<String>,
    /// Where versions are asked.
    pub version_url: Option<String>,
    /// Where dictionaries come from.
    pub dictionaries_url: Option<String>,
}

/// The versions in force at a centre.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Changes with what the registration gave.
    pub registration: String,
    /// Changes with any dictionary.
    pub dictionaries: String,
}
