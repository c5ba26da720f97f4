//! Builds the catalogue of names that the analysis takes from the dictionaries in force.

use nengce_shared::api::common::Named;
use nengce_shared::api::meta::RegionInfo;
use nengce_shared::basis::Basis;

use super::{self as reference, Dictionaries};
use nengce_analysis::catalog::{Catalog, Product, SystemInfo};

/// The editions that the rows of a list name, each once, in the order of the file.
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
    /// The catalogue of names, and of products with their limits.
    pub fn catalog(&self) -> Catalog {
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
        let factor_editions = [Some(calorific.as_str()), newest];
        Catalog {
            city: city.map(|it| it.code.clone()).unwrap_or_default(),
            place,
            regions: self.districts().map(region).collect(),
            industries: self.industries.iter().map(industry).collect(),
            products: self.products.iter().map(|it| product(self, it)).collect(),
            factor_edition: factor_editions.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        }
    }

    /// The system's names and the editions of its lists; `demo` marks an invented city.
    pub fn system_info(&self, demo: bool) -> SystemInfo {
        let (zh, en) = self.city().map_or(("", ""), |it| (&it.name_zh, &it.name_en));
        let edition_of_regions = self.regions.iter().map(|it| it.provenance.edition.as_str());
        let edition_of_industries = self.industries.iter().map(|it| it.provenance.edition.as_str());
        SystemInfo {
            system: (
                format!("{zh}重点用能单位能耗在线监测"),
                format!("{en} online energy monitoring of key units"),
            ),
            demo,
            dic_version: self.dic_version().to_owned(),
            region_edition: editions(edition_of_regions),
            industry_edition: editions(edition_of_industries),
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
        basis: it.basis,
        value_per_tce: 1000.0 / it.kgce_per_value_unit,
        limits: levels.map(|it| it.limits).unwrap_or_default(),
        edition: levels.map(|it| it.provenance.edition.clone()).unwrap_or_default(),
        certainty: levels.map(|it| it.provenance.certainty.clone()).unwrap_or_default(),
    }
}
