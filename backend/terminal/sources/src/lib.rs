//! Reads meters and systems: Modbus, DL/T 645, CJ/T 188, OPC UA, MQTT, SQL, folders, HTTP.
//! A source is opened from its settings and then read by addresses; every answer says what was sent and received.

#![warn(missing_docs)]

mod address;
mod check;
mod cjt188;
pub mod demo;
mod dlt645;
mod error;
mod folder;
mod http_json;
mod json;
mod line;
mod measured;
mod modbus;
mod moment;
mod mqtt;
#[cfg(feature = "opcua")]
mod opcua;
mod settings;
mod source;
mod sql;
mod tls;

pub use address::AddressError;
pub use check::check_address;
pub use error::{Problem, SourceError};
pub use measured::{Exchange, Measured, Part};
pub use settings::{
    Database, Folder, HttpJson, Kind, MeterSerial, MeterTcp, ModbusRtu, ModbusTcp, Mqtt, OpcUa,
    Parity, Secret, SerialLine, SourceSettings, Sql, Tls,
};
pub use source::Source;
