//! Many new units of a list in one statement.

use duckdb::params;
use jiff::civil::DateTime;

use super::Transaction;
use crate::clock;
use crate::store::error::Result;
use crate::store::registry::UnitEntry;

impl Transaction<'_> {
    /// Creates many units at once; as one by one by `put_unit`, in one statement.
    pub fn add_units(&mut self, units: Vec<UnitEntry>, now: DateTime) -> Result<()> {
        let now = clock::text(now);
        let made = self.after.units.iter().map(|it| it.unit_id + 1).max();
        let next = self.shared.registry().next_unit_id().max(made.unwrap_or(0));
        let number = |(unit_id, unit)| UnitEntry { unit_id, ..unit };
        self.stage((next..).zip(units).map(number).collect())?;
        self.conn.execute(include_str!("sql/units_insert.sql"), params![now])?;
        Ok(())
    }

    /// Updates existing units from a list.
    pub fn change_units(&mut self, units: Vec<UnitEntry>, now: DateTime) -> Result<()> {
        self.stage(units)?;
        self.conn.execute(include_str!("sql/units_update.sql"), params![clock::text(now)])?;
        Ok(())
    }

    fn stage(&mut self, units: Vec<UnitEntry>) -> Result<()> {
        self.conn.execute_batch(include_str!("sql/units_stage.sql"))?;
        let mut appender = self.conn.appender("unit_incoming")?;
        for unit in units {
            appender.append_row(params![
                unit.unit_id,
                unit.enterprise_code,
                unit.name,
                unit.region_code,
                unit.industry_code,
                unit.class,
                unit.approved
            ])?;
            self.after.units.push(unit);
        }
        appender.flush()?;
        Ok(())
    }
}
