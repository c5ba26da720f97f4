//! `GET /api/v1/units/{code}/balance`: the sub-units of a unit as a tree, by energy type, with the balance of each level.

use super::common::Named;
use super::wire;
use crate::scope::Scope;

wire! {
/// The sub-units of a unit, by energy type.
pub struct BalanceView {
    /// The unified social credit code of the unit.
    pub enterprise_code: String,
    /// The first day that is asked for.
    pub from: String,
    /// The last one, before today.
    pub to: String,
    /// The energy types that sub-units measure, those with the most places first.
    pub energies: Vec<BalanceEnergy>,
}
/// The tree of one energy type.
pub struct BalanceEnergy {
    /// The energy type.
    pub energy: Named,
    /// The unit of measure of all quantities.
    pub unit: String,
    /// The length of the periods: `day` where all items have days, else `month`.
    pub grain: String,
    /// The number of such periods, of months only whole ones.
    pub periods: u32,
    /// The places, each before its parts; the whole plant first.
    pub places: Vec<BalancePlace>,
}
/// A process, process unit or equipment of a unit, or the whole plant.
pub struct BalancePlace {
    /// `PP-UU-DDDD`, the first eight digits of the data codes.
    pub place: String,
    /// What kind of place.
    pub scope: Scope,
    /// The name that the unit's configuration gives it, else that of the dictionary; empty where there is none.
    pub name: String,
    /// Levels below the whole plant.
    pub depth: u32,
    /// The data codes that are measured at the place itself; without any its parts stand for it.
    pub data_codes: Vec<String>,
    /// Whether one of them has values by the hour.
    pub has_hours: bool,
    /// The meters of these data codes.
    pub meters: Vec<BalanceMeter>,
    /// What the place used over the periods in which that is known.
    pub quantity: Option<f64>,
    /// The number of those periods.
    pub known_periods: u32,
    /// What the place measured over the periods in which all of its parts have a value too.
    pub supplied: Option<f64>,
    /// What its parts used over the same periods.
    pub used: Option<f64>,
    /// `supplied` less `used`: losses and what no part measures.
    pub difference: Option<f64>,
    /// The number of those periods.
    pub balanced_periods: u32,
    /// Its parts without any value: what they used is in the difference.
    pub silent_parts: u32,
}
/// A meter in short.
pub struct BalanceMeter {
    /// The unit's number of it.
    pub meter_code: String,
    /// Its name.
    pub name: String,
    /// Whether its calibration is overdue.
    pub overdue: bool,
}
}
