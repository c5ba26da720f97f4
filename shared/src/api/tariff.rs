//! `/api/v1/units/{code}/tariffs`: what a unit pays for its energy. Prices are in yuan, with tax as the unit states them.

use super::account::WrongCell;
use super::common::Named;
use super::wire;
use crate::codes::tariff::{TariffCharge, TariffPeriod};

wire! {
/// One price of a tariff, as a row of a file or of the page has it.
pub struct TariffLine {
    /// The first day on which the tariff is in force, `YYYY-MM-DD`.
    pub from: String,
    /// The energy type, four digits.
    pub energy_type: String,
    /// What the price is paid for.
    pub charge: TariffCharge,
    /// The period of the day.
    pub period: TariffPeriod,
    /// The months in which the line holds: `1-12`, or `1,7,8`; `11-2` goes over the turn of the year.
    pub months: String,
    /// The hours of the day: `0-24`, or `8-11,18-21`, from the beginning of an hour to the beginning of another.
    pub hours: String,
    /// Yuan for one `per`.
    pub price: f64,
    /// The unit of measure that the price is for: `kWh`, `t`, `GJ`; `kW` and `kVA` are by month.
    pub per: String,
    /// The kW or kVA that are charged each month; null for a price of quantity.
    pub amount: Option<f64>,
}
/// The lines of one energy type and charge that begin on one day, and whether they are in force.
pub struct Tariff {
    /// The number of the tariff.
    pub tariff_id: u64,
    /// The energy type.
    pub energy: Named,
    /// What the prices are paid for.
    pub charge: TariffCharge,
    /// The first day.
    pub from: String,
    /// The last day, on which the next tariff has not begun; null where none follows.
    pub to: Option<String>,
    /// `in_force`, `to_come`, `over`, `replaced` by a tariff of the same day, or `withdrawn`.
    pub state: String,
    /// The prices.
    pub lines: Vec<TariffLine>,
    /// Who entered it.
    pub saved_by: String,
    /// When that was, local `YYYY-MM-DD HH:MM:SS`.
    pub saved_at: String,
}
/// An energy type that the unit uses.
pub struct TariffEnergy {
    /// The energy type.
    pub energy: Named,
    /// The unit of measure of its quantity.
    pub unit: String,
    /// A tariff of its quantity is in force today.
    pub has_price: bool,
}
/// The tariffs of a unit, the newest first within an energy type, and those that others replaced.
pub struct TariffList {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The energy types that the unit reports.
    pub energies: Vec<TariffEnergy>,
    /// All tariffs, also those that are over, replaced or withdrawn.
    pub tariffs: Vec<Tariff>,
}
/// Prices that were typed. Lines of one energy type, charge and first day are one tariff.
pub struct TariffRequest {
    /// The lines.
    pub lines: Vec<TariffLine>,
}
/// What a file of tariffs holds, and what became of it.
pub struct TariffImport {
    /// Rows of the file.
    pub rows: u32,
    /// Nothing was stored.
    pub dry_run: bool,
    /// Cells that are wrong; nothing is stored while there is one.
    pub errors: Vec<WrongCell>,
    /// The lines as they were read.
    pub lines: Vec<TariffLine>,
    /// How many tariffs the lines make.
    pub tariffs: u32,
    /// How many of them replace one of the same day.
    pub replaced: u32,
}
}
