//! Wrong passwords by account and address, in memory. A try is counted before it is looked at, so that many at once are
//! no more than one after the other.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use jiff::civil::DateTime;
use nengce_core::accounts::lock::{Failures, LockRule};
use parking_lot::Mutex;

use crate::network::Network;

/// Pairs of account and address that are remembered; the ones that failed longest ago give way.
const MOST_PAIRS: usize = 65_536;

#[derive(Debug, Default)]
pub struct SignInFailures(Mutex<HashMap<(String, Network), Failures>>);

/// A try that was counted; it tells how many are left if it fails.
#[derive(Debug, PartialEq, Eq)]
pub struct Attempt {
    pair: (String, Network),
    pub tries_left: u32,
    /// Until when the account is locked for the address if this try fails.
    pub locks_until: Option<DateTime>,
}

impl SignInFailures {
    /// Counts a try, or says until when none is looked at.
    pub fn begin(
        &self,
        name: &str,
        address: IpAddr,
        rule: LockRule,
        now: DateTime,
    ) -> Result<Attempt, DateTime> {
        let mut all = self.0.lock();
        if all.len() >= MOST_PAIRS {
            all.retain(|_, it| !rule.is_forgotten(*it, now));
        }
        if all.len() >= MOST_PAIRS {
            let mut times: Vec<DateTime> = all.values().map(|it| it.last).collect();
            let (_, middle, _) = times.select_nth_unstable(MOST_PAIRS / 2);
            let middle = *middle;
            all.retain(|_, it| it.last > middle);
        }
        let pair = (name.to_owned(), Network::of_client(address));
        let it = all.entry(pair.clone()).or_insert(Failures { count: 0, last: now });
        if rule.is_forgotten(*it, now) {
            it.count = 0;
        }
        if let Some(until) = rule.locked_until(*it, now) {
            return Err(until);
        }
        *it = Failures { count: it.count.saturating_add(1), last: now };
        let tries_left = rule.tries_left(it.count);
        Ok(Attempt { pair, tries_left, locks_until: rule.locked_until(*it, now) })
    }

    /// The accounts that are locked for some address now.
    pub fn locked(&self, rule: LockRule, now: DateTime) -> BTreeSet<String> {
        let all = self.0.lock();
        let locked = all.iter().filter(|it| rule.locked_until(*it.1, now).is_some());
        locked.map(|it| it.0.0.clone()).collect()
    }

    /// The try was right: the failures before it are forgotten.
    pub fn succeeded(&self, attempt: &Attempt) {
        self.0.lock().remove(&attempt.pair);
    }

    /// The try was neither right nor wrong.
    pub fn undo(&self, attempt: &Attempt) {
        if let Some(it) = self.0.lock().get_mut(&attempt.pair) {
            it.count = it.count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_lock_is_of_one_account_at_one_address_and_memory_is_bounded() {
        let (rule, now) = (LockRule { tries: 2, minutes: 15 }, date(2026, 3, 1).at(8, 0, 0, 0));
        let failures = SignInFailures::default();
        let at = |last: u32| IpAddr::from(std::net::Ipv4Addr::from_bits(0xc000_0200 + last));
        let first = failures.begin("a", at(1), rule, now).expect("a try");
        assert_eq!((first.tries_left, first.locks_until), (1, None));
        let second = failures.begin("a", at(1), rule, now).expect("a try");
        assert_eq!(second.tries_left, 0);
        assert_eq!(failures.locked(rule, now), BTreeSet::from(["a".to_owned()]));
        let until = date(2026, 3, 1).at(8, 15, 0, 0);
        assert!(failures.locked(rule, until).is_empty());
        assert_eq!(second.locks_until, Some(until));
        assert_eq!(failures.begin("a", at(1), rule, now).unwrap_err(), until);
        assert!(
            failures.begin("b", at(1), rule, now).is_ok()
                && failures.begin("a", at(2), rule, now).is_ok()
        );
        let later = date(2026, 3, 1).at(8, 15, 1, 0);
        let third = failures.begin("a", at(1), rule, later).expect("the lock is over");
        failures.succeeded(&third);
        assert_eq!(failures.begin("a", at(1), rule, later).expect("a try").tries_left, 1);
        for n in 0..3 * MOST_PAIRS as u32 {
            drop(failures.begin("a", at(n), rule, later));
        }
        assert!(failures.0.lock().len() <= MOST_PAIRS + 1);
    }
}
