//! Where a centre is, which profile it speaks, and who the client is.

use std::path::PathBuf;
use std::time::Duration;

use nengce_messages::profile::Profile;
use serde_json::Value as Json;

/// The application of a unit at a centre of Yunnan.
#[derive(Debug, Clone)]
pub struct Application {
    /// The password that the unit chooses; it is sent encrypted.
    pub password: String,
    /// The part `enterprise` of the unit's configuration message.
    pub enterprise: Json,
}

/// One centre, as the client's configuration has it.
#[derive(Debug, Clone)]
pub struct CentreSettings {
    /// What people call the centre.
    pub name: String,
    /// The address of the centre with the prefix of its profile, such as `https://centre.example`.
    pub url: String,
    /// The protocol of the centre.
    pub profile: &'static Profile,
    /// The unified social credit code of the unit.
    pub enterprise_code: String,
    /// The division of the unit, by GB/T 2260.
    pub region: String,
    /// A PEM file of authorities to trust beside those of the system.
    pub authorities: Option<PathBuf>,
    /// The PEM files of the client's certificate and key, which mutual TLS demands.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// A one-time code of the centre's operator.
    pub registration_code: Option<String>,
    /// What the unit applies with at a centre that gives access keys (Yunnan).
    pub application: Option<Application>,
    /// The token of a platform that speaks for its units at the platform above.
    pub platform_token: Option<String>,
    /// The longest time of one exchange.
    pub timeout: Duration,
    /// The longest answer that is read, in bytes.
    pub max_answer_bytes: usize,
}
