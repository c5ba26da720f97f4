//! Checks what others may see: which permissions are given to everybody (what is read, never what changes data), and how
//! many members a group of peers has.

use anyhow::{Result, bail};
use nengce_shared::access::permission::Permission;

use super::Config;

/// What may be published.
pub const PUBLIC_READS: [Permission; 6] = [
    Permission::Figures,
    Permission::UnitData,
    Permission::Quality,
    Permission::Uploads,
    Permission::Devices,
    Permission::Replacements,
];

impl Config {
    pub(super) fn check_public_reads(&self) -> Result<()> {
        if self.min_peer_members < 5 {
            bail!(
                "min_peer_members: {} would show single peers; 5 at least",
                self.min_peer_members
            );
        }
        let words = PUBLIC_READS.map(Permission::as_str);
        match self.public_reads.iter().find(|it| !words.contains(&it.as_str())) {
            None => Ok(()),
            Some(wrong) => bail!("public_reads: {wrong} is none of {}", words.join(", ")),
        }
    }
}
