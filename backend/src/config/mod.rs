//! The configuration: checks the values, and which of them go together. `keys.rs` holds every key with its unit.

mod accounts;
mod audit;
mod data_key;
mod inspection_keys;
mod key_list;
mod keys;
pub mod link_file;
mod link_keys;
mod listeners;
pub mod oidc;
pub mod profile_bindings;
mod public_reads;
mod registration;
pub mod secrets;
mod sources;
#[cfg(test)]
mod tests;
mod tokens;
pub mod warnings;

use anyhow::{Result, bail};
use nengce_messages::rejected_entries::RejectedLimits;

pub use keys::Config;
pub use public_reads::PUBLIC_READS;
pub use sources::{Sources, nearest};

impl Config {
    fn check(self) -> Result<Self> {
        self.check_listeners()?;
        self.check_data_key()?;
        self.check_registrations()?;
        self.check_tokens()?;
        self.check_public_reads()?;
        self.check_accounts()?;
        self.check_oidc()?;
        self.check_credit_push()?;
        self.check_audit()?;
        link_file::read(&self.link_file)?;
        if let Err(error) = crate::clock::Clock::new(&self.time_zone) {
            bail!("time_zone: there is no zone {} ({error})", self.time_zone);
        }
        if self.upload_window_start.parse::<jiff::civil::Time>().is_err() {
            bail!("upload_window_start: {} is not HH:MM:SS", self.upload_window_start);
        }
        if self.upload_window_minutes == 0 || self.upload_window_minutes > 1_440 {
            bail!("upload_window_minutes: {} is not within 1–1440", self.upload_window_minutes);
        }
        if self.maintenance_hour > 23 {
            bail!("maintenance_hour: {} is not within 0–23", self.maintenance_hour);
        }
        let weights = [
            self.quality_weight_completeness,
            self.quality_weight_accuracy,
            self.quality_weight_timeliness,
            self.quality_weight_validity,
            self.quality_weight_conformity,
        ];
        if weights.iter().any(|it| !it.is_finite() || *it < 0.0)
            || weights.iter().sum::<f64>() <= 0.0
        {
            bail!(
                "quality_weight_…: {weights:?} are not five weights of 0 or more with a sum above 0"
            );
        }
        Ok(self)
    }

    /// What is kept of refused entries.
    pub fn rejected_limits(&self) -> RejectedLimits {
        RejectedLimits {
            entries: self.max_rejections_per_message,
            entry_bytes: self.max_rejected_entry_bytes,
        }
    }
}
