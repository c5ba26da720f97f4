//! Numbered migrations, each applied once in a transaction of its own.

use duckdb::Connection;

use super::meta::{meta, set_meta};
use crate::store::error::{Result, StoreError};

pub(crate) const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_base", include_str!("../migrations/0001_base.sql")),
    ("0002_views", include_str!("../migrations/0002_views.sql")),
    ("0003_lateness", include_str!("../migrations/0003_lateness.sql")),
    ("0004_keep", include_str!("../migrations/0004_keep.sql")),
    ("0005_imports", include_str!("../migrations/0005_imports.sql")),
    ("0006_credentials", include_str!("../migrations/0006_credentials.sql")),
    ("0007_quality", include_str!("../migrations/0007_quality.sql")),
    ("0008_claims", include_str!("../migrations/0008_claims.sql")),
    ("0009_unit_changes", include_str!("../migrations/0009_unit_changes.sql")),
    ("0010_refusals", include_str!("../migrations/0010_refusals.sql")),
    ("0012_measured_units", include_str!("../migrations/0012_measured_units.sql")),
    ("0013_uploads_of_nobody", include_str!("../migrations/0013_uploads_of_nobody.sql")),
    ("0014_quality_progress", include_str!("../migrations/0014_quality_progress.sql")),
    ("0015_plain_words", include_str!("../migrations/0015_plain_words.sql")),
    ("0016_macros", include_str!("../migrations/0016_macros.sql")),
    ("0017_assessment", include_str!("../migrations/0017_assessment.sql")),
    ("0018_dictionary_downloads", include_str!("../migrations/0018_dictionary_downloads.sql")),
    ("0019_replacement_decisions", include_str!("../migrations/0019_replacement_decisions.sql")),
    ("0020_accounts", include_str!("../migrations/0020_accounts.sql")),
    ("0021_audit", include_str!("../migrations/0021_audit.sql")),
    ("0022_token_expiry", include_str!("../migrations/0022_token_expiry.sql")),
    ("0023_sign_in_failures", include_str!("../migrations/0023_sign_in_failures.sql")),
    ("0024_provider_identities", include_str!("../migrations/0024_provider_identities.sql")),
    ("0025_rotation", include_str!("../migrations/0025_rotation.sql")),
    ("0026_submissions", include_str!("../migrations/0026_submissions.sql")),
    ("0027_outages", include_str!("../migrations/0027_outages.sql")),
    ("0028_tariffs_and_plans", include_str!("../migrations/0028_tariffs_and_plans.sql")),
    ("0029_sharing", include_str!("../migrations/0029_sharing.sql")),
    ("0030_savings_projects", include_str!("../migrations/0030_savings_projects.sql")),
    ("0031_temperatures", include_str!("../migrations/0031_temperatures.sql")),
    ("0032_drafts", include_str!("../migrations/0032_drafts.sql")),
    ("0033_shifts", include_str!("../migrations/0033_shifts.sql")),
    ("0034_evidence_files", include_str!("../migrations/0034_evidence_files.sql")),
    ("0035_programmes", include_str!("../migrations/0035_programmes.sql")),
    ("0036_cases", include_str!("../migrations/0036_cases.sql")),
    ("0037_credit_list", include_str!("../migrations/0037_credit_list.sql")),
    ("0038_link", include_str!("../migrations/0038_link.sql")),
    ("0039_link_units", include_str!("../migrations/0039_link_units.sql")),
];

/// Brings an empty or older folder up to this version; refuses a newer one.
pub(crate) fn migrate(conn: &Connection) -> Result<()> {
    let applied = applied(conn)?;
    if applied > MIGRATIONS.len() {
        return Err(StoreError::Refused(format!(
            "the data folder was written by a newer version (schema {applied}, this one knows {})",
            MIGRATIONS.len()
        )));
    }
    for (at, (name, sql)) in MIGRATIONS.iter().enumerate().skip(applied) {
        tracing::info!(migration = name, "migrating");
        conn.execute_batch("BEGIN")?;
        let done = conn
            .execute_batch(sql)
            .and_then(|()| set_meta(conn, "schema_version", &(at + 1).to_string()))
            .and_then(|()| conn.execute_batch("COMMIT"));
        if let Err(error) = done {
            conn.execute_batch("ROLLBACK")?;
            return Err(error.into());
        }
    }
    Ok(())
}

/// Whether the file's schema is this program's.
pub(crate) fn is_current(conn: &Connection) -> Result<bool> {
    Ok(applied(conn)? == MIGRATIONS.len())
}

/// How many migrations come before one.
#[cfg(test)]
pub(crate) fn before(name: &str) -> usize {
    MIGRATIONS.iter().position(|it| it.0 == name).expect("a migration")
}

fn applied(conn: &Connection) -> Result<usize> {
    let known: bool = conn.query_row(include_str!("sql/meta_exists.sql"), [], |row| row.get(0))?;
    if !known {
        return Ok(0);
    }
    Ok(meta(conn, "schema_version")?.and_then(|it| it.parse().ok()).unwrap_or(0))
}
