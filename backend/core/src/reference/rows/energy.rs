//! Rows about energy: types, factors, roles of usage codes, and the meters that a type requires.

use jiff::civil::Date;
use nengce_shared::basis::Basis;
use serde::Serialize;

use crate::reference::table::{Entry, Fields, Provenance};

/// An energy type of classes 01 and 02.
#[derive(Debug, Clone, Serialize)]
pub struct EnergyType {
    /// The four digits `TTTT` of a data code.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// 1 primary, 2 secondary.
    pub data_class: u8,
    /// The unit in which terminals send it.
    pub unit: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for EnergyType {
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en", "class", "unit"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            code: row.digits("code", 4),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            data_class: if row.one_of("class", &["01", "02"]) == "01" { 1 } else { 2 },
            unit: row.text("unit"),
            provenance: row.provenance(),
        }
    }
}

/// kgce per unit of an energy type, on one basis, for a span of days.
#[derive(Debug, Clone, Serialize)]
pub struct FactorEntry {
    /// The four digits of the energy type.
    pub energy_type: String,
    /// The basis on which the factor holds.
    pub basis: Basis,
    /// The first day on which the factor holds.
    pub valid_from: Date,
    /// Last day, included; `None` while in force.
    pub valid_to: Option<Date>,
    /// kgce per unit of quantity (GB/T 2589).
    pub kgce_per_unit: f64,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for FactorEntry {
    const COLUMNS: &'static [&'static str] =
        &["energy_type", "basis", "valid_from", "valid_to", "kgce_per_unit"];
    fn key(&self) -> String {
        format!("{} {} {}", self.energy_type, self.basis, self.valid_from)
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let basis = row.one_of("basis", &["calorific", "equivalent"]);
        let kgce_per_unit = row.number("kgce_per_unit");
        if kgce_per_unit < 0.0 {
            row.refuse("kgce_per_unit", "wrong_type", "不能为负", "must not be negative");
        }
        let (valid_from, valid_to) = (row.date("valid_from"), row.optional_date("valid_to"));
        if valid_to.is_some_and(|it| it < valid_from) {
            row.refuse("valid_to", "wrong_type", "早于 valid_from", "is before valid_from");
        }
        Self {
            energy_type: row.digits("energy_type", 4),
            basis: Basis::parse(&basis).unwrap_or(Basis::Calorific),
            valid_from,
            valid_to,
            kgce_per_unit,
            provenance: row.provenance(),
        }
    }
}

/// What a usage code means for comprehensive consumption.
#[derive(Debug, Clone, Serialize)]
pub struct UsageRole {
    /// The two digits `YY` of a data code.
    pub code: String,
    /// `consumption`, `output`, `recovered` or `unnamed`.
    pub role: String,
    /// +1, −1 or 0.
    pub sign: i8,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for UsageRole {
    const COLUMNS: &'static [&'static str] = &["code", "role", "sign", "name_zh", "name_en"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let role = row.one_of("role", &["consumption", "output", "recovered", "unnamed"]);
        let sign = row.one_of("sign", &["1", "-1", "0"]).parse().unwrap_or_default();
        let fitting = match role.as_str() {
            "consumption" => 1,
            "unnamed" => 0,
            _ => -1,
        };
        if sign != fitting {
            row.refuse(
                "sign",
                "wrong_type",
                format!("角色 {role} 的符号应为 {fitting}"),
                format!("role {role} has sign {fitting}"),
            );
        }
        Self {
            code: row.digits("code", 2),
            role,
            sign,
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            provenance: row.provenance(),
        }
    }
}

/// Required equip rates of meters, in percent.
#[derive(Debug, Clone, Serialize)]
pub struct MeterRate {
    /// The Chinese name of the energy.
    pub energy_zh: String,
    /// The English name of the energy.
    pub energy_en: String,
    /// The energy types it covers.
    pub energy_types: Vec<String>,
    /// The required rate for the whole unit, in percent.
    pub unit_rate_pct: Option<f64>,
    /// The required rate for main sub-units, in percent.
    pub subunit_rate_pct: Option<f64>,
    /// The required rate for main equipment, in percent.
    pub equipment_rate_pct: Option<f64>,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for MeterRate {
    const COLUMNS: &'static [&'static str] = &[
        "energy_zh",
        "energy_en",
        "energy_types",
        "unit_rate_pct",
        "subunit_rate_pct",
        "equipment_rate_pct",
    ];
    fn key(&self) -> String {
        self.energy_zh.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let types = row.optional_text("energy_types");
        Self {
            energy_zh: row.text("energy_zh"),
            energy_en: row.text("energy_en"),
            energy_types: types.split_whitespace().map(str::to_owned).collect(),
            unit_rate_pct: row.optional_number("unit_rate_pct"),
            subunit_rate_pct: row.optional_number("subunit_rate_pct"),
            equipment_rate_pct: row.optional_number("equipment_rate_pct"),
            provenance: row.provenance(),
        }
    }
}
