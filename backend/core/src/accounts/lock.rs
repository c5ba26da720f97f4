//! When an account is locked after wrong passwords. Failures are counted for an account and an address together, so
//! that nobody can lock out somebody at another address.

use jiff::SignedDuration;
use jiff::civil::DateTime;

/// How many wrong passwords lock, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct LockRule {
    /// Wrong passwords in a row before the first lock.
    pub tries: u32,
    /// The first lock; each further wrong password doubles it.
    pub minutes: u32,
}

/// A lock lasts a day at most.
const LONGEST_MINUTES: u32 = 1_440;

/// The wrong passwords of one account from one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// Wrong passwords since the last right one.
    pub count: u32,
    /// When the last one came.
    pub last: DateTime,
}

impl LockRule {
    /// Until when no password is looked at; `None` while there are tries left or when the lock is over.
    pub fn locked_until(&self, failures: Failures, now: DateTime) -> Option<DateTime> {
        let beyond = failures.count.checked_sub(self.tries)?;
        let minutes = self.minutes.saturating_mul(2u32.saturating_pow(beyond)).min(LONGEST_MINUTES);
        let until = failures.last.checked_add(SignedDuration::from_mins(minutes.into())).ok()?;
        (until > now).then_some(until)
    }

    /// Wrong passwords that may follow before the next lock.
    pub fn tries_left(&self, count: u32) -> u32 {
        self.tries.saturating_sub(count)
    }

    /// Whether the failures are so long over that they count no more.
    pub fn is_forgotten(&self, failures: Failures, now: DateTime) -> bool {
        let day = SignedDuration::from_mins(LONGEST_MINUTES.into());
        failures.last.checked_add(day).is_ok_and(|it| it < now)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const RULE: LockRule = LockRule { tries: 5, minutes: 15 };

    #[test]
    fn the_fifth_wrong_password_locks_for_a_quarter_of_an_hour_and_the_sixth_for_twice_that() {
        let last = date(2026, 3, 1).at(8, 0, 0, 0);
        let until = |count| RULE.locked_until(Failures { count, last }, last);
        assert_eq!(until(4), None);
        assert_eq!(RULE.tries_left(2), 3);
        assert_eq!(until(5), Some(date(2026, 3, 1).at(8, 15, 0, 0)));
        assert_eq!(until(6), Some(date(2026, 3, 1).at(8, 30, 0, 0)));
        assert_eq!(until(40), Some(date(2026, 3, 2).at(8, 0, 0, 0)), "a day at most");
    }

    proptest! {
        #[test]
        fn a_lock_never_gets_shorter_by_further_failures_and_always_ends(
            count in 0u32..100, more in 0u32..100, tries in 1u32..20, minutes in 1u32..600,
        ) {
            let rule = LockRule { tries, minutes };
            let last = date(2026, 3, 1).at(8, 0, 0, 0);
            let until = |count| rule.locked_until(Failures { count, last }, last);
            prop_assert!(until(count) <= until(count + more));
            let tomorrow = date(2026, 3, 2).at(8, 0, 0, 0);
            prop_assert_eq!(rule.locked_until(Failures { count, last }, tomorrow), None);
        }
    }
}
