//! Units inside the writer's transaction, with the changes that it has made so far, and their approval.

use jiff::civil::DateTime;

use crate::store::change::Transaction;
use crate::store::error::Result;
use crate::store::registry::UnitEntry;

impl Transaction<'_> {
    /// A unit by its id, as this change has made it.
    pub fn unit_of(&self, unit_id: i32) -> Option<UnitEntry> {
        self.after
            .units
            .iter()
            .rev()
            .find(|it| it.unit_id == unit_id)
            .cloned()
            .or_else(|| self.shared.registry().unit(unit_id).cloned())
    }

    /// The unit of an approved device is in the lists from now on.
    pub(crate) fn approve_unit(&mut self, unit_id: i32, now: DateTime) -> Result<()> {
        if let Some(unit) = self.unit_of(unit_id).filter(|it| !it.approved) {
            self.put_unit(UnitEntry { approved: true, ..unit }, now)?;
        }
        Ok(())
    }
}
