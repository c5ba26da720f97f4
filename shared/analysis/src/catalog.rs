//! What the analysis needs from the dictionaries: names, products with their limits, editions. Plain values, which
//! `reference` fills in.

use nengce_shared::api::common::Named;
use nengce_shared::api::intensity::LimitLevels;
use nengce_shared::api::meta::RegionInfo;
use nengce_shared::basis::Basis;
use nengce_shared::benchmark::Limits;

/// A product with unit product consumption.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// The class 04 type.
    pub code: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The unit of the output.
    pub output_unit: String,
    /// kgce/t and the like.
    pub value_unit: String,
    /// The basis on which the limits are defined.
    pub basis: Basis,
    /// Value units per tce: 1,000 for kgce, 700 for kgoe.
    pub value_per_tce: f64,
    /// The published levels, in `value_unit`.
    pub limits: Limits,
    /// The edition of the levels.
    pub edition: String,
    /// How certain the levels are.
    pub certainty: String,
}

impl Product {
    /// The limits as they go out.
    pub fn levels(&self) -> LimitLevels {
        LimitLevels {
            benchmark: self.limits.benchmark,
            baseline: self.limits.baseline,
            level1: self.limits.level1,
            level2: self.limits.level2,
            level3: self.limits.level3,
            unit: self.value_unit.clone(),
            edition: self.edition.clone(),
            certainty: self.certainty.clone(),
        }
    }
}

/// Names and products.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    /// GB/T 2260 code of the whole city, under which its economy and targets stand.
    pub city: String,
    /// The Chinese and English name of the city.
    pub place: (String, String),
    /// The districts.
    pub regions: Vec<RegionInfo>,
    /// Industries by code with letter: sections, divisions, classes.
    pub industries: Vec<Named>,
    /// The products with unit consumption.
    pub products: Vec<Product>,
    /// The editions of the factors in force.
    pub factor_edition: String,
}

/// What the server says of itself and of its dictionaries beside the names.
#[derive(Debug, Clone, Default)]
pub struct SystemInfo {
    /// The Chinese and English name of the system.
    pub system: (String, String),
    /// The city is invented.
    pub demo: bool,
    /// The version of the dictionaries.
    pub dic_version: String,
    /// The edition of the regions.
    pub region_edition: String,
    /// The edition of the industries.
    pub industry_edition: String,
}

impl Catalog {
    /// A region's names; the code itself where the list does not have it.
    pub fn region(&self, code: &str) -> Named {
        match self.regions.iter().find(|it| it.code == code) {
            Some(it) => named(code, &it.zh, &it.en),
            None if code == self.city => named(code, &self.place.0, &self.place.1),
            None => named(code, code, code),
        }
    }

    /// An industry's names, by the longest listed prefix of its code.
    pub fn industry(&self, code: &str) -> Named {
        let best = self
            .industries
            .iter()
            .filter(|it| code.starts_with(&it.code))
            .max_by_key(|it| it.code.len());
        match best {
            Some(it) => named(code, &it.zh, &it.en),
            None if code.is_empty() => named("", "行业待定", "Industry unknown"),
            None => named(code, code, code),
        }
    }

    /// A product by its code.
    pub fn product(&self, code: &str) -> Option<usize> {
        self.products.iter().position(|it| it.code == code)
    }
}

/// Letter and division of an industry code: `C3110` → `C31`.
pub fn division(industry: &str) -> &str {
    industry.get(..3).unwrap_or(industry)
}

fn named(code: &str, zh: &str, en: &str) -> Named {
    Named { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}
