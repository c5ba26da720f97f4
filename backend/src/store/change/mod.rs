//! Changes of units, devices and everything else but readings, inside the writer's transaction. The registry in memory
//! is changed only after the commit.

pub mod pending_messages;
mod registrations;
pub mod replacements;
pub mod unit_change_list;
pub mod unit_changes;
mod unit_identity;
mod unit_lists;
mod units;

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use nengce_shared::data_code::DataCode;
use nengce_shared::mask::mask;

use crate::clock;
use crate::store::commit::conflicts::NewReadings;
use crate::store::commit::items::Items;
use crate::store::commit::pending_texts::PendingTexts;
use crate::store::commit::resolve::Resolution;
use crate::store::commit::statements;
use crate::store::database::meta::{meta, set_meta};
use crate::store::database::stat_type;
use crate::store::error::{Result, StoreError};
use crate::store::quality::JUDGED_UP_TO;
use crate::store::registry::claims::Claim;
use crate::store::registry::codes::Code;
use crate::store::registry::credentials::{self, Credential};
use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};
use crate::store::replacement::{pending, policy};
use crate::store::rollup::changed_days::ROLLED_UP_TO;
use crate::store::state::Shared;
use crate::store::value::{Key, StoredValue};

/// Changes of the registry in memory, applied after the commit.
#[derive(Default)]
pub struct RegistryChanges {
    pub(crate) units: Vec<UnitEntry>,
    devices: Vec<DeviceEntry>,
    pub(crate) credentials: Vec<CredentialChange>,
    pub(crate) registrations: Vec<RegistrationChange>,
    pub(crate) claims: Vec<Claim>,
    /// The code in force of an enterprise, or none any more.
    pub(crate) codes: Vec<(String, Option<Code>)>,
    dictionaries: Option<Dictionaries>,
}

/// A change of credentials.
pub(crate) enum CredentialChange {
    Put(Credential),
    /// All credentials of an enterprise are deleted.
    Clear(String),
}

/// A change of the registration of an enterprise.
pub(crate) enum RegistrationChange {
    Put(Registration),
    End(String),
}

impl RegistryChanges {
    pub fn apply(self, shared: &Shared) {
        let mut registry = shared.registry_mut();
        self.units.into_iter().for_each(|it| registry.put_unit(it));
        self.devices.into_iter().for_each(|it| registry.put_device(it));
        for it in self.credentials {
            match it {
                CredentialChange::Put(it) => registry.credentials.put(it),
                CredentialChange::Clear(code) => registry.credentials.clear(&code),
            }
        }
        for it in self.registrations {
            match it {
                RegistrationChange::Put(it) => registry.registrations.put(it),
                RegistrationChange::End(code) => registry.registrations.end(&code),
            }
        }
        for (enterprise, code) in self.codes {
            match code {
                Some(it) => registry.codes.put(it),
                None => registry.codes.take(&enterprise),
            }
        }
        let mut claims = shared.claims();
        self.claims.into_iter().for_each(|it| claims.put(it));
        drop(claims);
        if let Some(it) = self.dictionaries {
            shared.set_dictionaries(it);
        }
    }
}

pub struct Transaction<'a> {
    /// Open transaction; statements of other files of the store go through it.
    pub conn: &'a Connection,
    items: &'a mut Items,
    pub(crate) pending_texts: &'a mut PendingTexts,
    pub(crate) shared: &'a Shared,
    pub(crate) after: RegistryChanges,
    keys: Vec<Key>,
}

impl<'a> Transaction<'a> {
    pub(crate) fn new(
        conn: &'a Connection,
        items: &'a mut Items,
        pending_texts: &'a mut PendingTexts,
        shared: &'a Shared,
    ) -> Self {
        Self {
            conn,
            items,
            pending_texts,
            shared,
            after: RegistryChanges::default(),
            keys: Vec::new(),
        }
    }

    pub(crate) fn finish(self) -> (RegistryChanges, Vec<Key>) {
        (self.after, self.keys)
    }

    pub fn unit(&self, enterprise_code: &str) -> Option<UnitEntry> {
        self.after
            .units
            .iter()
            .rev()
            .find(|it| it.enterprise_code == enterprise_code)
            .cloned()
            .or_else(|| self.shared.registry().unit_by_code(enterprise_code).cloned())
    }

    /// Creates a unit or updates the fields that changed; `unit_id` 0 asks for a new one.
    pub fn put_unit(&mut self, mut unit: UnitEntry, now: DateTime) -> Result<UnitEntry> {
        let now = clock::text(now);
        if unit.unit_id == 0 {
            let taken = self.after.units.iter().map(|it| it.unit_id + 1).max().unwrap_or(0);
            unit.unit_id = self.shared.registry().next_unit_id().max(taken);
            self.conn.execute(
                include_str!("sql/unit_insert.sql"),
                params![
                    unit.unit_id,
                    unit.enterprise_code,
                    unit.name,
                    unit.region_code,
                    unit.industry_code,
                    unit.class,
                    now,
                    now,
                    unit.approved
                ],
            )?;
        } else {
            self.conn.execute(
                include_str!("sql/unit_update.sql"),
                params![
                    unit.name,
                    unit.region_code,
                    unit.industry_code,
                    unit.class,
                    now,
                    unit.approved,
                    unit.unit_id
                ],
            )?;
        }
        self.after.units.push(unit.clone());
        Ok(unit)
    }

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
        unit_changes::start_anew(self, device.unit_id, now)?;
        self.approve_unit(device.unit_id, now)?;
        self.after.devices.push(device);
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

    /// A unit's credential, one that this change made included.
    pub fn credential(&self, enterprise_code: &str, kind: credentials::Kind) -> Option<String> {
        for it in self.after.credentials.iter().rev() {
            match it {
                CredentialChange::Put(it)
                    if it.enterprise_code == enterprise_code && it.kind == kind =>
                {
                    return Some(it.value.clone());
                }
                CredentialChange::Clear(it) if it == enterprise_code => return None,
                _ => {}
            }
        }
        let registry = self.shared.registry();
        let known = registry.credentials.get(enterprise_code, kind);
        known.map(str::to_owned)
    }

    /// Keeps a key, password or access key of a unit in place of the one of its kind.
    pub fn put_credential(&mut self, it: Credential, now: DateTime) -> Result<()> {
        credentials::write(self.conn, &it, self.shared.data_key(), now)?;
        self.after.credentials.push(CredentialChange::Put(it));
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
            unit_changes::release(self, &device, now)?;
        }
        if state == DeviceState::Revoked {
            unit_changes::drop_waiting(self, &device)?;
        }
        device.state = state;
        self.after.devices.push(device.clone());
        Ok(device)
    }

    fn release_pending(&mut self, device: &DeviceEntry, now: DateTime) -> Result<()> {
        let mut uploads: BTreeMap<i32, statements::KeyedReadings> = BTreeMap::new();
        let mut statement = self.conn.prepare(include_str!("sql/pending_of_device.sql"))?;
        let mut rows = statement.query(params![device.device_id])?;
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let Ok(code) = DataCode::parse_strict(&code) else {
                continue;
            };
            let held = StoredValue {
                value: row.get(3)?,
                valid: row.get(4)?,
                input_type: row.get(5)?,
                upload_id: row.get(6)?,
            };
            let key = (self.items.id_of(device.unit_id, code), stat_type(row, 1)?, row.get(2)?);
            uploads
                .entry(held.upload_id)
                .or_insert_with(|| statements::KeyedReadings { rows: Vec::new() })
                .rows
                .push((key, held));
        }
        let Some(first) = uploads.keys().next().copied() else {
            return Ok(());
        };
        let existing = statements::stored_values(self.conn, self.items, uploads.values())?;
        let pending = pending::waiting(
            self.conn,
            self.shared.may_hold_replacements(),
            existing.keys().copied(),
        )?;
        let mut resolution = Resolution::new(existing);
        resolution.pending = pending;
        resolution.pending.approval_before =
            policy::approval_before(now, self.shared.window_days());
        for (upload_id, staged) in &uploads {
            let mut receipt = crate::store::commit::batch::Receipt::default();
            statements::resolve(&mut resolution, staged, &mut receipt);
            self.conn.execute(
                include_str!("sql/upload_count.sql"),
                params![
                    receipt.stored,
                    receipt.unchanged,
                    receipt.replaced,
                    receipt.awaiting_approval,
                    upload_id
                ],
            )?;
        }
        self.items.write_created(self.conn, &self.shared.dictionaries(), now)?;
        self.keys.extend(statements::write(self.conn, &resolution, NewReadings::default(), now)?);
        self.conn.execute(include_str!("sql/pending_delete.sql"), params![device.device_id])?;
        self.roll_up_from(first)
    }

    /// A start before the next roll-up refreshes what this upload and later ones brought.
    fn roll_up_from(&self, first: i32) -> Result<()> {
        let rolled: i32 =
            meta(self.conn, ROLLED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        set_meta(self.conn, ROLLED_UP_TO, &rolled.min(first - 1).to_string())?;
        let judged: i32 =
            meta(self.conn, JUDGED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        set_meta(self.conn, JUDGED_UP_TO, &judged.min(first - 1).to_string())?;
        self.conn.execute(include_str!("sql/quality_unit_lower.sql"), params![first])?;
        Ok(())
    }

    /// Puts values that waited in their places, oldest first; the number that changed something.
    pub(crate) fn put_approved(
        &mut self,
        rows: Vec<(Key, StoredValue)>,
        now: DateTime,
    ) -> Result<()> {
        let Some(first) = rows.iter().map(|it| it.1.upload_id).min() else {
            return Ok(());
        };
        let staged = statements::KeyedReadings { rows };
        let existing = statements::stored_values(self.conn, self.items, std::iter::once(&staged))?;
        let mut resolution = Resolution::new(existing);
        statements::resolve(
            &mut resolution,
            &staged,
            &mut crate::store::commit::batch::Receipt::default(),
        );
        self.keys.extend(statements::write(self.conn, &resolution, NewReadings::default(), now)?);
        self.roll_up_from(first)
    }

    /// Takes a replaced dictionary over after the commit; the caller has written it.
    pub fn use_dictionaries(&mut self, it: Dictionaries) {
        self.after.dictionaries = Some(it);
    }

    pub fn dictionaries(&self) -> std::sync::Arc<Dictionaries> {
        self.shared.dictionaries()
    }
}
