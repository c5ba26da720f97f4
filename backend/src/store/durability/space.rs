//! Watches the free space on the disk: below a floor uploads are refused, and no checkpoint starts without space for it.
//! Pure but for `statvfs`.

use std::path::Path;

const MIB: u64 = 1 << 20;
/// Free bytes that a checkpoint needs in addition to twice the size of the log.
const CHECKPOINT_MARGIN: u64 = 8 * MIB;
/// Bytes that must have become free after a write failed on a full disk, before uploads are accepted again.
const RELEASE_MARGIN_BYTES: u64 = 2 * MIB;

/// Bytes free to this process where the folder lies.
pub(crate) fn free_bytes(folder: &Path) -> std::io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Decides by what is free whether readings are taken.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    configured: u64,
    /// Raised by a write that found no room, until there is more than there was then.
    raised: u64,
}

impl Floor {
    pub(crate) fn new(mib: u32) -> Self {
        Self { configured: u64::from(mib) * MIB, raised: 0 }
    }

    /// The reason why uploads are refused, if they are.
    pub(crate) fn check(&mut self, free: u64) -> Option<String> {
        if free >= self.raised {
            self.raised = 0;
        }
        let floor = self.configured.max(self.raised);
        (free < floor).then(|| {
            format!(
                "{} MiB free on the disk of the data folder, {} MiB are needed",
                free / MIB,
                floor.div_ceil(MIB)
            )
        })
    }

    /// Notes that a write failed on a full disk while so many bytes were free.
    pub(crate) fn raise(&mut self, free: u64) {
        self.raised = self.raised.max(free + RELEASE_MARGIN_BYTES);
    }
}

/// Whether the free space suffices for a checkpoint of a log of so many bytes.
pub(crate) fn allows_checkpoint(free: u64, log: u64) -> bool {
    free >= log.saturating_mul(2) + CHECKPOINT_MARGIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_write_raises_the_floor_until_there_is_room_again() {
        let mut floor = Floor::new(0);
        assert_eq!(floor.check(0), None);
        floor.raise(MIB);
        assert!(floor.check(2 * MIB).is_some());
        assert_eq!(floor.check(3 * MIB), None);
        assert_eq!(floor.check(MIB), None, "room came back: asked anew");
    }

    #[test]
    fn the_configured_floor_stands_beside_it() {
        let mut floor = Floor::new(10);
        assert!(floor.check(10 * MIB - 1).is_some());
        assert_eq!(floor.check(10 * MIB), None);
    }

    #[test]
    fn a_checkpoint_needs_twice_the_log() {
        assert!(allows_checkpoint(28 * MIB, 10 * MIB));
        assert!(!allows_checkpoint(28 * MIB - 1, 10 * MIB));
    }
}
