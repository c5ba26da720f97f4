//! Names and reads the columns of a unit that lists of uploads, findings and quality carry.

use duckdb::Row;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::common::{Named, UnitRef};
use nengce_shared::unit_class::UnitClass;

/// A unit by its codes.
#[derive(Debug, Clone)]
pub struct UnitColumns {
    pub code: String,
    pub name: String,
    pub region: String,
    pub industry: String,
    pub class: String,
}

impl UnitColumns {
    /// Reads credit code, name, district, industry and class from column `at` on.
    pub(crate) fn read(row: &Row<'_>, at: usize) -> duckdb::Result<Self> {
        Ok(Self {
            code: row.get(at)?,
            name: row.get(at + 1)?,
            region: row.get(at + 2)?,
            industry: row.get(at + 3)?,
            class: row.get(at + 4)?,
        })
    }

    /// The same with the names of its district and industry.
    pub fn named(&self, dictionaries: &Dictionaries) -> UnitRef {
        let region = dictionaries.region(&self.region);
        let industry = dictionaries.nearest_industry(&self.industry);
        let region = region.map(|it| (it.name_zh.clone(), it.name_en.clone()));
        let industry = industry.map(|it| (it.name_zh.clone(), it.name_en.clone()));
        UnitRef {
            enterprise_code: self.code.clone(),
            name: self.name.clone(),
            region: named(self.region.clone(), region),
            industry: named(self.industry.clone(), industry),
            class: UnitClass::parse(&self.class).unwrap_or(UnitClass::TenThousand),
        }
    }
}

/// A code that no dictionary knows is its own name.
fn named(code: String, names: Option<(String, String)>) -> Named {
    let (zh, en) = names.unwrap_or_else(|| (code.clone(), code.clone()));
    Named { code, zh, en }
}
