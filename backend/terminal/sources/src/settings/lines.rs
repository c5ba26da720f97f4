//! Devices and meters on lines.
use serde::{Deserialize, Serialize};

use super::defaults;

/// Modbus TCP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModbusTcp {
    /// Host name or address.
    pub host: String,
    /// Usually 502.
    #[serde(default = "defaults::modbus_port")]
    pub port: u16,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
}

/// Modbus RTU: either `serial` or `tcp`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModbusRtu {
    /// The serial line.
    pub serial: Option<SerialLine>,
    /// `host:port` of a converter that passes bytes on unchanged.
    pub tcp: Option<String>,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
}

/// Meters behind a converter to TCP that passes bytes on unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterTcp {
    /// Host name or address.
    pub host: String,
    /// The port of the converter.
    pub port: u16,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
}

/// Meters on a serial line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterSerial {
    /// The serial line.
    pub serial: SerialLine,
    /// How long one answer may take.
    #[serde(default = "defaults::answer_time")]
    pub timeout_ms: u64,
}

/// A serial line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialLine {
    /// The device, as `/dev/ttyUSB0`.
    pub device: String,
    /// Bits per second.
    pub baud: u32,
    /// Parity; meters of DL/T 645 and CJ/T 188 have even parity.
    #[serde(default)]
    pub parity: Parity,
    /// One or two.
    #[serde(default = "defaults::one")]
    pub stop_bits: u8,
}

/// The parity of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Parity {
    None,
    Odd,
    #[default]
    Even,
}
