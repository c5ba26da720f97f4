//! Builds the catalogue of names that the analysis takes from the dictionaries in force.

use nengce_shared::api::common::Named;
use nengce_shared::api::meta::RegionInfo;
use nengce_shared::basis::Basis;
use nengce_shared::benchmark::Limits;

use super::{self as reference, Dictionaries};
use nengce_analysis::catalog::{Catalog, Product};

/// Editions of a list, each once, in the order of the file.
fn editions<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for it in all {
        if !seen.contains(&it) {
            seen.push(it);
        }
    }
    seen.join("; ")
}

impl Dictionaries {
    /// Names, products with their limits, editions. `demo` marks an invented city.
    pub fn catalog(&self, demo: bool) -> Catalog {
        let city = self.city();
        let place =
            city.map_or_else(Default::default, |it| (it.name_zh.clone(), it.name_en.clone()));
        let region = |it: &reference::Region| RegionInfo {
            code: it.code.clone(),
            zh: it.name_zh.clone(),
            en: it.name_en.clone(),
            tile_row: it.tile_row,
            tile_column: it.tile_column,
        };
        let industry = |it: &reference::Industry| Named {
            code: it.code.clone(),
            zh: it.name_zh.clone(),
            en: it.name_en.clone(),
        };
        let of_basis = |basis| self.factors.iter().filter(move |it| it.basis == basis);
        let newest = of_basis(Basis::Equivalent)
            .max_by_key(|it| it.valid_from)
            .map(|it| it.provenance.edition.as_str());
        let calorific =
            editions(of_basis(Basis::Calorific).map(|it| it.provenance.edition.as_str()).take(1));
        Catalog {
            city: city.map(|it| it.code.clone()).unwrap_or_default(),
            system: (
                format!("{}重点用能单位能耗在线监测", place.0),
                format!("{} online energy monitoring of key units", place.1),
            ),
            place,
            demo,
            regions: self.districts().map(region).collect(),
            industries: self.industries.iter().map(industry).collect(),
            products: self.products.iter().map(|it| product(self, it)).collect(),
            dic_version: self.dic_version().to_owned(),
            region_edition: editions(self.regions.iter().map(|it| it.provenance.edition.as_str())),
            industry_edition: editions(
                self.industries.iter().map(|it| it.provenance.edition.as_str()),
            ),
            factor_edition: [Some(calorific.as_str()), newest]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }
}

fn product(dictionaries: &Dictionaries, it: &reference::Product) -> Product {
    let levels = dictionaries.benchmark_of(it);
    Product {
        code: it.code.clone(),
        zh: it.name_zh.clone(),
        en: it.name_en.clone(),
        output_unit: it.output_unit.clone(),
        value_unit: it.value_unit.clone(),
        process: it.process_code.clone(),
        indicator: it.indicator_code.clone(),
        basis: it.basis,
        value_per_tce: 1000.0 / it.kgce_per_value_unit,
        limits: levels.map_or_else(Limits::default, |it| Limits {
            benchmark: it.benchmark,
            baseline: it.baseline,
            level1: it.level1,
            level2: it.level2,
            level3: it.level3,
        }),
        edition: levels.map(|it| it.provenance.edition.clone()).unwrap_or_default(),
        certainty: levels.map(|it| it.provenance.certainty.clone()).unwrap_or_default(),
    }
}
