//! Laws of the cube over random facts: what is encoded comes back, any filter and grouping equals a plain sum, and
//! damaged bytes are an error.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::unit_class::UnitClass;

const PERIODS: usize = 15;
const FACTORS: [[f64; 2]; 3] = [[1229.0, 2850.0], [714.3, 714.3], [900.0, 900.0]];

#[derive(Debug, Clone)]
struct Fact {
    member: u32,
    kind: u32,
    period: usize,
    quantity: f64,
    points: (u32, u32),
}

fn fact() -> impl Strategy<Value = Fact> {
    let quantity = prop_oneof![
        (-50_000i32..2_000_000).prop_map(|it| f64::from(it) / 100.0),
        -1e3..1e7f64,
        Just(0.0),
    ];
    let points = (0u32..3000, 0u32..3000).prop_map(|(a, b)| (a.min(b), a.max(b)));
    (0u32..6, 0u32..3, 0..PERIODS, quantity, points).prop_map(
        |(member, kind, period, quantity, points)| Fact { member, kind, period, quantity, points },
    )
}

fn members() -> Vec<Member> {
    let member = |at: usize| Member {
        code: format!("91120112000000019{at}"),
        name: format!("单位{at}"),
        region: ["120101", "120112"][at % 2].to_owned(),
        industry: ["C3110", "C3011", "C3012", ""][at % 4].to_owned(),
        class: UnitClass::ALL[at % 3],
    };
    (0..6).map(member).collect()
}

fn kinds() -> Vec<Kind> {
    let kind = |(code, group): (&str, EnergyGroup)| Kind {
        code: code.to_owned(),
        zh: "能源".to_owned(),
        en: "Energy".to_owned(),
        unit: "t".to_owned(),
        group,
    };
    [("3300", EnergyGroup::Electricity), ("0100", EnergyGroup::Coal), ("0900", EnergyGroup::Coal)]
        .map(kind)
        .to_vec()
}

fn tce(fact: &Fact) -> [f64; 2] {
    FACTORS[fact.kind as usize].map(|kgce| fact.quantity * kgce / 1000.0)
}

fn cube(facts: &[Fact]) -> Cube<'static> {
    let axis = Axis::months(Month::new(2024, 5).unwrap(), PERIODS);
    let mut builder = CubeBuilder::new(7, Level::Unit, axis, members(), kinds(), kinds());
    for fact in facts {
        let series = builder.energy_series(fact.member, fact.kind);
        builder.energy(series, fact.period, fact.quantity, tce(fact).map(Some));
        builder.points(series, fact.period, fact.points.0, fact.points.1);
        let series = builder.economy_series(fact.member, fact.kind);
        builder.economy(series, fact.period, fact.quantity);
    }
    builder.build()
}

/// How far a sum over these facts may be off: one step of each series it touches.
fn allowance(facts: &[Fact]) -> f64 {
    let mut cells: BTreeMap<(u32, u32, usize), f64> = BTreeMap::new();
    for it in facts {
        *cells.entry((it.member, it.kind, it.period)).or_default() += it.quantity;
    }
    let mut most: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for ((member, kind, _), sum) in &cells {
        let slot = most.entry((*member, *kind)).or_default();
        *slot = slot.max(sum.abs());
    }
    most.values().sum::<f64>() * 1.3e-7 + 1e-6
}

fn near(found: Option<f64>, expected: Option<f64>, allowed: f64) -> bool {
    match (found, expected) {
        (None, None) => true,
        (Some(a), Some(b)) => (a - b).abs() <= allowed,
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_encoded_comes_back(facts in proptest::collection::vec(fact(), 0..120)) {
        let cube = cube(&facts);
        let bytes = cube.encode();
        prop_assert_eq!(Cube::decode(&bytes).unwrap(), cube);
    }

    #[test]
    fn every_cell_is_what_its_group_adds_up(facts in proptest::collection::vec(fact(), 0..120)) {
        let cube = cube(&facts);
        type Sums = ([Option<f64>; 2], u64, u64);
        let mut cells: BTreeMap<Vec<u32>, Sums> = BTreeMap::new();
        cube.each_energy(|it| {
            let key = vec![it.member, u32::from(it.group.code()) - 1, it.period as u32];
            let (tce, received, expected) = cells.entry(key).or_default();
            for (sum, part) in tce.iter_mut().zip(it.tce) {
                *sum = part.map_or(*sum, |part| Some(sum.unwrap_or(0.0) + part));
            }
            *received += u64::from(it.received);
            *expected += u64::from(it.expected);
        });
        let grouped = cube.group(&Filter::all(&cube), &[Dim::Unit, Dim::Energy, Dim::Period]);
        prop_assert_eq!(cells.len(), grouped.rows.len());
        for row in &grouped.rows {
            let (tce, received, expected) = cells[&row.key];
            for (found, basis) in tce.into_iter().zip([Basis::Calorific, Basis::Equivalent]) {
                prop_assert!(near(found, row.totals.tce(basis), 1e-6));
            }
            prop_assert_eq!((received, expected), (row.totals.received, row.totals.expected));
        }
        let mut values = BTreeMap::new();
        cube.each_value_added(|member, period, value| { values.insert(vec![member, period as u32], value); });
        let grouped = cube.group(&Filter::all(&cube), &[Dim::Unit, Dim::Period]);
        let known = grouped.rows.iter().filter_map(|row| Some((row.key.clone(), row.totals.value_added()?)));
        prop_assert_eq!(values, known.collect());
    }

    #[test]
    fn a_damaged_cube_is_an_error(
        facts in proptest::collection::vec(fact(), 1..40), at in any::<prop::sample::Index>(), change in 1u8..,
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = cube(&facts).encode();
        prop_assert!(Cube::decode(&bytes[..cut.index(bytes.len())]).is_err());
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        prop_assert!(Cube::decode(&bytes).is_err());
    }

    #[test]
    fn bytes_that_pass_the_checksum_are_still_checked(
        facts in proptest::collection::vec(fact(), 0..20), at in any::<prop::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut encoded = cube(&facts).encode();
        let at = at.index(encoded.len());
        for (slot, byte) in encoded[at..].iter_mut().zip(bytes) {
            *slot = byte;
        }
        let sum = super::wire::checksum(&encoded[16..]);
        encoded[8..16].copy_from_slice(&sum.to_le_bytes());
        if let Ok(cube) = Cube::decode(&encoded) {
            for dims in [&[Dim::Unit, Dim::Year][..], &[Dim::EnergyType], &[Dim::Product, Dim::Region]] {
                cube.group(&Filter::all(&cube), dims);
            }
            cube.coarsened();
        }
    }

    #[test]
    fn any_filter_and_grouping_equals_a_plain_sum(
        facts in proptest::collection::vec(fact(), 0..150),
        region in proptest::option::of(0usize..2), industry in proptest::option::of(0usize..4),
        group in proptest::option::of(0usize..2),
        from in 0..PERIODS, len in 0..PERIODS,
        dims in proptest::sample::subsequence(vec![Dim::Year, Dim::Region, Dim::Sector, Dim::Class, Dim::EnergyType, Dim::Unit], 0..6),
    ) {
        let cube = cube(&facts);
        let mut filter = Filter::all(&cube);
        filter.periods = from..(from + len).min(PERIODS);
        let region = region.map(|it| ["120101", "120112"][it]);
        let industry = industry.map(|it| ["C", "C30", "C3011", "D"][it]);
        let group = group.map(|it| [EnergyGroup::Coal, EnergyGroup::Electricity][it]);
        if let Some(it) = region { filter = filter.regions(&cube, &[it]); }
        if let Some(it) = industry { filter = filter.industries(&cube, &[it]); }
        if let Some(it) = group { filter = filter.energy_groups(&cube, &[it]); }
        let mut expected: BTreeMap<Vec<String>, (f64, [f64; 2], u64, u64)> = BTreeMap::new();
        for fact in &facts {
            let member = &cube.members[fact.member as usize];
            let kind = &cube.energies[fact.kind as usize];
            let counts = filter.periods.contains(&fact.period)
                && region.is_none_or(|it| it == member.region)
                && industry.is_none_or(|it| member.industry.starts_with(it))
                && group.is_none_or(|it| it == kind.group);
            if !counts { continue; }
            let key = dims.iter().map(|dim| match dim {
                Dim::Year => cube.axis.label(fact.period)[..4].to_owned(),
                Dim::Region => member.region.clone(),
                Dim::Sector => sector(&member.industry).to_owned(),
                Dim::Class => member.class.to_string(),
                Dim::EnergyType => kind.code.clone(),
                _ => member.code.clone(),
            });
            let slot = expected.entry(key.collect()).or_default();
            slot.0 += fact.quantity;
            let tce = tce(fact);
            slot.1[0] += tce[0];
            slot.1[1] += tce[1];
            slot.2 += u64::from(fact.points.0);
            slot.3 += u64::from(fact.points.1);
        }
        let allowed = allowance(&facts);
        let found = cube.group(&filter, &dims);
        let rows: Vec<_> = found.rows.iter().filter(|it| it.totals.figures > 0).collect();
        prop_assert_eq!(rows.len(), expected.len());
        for row in rows {
            let key: Vec<String> = found.label(row).map(str::to_owned).collect();
            let sums = expected[&key];
            if let Some(quantity) = row.totals.quantity() {
                prop_assert!((quantity - sums.0).abs() <= allowed, "{quantity} {}", sums.0);
            }
            for basis in Basis::ALL {
                let side = usize::from(*basis == Basis::Equivalent);
                prop_assert!(near(row.totals.tce(*basis), Some(sums.1[side]), allowed * 6.0));
            }
            prop_assert_eq!((row.totals.received, row.totals.expected), (sums.2, sums.3));
            if !dims.contains(&Dim::EnergyType) && group.is_none() {
                let economy = row.totals.value_added().unwrap_or(0.0);
                let value: f64 = facts.iter().filter(|it| it.kind == 0 && filter.periods.contains(&it.period))
                    .filter(|it| dims.iter().zip(&key).all(|(dim, word)| match dim {
                        Dim::Unit => cube.members[it.member as usize].code == *word,
                        _ => true,
                    }))
                    .map(|it| it.quantity).sum();
                if dims == [Dim::Unit] {
                    prop_assert!((economy - value).abs() <= allowed, "{economy} {value}");
                }
            }
        }
        // The coarser cube says the same.
        let grouped = cube.group(&filter, &dims);
        let tce = |row: &Row| row.totals.tce(Basis::Equivalent);
        if !dims.contains(&Dim::Unit) {
            let coarse = cube.coarsened();
            let mut again = Filter::all(&coarse);
            again.periods = filter.periods.clone();
            if let Some(it) = region { again = again.regions(&coarse, &[it]); }
            if let Some(it) = industry { again = again.industries(&coarse, &[it]); }
            if let Some(it) = group { again = again.energy_groups(&coarse, &[it]); }
            let coarse = coarse.group(&again, &dims);
            prop_assert_eq!(coarse.rows.len(), grouped.rows.len());
            for (a, b) in coarse.rows.iter().zip(&grouped.rows) {
                prop_assert_eq!(&a.key, &b.key);
                prop_assert!(near(tce(a), tce(b), allowed * 12.0));
                prop_assert_eq!((a.totals.received, a.totals.figures > 0), (b.totals.received, b.totals.figures > 0));
            }
        }
    }
}

#[test]
fn decimals_are_kept_and_economy_is_not_spread_over_energies() {
    let facts = [
        Fact { member: 0, kind: 0, period: 0, quantity: 1234.56, points: (1, 2) },
        Fact { member: 0, kind: 1, period: 1, quantity: 0.07, points: (0, 0) },
        Fact { member: 3, kind: 0, period: 1, quantity: 5.5, points: (0, 0) },
    ];
    let cube = cube(&facts);
    let filter = Filter::all(&cube);
    let all = cube.group(&filter, &[]).rows[0].totals;
    assert_eq!((all.quantity(), all.output()), (None, Some(0.07)));
    assert!((all.value_added().unwrap() - 1240.06).abs() < 1e-9);
    let by_energy = cube.group(&filter, &[Dim::Energy]);
    assert!(by_energy.rows.iter().all(|it| it.totals.value_added().is_none()));
    let units = cube.group(&filter, &[Dim::Unit]);
    assert_eq!(units.rows[0].key, [0]);
    let by_type = cube.group(&filter.clone().energy_types(&cube, &["3300"]), &[Dim::Unit]);
    assert_eq!(by_type.rows[0].totals.quantity(), Some(1234.56));
    let nobody = cube.group(&filter.units(&cube, &["x"]), &[Dim::Unit]);
    assert!(nobody.rows.is_empty());
}

#[test]
fn parts_that_cancel_out_keep_their_tce() {
    let axis = Axis::months(Month::new(2024, 5).unwrap(), 2);
    let mut builder = CubeBuilder::new(7, Level::IndustryRegion, axis, members(), kinds(), vec![]);
    let series = builder.energy_series(0, 1);
    for (period, quantity, tce) in [(0, 1e6, 7e5), (1, 100.0, 90.0), (1, -100.0, -60.0)] {
        builder.energy(series, period, quantity, [Some(tce), None]);
    }
    let cube = builder.build();
    let months = cube.group(&Filter::all(&cube), &[Dim::Period]);
    let tce = months.rows[1].totals.tce(Basis::Calorific).unwrap();
    assert!((tce - 30.0).abs() < 1e-4, "{tce}");
    assert_eq!(months.rows[1].totals.tce(Basis::Equivalent), None);
}
