//! Warnings about secrets on the disk: in the configuration file, readable by others, or beside what they protect.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::warning::Warning;
use crate::config::secrets::SECRET_KEYS;
use crate::config::{Config, Sources};

/// Rights that a secret file gives away: others may do anything, or its group may write.
const FORBIDDEN_MODE_BITS: u32 = 0o027;
/// Months of the audit log below which an inspection may find too little; the law asks for six.
const RECOMMENDED_RETENTION_MONTHS: u32 = 12;

pub(super) fn of(config: &Config, sources: &Sources) -> Vec<Warning> {
    let mut found = Vec::new();
    let in_file: Vec<&str> = SECRET_KEYS.into_iter().filter(|it| sources.is_in_file(it)).collect();
    found.extend(in_file.iter().map(|key| {
        Warning::new(
            "secret_in_file",
            key,
            "the secret lies in the configuration file, which is copied, backed up and shown around",
            "set it in the environment, or name a file of its own by the key that ends with _file",
        )
    }));
    let of_configuration = sources.path().filter(|_| !in_file.is_empty());
    let data = |name: &str| config.data.join(name);
    let files = [
        ("config", of_configuration.map(Path::to_owned)),
        ("admin_token_file", Some(config.admin_token_file.clone())),
        ("monitoring_token_file", Some(config.monitoring_token_file.clone())),
        ("oidc_client_secret_file", Some(config.oidc_client_secret_file.clone())),
        ("tls_key", Some(config.tls_key.clone())),
        ("data_key_file", Some(config.data_key_file.clone())),
        ("audit_key_file", Some(config.audit_key_file.clone())),
        ("data", Some(data("audit.key"))),
        ("data", Some(data("audit-sm2.key"))),
        ("data", Some(data("account.key"))),
    ];
    for (key, file) in files {
        let Some(file) = file else { continue };
        let mode = std::fs::metadata(&file).map_or(0, |it| it.permissions().mode());
        if mode & FORBIDDEN_MODE_BITS != 0 {
            found.push(Warning::new(
                "file_open_to_others",
                key,
                format!("{} has mode {:04o}", file.display(), mode & 0o7777),
                "chmod 600 it, or 640 for a group that reads it",
            ));
        }
    }
    let is_empty = |it: &Path| it.as_os_str().is_empty();
    if config.data_key.is_empty() && is_empty(&config.data_key_file) {
        found.push(Warning::new(
            "no_data_key",
            "data_key_file",
            "a copy of the data folder opens the second factors and the keys of enterprises in it",
            "name a file of 64 hexadecimal digits (openssl rand -hex 32) outside the data folder",
        ));
    }
    if is_empty(&config.audit_key_file) {
        found.push(Warning::new(
            "audit_key_beside_the_log",
            "audit_key_file",
            "whoever may write the data folder can compute the audit log anew and sign it",
            "name a file outside the data folder, and export the log regularly",
        ));
    }
    if config.audit_retention_months < RECOMMENDED_RETENTION_MONTHS {
        found.push(Warning::new(
            "short_audit_retention",
            "audit_retention_months",
            format!("entries are kept for {} months", config.audit_retention_months),
            "12 or more, unless exports are kept elsewhere",
        ));
    }
    found
}
