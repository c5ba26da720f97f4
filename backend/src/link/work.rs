//! What is to be sent of one unit: its item-days with the values that the platform above does not have.

use nengce_client::{ClientError, Registration};
use nengce_messages::write;
use serde_json::Value;

use super::content;
use crate::store::item_day::ItemDay;
use crate::store::link::due::{DueItemDay, DueValue, Mark};
use crate::store::link::units::UnitStanding;
use crate::store::registry::UnitEntry;
use nengce_shared::data_code::DataCode;

/// One unit's part of a batch.
pub(super) struct UnitWork {
    pub unit: UnitEntry,
    pub standing: UnitStanding,
    /// In the clear.
    pub registration: Option<Registration>,
    /// A registration was asked for earlier, and its answer did not come.
    pub was_asked: bool,
    /// Why the platform above gave no registration.
    pub refused: Option<ClientError>,
    /// The registration was made at another address.
    pub has_moved: bool,
    /// The configuration message and the meters, where they changed since they were last looked at, and their digest.
    pub described: Option<(Value, Vec<Value>)>,
    pub digest: String,
    pub due: Vec<ItemDayWork>,
}

/// An item-day with the values to send, maybe none.
pub(super) struct ItemDayWork {
    pub item_day: ItemDay,
    pub change: i32,
    pub data_code: DataCode,
    pub values: Vec<DueValue>,
    /// What the platform above has once it took them.
    pub mark: Mark,
}

impl ItemDayWork {
    pub(super) fn of(it: &DueItemDay) -> Self {
        let (values, mark) = content::to_send(&it.values, it.mark.as_ref());
        Self { item_day: it.item_day, change: it.change, data_code: it.data_code, values, mark }
    }

    pub(super) fn item_id(&self) -> i32 {
        self.item_day.item_id
    }

    /// A value as messages carry it.
    pub(super) fn wire(&self, it: &DueValue) -> write::Value {
        write::Value {
            data_code: self.data_code,
            stat_type: it.stat_type,
            at: it.at,
            value: it.value,
            valid: it.valid,
            input_type: it.input_type,
        }
    }
}
