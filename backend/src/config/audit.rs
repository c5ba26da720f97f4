//! Checks the keys of the audit log: how long its entries are kept, and by which hash function they are chained.

use anyhow::{Result, bail};
use nengce_core::audit::{Algorithm, SignatureAlgorithm};

use super::Config;

/// Cybersecurity Law of China, article 21: logs are kept for six months at least.
const LEAST_MONTHS: u32 = 6;

impl Config {
    pub(super) fn check_audit(&self) -> Result<()> {
        let months = self.audit_retention_months;
        if months < LEAST_MONTHS {
            bail!(
                "audit_retention_months: {months} is too short; the law asks for {LEAST_MONTHS} at least"
            );
        }
        if Algorithm::parse(&self.audit_hash).is_none() {
            bail!("audit_hash: {} is neither sha256 nor sm3", self.audit_hash);
        }
        if SignatureAlgorithm::parse(&self.audit_signature).is_none() {
            bail!("audit_signature: {} is neither ed25519 nor sm2", self.audit_signature);
        }
        Ok(())
    }
}
