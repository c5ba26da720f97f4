//! `GET /api/v1/units…`: the list, one unit, its energy, its meters; `GET /api/v1/devices`.

use super::claim::Registrant;
use super::common::{Named, PageInfo, Reporting, Scope, UnitRef};
use super::dual_control::{Change, IntensityStatus};
use super::unit_change::NameConflict;
use super::wire;
use crate::codes::basis::Basis;
use crate::codes::energy_group::EnergyGroup;

wire! {
/// A page of the list of units.
pub struct UnitList {
    /// What the figures cover.
    pub scope: Scope,
    /// The units of the page: the best matches of a search first, then the largest consumption.
    pub rows: Vec<UnitRow>,
    /// The place of the page.
    pub page: PageInfo,
}
/// A unit of the list with its figures.
pub struct UnitRow {
    /// The unit.
    pub unit: UnitRef,
    /// Its comprehensive energy consumption in tce.
    pub total: Change,
    /// Its intensity over its own value added in tce per 10^4 yuan; null without value added.
    pub intensity: Option<f64>,
    /// Received ÷ expected points over the span, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// When its newest upload was received, local time `YYYY-MM-DD HH:MM:SS`; null without uploads.
    pub last_upload: Option<String>,
    /// The last local day with data, `YYYY-MM-DD`; null without data.
    pub last_day: Option<String>,
    /// `approved`, `pending`, `revoked` or `none`.
    pub device_state: String,
    /// Whether it reports today.
    pub reporting: Reporting,
}
/// One unit: profile, devices, figures, products, meters and data items.
pub struct UnitDetail {
    /// What the figures cover: this unit alone.
    pub scope: Scope,
    /// The unit.
    pub unit: UnitRef,
    /// `enterprise` of the configuration upload, as stored (names as in the protocol).
    pub profile: Vec<ProfileField>,
    /// Whether the unit declares that it converts energy (能源加工转换单位, `jgzh`).
    pub energy_conversion_unit: bool,
    /// Whether it reports today.
    pub reporting: Reporting,
    /// The outage that it reported last, while it lasts or is excused; null without one.
    pub outage: Option<UnitOutage>,
    /// The last local day with data, `YYYY-MM-DD`; null without data.
    pub last_day: Option<String>,
    /// Its devices, newest first; only administrators see those that were never approved.
    pub devices: Vec<DeviceRow>,
    /// Comprehensive energy consumption in tce.
    pub total: Change,
    /// Intensity over its own value added, and what its target requires.
    pub intensity: IntensityStatus,
    /// Received ÷ expected points over the span, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// The products that it makes, with its unit product consumption.
    pub products: Vec<UnitProduct>,
    /// Its place in its industry; null without value added in the span, or where it is too incomplete to be ranked.
    pub industry_place: Option<IndustryPlace>,
    /// Its meters and their calibration.
    pub meters: MeterSummary,
    /// Its score as an inspection target; null without a reason.
    pub score: Option<f64>,
    /// Its place among the inspection targets of the whole city; null without a reason.
    pub score_rank: Option<u32>,
    /// Its data items, those that count first.
    pub items: Vec<ItemRow>,
}
/// An outage of its terminal that a unit reported.
pub struct UnitOutage {
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// The last day on which missing uploads are excused; null where its working days are not known.
    pub excused_until: Option<String>,
}
/// An attribute of `enterprise` as it was uploaded.
pub struct ProfileField {
    /// The name of the attribute in the protocol.
    pub field: String,
    /// The value; lists and objects as JSON text.
    pub value: String,
}
/// The unit product consumption of one product.
pub struct UnitProduct {
    /// The code of the product.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The unit of `value`, such as `kgce/t`.
    pub unit: String,
    /// Unit product consumption over the span, on the basis of the product's levels.
    pub value: f64,
    /// The place from the best, from 1; equal figures share the better place.
    pub rank: u32,
    /// The number of units in the city with a figure of the product.
    pub of: u32,
    /// The limit grade that the figure reaches, 1 to 3; null where it reaches none or there are none.
    pub grade: Option<u8>,
}
/// The place of a unit among those of its industry by energy per value added, as `/benchmarks/{industry}` ranks them.
pub struct IndustryPlace {
    /// The industry (letter and division).
    pub industry: Named,
    /// The intensity of the unit in tce per 10^4 yuan.
    pub value: f64,
    /// 1 uses the least energy per value added.
    pub rank: u32,
    /// The number of units that are ranked.
    pub of: u32,
    /// The first quartile of the industry in tce per 10^4 yuan.
    pub reference_value: f64,
    /// What the unit would save at the first quartile, in tce.
    pub potential_tce: f64,
}
/// One data item: quantity × factor = tce.
pub struct ItemRow {
    /// The data code, 16 digits in groups.
    pub data_code: String,
    /// The Chinese name; the code where the dictionary has no name.
    pub name_zh: String,
    /// The English name; the code where the dictionary has no name.
    pub name_en: String,
    /// Whether the dictionary knows the code.
    pub in_dictionary: bool,
    /// The energy group of an item of energy; else null.
    pub group: Option<EnergyGroup>,
    /// The role of the usage code: `consumption`, `output`, `recovered` or `unnamed`; only roles that count are summed.
    pub role: String,
    /// Whether the item enters the comprehensive energy consumption.
    pub counted: bool,
    /// The sum over the span in `quantity_unit`, the mean for factors and indicators (classes 05–08 and 10); null
    /// without values.
    pub quantity: Option<f64>,
    /// The unit of the dictionary; null where it names none.
    pub quantity_unit: Option<String>,
    /// kgce per `quantity_unit`, the weighted mean over the span; null for an item that does not count.
    pub factor_kgce: Option<f64>,
    /// Where the factor comes from: `default` (calorific value of the standard), `equivalent` (generation rate of the
    /// year), `measured` (of the unit itself) or `mixed`; null without a factor.
    pub factor_source: Option<String>,
    /// The item's part of the comprehensive energy consumption in tce, below zero for output; null where it does not
    /// count or has no figure.
    pub tce: Option<f64>,
    /// The same over the comparison span; null without a figure.
    pub previous_tce: Option<f64>,
    /// tce / previous_tce − 1; null where either is missing or the base is not positive.
    pub change: Option<f64>,
    /// Where the days come from: `reported` (stat type 1), `summed` (from stat type 0) or `mixed`; null without days.
    pub day_source: Option<String>,
    /// Received ÷ expected points over the span up to yesterday, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// Daily quantities in `quantity_unit` of the 30 days up to the span's end, oldest first; null for a day without a
    /// figure.
    pub spark: Vec<Option<f64>>,
}
/// The energy of one unit by period (`GET /units/{code}/energy`).
pub struct UnitEnergy {
    /// Always `tce`.
    pub unit: String,
    /// The basis of tce.
    pub basis: Basis,
    /// The length of a period: `day`, `month` or `year`.
    pub grain: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// Received ÷ expected points over the days up to yesterday, 0–1; null where nothing was expected.
    pub completeness: Option<f64>,
    /// The figures by period and data item.
    pub rows: Vec<EnergyRow>,
    /// The sum of the rows in tce: comprehensive energy consumption.
    pub total_tce: f64,
}
/// The figure of one data item in one period.
pub struct EnergyRow {
    /// The day, month or year: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub period: String,
    /// Four-digit energy type, `3300`.
    pub energy_type: String,
    /// The energy group.
    pub group: EnergyGroup,
    /// The data code.
    pub data_code: String,
    /// The quantity in `quantity_unit`.
    pub quantity: f64,
    /// The unit of the dictionary.
    pub quantity_unit: String,
    /// The coal equivalent in tce, below zero for output, which is taken off.
    pub tce: f64,
    /// kgce per `quantity_unit`, the weighted mean where the period has several factors.
    pub factor_kgce: f64,
    /// Where the factor comes from: `default`, `equivalent`, `measured` or `mixed`.
    pub factor_source: String,
    /// `reported`, `summed` from finer values, or `mixed` for a period of both.
    pub source: String,
}
/// The meters of a unit.
pub struct MeterSummary {
    /// The number of meters.
    pub total: u32,
    /// Meters that are not overdue, among them those whose next calibration is not known.
    pub within_calibration: u32,
    /// Meters whose calibration was due before today.
    pub overdue: u32,
    /// Meters by the energy that they measure; only energies with meters.
    pub by_energy: Vec<MeterEquip>,
}
/// The meters of one energy.
pub struct MeterEquip {
    /// The Chinese name of the energy.
    pub energy_zh: String,
    /// The English name of the energy.
    pub energy_en: String,
    /// The equip rate that main equipment has to reach, 0–1 (GB 17167-2006); null where none is set.
    pub required_rate: Option<f64>,
    /// The number of its meters.
    pub meters: u32,
    /// The number of them whose calibration was due before today.
    pub overdue: u32,
}
/// The meters of one unit.
pub struct MeterList {
    /// The meters by level, then by code.
    pub rows: Vec<MeterRow>,
}
/// A meter as the unit uploaded it.
pub struct MeterRow {
    /// The unit's own number of the meter.
    pub meter_code: String,
    /// The name that the unit gives it.
    pub name: String,
    /// 1 unit in and out, 2 main sub-unit, 3 main equipment; null where it was not sent.
    pub level: Option<u8>,
    /// 1 normal, 2 faulty, 3 stopped; null where it was not sent.
    pub state: Option<u8>,
    /// The energy type that it measures, four digits; null where it was not sent.
    pub energy_type: Option<String>,
    /// The accuracy class as it was sent; null where it was not.
    pub accuracy_class: Option<String>,
    /// The day of the last calibration, `YYYY-MM-DD`; null where it is not known.
    pub last_calibration: Option<String>,
    /// The day by which the next calibration is due; null where it is not known.
    pub next_calibration: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The data codes of the items that it measures.
    pub data_codes: Vec<String>,
}
/// A page of the list of devices.
pub struct DeviceList {
    /// The devices of the page, by credit code.
    pub rows: Vec<DeviceRow>,
    /// The place of the page.
    pub page: PageInfo,
}
/// A registered terminal.
pub struct DeviceRow {
    /// The device id; everyone but administrators sees its last four characters.
    pub device_id: String,
    /// The credit code of its enterprise.
    pub enterprise_code: String,
    /// The name of its unit; null where the enterprise has no device yet.
    pub unit_name: Option<String>,
    /// The GB/T 2260 code of the unit's district; null where the enterprise has no device yet.
    pub region: Option<String>,
    /// `pending`, `approved` or `revoked`.
    pub state: String,
    /// When it registered, local time `YYYY-MM-DD HH:MM:SS`.
    pub registered_at: String,
    /// When it was approved; null where it never was.
    pub approved_at: Option<String>,
    /// Who approved it: `administrator`, `local command`, or `auto_approve_devices` by configuration; null where nobody
    /// did.
    pub approved_by: Option<String>,
    /// The time of day at which the platform asks it to upload, local `HH:MM:SS`.
    pub upload_time: String,
    /// When it last sent something, local time; null where it never did.
    pub last_seen: Option<String>,
    /// The proof of its last registration: `first`, `certificate`, `secret`, `address`, `network`, `code` or `operator`
    /// (a confirmed claim); `None` for a device that no longer sends for its unit.
    pub proof: Option<String>,
    /// When it proved itself last, local time; null where `proof` is.
    pub proved_at: Option<String>,
    /// The origin of its registration; only administrators see it.
    pub registrant: Option<Registrant>,
    /// The number of open claims to its place; only administrators see it.
    pub open_claims: Option<u32>,
    /// Since when its terminal is asked to fetch a new secret, local time; null where it is not.
    pub rotation_asked_at: Option<String>,
    /// Of a device whose secret was rotated: until when it is still accepted, local time; null for every other device.
    pub accepted_until: Option<String>,
    /// Other units whose name equals this unit's name or can be mistaken for it; only administrators see them.
    pub name_conflicts: Vec<NameConflict>,
}
}
