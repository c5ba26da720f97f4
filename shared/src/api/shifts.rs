//! `/api/v1/units/{code}/shifts`: when the shifts of a unit begin.

use super::wire;

wire! {
/// The shifts of a unit, in the order of a day.
pub struct ShiftPlan {
    /// The shifts; empty where the unit has named none.
    pub shifts: Vec<Shift>,
    /// The account that saved them.
    pub saved_by: Option<String>,
    /// When they were saved.
    pub saved_at: Option<String>,
}
/// A shift, which lasts until the next one begins.
pub struct Shift {
    /// Its name.
    pub name: String,
    /// The hour at which it begins, 0 to 23.
    pub from_hour: u8,
}
/// The shifts from now on; none takes them away.
pub struct ShiftRequest {
    /// At most 8, each with another hour.
    pub shifts: Vec<Shift>,
}
}
