//! Units and devices in memory: read for every message, changed only by the writer after its commit.

use std::collections::HashMap;

use duckdb::Connection;
use jiff::civil::DateTime;

use crate::clock;
use crate::store::error::Result;
use crate::store::registry::codes::Codes;
use crate::store::registry::credentials::Credentials;
use crate::store::registry::data_key::DataKey;
use crate::store::registry::registrations::Registrations;

#[derive(Debug, Clone, PartialEq)]
pub struct UnitEntry {
    pub unit_id: i32,
    pub enterprise_code: String,
    pub name: String,
    pub region_code: String,
    pub industry_code: String,
    pub class: String,
    /// An operator approved a device of it, or listed it; what is not approved is in no list.
    pub approved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    Pending,
    Approved,
    Revoked,
}

impl DeviceState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Revoked => "revoked",
        }
    }

    pub fn parse(text: &str) -> Self {
        match text {
            "approved" => Self::Approved,
            "revoked" => Self::Revoked,
            _ => Self::Pending,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct DeviceEntry {
    pub device_id: String,
    pub unit_id: i32,
    pub state: DeviceState,
    pub upload_time: String,
    pub last_seen: Option<DateTime>,
}

#[derive(Debug, Default)]
pub struct Registry {
    units: HashMap<i32, UnitEntry>,
    unit_by_code: HashMap<String, i32>,
    devices: HashMap<String, DeviceEntry>,
    device_by_unit: HashMap<i32, String>,
    pub credentials: Credentials,
    pub registrations: Registrations,
    pub codes: Codes,
}

impl Registry {
    /// Reads units, devices and all that belongs to them.
    pub fn load(conn: &Connection, key: Option<&DataKey>) -> Result<Self> {
        let mut registry = Self::default();
        let mut statement = conn.prepare(include_str!("sql/load_units.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            registry.put_unit(UnitEntry {
                unit_id: row.get(0)?,
                enterprise_code: row.get(1)?,
                name: row.get(2)?,
                region_code: row.get(3)?,
                industry_code: row.get(4)?,
                class: row.get(5)?,
                approved: row.get(6)?,
            });
        }
        let mut statement = conn.prepare(include_str!("sql/load_devices.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            registry.put_device(DeviceEntry {
                device_id: row.get(0)?,
                unit_id: row.get(1)?,
                state: DeviceState::parse(&row.get::<_, String>(2)?),
                upload_time: row.get(3)?,
                last_seen: row.get::<_, Option<String>>(4)?.as_deref().and_then(clock::read),
            });
        }
        registry.credentials = Credentials::load(conn, key)?;
        registry.registrations = Registrations::load(conn)?;
        registry.codes = Codes::load(conn)?;
        Ok(registry)
    }

    pub fn unit(&self, unit_id: i32) -> Option<&UnitEntry> {
        self.units.get(&unit_id)
    }

    pub fn unit_by_code(&self, enterprise_code: &str) -> Option<&UnitEntry> {
        self.units.get(self.unit_by_code.get(enterprise_code)?)
    }

    /// A unit that an operator approved or listed.
    pub fn approved_unit(&self, enterprise_code: &str) -> Option<&UnitEntry> {
        self.unit_by_code(enterprise_code).filter(|it| it.approved)
    }

    pub fn units(&self) -> impl Iterator<Item = &UnitEntry> {
        self.units.values()
    }

    pub fn device(&self, device_id: &str) -> Option<&DeviceEntry> {
        self.devices.get(device_id)
    }

    /// The device of a unit: the newest that was not revoked, else the newest.
    pub fn device_of_unit(&self, unit_id: i32) -> Option<&DeviceEntry> {
        self.devices.get(self.device_by_unit.get(&unit_id)?)
    }

    pub fn device_count(&self) -> usize {
        self.devices.len()
    }

    pub fn next_unit_id(&self) -> i32 {
        self.units.keys().max().map_or(1, |it| it + 1)
    }

    pub fn put_unit(&mut self, unit: UnitEntry) {
        self.unit_by_code.insert(unit.enterprise_code.clone(), unit.unit_id);
        self.units.insert(unit.unit_id, unit);
    }

    pub fn put_device(&mut self, device: DeviceEntry) {
        let stands = self.device_of_unit(device.unit_id).is_none_or(|current| {
            device.state != DeviceState::Revoked || current.state == DeviceState::Revoked
        });
        if stands {
            self.device_by_unit.insert(device.unit_id, device.device_id.clone());
        }
        self.devices.insert(device.device_id.clone(), device);
    }

    pub fn seen(&mut self, device_id: &str, at: DateTime) {
        if let Some(device) = self.devices.get_mut(device_id) {
            device.last_seen = Some(at);
        }
    }
}
