//! The built-in dictionaries are consistent; a bad replacement is refused with the rows that are wrong.

use std::collections::BTreeSet;

use jiff::civil::date;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;

use super::{Dictionaries, DictionaryName, FactorSpan};

fn refused(name: DictionaryName, content: &str) -> Vec<(u64, &'static str)> {
    let problems = Dictionaries::built_in().with(name, content).unwrap_err();
    problems.iter().map(|it| (it.line, it.code)).collect()
}

fn spans(dic: &Dictionaries, code: &str, basis: Basis) -> Vec<FactorSpan> {
    let rows = dic.factor_spans();
    rows.into_iter().filter(|it| it.energy_type == code && it.basis == basis).collect()
}

#[test]
fn the_shipped_files_hold_together() {
    let built = Dictionaries::with_all(std::iter::empty());
    let dic = built.unwrap_or_else(|(name, it)| panic!("{}: {it:?}", name.as_str()));
    assert_eq!(dic.energy_types.len(), 35);
    assert_eq!(dic.districts().count(), 16);
    assert_eq!(dic.city().unwrap().code, "120000");
    assert_eq!(dic.industries.iter().filter(|it| it.level == "section").count(), 20);
    assert_eq!(dic.industries.iter().filter(|it| it.level == "division").count(), 97);
    assert_eq!(dic.benchmarks.len(), 24);
    assert_eq!(dic.meter_rates.len(), 9);
}

#[test]
fn regions_and_industries_are_known_by_their_dictionaries() {
    let dic = Dictionaries::built_in();
    for known in ["120116", "120000", "110101", "370672", "530102"] {
        assert!(dic.knows_region(known), "{known}");
    }
    for unknown in
        ["120199", "120100", "129999", "999999", "000000", "12011", "1201166", "", "和平区"]
    {
        assert!(!dic.knows_region(unknown), "{unknown}");
    }
    for known in ["C3110", "C31", "C311", "C", "A01"] {
        assert!(dic.knows_industry(known), "{known}");
    }
    for unknown in ["C9999", "Z3110", "3110", "C31100", "C31x", "C3", "c31", "", "钢铁"] {
        assert!(!dic.knows_industry(unknown), "{unknown}");
    }
}

#[test]
fn every_district_has_its_own_tile() {
    let dic = Dictionaries::built_in();
    let tiles: BTreeSet<_> =
        dic.districts().map(|it| (it.tile_row.unwrap(), it.tile_column.unwrap())).collect();
    assert_eq!(tiles.len(), 16);
    assert_eq!(dic.region("120119").unwrap().tile_row, Some(0));
    assert_eq!(dic.city().unwrap().tile_row, None);
}

#[test]
fn found_factors_are_the_published_ones() {
    let dic = Dictionaries::built_in();
    let day = date(2025, 6, 1);
    for (code, kgce) in
        [("0100", 714.3), ("0900", 971.4), ("1500", 12150.0), ("3200", 34.12), ("3300", 1229.0)]
    {
        assert_eq!(dic.factor(code, Basis::Calorific, day).unwrap().kgce_per_unit, kgce, "{code}");
    }
    assert_eq!(
        dic.factor("3300", Basis::Equivalent, date(2015, 7, 1)).unwrap().kgce_per_unit,
        2970.0
    );
    assert_eq!(dic.factor("0100", Basis::Equivalent, day).unwrap().kgce_per_unit, 714.3);
    assert!(dic.factor("1700", Basis::Calorific, day).is_none(), "no source gives coalbed methane");
    assert!(dic.factor("3300", Basis::Calorific, date(1999, 12, 31)).is_none());
}

#[test]
fn each_day_has_exactly_one_factor_per_type_and_basis() {
    let dic = Dictionaries::built_in();
    let with_factor = dic.energy_types.iter().filter(|it| it.code != "1700");
    for kind in with_factor {
        for basis in [Basis::Calorific, Basis::Equivalent] {
            let rows = spans(&dic, &kind.code, basis);
            for day in [date(2000, 1, 1), date(2014, 12, 31), date(2024, 2, 29), date(2040, 1, 1)] {
                let hits = rows
                    .iter()
                    .filter(|it| it.valid_from <= day && it.valid_to.is_none_or(|to| day <= to))
                    .count();
                assert_eq!(hits, 1, "{} {basis} {day}", kind.code);
            }
        }
    }
    assert!(spans(&dic, "1700", Basis::Equivalent).is_empty());
    assert!(spans(&dic, "3300", Basis::Equivalent).iter().all(|it| it.source == "equivalent"));
}

#[test]
fn codes_are_known_or_not() {
    let dic = Dictionaries::built_in();
    for (code, known) in [
        ("00-00-0000-023300-11", true),
        ("00-00-0000-011500-11", true),
        ("00-00-0000-021500-11", false),
        ("04-00-0000-040101-30", true),
        ("00-00-0000-090200-30", true),
        ("00-00-0000-023300-99", false),
        ("99-00-0000-023300-11", false),
        ("00-00-0000-020000-11", true),
    ] {
        assert_eq!(dic.knows(&DataCode::parse_strict(code).unwrap()), known, "{code}");
    }
    assert_eq!(dic.indicator_of_role("value_added").unwrap().code, "0200");
    assert_eq!(dic.nearest_industry("C3199").unwrap().code, "C31");
}

#[test]
fn benchmarks_keep_sign_and_certainty() {
    let dic = Dictionaries::built_in();
    let steel = dic.benchmark_of(dic.product("0101").unwrap()).unwrap();
    assert_eq!((steel.limits.benchmark, steel.limits.baseline), (Some(-30.0), Some(-10.0)));
    assert_eq!(steel.provenance.certainty, "found-secondary");
    assert_eq!(
        dic.benchmark_of(dic.product("0401").unwrap()).unwrap().provenance.certainty,
        "recalled"
    );
}

#[test]
fn a_replacement_changes_the_version_and_the_figures() {
    let dic = Dictionaries::built_in();
    let content = DictionaryName::Factors.built_in().replace(",714.3,", ",720,");
    let changed = dic.with(DictionaryName::Factors, &content).unwrap();
    assert_ne!(dic.dic_version(), changed.dic_version());
    assert_eq!(
        changed.factor("0100", Basis::Calorific, date(2025, 1, 1)).unwrap().kgce_per_unit,
        720.0
    );
    assert_eq!(changed.content(DictionaryName::Factors), content);
    let same = dic.with(DictionaryName::Factors, DictionaryName::Factors.built_in()).unwrap();
    assert_eq!(dic.dic_version(), same.dic_version());
}

#[test]
fn bad_rows_are_named_line_by_line() {
    let head = "certainty,source,edition,kgce_per_unit,valid_to,valid_from,basis,energy_type\n";
    let row = |tail: &str| format!("{head}found,s,e,{tail}\n");
    assert_eq!(
        refused(DictionaryName::Factors, &row("x,,2000-01-01,calorific,3300")),
        [(2, "wrong_type")]
    );
    assert_eq!(
        refused(DictionaryName::Factors, &row("NaN,,2000-01-01,calorific,3300")),
        [(2, "wrong_type")]
    );
    assert_eq!(
        refused(DictionaryName::Factors, &row("1,,2000-01-01,both,3300")),
        [(2, "not_listed")]
    );
    assert_eq!(
        refused(DictionaryName::Factors, &row("1,,2000-13-01,calorific,3300")),
        [(2, "wrong_type")]
    );
    assert_eq!(
        refused(DictionaryName::Factors, &row("1,,2000-01-01,calorific,9999")),
        [(2, "dangling")]
    );
    let two = |a: &str, b: &str| {
        format!("{head}found,s,e,1,{a},calorific,3300\nfound,s,e,1,{b},calorific,3300\n")
    };
    let overlap = two("2020-12-31,2020-01-01", ",2020-06-01");
    assert_eq!(refused(DictionaryName::Factors, &overlap), [(3, "overlap")]);
    let open = two(",2020-01-01", ",2020-06-01");
    assert_eq!(refused(DictionaryName::Factors, &open), [(3, "overlap")]);
    let gap = two("2020-12-31,2020-01-01", ",2021-01-02");
    assert_eq!(refused(DictionaryName::Factors, &gap), [(3, "gap")]);
    let twice = two(",2020-01-01", ",2020-01-01");
    assert_eq!(refused(DictionaryName::Factors, &twice), [(3, "duplicate")]);
}

#[test]
fn columns_are_found_by_name_with_or_without_a_mark() {
    let text = "\u{feff}sign,code,role,name_en,name_zh,certainty,source,edition\n1,11,consumption,C,消费,found,s,e\n-1,21,recovered,R,回收,operator,s,e\n";
    let dic = Dictionaries::built_in().with(DictionaryName::UsageRoles, text).unwrap();
    assert_eq!(dic.usage_role("21").unwrap().sign, -1);
    assert!(dic.usage_role("30").is_none());
    let missing = text.replace("sign,", "sing,");
    assert_eq!(
        refused(DictionaryName::UsageRoles, &missing),
        [(1, "missing_column"), (1, "unknown_column")]
    );
    let wrong = text.replace("\n1,11", "\n0,11");
    assert_eq!(refused(DictionaryName::UsageRoles, &wrong), [(2, "wrong_type")]);
}

#[test]
fn removing_a_row_that_others_need_names_the_other_file() {
    let without = DictionaryName::Processes.built_in().lines().filter(|it| !it.starts_with("04,"));
    let content = without.collect::<Vec<_>>().join("\n");
    let problems = Dictionaries::built_in().with(DictionaryName::Processes, &content).unwrap_err();
    assert!(problems[0].reason_en.contains("products"), "{problems:?}");
}

#[test]
fn base_data_by_name_index_or_whole() {
    let dic = Dictionaries::built_in();
    let all = dic.base_data(None).unwrap();
    assert_eq!(all["baseData"].as_object().unwrap().len(), 14);
    assert_eq!(all["dicVersion"], dic.dic_version());
    let one = dic.base_data(Some("1")).unwrap();
    assert_eq!(one["baseData"]["energy_types"][0]["code"], "0100");
    assert_eq!(dic.base_data(Some("energy_types")), Some(one));
    assert_eq!(dic.base_data(Some("nonsense")), None);
}
