//! Checks the keys of the configuration that are about registrations.

use anyhow::{Context, Result, bail};

use super::Config;
use crate::network::Network;
use crate::store::registry::lapse::PendingLifetime;

/// What may prove a later registration.
pub(super) const PROOFS: [&str; 4] = ["certificate", "secret", "address", "network"];

impl Config {
    /// How long a registration that nobody approved is waited for.
    pub fn pending_lifetime(&self) -> PendingLifetime {
        PendingLifetime {
            days: self.pending_device_days,
            without_device_minutes: self.pending_without_device_minutes,
        }
    }

    pub(super) fn check_registrations(&self) -> Result<()> {
        for it in self.registration_proofs.iter().filter(|it| !it.is_empty()) {
            if !PROOFS.contains(&it.as_str()) {
                bail!(
                    "registration_proofs: there is no proof {it}; known are {}",
                    PROOFS.join(", ")
                );
            }
        }
        for it in self.trusted_proxies.iter().filter(|it| !it.is_empty()) {
            it.parse::<Network>().context("trusted_proxies")?;
        }
        let (v4, v6) = (
            self.registration_network_prefix_ipv4_bits,
            self.registration_network_prefix_ipv6_bits,
        );
        if !(8..=32).contains(&v4) || !(16..=128).contains(&v6) {
            bail!(
                "registration_network_prefix_…: {v4} and {v6} are not within 8–32 and 16–128 bits"
            );
        }
        for (key, value) in [
            ("claim_days", self.claim_days),
            ("pending_device_days", self.pending_device_days),
            ("pending_without_device_minutes", self.pending_without_device_minutes),
            ("claim_pickup_hours", self.claim_pickup_hours),
            ("registration_code_hours", self.registration_code_hours),
            ("max_code_guesses_per_hour", self.max_code_guesses_per_hour),
        ] {
            if value == 0 || value > 87_600 {
                bail!("{key}: {value} is not within 1–87600");
            }
        }
        if self.device_overlap_hours > 87_600 {
            bail!("device_overlap_hours: {} is not within 0–87600", self.device_overlap_hours);
        }
        Ok(())
    }
}
