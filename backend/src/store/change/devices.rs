//! Devices of units: creation, approval, revocation.

use duckdb::params;
use jiff::civil::DateTime;
use nengce_shared::mask::mask;

use super::{Transaction, unit_approval};
use crate::clock;
use crate::store::error::{Result, StoreError};
use crate::store::registry::{DeviceEntry, DeviceState};

impl Transaction<'_> {
    /// The unit's device, one that this change made included.
    pub fn device_of_unit(&self, unit_id: i32) -> Option<DeviceEntry> {
        self.after
            .devices
            .iter()
            .rev()
            .find(|it| it.unit_id == unit_id)
            .cloned()
            .or_else(|| self.shared.registry().device_of_unit(unit_id).cloned())
    }

    /// A device as the audit log names it: the last four characters of its id, and its enterprise.
    pub fn named(&self, device_id: &str) -> String {
        let unit = self.device(device_id).map(|it| it.unit_id);
        let code = unit.and_then(|it| {
            let registry = self.shared.registry();
            let made = self.after.units.iter().find(|unit| unit.unit_id == it).cloned();
            made.or_else(|| registry.unit(it).cloned()).map(|it| it.enterprise_code)
        });
        format!("{} {}", mask(device_id), code.unwrap_or_default())
    }

    pub fn device_count(&self) -> usize {
        self.shared.registry().device_count() + self.after.devices.len()
    }

    /// Approves a device that this change made: it has sent nothing yet.
    pub(crate) fn approve_new(
        &mut self,
        mut device: DeviceEntry,
        by: &str,
        now: DateTime,
    ) -> Result<()> {
        let state = DeviceState::Approved.as_str();
        self.conn.execute(
            include_str!("sql/device_state.sql"),
            params![state, state, clock::text(now), state, by, device.device_id],
        )?;
        device.state = DeviceState::Approved;
        unit_approval::start_anew(self, device.unit_id, now)?;
        self.approve_unit(device.unit_id, now)?;
        self.after.devices.push(device);
        Ok(())
    }

    /// Notes which edition of the dictionaries a device has now.
    pub fn note_dictionaries(
        &self,
        device_id: &str,
        dic_version: &str,
        now: DateTime,
    ) -> Result<()> {
        self.conn.execute(
            include_str!("sql/dictionary_download.sql"),
            params![device_id, dic_version, clock::text(now)],
        )?;
        Ok(())
    }

    pub fn create_device(&mut self, device: DeviceEntry, now: DateTime) -> Result<()> {
        self.conn.execute(
            include_str!("sql/device_insert.sql"),
            params![
                device.device_id,
                device.unit_id,
                device.state.as_str(),
                clock::text(now),
                device.upload_time
            ],
        )?;
        self.after.devices.push(device);
        Ok(())
    }

    /// Approves or revokes; on approval what the device sent before becomes visible, in the order it came.
    pub fn set_device_state(
        &mut self,
        device_id: &str,
        state: DeviceState,
        by: &str,
        now: DateTime,
    ) -> Result<DeviceEntry> {
        let mut device = self
            .shared
            .registry()
            .device(device_id)
            .cloned()
            .ok_or_else(|| StoreError::Refused(format!("no device {}", mask(device_id))))?;
        self.conn.execute(
            include_str!("sql/device_state.sql"),
            params![
                state.as_str(),
                state.as_str(),
                clock::text(now),
                state.as_str(),
                by,
                device_id
            ],
        )?;
        if state == DeviceState::Approved {
            self.approve_unit(device.unit_id, now)?;
            self.release_pending(&device, now)?;
            unit_approval::release(self, &device, now)?;
        }
        if state == DeviceState::Revoked {
            unit_approval::drop_waiting(self, &device)?;
        }
        device.state = state;
        self.after.devices.push(device.clone());
        if state == DeviceState::Revoked {
            self.end_rotation_of(&device, by, now)?;
        }
        Ok(device)
    }
}
