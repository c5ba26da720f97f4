//! `GET /api/v1/devices/{device_id}/evidence`: what stands beside the decision on a device. Only those who decide may read it.

use super::wire;
use crate::stat_type::StatType;

wire! {
/// What a device said and sent, and the device before it.
pub struct DeviceEvidence {
    /// The configuration as it stands or waits; null while none came.
    pub config: Option<DeviceConfig>,
    /// Messages with readings.
    pub uploads: u64,
    /// Entries in them.
    pub entries: u64,
    /// Those of them that were refused.
    pub rejected: u64,
    /// When the first and the last of them came, local time; null while none came.
    pub first_upload: Option<String>,
    /// See `first_upload`.
    pub last_upload: Option<String>,
    /// The first readings that wait for the approval, in the order in which they came.
    pub readings: Vec<WaitingReading>,
    /// The number of readings that wait.
    pub waiting: u64,
    /// The device that the enterprise had before; null where this is the first.
    pub previous: Option<PreviousDevice>,
}
/// What a device said of its enterprise.
pub struct DeviceConfig {
    /// The name of the enterprise.
    pub name: String,
    /// The district, GB/T 2260.
    pub region: String,
    /// The industry, GB/T 4754 with its letter.
    pub industry: String,
    /// The number of data items that it collects.
    pub items: u32,
    /// True while it waits for the approval of the device.
    pub waits: bool,
}
/// A reading that does not count yet.
pub struct WaitingReading {
    /// The data code.
    pub data_code: String,
    /// The name of the item in Chinese; the code where the dictionaries have none.
    pub name_zh: String,
    /// The same in English.
    pub name_en: String,
    /// The kind of period.
    pub stat_type: StatType,
    /// The start of the period, local time `YYYY-MM-DD HH:MM:SS`.
    pub stat_date: String,
    /// The value.
    pub value: f64,
    /// Its unit of measure; null where the dictionaries state none.
    pub unit: Option<String>,
}
/// The device that the enterprise had before.
pub struct PreviousDevice {
    /// The device id.
    pub device_id: String,
    /// `pending`, `approved` or `revoked`.
    pub state: String,
    /// When it registered, local time.
    pub registered_at: String,
    /// When it last sent readings, local time; null where it never did.
    pub last_upload: Option<String>,
    /// The number of uploads with readings that it sent.
    pub uploads: u64,
    /// Until when its secret is accepted beside that of the device, local time; null where it is not.
    pub accepted_until: Option<String>,
}
}
