//! A plant whose figures are known by hand, what each table makes of them, and laws that hold for any.

use nengce_shared::api::audit_pack::{AuditPack, PackSheet};
use proptest::prelude::*;

use super::checks::{is_same, verdict};
use super::savings::by_output;
use super::{EnergyFacts, Facts, ProductFacts, UnitFacts, YearFacts, address, pack, plan_of};
use crate::reference::Dictionaries;

fn energy(process: &str, energy_type: &str, role: &str, quantity: f64, tce: f64) -> EnergyFacts {
    EnergyFacts {
        year: 2025,
        process: process.to_owned(),
        energy_type: energy_type.to_owned(),
        data_class: if energy_type == "0100" { 1 } else { 2 },
        role: role.to_owned(),
        quantity,
        tce: [Some(tce), Some(tce)],
        measured: false,
    }
}

fn year(year: i16, tce: f64, output_value: f64) -> YearFacts {
    YearFacts {
        year,
        tce: [Some(tce), Some(tce)],
        months: 12,
        completeness: Some(1.0),
        value_added: None,
        output_value: Some(output_value),
    }
}

/// Coal of 1,000 tce, of which a process uses 700; electricity of 300 tce; gas of 100 tce given out.
fn facts(dictionaries: &Dictionaries) -> Facts<'_> {
    let product = |year: i16, process_tce: f64| ProductFacts {
        year,
        code: "0201".to_owned(),
        output: 10_000.0,
        process_tce: Some(process_tce),
        indicator: Some(70.0),
        value_per_tce: 1_000.0,
    };
    Facts {
        dictionaries,
        year: 2025,
        made_on: "2026-11-27".to_owned(),
        data_version: 1,
        unit: UnitFacts { region: "120116".to_owned(), ..UnitFacts::default() },
        years: vec![year(2024, 1_300.0, 1_000.0), year(2025, 1_200.0, 1_000.0)],
        energy: vec![
            energy("00", "0100", "consumption", 1_400.0, 1_000.0),
            energy("00", "3300", "consumption", 244.1, 300.0),
            energy("00", "1300", "output", 36.8, 100.0),
            energy("10", "0100", "consumption", 980.0, 700.0),
        ],
        products: vec![product(2024, 750.0), product(2025, 700.0)],
        meters: Vec::new(),
        meters_left_out: 0,
        targets: Vec::new(),
    }
}

fn sheet<'a>(pack: &'a AuditPack, no: &str) -> &'a PackSheet {
    pack.sheets.iter().find(|it| it.no == no).expect("a table")
}

fn states(pack: &AuditPack, code: &str) -> Vec<String> {
    pack.checks.iter().filter(|it| it.code == code).map(|it| it.state.clone()).collect()
}

/// The figure of a cell, by its name in the workbook.
fn at(sheet: &PackSheet, cell: &str) -> Option<f64> {
    let places = sheet.rows.iter().enumerate();
    let mut cells = places.flat_map(|(row, it)| it.iter().enumerate().map(move |it| (row, it)));
    cells.find(|(row, (column, _))| address(*column, *row) == cell).and_then(|it| it.1.1.number)
}

#[test]
fn the_tables_stand_in_the_order_of_the_form_and_each_row_has_its_heads() {
    let dictionaries = Dictionaries::built_in();
    let pack = pack(&facts(&dictionaries));
    let order: Vec<&str> = pack.sheets.iter().map(|it| it.no.as_str()).collect();
    assert_eq!(
        order,
        [
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11.1", "12", "13", "14", "15",
            "16", "18", "19", "20", "21", "fig"
        ]
    );
    for sheet in &pack.sheets {
        assert!(sheet.rows.iter().all(|it| it.len() == sheet.head.len()), "{}", sheet.no);
        assert!(!sheet.notes.is_empty() && !sheet.title.zh.is_empty(), "{}", sheet.no);
        assert_eq!(sheet.state == "form", sheet.rows.is_empty(), "{}", sheet.no);
    }
}

#[test]
fn each_check_points_at_the_cell_with_its_figure() {
    let dictionaries = Dictionaries::built_in();
    let pack = pack(&facts(&dictionaries));
    for check in pack.checks.iter().filter(|it| it.found.is_some()) {
        let cell = check.cell.as_deref().expect("a cell");
        assert_eq!(at(sheet(&pack, &check.sheet), cell), check.found, "{check:?}");
    }
    assert_eq!(states(&pack, "comprehensive_calorific"), ["ok"]);
    assert_eq!(states(&pack, "process_within_plant"), ["ok"]);
    assert_eq!(states(&pack, "product_consumption"), ["ok"]);
    assert_eq!(states(&pack, "district_in_city"), ["ok"]);
    assert_eq!(states(&pack, "whole_year"), ["ok"]);
    assert_eq!(states(&pack, "feedstock_calorific"), ["unknown"]);
    let total = at(sheet(&pack, "11.1"), "M7").expect("the total of the net consumption");
    assert!((total - 1_200.0).abs() < 1e-9, "{total}");
}

#[test]
fn what_does_not_agree_is_found_and_what_is_missing_is_not_called_right() {
    let dictionaries = Dictionaries::built_in();
    let mut wrong = facts(&dictionaries);
    wrong.unit.region = "530102".to_owned();
    wrong.years[1].tce = [Some(1_201.0), Some(1_200.0)];
    wrong.years[1].months = 11;
    wrong.energy[3].quantity = 1_401.0;
    wrong.energy[1].data_class = 1;
    wrong.products[1].indicator = Some(90.0);
    let found = pack(&wrong);
    for code in [
        "district_in_city",
        "comprehensive_calorific",
        "whole_year",
        "process_within_plant",
        "product_consumption",
    ] {
        assert_eq!(states(&found, code), ["wrong"], "{code}");
    }
    assert_eq!(states(&found, "comprehensive_equivalent"), ["ok"]);
    assert_eq!(states(&found, "usage_type_unit"), ["ok", "ok", "wrong"]);
    let is_told = |it: &&nengce_shared::api::audit_pack::PackCheck| {
        it.state == "ok" || !(it.remedy.zh.is_empty() || it.reason.en.is_empty())
    };
    assert!(found.checks.iter().all(|it| is_told(&it)));
    let mut bare = facts(&dictionaries);
    (bare.energy, bare.products) = (Vec::new(), Vec::new());
    bare.years[1].tce = [None, None];
    bare.years[1].months = 0;
    let found = pack(&bare);
    for code in ["comprehensive_calorific", "process_within_plant", "product_consumption"] {
        assert_eq!(states(&found, code), ["unknown"], "{code}");
    }
    assert_eq!(states(&found, "whole_year"), ["wrong"]);
    assert!(found.edges.is_empty() && sheet(&found, "11.1").state == "form");
    assert_eq!(at(sheet(&found, "2"), "C11"), None, "no figure is made of nothing");
}

#[test]
fn figures_by_hand() {
    let dictionaries = Dictionaries::built_in();
    let pack = pack(&facts(&dictionaries));
    let savings = sheet(&pack, "14");
    let last = savings.rows.last().expect("the audit year");
    // 1.3 − 1.2 tce per 10⁴ yuan × 1,000; 75 − 70 kgce/t × 10,000 t.
    assert!((last[6].number.expect("by value") - 100.0).abs() < 1e-9);
    assert!((last[7].number.expect("by product") - 50.0).abs() < 1e-9);
    let gases = sheet(&pack, "15");
    let coal = gases.rows[0].last().and_then(|it| it.number).expect("coal");
    assert!((coal - 1_400.0 * 20.908 * 0.02637 * 0.94 * 44.0 / 12.0).abs() < 1e-6, "{coal}");
    let electricity = gases.rows[2].last().and_then(|it| it.number).expect("electricity");
    assert!((electricity - 244.1 * 5.306).abs() < 1e-9, "{electricity}");
    let targets = sheet(&pack, "21");
    assert_eq!(targets.rows.len(), 5);
    let fall = targets.rows[4][5].number.expect("a fall");
    assert!((fall - 0.1 / 1.3).abs() < 1e-12, "{fall}");
    assert_eq!(targets.rows[0][1].number, None);
}

#[test]
fn five_year_plans_and_addresses() {
    assert_eq!([2020, 2021, 2025, 2026].map(plan_of).map(|it| it.0), [2016, 2021, 2021, 2026]);
    assert_eq!([(0, 0), (25, 1), (26, 2)].map(|it| address(it.0, it.1)), ["A4", "Z5", "AA6"]);
}

proptest! {
    /// Inside the figure nothing is lost: what enters a place leaves it, and what enters the plant leaves the figure.
    #[test]
    fn the_energy_flow_balances(parts in proptest::collection::vec(
        (0usize..3, 0usize..4, 0usize..2, 0.0f64..1e6), 0..12)) {
        let dictionaries = Dictionaries::built_in();
        let mut facts = facts(&dictionaries);
        let row = |(process, kind, role, tce): &(usize, usize, usize, f64)| energy(
            ["00", "10", "11"][*process],
            ["0100", "1300", "3200", "3300"][*kind],
            ["consumption", "output"][*role],
            *tce * 2.0,
            *tce,
        );
        facts.energy = parts.iter().map(row).collect();
        let pack = pack(&facts);
        for node in &pack.nodes {
            let flow = |end: fn(&nengce_shared::api::audit_pack::PackEdge) -> &str| -> f64 {
                pack.edges.iter().filter(|it| end(it) == node.id).map(|it| it.tce).sum()
            };
            let (into, out) = (flow(|it| &it.to), flow(|it| &it.from));
            prop_assert!(pack.edges.iter().all(|it| it.tce > 0.0));
            match node.column {
                0 => prop_assert!(into == 0.0 && out > 0.0),
                1 => prop_assert!((into - out).abs() <= 1e-6 * into.max(out), "{} {into} {out}", node.id),
                _ => prop_assert!(into > 0.0 && out == 0.0),
            }
        }
    }

    /// The figure of table 2 agrees with table 11.1 exactly where it is the signed sum of the parts.
    #[test]
    fn comprehensive_is_the_signed_sum(used in 1.0f64..1e6, made in 0.0f64..1e6, error in -0.5f64..0.5) {
        let dictionaries = Dictionaries::built_in();
        let mut facts = facts(&dictionaries);
        facts.energy = vec![
            energy("00", "0100", "consumption", used, used),
            energy("00", "1300", "output", made, made),
        ];
        let sum = used - made;
        let told = sum + error * used;
        facts.years[1].tce = [Some(told), Some(sum)];
        let pack = pack(&facts);
        let expected = if is_same(told, sum) { "ok" } else { "wrong" };
        prop_assert_eq!(states(&pack, "comprehensive_calorific"), vec![expected]);
        prop_assert_eq!(states(&pack, "comprehensive_equivalent"), vec!["ok"]);
    }

    /// Feedstock may be all of the consumption and not more; without it nothing is decided.
    #[test]
    fn a_part_is_within_the_whole(whole in 0.0f64..1e9, share in 0.0f64..2.0) {
        let part = whole * share;
        let expected = if part <= whole { "ok" } else { "wrong" };
        prop_assert_eq!(verdict(Some(part), Some(whole), |a, b| a <= b), expected);
        prop_assert_eq!(verdict(None, Some(whole), |a, b| a <= b), "unknown");
        prop_assert_eq!(verdict(Some(part), None, |a, b| a <= b), "unknown");
    }

    /// Nothing changes, nothing is saved; and the savings of a year do not depend on the unit of the output.
    #[test]
    fn savings_by_output_value(e in 1.0f64..1e6, g in 1.0f64..1e6, fall in -0.9f64..0.9, scale in 0.1f64..10.0) {
        let same = by_output((Some(e), Some(g)), (Some(e), Some(g))).expect("both years");
        prop_assert!(same.abs() <= 1e-9 * e);
        let now = e * (1.0 - fall);
        let saved = by_output((Some(e), Some(g)), (Some(now), Some(g))).expect("both years");
        prop_assert!((saved - (e - now)).abs() <= 1e-9 * e);
        let scaled = by_output((Some(e), Some(g * scale)), (Some(now), Some(g * scale)));
        prop_assert!((scaled.expect("both years") - saved).abs() <= 1e-6 * e);
        prop_assert_eq!(by_output((Some(e), None), (Some(now), Some(g))), None);
    }
}
