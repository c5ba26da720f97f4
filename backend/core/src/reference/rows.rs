//! The rows of the ten dictionaries, and how each reads itself.
//! Checks across rows and files are in `checks`.

use jiff::civil::Date;
use nengce_shared::basis::Basis;
use serde::Serialize;

use super::table::{Entry, Fields, Provenance};

/// An energy type of classes 01 and 02.
#[derive(Debug, Clone, Serialize)]
pub struct EnergyType {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// 1 primary, 2 secondary.
    pub data_class: u8,
    /// The unit in which terminals send it.
    pub unit: String,
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
    pub energy_type: String,
    pub basis: Basis,
    pub valid_from: Date,
    /// Last day, included; `None` while in force.
    pub valid_to: Option<Date>,
    pub kgce_per_unit: f64,
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
    pub code: String,
    /// `consumption`, `output`, `recovered` or `unnamed`.
    pub role: String,
    /// +1, −1 or 0.
    pub sign: i8,
    pub name_zh: String,
    pub name_en: String,
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

/// A district, or the city itself; the tile is its place in the map of tiles.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// `city` or `district`.
    pub level: String,
    pub tile_row: Option<u8>,
    pub tile_column: Option<u8>,
    pub provenance: Provenance,
}

impl Entry for Region {
    const COLUMNS: &'static [&'static str] =
        &["code", "name_zh", "name_en", "level", "tile_row", "tile_column"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            code: row.digits("code", 6),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            level: row.one_of("level", &["city", "district"]),
            tile_row: row.optional("tile_row", "行号", "a row number"),
            tile_column: row.optional("tile_column", "列号", "a column number"),
            provenance: row.provenance(),
        }
    }
}

/// A section (`C`), division (`C31`) or class (`C3110`) of GB/T 4754.
#[derive(Debug, Clone, Serialize)]
pub struct Industry {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub level: String,
    pub provenance: Provenance,
}

impl Entry for Industry {
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en", "level"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let code = row.text("code");
        let level = row.one_of("level", &["section", "division", "group", "class"]);
        let digits = match level.as_str() {
            "section" => 0,
            "division" => 2,
            "group" => 3,
            _ => 4,
        };
        let mut letters = code.chars();
        let letter = letters.next().is_some_and(|it| it.is_ascii_uppercase());
        let rest = letters.as_str();
        if !letter || rest.len() != digits || !rest.bytes().all(|it| it.is_ascii_digit()) {
            row.refuse(
                "code",
                "wrong_type",
                format!("「{code}」应为一个字母加 {digits} 位数字"),
                format!("'{code}' must be a letter and {digits} digits"),
            );
        }
        Self {
            code,
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            level,
            provenance: row.provenance(),
        }
    }
}

/// A process code `PP` of a data code.
#[derive(Debug, Clone, Serialize)]
pub struct Process {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub provenance: Provenance,
}

impl Entry for Process {
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            code: row.digits("code", 2),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            provenance: row.provenance(),
        }
    }
}

/// A class 04 product with a unit product consumption.
#[derive(Debug, Clone, Serialize)]
pub struct Product {
    /// The class 04 type.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub output_unit: String,
    pub value_unit: String,
    /// One `value_unit` in kgce per `output_unit`: 1 for kgce/t, 1.4286 for kgoe/t, 0.1229 for kWh/t.
    pub kgce_per_value_unit: f64,
    pub process_code: String,
    /// The class 08 type that reports the value, where there is one.
    pub indicator_code: String,
    /// `product_zh` of the benchmarks, or empty.
    pub benchmark_key: String,
    pub basis: Basis,
    pub provenance: Provenance,
}

impl Entry for Product {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "name_zh",
        "name_en",
        "output_unit",
        "value_unit",
        "kgce_per_value_unit",
        "process_code",
        "indicator_code",
        "benchmark_key",
        "basis",
    ];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let basis = row.one_of("basis", &["calorific", "equivalent"]);
        let kgce_per_value_unit = row.number("kgce_per_value_unit");
        if kgce_per_value_unit <= 0.0 {
            row.refuse("kgce_per_value_unit", "wrong_type", "必须大于 0", "must be above 0");
        }
        Self {
            code: row.digits("code", 4),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            output_unit: row.text("output_unit"),
            value_unit: row.text("value_unit"),
            kgce_per_value_unit,
            process_code: row.digits("process_code", 2),
            indicator_code: row.optional_text("indicator_code"),
            benchmark_key: row.optional_text("benchmark_key"),
            basis: Basis::parse(&basis).unwrap_or(Basis::Calorific),
            provenance: row.provenance(),
        }
    }
}

/// A type of classes 08 (efficiency indicator) and 09 (economic indicator).
#[derive(Debug, Clone, Serialize)]
pub struct Indicator {
    /// Data class, `08` or `09`.
    pub class: String,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub unit: String,
    /// `output_value`, `value_added`, `unit_consumption` or `other`.
    pub role: String,
    /// The product a unit consumption belongs to.
    pub product: String,
    pub provenance: Provenance,
}

impl Entry for Indicator {
    const COLUMNS: &'static [&'static str] =
        &["class", "code", "name_zh", "name_en", "unit", "role", "product"];
    fn key(&self) -> String {
        format!("{} {}", self.class, self.code)
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            class: row.one_of("class", &["08", "09"]),
            code: row.digits("code", 4),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            unit: row.text("unit"),
            role: row.one_of("role", &["output_value", "value_added", "unit_consumption", "other"]),
            product: row.optional_text("product"),
            provenance: row.provenance(),
        }
    }
}

/// Benchmark, baseline and limit grades of a product.
#[derive(Debug, Clone, Serialize)]
pub struct BenchmarkEntry {
    pub product_zh: String,
    pub product_en: String,
    pub unit: String,
    pub benchmark: Option<f64>,
    pub baseline: Option<f64>,
    pub level1: Option<f64>,
    pub level2: Option<f64>,
    pub level3: Option<f64>,
    pub provenance: Provenance,
}

impl Entry for BenchmarkEntry {
    const COLUMNS: &'static [&'static str] = &[
        "product_zh",
        "product_en",
        "unit",
        "benchmark",
        "baseline",
        "level1",
        "level2",
        "level3",
    ];
    fn key(&self) -> String {
        self.product_zh.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let benchmark = row.optional_number("benchmark");
        let baseline = row.optional_number("baseline");
        if let (Some(best), Some(base)) = (benchmark, baseline)
            && best > base
        {
            row.refuse(
                "benchmark",
                "wrong_type",
                "标杆水平应不高于基准水平",
                "must not exceed the baseline",
            );
        }
        Self {
            product_zh: row.text("product_zh"),
            product_en: row.text("product_en"),
            unit: row.text("unit"),
            benchmark,
            baseline,
            level1: row.optional_number("level1"),
            level2: row.optional_number("level2"),
            level3: row.optional_number("level3"),
            provenance: row.provenance(),
        }
    }
}

/// Required equip rates of meters, in percent.
#[derive(Debug, Clone, Serialize)]
pub struct MeterRate {
    pub energy_zh: String,
    pub energy_en: String,
    /// The energy types it covers.
    pub energy_types: Vec<String>,
    pub unit_rate_pct: Option<f64>,
    pub subunit_rate_pct: Option<f64>,
    pub equipment_rate_pct: Option<f64>,
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
