//! Readings that waited for an approval: those of a device, and single replacements of old values.

use std::collections::BTreeMap;

use duckdb::params;
use jiff::civil::DateTime;
use nengce_shared::data_code::DataCode;

use super::Transaction;
use crate::store::commit::batch::Receipt;
use crate::store::commit::conflicts::NewReadings;
use crate::store::commit::resolve::Resolution;
use crate::store::commit::statements;
use crate::store::database::meta::{meta, set_meta};
use crate::store::database::stat_type;
use crate::store::error::Result;
use crate::store::link::upper;
use crate::store::quality::ASSESSED_UP_TO;
use crate::store::registry::DeviceEntry;
use crate::store::replacement::{pending, policy};
use crate::store::rollup::changed_days::ROLLED_UP_TO;
use crate::store::value::{Key, KeyedReadings, StoredValue};

impl Transaction<'_> {
    /// Stores the readings that a device sent before its approval, in the order of its uploads.
    pub(super) fn release_pending(&mut self, device: &DeviceEntry, now: DateTime) -> Result<()> {
        let mut uploads: BTreeMap<i32, KeyedReadings> = BTreeMap::new();
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
                .or_insert_with(|| KeyedReadings { rows: Vec::new() })
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
            let mut receipt = Receipt::default();
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

    /// Notes that the roll-ups, the quality rules and the link upward have still to take in this upload and all later ones, so that a start
    /// before the next roll-up does so.
    fn roll_up_from(&self, first: i32) -> Result<()> {
        let rolled: i32 =
            meta(self.conn, ROLLED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        set_meta(self.conn, ROLLED_UP_TO, &rolled.min(first - 1).to_string())?;
        let assessed: i32 =
            meta(self.conn, ASSESSED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        set_meta(self.conn, ASSESSED_UP_TO, &assessed.min(first - 1).to_string())?;
        self.conn.execute(include_str!("sql/quality_unit_lower.sql"), params![first])?;
        upper::scan_again_from(self.conn, first)?;
        Ok(())
    }

    /// Stores replacements that an operator approved, oldest first; the values that stood go to the history.
    pub(super) fn put_approved(
        &mut self,
        rows: Vec<(Key, StoredValue)>,
        now: DateTime,
    ) -> Result<()> {
        self.put_values(rows, now, true)
    }

    /// Puts back values of the history that an approval replaced.
    pub(super) fn put_back(&mut self, rows: Vec<(Key, StoredValue)>, now: DateTime) -> Result<()> {
        self.put_values(rows, now, false)
    }

    fn put_values(
        &mut self,
        rows: Vec<(Key, StoredValue)>,
        now: DateTime,
        keeps_history: bool,
    ) -> Result<()> {
        let Some(first) = rows.iter().map(|it| it.1.upload_id).min() else {
            return Ok(());
        };
        let staged = KeyedReadings { rows };
        let existing = statements::stored_values(self.conn, self.items, std::iter::once(&staged))?;
        let mut resolution = Resolution::new(existing);
        statements::resolve(&mut resolution, &staged, &mut Receipt::default());
        if !keeps_history {
            resolution.history.clear();
        }
        self.keys.extend(statements::write(self.conn, &resolution, NewReadings::default(), now)?);
        self.roll_up_from(first)
    }
}
