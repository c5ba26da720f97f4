//! `GET /api/v1/units…`: the list, one unit, its energy, readings, calendar, load profile, meters.

use crate::codes::stat_type::StatType;

use super::claim::Registrant;
use super::common::{Named, PageInfo, Reporting, Scope, UnitRef};
use super::dual_control::{Change, IntensityStatus};
use super::unit_change::NameConflict;
use super::wire;
use crate::codes::basis::Basis;
use crate::codes::energy_group::EnergyGroup;

wire! {
pub struct UnitList {
    pub scope: Scope,
    pub rows: Vec<UnitRow>,
    pub page: PageInfo,
}
pub struct UnitRow {
    pub unit: UnitRef,
    pub total: Change,
    pub intensity: Option<f64>,
    pub completeness: Option<f64>,
    pub last_upload: Option<String>,
    /// Last local day with data.
    pub last_day: Option<String>,
    /// `approved`, `pending`, `revoked` or `none`.
    pub device_state: String,
    pub reporting: Reporting,
}
pub struct UnitDetail {
    pub scope: Scope,
    pub unit: UnitRef,
    /// `enterprise` of the configuration upload, as stored (names as in the protocol).
    pub profile: Vec<ProfileField>,
    pub energy_conversion_unit: bool,
    pub reporting: Reporting,
    /// Last local day with data.
    pub last_day: Option<String>,
    pub devices: Vec<DeviceRow>,
    pub total: Change,
    pub intensity: IntensityStatus,
    pub completeness: Option<f64>,
    pub products: Vec<UnitProduct>,
    /// `None` without value added in the span, or too incomplete to be ranked.
    pub industry_place: Option<IndustryPlace>,
    pub meters: MeterSummary,
    pub score: Option<f64>,
    pub score_rank: Option<u32>,
    pub items: Vec<ItemRow>,
}
pub struct ProfileField {
    pub field: String,
    pub value: String,
}
pub struct UnitProduct {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub unit: String,
    pub value: f64,
    pub rank: u32,
    pub of: u32,
    pub grade: Option<u8>,
}
/// The place of a unit among those of its industry by energy per value added, as `/benchmarks/{industry}` ranks them.
pub struct IndustryPlace {
    pub industry: Named,
    /// tce per 10^4 yuan
    pub value: f64,
    /// 1 uses the least energy per value added.
    pub rank: u32,
    pub of: u32,
    /// The first quartile of the industry, and what the unit would save there.
    pub reference_value: f64,
    pub potential_tce: f64,
}
/// One data item: quantity × factor = tce.
pub struct ItemRow {
    pub data_code: String,
    pub name_zh: String,
    pub name_en: String,
    pub in_dictionary: bool,
    pub group: Option<EnergyGroup>,
    /// `consumption`, `output`, `recovered`, `unnamed`: the role of the usage code; only roles that count are summed.
    pub role: String,
    pub counted: bool,
    pub quantity: Option<f64>,
    pub quantity_unit: Option<String>,
    pub factor_kgce: Option<f64>,
    /// `default`, `equivalent`, `measured`: and of which edition or period.
    pub factor_source: Option<String>,
    pub tce: Option<f64>,
    pub previous_tce: Option<f64>,
    pub change: Option<f64>,
    /// `reported` (stat type 1) or `summed` (from stat type 0), or `mixed`.
    pub day_source: Option<String>,
    pub completeness: Option<f64>,
    /// The last 30 days, oldest first.
    pub spark: Vec<Option<f64>>,
}
/// `GET /units/{code}/energy`
pub struct UnitEnergy {
    /// Always `tce`.
    pub unit: String,
    pub basis: Basis,
    pub grain: String,
    pub from: String,
    pub to: String,
    pub completeness: Option<f64>,
    pub rows: Vec<EnergyRow>,
    pub total_tce: f64,
}
pub struct EnergyRow {
    pub period: String,
    /// Four-digit energy type, `3300`.
    pub energy_type: String,
    pub group: EnergyGroup,
    pub data_code: String,
    pub quantity: f64,
    pub quantity_unit: String,
    pub tce: f64,
    pub factor_kgce: f64,
    pub factor_source: String,
    /// `reported` or `summed` (`mixed` for a year of both).
    pub source: String,
}
/// `GET /units/{code}/readings`: raw, newest value with the values it replaced.
pub struct ReadingList {
    pub enterprise_code: String,
    pub rows: Vec<ReadingRow>,
    pub page: PageInfo,
}
pub struct ReadingRow {
    pub data_code: String,
    pub stat_type: StatType,
    pub stat_date: String,
    pub value: f64,
    pub unit: Option<String>,
    pub valid: bool,
    pub input_type: Option<u8>,
    pub upload_id: u64,
    pub received_at: String,
    /// Device or import that sent it.
    pub sent_by: String,
    /// Earlier values, newest first.
    pub history: Vec<ReplacedValue>,
}
pub struct ReplacedValue {
    pub value: f64,
    pub upload_id: u64,
    pub received_at: String,
    pub sent_by: String,
    pub valid: bool,
    pub replaced_at: String,
    /// The upload that replaced it, and who sent that.
    pub replaced_by: u64,
    pub replaced_by_sender: String,
    /// The operator who let an old value be replaced.
    pub approved_by: Option<String>,
}
/// `GET /units/{code}/calendar`
pub struct Calendar {
    pub enterprise_code: String,
    pub from: String,
    pub to: String,
    pub days: Vec<CalendarDay>,
}
pub struct CalendarDay {
    pub day: String,
    pub received: u32,
    pub expected: u32,
    /// True when any counted value of the day was entered by hand (inputType 5).
    pub manual: bool,
    pub tce: Option<f64>,
}
/// `GET /units/{code}/load-duration`: real-time values in falling order, thinned by rank with both ends kept.
pub struct LoadDuration {
    pub enterprise_code: String,
    pub data_code: String,
    pub unit: String,
    pub from: String,
    pub to: String,
    /// The number of values of a complete day, 96 for quarter-hours; 0 where the reporting interval is not known.
    pub points_per_day: u32,
    /// Valid values in the period; the curve stands for all of them.
    pub readings: u64,
    /// Place of each point among the readings, from 0, and its value.
    pub places: Vec<u32>,
    pub values: Vec<f64>,
}
/// `GET /units/{code}/load-profile`: mean hourly value, weekday × hour, of the last 12 weeks.
pub struct LoadProfile {
    pub data_code: String,
    pub unit: String,
    pub from: String,
    pub to: String,
    /// 7 rows (Monday first) × 24.
    pub hours: Vec<Vec<Option<f64>>>,
}
pub struct MeterSummary {
    pub total: u32,
    pub within_calibration: u32,
    pub overdue: u32,
    pub by_energy: Vec<MeterEquip>,
}
pub struct MeterEquip {
    pub energy_zh: String,
    pub energy_en: String,
    pub required_rate: Option<f64>,
    pub meters: u32,
    pub overdue: u32,
}
pub struct MeterList {
    pub rows: Vec<MeterRow>,
}
pub struct MeterRow {
    pub meter_code: String,
    pub name: String,
    pub level: Option<u8>,
    pub state: Option<u8>,
    pub energy_type: Option<String>,
    pub accuracy_class: Option<String>,
    pub last_calibration: Option<String>,
    pub next_calibration: Option<String>,
    pub overdue: bool,
    pub data_codes: Vec<String>,
}
pub struct DeviceList {
    pub rows: Vec<DeviceRow>,
    pub page: PageInfo,
}
pub struct DeviceRow {
    /// The device id; everyone but administrators sees its last four characters.
    pub device_id: String,
    pub enterprise_code: String,
    pub unit_name: Option<String>,
    pub region: Option<String>,
    /// `pending`, `approved` or `revoked`.
    pub state: String,
    pub registered_at: String,
    pub approved_at: Option<String>,
    pub approved_by: Option<String>,
    pub upload_time: String,
    pub last_seen: Option<String>,
    /// The proof of its last registration: `first`, `certificate`, `secret`, `address`, `network`, `code` or `operator`
    /// (a confirmed claim); `None` for a device that no longer sends for its unit.
    pub proof: Option<String>,
    pub proved_at: Option<String>,
    /// The origin of its registration, and the open claims to its place; only administrators see them.
    pub registrant: Option<Registrant>,
    pub open_claims: Option<u32>,
    /// Other units whose name equals this unit's name or can be mistaken for it; only administrators see them.
    pub name_conflicts: Vec<NameConflict>,
}
}
