//! Databases.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::defaults;
use super::secret::Secret;
use super::tls::Tls;

/// A database. The terminal reads only what `queries` say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sql {
    /// `postgresql`, `mysql` or `sqlserver`; each must be compiled in.
    pub database: Database,
    /// Host name or address.
    pub host: String,
    /// The port of the server.
    pub port: u16,
    /// Name of the database.
    pub name: String,
    /// Who reads; a user that may only read is enough.
    pub user: String,
    /// Of the user.
    pub password: Option<Secret>,
    /// Plain TCP where there is none.
    pub tls: Option<Tls>,
    /// Queries by their name; an address names one of them and a column.
    pub queries: BTreeMap<String, String>,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "defaults::china")]
    pub utc_offset_minutes: i32,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "names of products")]
pub enum Database {
    Postgresql,
    Mysql,
    Sqlserver,
}
