//! The balance of a unit's sub-units: what was supplied to a place, and what its parts used. A period counts in a
//! difference only when the place and each of its parts that has values at all have one in it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::place::Place;

/// An item of one energy type with its quantities by period; what a place makes or gives away has the sign −1.
#[derive(Debug, Clone, PartialEq)]
pub struct MeteredItem {
    /// Where it is measured.
    pub place: Place,
    /// +1 what is used, −1 what is made.
    pub sign: f64,
    /// The quantity of each period that is whole, by its first day.
    pub quantities: BTreeMap<Date, f64>,
}

/// What was supplied to a place and what its parts used, over the same periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// What the place itself measured.
    pub supplied: f64,
    /// The sum of its parts.
    pub used: f64,
    /// The periods that count.
    pub periods: usize,
    /// Parts without any value, which are not in `used`.
    pub silent_parts: usize,
}

/// A place of a unit in the tree of one energy type.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceNode {
    /// The place.
    pub place: Place,
    /// Levels below the whole plant.
    pub depth: usize,
    /// Whether the place has a value of its own; otherwise its parts stand for it.
    pub is_metered: bool,
    /// Whether there are parts below it.
    pub has_parts: bool,
    /// What it used over the periods in which that is known; none without any.
    pub quantity: Option<f64>,
    /// The number of those periods.
    pub periods: usize,
    /// The difference to its parts; none without parts, without a value of its own, or without a common period.
    pub balance: Option<Balance>,
}

type Periods = BTreeMap<Date, f64>;

/// The tree of one energy type, each place before its parts. A place whose parts alone are measured is in it.
pub fn tree(items: &[MeteredItem]) -> Vec<BalanceNode> {
    let mut own: BTreeMap<Place, Vec<&MeteredItem>> = BTreeMap::new();
    own.entry(Place::WHOLE_PLANT).or_default();
    for it in items {
        own.entry(it.place).or_default().push(it);
        for above in it.place.above() {
            own.entry(above).or_default();
        }
    }
    let mut nodes = Vec::with_capacity(own.len());
    add(&own, Place::WHOLE_PLANT, 0, &mut nodes);
    nodes
}

/// Adds a place and what is below it; the amounts of the place by period.
fn add(
    own: &BTreeMap<Place, Vec<&MeteredItem>>,
    place: Place,
    depth: usize,
    nodes: &mut Vec<BalanceNode>,
) -> Periods {
    let items = own.get(&place).map_or(&[][..], Vec::as_slice);
    let at = nodes.len();
    nodes.push(BalanceNode {
        place,
        depth,
        is_metered: !items.is_empty(),
        has_parts: false,
        quantity: None,
        periods: 0,
        balance: None,
    });
    let below = own.keys().filter(|it| it.above().next() == Some(place));
    let parts: Vec<Periods> = below.map(|it| add(own, *it, depth + 1, nodes)).collect();
    let measured = sum(items.iter().map(|it| (it.sign, &it.quantities)));
    let used = sum(parts.iter().filter(|it| !it.is_empty()).map(|it| (1.0, it)));
    let node = &mut nodes[at];
    node.has_parts = !parts.is_empty();
    if node.is_metered && node.has_parts {
        let common: Vec<(f64, f64)> =
            measured.iter().filter_map(|(day, it)| Some((*it, *used.get(day)?))).collect();
        node.balance = (!common.is_empty()).then(|| Balance {
            supplied: common.iter().map(|it| it.0).sum(),
            used: common.iter().map(|it| it.1).sum(),
            periods: common.len(),
            silent_parts: parts.iter().filter(|it| it.is_empty()).count(),
        });
    }
    let amounts = if node.is_metered { measured } else { used };
    node.periods = amounts.len();
    node.quantity = (!amounts.is_empty()).then(|| amounts.values().sum());
    amounts
}

/// The sum by period, of the periods in which all have a value.
fn sum<'a>(mut all: impl Iterator<Item = (f64, &'a Periods)>) -> Periods {
    let Some((sign, first)) = all.next() else { return Periods::new() };
    let mut sums: Periods = first.iter().map(|(day, it)| (*day, sign * it)).collect();
    for (sign, next) in all {
        sums.retain(|day, sum| {
            let value = next.get(day);
            *sum += value.map_or(0.0, |it| sign * it);
            value.is_some()
        });
    }
    sums
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn item(place: &str, sign: f64, quantities: &[Option<f64>]) -> MeteredItem {
        let day = |at: usize| date(2026, 5, 1 + at as i8);
        let known = quantities.iter().enumerate().filter_map(|(at, it)| Some((day(at), (*it)?)));
        MeteredItem { place: Place::parse(place).unwrap(), sign, quantities: known.collect() }
    }

    fn balance(supplied: f64, used: f64) -> Balance {
        Balance { supplied, used, periods: 1, silent_parts: 0 }
    }

    #[test]
    fn a_part_without_any_value_is_told_and_does_not_hide_the_others() {
        let nodes = tree(&[
            item("00-00-0000", 1.0, &[Some(100.0)]),
            item("01-00-0000", 1.0, &[Some(60.0)]),
            item("02-00-0000", 1.0, &[None]),
        ]);
        assert_eq!(nodes[0].balance, Some(Balance { silent_parts: 1, ..balance(100.0, 60.0) }));
        assert_eq!((nodes[2].quantity, nodes[2].periods), (None, 0));
    }

    #[test]
    fn only_periods_that_all_have_count_in_a_difference() {
        let nodes = tree(&[
            item("00-00-0000", 1.0, &[Some(100.0), Some(110.0), None]),
            item("01-00-0000", 1.0, &[Some(60.0), Some(61.0), Some(62.0)]),
            item("02-00-0000", 1.0, &[Some(30.0), None, Some(31.0)]),
        ]);
        let plant = &nodes[0];
        assert_eq!(plant.balance, Some(balance(100.0, 90.0)));
        assert_eq!((plant.quantity, plant.periods), (Some(210.0), 2));
        assert_eq!((nodes[1].quantity, nodes[1].balance), (Some(183.0), None));
    }

    #[test]
    fn a_place_without_a_meter_is_the_sum_of_its_parts_and_has_no_difference() {
        let nodes = tree(&[
            item("00-00-0000", 1.0, &[Some(100.0)]),
            item("03-01-0000", 1.0, &[Some(40.0)]),
            item("03-02-0000", 1.0, &[Some(50.0)]),
            item("03-02-0101", 1.0, &[Some(20.0)]),
        ]);
        let places: Vec<_> = nodes.iter().map(|it| (it.place.to_string(), it.depth)).collect();
        let expected = [("00-00-0000", 0), ("03-00-0000", 1), ("03-01-0000", 2), ("03-02-0000", 2)];
        assert_eq!(places[..4], expected.map(|it| (it.0.to_owned(), it.1)));
        assert_eq!(places[4], ("03-02-0101".to_owned(), 3));
        assert_eq!(
            (nodes[1].is_metered, nodes[1].quantity, nodes[1].balance),
            (false, Some(90.0), None)
        );
        assert_eq!(nodes[0].balance, Some(balance(100.0, 90.0)));
    }

    #[test]
    fn what_a_place_makes_is_subtracted() {
        let nodes = tree(&[
            item("00-00-0000", 1.0, &[Some(10.0)]),
            item("01-00-0000", -1.0, &[Some(30.0)]),
            item("02-00-0000", 1.0, &[Some(39.0)]),
        ]);
        assert_eq!(nodes[0].balance, Some(balance(10.0, 9.0)));
    }

    proptest! {
        /// The differences of all levels add up to what the plant measured less what its finest parts used.
        #[test]
        fn differences_add_up(values in proptest::collection::vec(0.0..1e6_f64, 5)) {
            let places = ["00-00-0000", "01-00-0000", "01-01-0000", "01-02-0000", "02-00-0000"];
            let items: Vec<_> =
                places.iter().zip(&values).map(|(place, it)| item(place, 1.0, &[Some(*it)])).collect();
            let nodes = tree(&items);
            let differences: f64 =
                nodes.iter().filter_map(|it| it.balance).map(|it| it.supplied - it.used).sum();
            let finest: f64 =
                nodes.iter().filter(|it| !it.has_parts).filter_map(|it| it.quantity).sum();
            prop_assert!((values[0] - finest - differences).abs() < 1e-6);
        }
    }
}
