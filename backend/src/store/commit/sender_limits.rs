//! The bounds on what one sender may leave on the disk.

use nengce_messages::rejected_entries::RejectedLimits;

/// Bounds on what one sender may leave; names carry their units.
#[derive(Debug, Clone, Copy)]
pub struct SenderLimits {
    pub rejected_limits: RejectedLimits,
    pub rejected_bytes_per_day: u64,
    pub pending_rejected_bytes_per_day: u64,
    /// Of all devices that wait together.
    pub pending_rejected_bytes_per_day_in_all: u64,
    pub pending_readings_per_device: u64,
    pub pending_readings: u64,
    /// Messages of a day that are put on record, of a device that waits and of all of them.
    pub pending_messages_per_day: u64,
    pub pending_messages_per_day_in_all: u64,
    /// Configuration, and meters, of a device that waits; both of all devices that wait.
    pub pending_config_bytes: usize,
    pub pending_config_bytes_in_all: u64,
    pub meters_per_unit: usize,
    pub meter_bytes: usize,
    pub items_per_unit: usize,
    pub replaced_per_day: u64,
}

/// Bounds that tests hardly meet.
#[cfg(test)]
pub const USUAL: SenderLimits = SenderLimits {
    rejected_limits: RejectedLimits::USUAL,
    rejected_bytes_per_day: 8 << 20,
    pending_rejected_bytes_per_day: 256 << 10,
    pending_rejected_bytes_per_day_in_all: 64 << 20,
    pending_readings_per_device: 50_000,
    pending_readings: 2_000_000,
    pending_messages_per_day: 5_000,
    pending_messages_per_day_in_all: 500_000,
    pending_config_bytes: 64 << 10,
    pending_config_bytes_in_all: 128 << 20,
    meters_per_unit: 5_000,
    meter_bytes: 4_096,
    items_per_unit: 10_000,
    replaced_per_day: 1_000_000,
};
