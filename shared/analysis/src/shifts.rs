//! The mean week of an item by shift: a shift that ends after midnight belongs to the day on which it began.

/// Hours of a day.
const HOURS: usize = 24;

/// The mean quantity of each shift on each weekday on which it begins (Monday first), from the mean of each hour of the
/// week. `starts` are the hours at which shifts begin, in ascending order; each lasts until the next. A shift of which an
/// hour has no value has none.
pub fn week_by_shift(hours: &[Vec<Option<f64>>], starts: &[u8]) -> Vec<[Option<f64>; 7]> {
    let of = |start: usize, end: usize, day: usize| -> Option<f64> {
        (start..end)
            .map(|hour| *hours.get((day + hour / HOURS) % 7)?.get(hour % HOURS)?)
            .sum::<Option<f64>>()
    };
    let ends = starts.iter().skip(1).copied().map(usize::from);
    let last = starts.first().map(|it| usize::from(*it) + HOURS);
    let row =
        |(start, end): (&u8, usize)| std::array::from_fn(|day| of(usize::from(*start), end, day));
    starts.iter().zip(ends.chain(last)).map(row).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_night_shift_belongs_to_the_day_on_which_it_began() {
        let mut hours = vec![vec![Some(1.0); 24]; 7];
        hours[1][3] = Some(11.0);
        hours[6][23] = None;
        let shifts = week_by_shift(&hours, &[8, 20]);
        assert_eq!(shifts[0], [12.0; 7].map(Some));
        // The third hour of Tuesday lies in the night of Monday; of Sunday night an hour is missing.
        assert_eq!(shifts[1][..2], [Some(22.0), Some(12.0)]);
        assert_eq!(shifts[1][6], None);
    }

    proptest! {
        #[test]
        fn the_shifts_of_a_week_hold_all_its_hours(
            values in proptest::collection::vec(0.0..1e6_f64, 168),
            starts in proptest::collection::btree_set(0_u8..24, 1..6),
        ) {
            let hours: Vec<Vec<Option<f64>>> =
                values.chunks(24).map(|day| day.iter().copied().map(Some).collect()).collect();
            let starts: Vec<u8> = starts.into_iter().collect();
            let shifts = week_by_shift(&hours, &starts);
            let sum: f64 = shifts.iter().flatten().flatten().sum();
            prop_assert!((sum - values.iter().sum::<f64>()).abs() < 1e-6 * sum.max(1.0));
        }
    }
}
