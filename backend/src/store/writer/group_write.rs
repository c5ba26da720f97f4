//! Writes a group in one transaction, in stages: its messages are admitted, the conflicts between their readings resolved,
//! and the results written.

use nengce_shared::stat_type::StatType;

use super::Writer;
use crate::fail_point;
use crate::store::commit::batch::{Batch, Receipt};
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::commit::conflicts::{self, GroupMember, NewReadings};
use crate::store::commit::resolve::Resolution;
use crate::store::commit::statements;
use crate::store::error::Result;
use crate::store::registry::DeviceState;
use crate::store::replacement::{pending as replacements, policy};
use crate::store::value::Key;

/// The item-days and keys under which a group wrote readings.
pub(super) struct Written {
    days: Vec<(i32, StatType, i32, bool)>,
    keys: Vec<Key>,
}

/// The messages of a group: those that count, and those whose device still waits for approval.
struct Admitted<'a> {
    members: Vec<GroupMember<'a>>,
    pending: Vec<(&'a Batch, i32)>,
    receipts: Vec<Receipt>,
}

impl Writer {
    pub(crate) fn commit(&mut self, batches: &[IncomingBatch]) -> Result<Vec<Receipt>> {
        fail_point::hit("writer:before_group");
        let done = self.in_transaction(|writer| {
            let written = writer.write_group(batches);
            fail_point::hit("writer:in_group");
            written
        });
        match done {
            Ok((receipts, written)) => {
                fail_point::hit("writer:after_commit");
                self.items.committed();
                self.note_days(&written.days);
                self.note(&written.keys);
                self.next_upload += i32::try_from(batches.len()).unwrap_or(0);
                let mut registry = self.shared.registry_mut();
                for IncomingBatch { batch, .. } in batches {
                    registry.seen(&batch.sent_by, batch.received_at);
                    self.seen.insert(batch.sent_by.clone(), batch.received_at);
                }
                fail_point::hit("writer:before_answer");
                Ok(receipts)
            }
            Err(error) => {
                self.items.rolled_back();
                self.sender_usage.rolled_back();
                Err(error)
            }
        }
    }

    fn write_group(&mut self, batches: &[IncomingBatch]) -> Result<(Vec<Receipt>, Written)> {
        let Admitted { members, pending, mut receipts } = self.admit(batches)?;
        let (resolution, mut new) = self.resolve_conflicts(batches, &members, &mut receipts)?;
        let now = batches.iter().map(|it| it.batch.received_at).max().unwrap_or_default();
        self.items.write_created(&self.conn, &self.shared.dictionaries(), now)?;
        let days = std::mem::take(&mut new.days);
        let keys = statements::write(&self.conn, &resolution, new, now)?;
        statements::write_pending(&self.conn, &pending)?;
        let rows: Vec<_> =
            batches.iter().zip(&receipts).filter(|it| it.1.limited.is_none()).collect();
        for (ready, receipt) in &rows {
            self.sender_usage.note_replaced(&ready.batch, receipt.replaced);
        }
        statements::write_uploads(&self.conn, &rows, self.sender_usage.entry_bytes())?;
        Ok((receipts, Written { days, keys }))
    }

    /// Numbers the uploads, and refuses those that exceed the limits of their senders.
    fn admit<'a>(&mut self, batches: &'a [IncomingBatch]) -> Result<Admitted<'a>> {
        let mut admitted = Admitted {
            members: Vec::with_capacity(batches.len()),
            pending: Vec::new(),
            receipts: Vec::with_capacity(batches.len()),
        };
        let today = batches.last().map(|it| it.batch.received_at.date());
        self.sender_usage.begin(&self.conn, today.unwrap_or_default())?;
        for (at, ready) in batches.iter().enumerate() {
            let batch = &ready.batch;
            let upload_id = self.next_upload + i32::try_from(at).unwrap_or(0);
            let counted = self
                .shared
                .registry()
                .device(&batch.sent_by)
                .is_none_or(|it| it.state != DeviceState::Pending);
            let mut receipt = Receipt {
                upload_id,
                counted,
                rejected: batch.rejected_count(),
                limited: self.sender_usage.refusal(&self.conn, &self.items, ready, counted)?,
                ..Receipt::default()
            };
            if receipt.limited.is_none() {
                let kept = self.sender_usage.count_kept(&batch.sent_by, &batch.rejected, counted);
                receipt.rejected_kept = u32::try_from(kept).unwrap_or(u32::MAX);
                if counted {
                    let member = GroupMember::new(&mut self.items, ready, upload_id, at);
                    admitted.members.push(member);
                } else {
                    receipt.stored = u32::try_from(batch.readings.len()).unwrap_or(u32::MAX);
                    admitted.pending.push((batch, upload_id));
                }
            }
            admitted.receipts.push(receipt);
        }
        Ok(admitted)
    }

    /// Decides for each reading in conflict whether it is stored, unchanged or replaces a value; the others are new.
    fn resolve_conflicts(
        &mut self,
        batches: &[IncomingBatch],
        members: &[GroupMember<'_>],
        receipts: &mut [Receipt],
    ) -> Result<(Resolution, NewReadings)> {
        let conflicts = conflicts::find(&self.conn, &mut self.items, members)?;
        let rows = members.iter().map(|it| it.ready.rows.at.len()).sum();
        let mut new = NewReadings::with_capacity(rows);
        let conflicting: Vec<_> = members
            .iter()
            .map(|it| (it.at, new.take(it, &conflicts, &mut receipts[it.at])))
            .filter(|it| !it.1.origin.is_empty())
            .collect();
        let staged = conflicting.iter().map(|it| &it.1.staged);
        let existing = statements::stored_values(&self.conn, &self.items, staged)?;
        let pending = replacements::waiting(
            &self.conn,
            self.shared.may_hold_replacements(),
            existing.keys().copied(),
        )?;
        let mut resolution = Resolution::new(existing);
        resolution.pending = pending;
        for (at, rows) in &conflicting {
            resolution.pending.approval_before =
                policy::approval_before(batches[*at].batch.received_at, self.shared.window_days());
            let receipt = &mut receipts[*at];
            let outcomes = statements::resolve(&mut resolution, &rows.staged, receipt);
            for (origin, outcome) in rows.origin.iter().zip(outcomes) {
                receipt.outcomes[*origin as usize] = outcome;
            }
        }
        Ok((resolution, new))
    }
}
