//! Rows about products: products with their unit consumption, indicators, and published levels.

use nengce_shared::basis::Basis;
use nengce_shared::benchmark::Limits;
use serde::Serialize;

use crate::reference::table::{Entry, Fields, Provenance};

/// A class 04 product with a unit product consumption.
#[derive(Debug, Clone, Serialize)]
pub struct Product {
    /// The class 04 type.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// The unit of the output.
    pub output_unit: String,
    /// The unit of the unit product consumption.
    pub value_unit: String,
    /// One `value_unit` in kgce per `output_unit`: 1 for kgce/t, 1.4286 for kgoe/t, 0.1229 for kWh/t.
    pub kgce_per_value_unit: f64,
    /// The process whose energy counts, `00` for the whole plant.
    pub process_code: String,
    /// The class 08 type that reports the value, where there is one.
    pub indicator_code: String,
    /// `product_zh` of the benchmarks, or empty.
    pub benchmark_key: String,
    /// The basis on which the levels are defined.
    pub basis: Basis,
    /// Where the row comes from.
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
    /// The four digits of the type.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// The unit of the value.
    pub unit: String,
    /// `output_value`, `value_added`, `unit_consumption` or `other`.
    pub role: String,
    /// The product a unit consumption belongs to.
    pub product: String,
    /// Where the row comes from.
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
    /// The Chinese name of the product.
    pub product_zh: String,
    /// The English name of the product.
    pub product_en: String,
    /// The unit of the levels.
    pub unit: String,
    /// The published levels, in `unit`.
    #[serde(flatten)]
    pub limits: Limits,
    /// Where the row comes from.
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
        let limits = ["benchmark", "baseline", "level1", "level2", "level3"]
            .map(|it| row.optional_number(it));
        let limits = Limits::of(limits);
        if limits.benchmark.zip(limits.baseline).is_some_and(|(best, base)| best > base) {
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
            limits,
            provenance: row.provenance(),
        }
    }
}
