//! Forgets what platforms above have of item-days whose readings have all left by retention. Without a value nothing of such
//! a day can be sent again; a day of which a value is left, such as one of a month, is kept.

use duckdb::{Connection, params};
use jiff::civil::Date;

use crate::store::Store;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::item_day::{ItemDay, put_item_days};
use crate::store::maintenance::StepPace;

impl Store {
    /// Forgets item-days whose readings have left, in steps between which uploads get in; how many.
    pub async fn sweep_link(&self, pace: StepPace) -> Result<usize> {
        let Some(before) = self.retired_before().into_iter().flatten().max() else {
            return Ok(0);
        };
        let gone = self.read(move |conn| gone(conn, before)).await?;
        let step = usize::try_from(pace.step_rows).unwrap_or(usize::MAX).max(1);
        for chunk in gone.chunks(step) {
            let chunk = chunk.to_vec();
            let took = self
                .run_maintenance_step(false, move |conn| {
                    put_item_days(conn, "link_changed", &chunk)?;
                    Ok(conn.execute_batch(include_str!("sql/sweep_forget.sql"))?)
                })
                .await?;
            tokio::time::sleep(took * pace.rest).await;
        }
        Ok(gone.len())
    }
}

/// Item-days before a day that the links know and of which no reading is left.
fn gone(conn: &Connection, before: Date) -> Result<Vec<ItemDay>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/sweep_gone.sql"), params![before.to_string()], |row| {
        found.push(ItemDay { item_id: row.get(0)?, day: row.get(1)? });
        Ok(())
    })?;
    Ok(found)
}
