//! Changes of units, devices and everything else but readings, inside the writer's transaction. The registry in memory
//! is changed only after the commit.

pub mod config_message;
mod devices;
mod old_secrets;
pub mod pending_messages;
mod pending_readings;
mod registrations;
mod registry_changes;
pub mod replacements;
pub mod unit_approval;
pub mod unit_change_list;
pub mod unit_change_records;
pub mod unit_changes;
mod unit_identity;
mod unit_lists;
mod units;

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::audit::AuditEvent;

use crate::clock;
use crate::store::audit;
use crate::store::audit::scope::{ChangeNote, Scope};
use crate::store::commit::items::Items;
use crate::store::commit::pending_texts::PendingTexts;
use crate::store::error::Result;
use crate::store::registry::UnitEntry;
use crate::store::registry::credentials::{self, Credential};
use crate::store::state::Shared;
use crate::store::value::Key;
pub use registry_changes::RegistryChanges;
pub(crate) use registry_changes::{CredentialChange, RegistrationChange};

/// An open transaction of the writer, and what it changes in memory once it is committed.
pub struct Transaction<'a> {
    /// Open transaction; statements of other files of the store go through it.
    pub conn: &'a Connection,
    items: &'a mut Items,
    pub(crate) pending_texts: &'a mut PendingTexts,
    pub(crate) shared: &'a Shared,
    pub(crate) after: RegistryChanges,
    noted: Option<ChangeNote>,
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
            noted: None,
            keys: Vec::new(),
        }
    }

    pub(crate) fn finish(self) -> (RegistryChanges, Vec<Key>) {
        (self.after, self.keys)
    }

    /// What this transaction changed, for the audit log.
    pub fn note_change(&mut self, note: ChangeNote) {
        self.noted = Some(note);
    }

    /// Adds the event of what was noted; a change that belongs to no request has none.
    pub(crate) fn record_change(&mut self, scope: Option<&Scope>) -> Result<()> {
        match (scope, self.noted.take()) {
            (Some(scope), Some(note)) => {
                audit::append(self.conn, vec![scope.changed(note)], self.shared.audit.algorithm)
            }
            _ => Ok(()),
        }
    }

    /// Adds an event that belongs to no request of a person.
    pub(crate) fn record_event(&mut self, event: AuditEvent) -> Result<()> {
        audit::append(self.conn, vec![event], self.shared.audit.algorithm)
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
                CredentialChange::Remove(it, of) if it == enterprise_code && *of == kind => {
                    return None;
                }
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

    /// Deletes the credential of a kind.
    pub(super) fn remove_credential(
        &mut self,
        enterprise_code: &str,
        kind: credentials::Kind,
    ) -> Result<()> {
        credentials::delete(self.conn, enterprise_code, kind)?;
        self.after.credentials.push(CredentialChange::Remove(enterprise_code.to_owned(), kind));
        Ok(())
    }

    /// Takes a replaced dictionary over after the commit; the caller has written it.
    pub fn use_dictionaries(&mut self, it: Dictionaries) {
        self.after.dictionaries = Some(it);
    }

    pub fn dictionaries(&self) -> std::sync::Arc<Dictionaries> {
        self.shared.dictionaries()
    }
}
