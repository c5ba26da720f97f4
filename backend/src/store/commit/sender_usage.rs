//! Counts what each sender has stored today, and how much is pending from devices that nobody approved, to bound what strangers
//! and broken terminals write to disk. The counts are in the writer's memory; they are read again from the database at
//! a start, on a new day, after a failure, and before anything is refused.

use std::borrow::Cow;
use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_messages::Rejected;
use nengce_messages::rejected_entries::cut;
use nengce_shared::problem::ProblemCode;

use crate::store::commit::batch::Batch;
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::commit::items::Items;
use crate::store::commit::pending_texts::PendingTexts;
use crate::store::commit::sender_limits::SenderLimits;
use crate::store::database::each;
use crate::store::error::Result;

/// Bytes of a row of refused entries beside its texts.
const ROW_BYTES: usize = 16;

#[derive(Debug, Clone, Copy, Default)]
struct Day {
    rejected_bytes: u64,
    replaced: u64,
    /// While it waits.
    messages: u64,
}

pub struct SenderUsage {
    limits: SenderLimits,
    /// The day that `senders` is of; `None`: the store is to be asked.
    today: Option<Date>,
    senders: HashMap<String, Day>,
    /// Bytes of refused entries that devices left today while they waited.
    pending_rejected_bytes: u64,
    /// Messages of such devices today.
    pending_messages: u64,
    pending: Option<Pending>,
    pub(crate) pending_texts: PendingTexts,
}

#[derive(Default)]
struct Pending {
    by_device: HashMap<String, u64>,
    all: u64,
}

impl Pending {
    fn load(conn: &Connection) -> Result<Self> {
        let mut it = Self::default();
        each(conn, include_str!("sql/pending_counts.sql"), [], |row| {
            let count = row.get(1)?;
            it.all += count;
            it.by_device.insert(row.get(0)?, count);
            Ok(())
        })?;
        Ok(it)
    }

    fn have_room(&self, device: &str, more: u64, limits: &SenderLimits) -> bool {
        let own = self.by_device.get(device).copied().unwrap_or(0);
        own + more <= limits.pending_readings_per_device
            && self.all + more <= limits.pending_readings
    }
}

/// Who is answerable for replaced values: a device, or an industry system for each of its units.
fn accountable(batch: &Batch) -> Cow<'_, str> {
    match batch.kind {
        "bulk" => Cow::Owned(format!("{} {}", batch.sent_by, batch.unit_id)),
        _ => Cow::Borrowed(&batch.sent_by),
    }
}

impl SenderUsage {
    pub fn new(limits: SenderLimits) -> Self {
        Self {
            limits,
            today: None,
            senders: HashMap::new(),
            pending_rejected_bytes: 0,
            pending_messages: 0,
            pending: None,
            pending_texts: PendingTexts::new(limits),
        }
    }

    /// A group begins; on a new day everyone begins anew.
    pub fn begin(&mut self, conn: &Connection, today: Date) -> Result<()> {
        if self.today == Some(today) {
            return Ok(());
        }
        self.senders.clear();
        self.pending_rejected_bytes = 0;
        self.pending_messages = 0;
        let from = today.to_string();
        each(conn, include_str!("sql/sender_usage_of_day.sql"), params![from], |row| {
            let (bytes, replaced, messages): (u64, u64, u64) =
                (row.get(1)?, row.get(2)?, row.get(4)?);
            if row.get(3)? {
                self.pending_rejected_bytes += bytes;
                self.pending_messages += messages;
            }
            let day = self.senders.entry(row.get(0)?).or_default();
            day.rejected_bytes += bytes;
            day.replaced += replaced;
            day.messages += messages;
            Ok(())
        })?;
        self.today = Some(today);
        Ok(())
    }

    /// The group was not written: what was noted of it is forgotten.
    pub fn rolled_back(&mut self) {
        self.today = None;
        self.pending = None;
    }

    /// The limit that keeps a message out, if there is one; `counted`: its device is approved. Pending readings of a
    /// message that is accepted are added to the counts.
    pub fn refusal(
        &mut self,
        conn: &Connection,
        items: &Items,
        ready: &IncomingBatch,
        counted: bool,
    ) -> Result<Option<ProblemCode>> {
        let batch = &ready.batch;
        if counted {
            let day = self.senders.get(accountable(batch).as_ref());
            let replaced = day.map_or(0, |it| it.replaced);
            let is_over = replaced >= self.limits.replaced_per_day && batch.kind != "import";
            if is_over && !batch.readings.is_empty() {
                return Ok(Some(ProblemCode::TooManyReplaced));
            }
            let room =
                items.have_room(batch.unit_id, &ready.rows.codes, self.limits.items_per_unit);
            return Ok((!room).then_some(ProblemCode::TooManyItems));
        }
        let day = self.senders.entry(batch.sent_by.clone()).or_default();
        if day.messages >= self.limits.pending_messages_per_day
            || self.pending_messages >= self.limits.pending_messages_per_day_in_all
        {
            return Ok(Some(ProblemCode::PendingFull));
        }
        let more = batch.readings.len() as u64;
        if self.pending.is_none() {
            self.pending = Some(Pending::load(conn)?);
        }
        let pending = self.pending.get_or_insert_default();
        if !pending.have_room(&batch.sent_by, more, &self.limits) {
            // What was approved since has left.
            *pending = Pending::load(conn)?;
            if !pending.have_room(&batch.sent_by, more, &self.limits) {
                return Ok(Some(ProblemCode::PendingFull));
            }
        }
        *pending.by_device.entry(batch.sent_by.clone()).or_default() += more;
        pending.all += more;
        day.messages += 1;
        self.pending_messages += 1;
        Ok(None)
    }

    /// How many of a message's refused entries are kept, from the first; they are noted.
    pub fn count_kept(&mut self, sent_by: &str, rejected: &[Rejected], counted: bool) -> usize {
        if rejected.is_empty() {
            return 0;
        }
        let most = match counted {
            true => self.limits.rejected_bytes_per_day,
            false => self.limits.pending_rejected_bytes_per_day,
        };
        let day = self.senders.entry(sent_by.to_owned()).or_default();
        let mut kept = 0;
        for it in rejected.iter().take(self.limits.rejected_limits.entries) {
            let entry = cut(&it.entry, self.limits.rejected_limits.entry_bytes).len();
            let texts = it.reason_zh.len() + it.reason_en.len() + it.field.len();
            let bytes = (entry + texts + it.code.as_str().len() + ROW_BYTES) as u64;
            let all = self.pending_rejected_bytes + bytes;
            if day.rejected_bytes + bytes > most
                || !counted && all > self.limits.pending_rejected_bytes_per_day_in_all
            {
                break;
            }
            if !counted {
                self.pending_rejected_bytes = all;
            }
            day.rejected_bytes += bytes;
            kept += 1;
        }
        kept
    }

    pub fn entry_bytes(&self) -> usize {
        self.limits.rejected_limits.entry_bytes
    }

    /// Notes how many values a message replaced.
    pub fn note_replaced(&mut self, batch: &Batch, count: u32) {
        if count > 0 {
            let day = self.senders.entry(accountable(batch).into_owned()).or_default();
            day.replaced += u64::from(count);
        }
    }
}
