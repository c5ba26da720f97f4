//! The check of an address before it is used, by the kind of its source.
use crate::address::AddressError;
use crate::settings::Kind;
use crate::{cjt188, dlt645, folder, http_json, modbus, mqtt};

/// Whether an address is well written for a kind of source.
pub fn check_address(kind: Kind, address: &str) -> Result<(), AddressError> {
    match kind {
        Kind::ModbusTcp | Kind::ModbusRtu => modbus::Address::parse(address).map(drop),
        Kind::Dlt645Tcp | Kind::Dlt645Serial => dlt645::Address::parse(address).map(drop),
        Kind::Cjt188Tcp | Kind::Cjt188Serial => cjt188::Address::parse(address).map(drop),
        Kind::Mqtt => mqtt::check(address).map(drop),
        Kind::Folder => folder::Address::parse(address).map(drop),
        Kind::HttpJson => http_json::check(address),
        _ => Err(AddressError::new(address, "未知", "unknown")),
    }
}
