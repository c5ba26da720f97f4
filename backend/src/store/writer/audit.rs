//! Writes the events of the audit log that wait, between the jobs of the queue and in small transactions of their own.

use crate::store::audit::append;
use crate::store::audit::queue::BATCH;
use crate::store::error::Result;
use crate::store::writer::Writer;

impl Writer {
    /// Writes every event that waits.
    pub(super) fn write_audit(&mut self) -> Result<()> {
        while self.write_audit_batch()? == BATCH {}
        Ok(())
    }

    /// Writes one batch once its events have waited for long enough; on a full disk they wait on.
    pub(super) fn write_audit_in_time(&mut self) {
        if self.shared.audit.is_due()
            && self.shared.space().is_none()
            && let Err(error) = self.guarded(Self::write_audit_batch)
        {
            tracing::error!(%error, "events of the audit log could not be written yet");
        }
    }

    pub(super) fn write_audit_at_the_end(&mut self) {
        if let Err(error) = self.guarded(Self::write_audit) {
            tracing::error!(%error, "events of the audit log are lost");
        }
    }

    fn write_audit_batch(&mut self) -> Result<usize> {
        let events = self.shared.audit.batch();
        let (count, algorithm) = (events.len(), self.shared.audit.algorithm);
        if count > 0 {
            self.in_transaction(|writer| append(&writer.conn, events, algorithm))?;
            self.shared.audit.written(count);
        }
        Ok(count)
    }
}
