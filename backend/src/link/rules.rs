//! What goes up to one platform above: by region, unit, data code, grain and day.

use nengce_shared::lang::Lang;
use sha2::{Digest, Sha256};

use crate::config::link_file::UpperConfig;
use crate::store::registry::UnitEntry;

/// Whether a code begins with one of these.
pub fn begins(beginnings: &[String], code: &str) -> bool {
    beginnings.iter().any(|it| code.starts_with(it.as_str()))
}

/// Whether the items of a unit go up at all.
pub fn takes_unit(config: &UpperConfig, enterprise_code: &str, region_code: &str) -> bool {
    (config.regions.is_empty() || begins(&config.regions, region_code))
        && (config.units.is_empty() || config.units.contains(enterprise_code))
        && !config.except_units.contains(enterprise_code)
}

/// Whether a unit goes up: somebody approved it here, and the rules take it.
pub fn goes_up(config: &UpperConfig, unit: &UnitEntry) -> bool {
    unit.approved && takes_unit(config, &unit.enterprise_code, &unit.region_code)
}

/// Whether an item goes up, if its unit does.
pub fn takes_item(config: &UpperConfig, data_code: &str) -> bool {
    (config.data_codes.is_empty() || begins(&config.data_codes, data_code))
        && !begins(&config.except_data_codes, data_code)
}

/// The digest of the rules: with other rules everything is looked at again.
pub fn sha256(config: &UpperConfig) -> String {
    let rules = (
        &config.url,
        (&config.regions, &config.units, &config.except_units),
        (&config.data_codes, &config.except_data_codes, &config.grains, &config.since),
    );
    const_hex::encode(Sha256::digest(format!("{rules:?}")))
}

/// The rules in words.
pub fn words(config: &UpperConfig, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let list = |it: &[String]| it.join(if zh { "、" } else { ", " });
    let units = match (config.units.len(), config.regions.is_empty()) {
        (0, true) if zh => "全部单位".to_owned(),
        (0, true) => "all units".to_owned(),
        (0, false) if zh => format!("区划 {} 的单位", list(&config.regions)),
        (0, false) => format!("units of the regions {}", list(&config.regions)),
        (n, _) if zh => format!("指定的 {n} 家单位"),
        (n, _) => format!("{n} named units"),
    };
    let except = match config.except_units.len() {
        0 => String::new(),
        n if zh => format!("（{n} 家除外）"),
        n => format!(" (except {n})"),
    };
    let codes = match (config.data_codes.is_empty(), config.except_data_codes.is_empty()) {
        (true, true) if zh => "全部数据项".to_owned(),
        (true, true) => "all data items".to_owned(),
        (false, _) if zh => format!("数据编码以 {} 开头", list(&config.data_codes)),
        (false, _) => format!("data codes that begin with {}", list(&config.data_codes)),
        (true, false) if zh => format!("数据编码不以 {} 开头", list(&config.except_data_codes)),
        (true, false) => {
            format!("data codes that do not begin with {}", list(&config.except_data_codes))
        }
    };
    let word = |it: &String| match it.as_str() {
        "real_time" if zh => "实时".to_owned(),
        "real_time" => "real time".to_owned(),
        "day" if zh => "日".to_owned(),
        "month" if zh => "月".to_owned(),
        "year" if zh => "年".to_owned(),
        other => other.to_owned(),
    };
    let grains: Vec<String> = config.grains.iter().map(word).collect();
    match zh {
        true => format!("{units}{except}；{codes}；{}值；自 {} 起", list(&grains), config.since),
        false => {
            format!(
                "{units}{except}; {codes}; values by {}; from {} on",
                list(&grains),
                config.since
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "911201120000000191";

    #[test]
    fn a_unit_goes_up_by_region_and_name_unless_it_is_excepted() {
        let mut config = UpperConfig::default();
        assert!(takes_unit(&config, CODE, "120116"));
        config.regions = vec!["13".to_owned(), "1201".to_owned()];
        assert!(takes_unit(&config, CODE, "120116") && !takes_unit(&config, CODE, "110101"));
        config.units.insert("another".to_owned());
        assert!(!takes_unit(&config, CODE, "120116"));
        config.units.insert(CODE.to_owned());
        config.except_units.insert(CODE.to_owned());
        assert!(!takes_unit(&config, CODE, "120116"), "an exception stands over the list");
    }

    #[test]
    fn an_item_goes_up_by_the_beginning_of_its_code() {
        let mut config = UpperConfig::default();
        assert!(takes_item(&config, "00-00-0000-023300-11"));
        config.data_codes = vec!["00-00-".to_owned()];
        config.except_data_codes = vec!["00-00-0000-08".to_owned()];
        assert!(takes_item(&config, "00-00-0000-023300-11"));
        assert!(!takes_item(&config, "01-00-0000-023300-11"));
        assert!(!takes_item(&config, "00-00-0000-080001-00"));
    }

    #[test]
    fn other_rules_have_another_digest() {
        let config = UpperConfig::default();
        let other = UpperConfig { grains: vec!["day".to_owned()], ..config.clone() };
        assert_ne!(sha256(&config), sha256(&other));
        let faster = UpperConfig { units_at_once: 9, ..config.clone() };
        assert_eq!(sha256(&config), sha256(&faster), "the pace is no rule");
    }
}
