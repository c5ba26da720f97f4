//! Laws of the cube over random facts: what is encoded comes back, every cell is the sum of its facts, groups of units are
//! sums of their units, and damaged bytes are an error.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
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

#[derive(Debug, Default)]
struct Sums {
    quantity: f64,
    tce: [f64; 2],
    points: (u32, u32),
}

impl Sums {
    fn is_near(&self, other: &Self, allowed: f64) -> bool {
        (self.quantity - other.quantity).abs() <= allowed
            && self.tce.iter().zip(other.tce).all(|(a, b)| (a - b).abs() <= allowed * 6.0)
            && self.points == other.points
    }
}

/// By member, energy type and period.
type Cells = BTreeMap<(u32, u32, usize), Sums>;

fn cells(cube: &Cube<'_>) -> Cells {
    let mut cells = Cells::new();
    cube.each_energy(|it| {
        let sums = Sums {
            quantity: it.quantity.unwrap(),
            tce: it.tce.map(Option::unwrap),
            points: (it.received, it.expected),
        };
        assert!(cells.insert((it.member, it.kind, it.period), sums).is_none(), "one cell each");
    });
    cells
}

/// The same from the facts, for the member that a fact belongs to.
fn sums(facts: &[Fact], member: impl Fn(&Fact) -> u32) -> Cells {
    let mut cells = Cells::new();
    for it in facts {
        let sums = cells.entry((member(it), it.kind, it.period)).or_default();
        sums.quantity += it.quantity;
        for (side, part) in sums.tce.iter_mut().zip(tce(it)) {
            *side += part;
        }
        sums.points = (sums.points.0 + it.points.0, sums.points.1 + it.points.1);
    }
    cells
}

proptest! {
    #[test]
    fn what_is_encoded_comes_back(facts in proptest::collection::vec(fact(), 0..120)) {
        let cube = cube(&facts);
        let bytes = cube.encode();
        prop_assert_eq!(Cube::decode(&bytes).unwrap(), cube);
    }

    #[test]
    fn every_cell_is_the_sum_of_its_facts(facts in proptest::collection::vec(fact(), 0..150)) {
        let cube = cube(&facts);
        let (found, allowed) = (cells(&cube), allowance(&facts));
        let expected = sums(&facts, |it| it.member);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (key, sums) in &expected {
            prop_assert!(found[key].is_near(sums, allowed), "{key:?}: {:?}, {sums:?}", found[key]);
        }
        let mut values: BTreeMap<(u32, usize), f64> = BTreeMap::new();
        for it in facts.iter().filter(|it| it.kind == 0) {
            *values.entry((it.member, it.period)).or_default() += it.quantity;
        }
        let mut count = 0;
        cube.each_value_added(|member, period, value| {
            count += 1;
            assert!((values[&(member, period)] - value).abs() <= allowed);
        });
        prop_assert_eq!(count, values.len());
    }

    #[test]
    fn a_group_is_the_sum_of_its_units(facts in proptest::collection::vec(fact(), 0..150)) {
        let cube = cube(&facts);
        let coarse = cube.coarsened();
        let units = cube.members.iter();
        let (members, group_of) = groups(units.map(|it| (it.region.as_str(), it.industry.as_str(), it.class)));
        prop_assert_eq!(&coarse.members, &members);
        let (found, allowed) = (cells(&coarse), allowance(&facts) * 2.0);
        let expected = sums(&facts, |it| group_of[it.member as usize]);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (key, sums) in &expected {
            prop_assert!(found[key].is_near(sums, allowed), "{key:?}: {:?}, {sums:?}", found[key]);
        }
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
            cube.each_energy(|_| ());
            cube.each_value_added(|_, _, _| ());
            cube.coarsened();
        }
    }
}

#[test]
fn decimals_are_kept() {
    let facts = [
        Fact { member: 0, kind: 0, period: 0, quantity: 1234.56, points: (1, 2) },
        Fact { member: 0, kind: 1, period: 1, quantity: 0.07, points: (0, 0) },
        Fact { member: 3, kind: 0, period: 1, quantity: 5.5, points: (0, 0) },
    ];
    let found: Vec<f64> = cells(&cube(&facts)).values().map(|it| it.quantity).collect();
    assert_eq!(found, [1234.56, 0.07, 5.5]);
}

#[test]
fn parts_that_cancel_out_keep_their_tce() {
    let axis = Axis::months(Month::new(2024, 5).unwrap(), 2);
    let mut builder = CubeBuilder::new(7, Level::IndustryRegion, axis, members(), kinds(), vec![]);
    let series = builder.energy_series(0, 1);
    for (period, quantity, tce) in [(0, 1e6, 7e5), (1, 100.0, 90.0), (1, -100.0, -60.0)] {
        builder.energy(series, period, quantity, [Some(tce), None]);
    }
    let mut second = None;
    builder.build().each_energy(|it| second = Some(it.tce));
    let [calorific, equivalent] = second.unwrap();
    assert!((calorific.unwrap() - 30.0).abs() < 1e-4, "{calorific:?}");
    assert_eq!(equivalent, None);
}
