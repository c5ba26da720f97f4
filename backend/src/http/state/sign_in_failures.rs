//! Wrong passwords by account and address, and by address alone. A try is counted before it is looked at, so that many at
//! once are no more than one after the other. The first count survives a restart.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use jiff::civil::DateTime;
use nengce_core::accounts::lock::{Failures, LockRule};
use nengce_messages::stamp;
use parking_lot::Mutex;

use super::hourly_counts::{Counted, HourlyCounts, seconds_left};
use crate::network::Network;
use crate::store::accounts::failures::StoredFailures;

/// Pairs of account and address that are remembered; the ones that failed longest ago give way.
const MOST_PAIRS: usize = 65_536;
/// An account that signed in from an address is known there for so long.
const KNOWN_ADDRESS_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// An account and an address, with the wrong passwords since the last right one.
#[derive(Debug, Clone, Copy)]
struct Pair {
    failures: Failures,
    /// The account signed in from there once: who guesses at other accounts from the same address does not lock it out.
    is_known: bool,
}

#[derive(Debug)]
pub struct SignInFailures {
    pairs: Mutex<HashMap<(String, Network), Pair>>,
    /// Wrong passwords of an address, for whichever account.
    addresses: Mutex<HourlyCounts<Network>>,
    /// Pairs changed since they were written.
    is_changed: AtomicBool,
}

impl Default for SignInFailures {
    fn default() -> Self {
        Self {
            pairs: Mutex::default(),
            addresses: Mutex::new(HourlyCounts::new(MOST_PAIRS)),
            is_changed: AtomicBool::new(false),
        }
    }
}

/// What is allowed.
#[derive(Debug, Clone, Copy)]
pub struct SignInRule {
    pub lock: LockRule,
    /// Wrong passwords of one address in an hour, of all accounts together; 0: any number.
    pub per_address: u32,
}

/// Where a try comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub address: IpAddr,
    /// The address tells one client from another: neither this machine nor a proxy that speaks for many.
    pub tells_apart: bool,
}

/// A try that was counted; it tells how many are left if it fails.
#[derive(Debug, PartialEq, Eq)]
pub struct Attempt {
    pair: (String, Network),
    pub tries_left: u32,
    /// Until when the account is locked for the address if this try fails.
    pub locks_until: Option<DateTime>,
    counts_for_address: bool,
}

impl SignInFailures {
    /// Counts a try, or says until when none is looked at.
    pub fn begin(
        &self,
        name: &str,
        origin: Origin,
        rule: SignInRule,
        now: DateTime,
    ) -> Result<Attempt, DateTime> {
        let mut all = self.pairs.lock();
        make_room(&mut all, rule.lock, now);
        let pair = (name.to_owned(), Network::of_client(origin.address));
        let fresh = Pair { failures: Failures { count: 0, last: now }, is_known: false };
        let it = all.get(&pair).copied().unwrap_or(fresh);
        let is_known = it.is_known && !is_over(it.failures.last, KNOWN_ADDRESS_LIFE, now);
        if let Some(until) = rule.lock.locked_until(it.failures, now) {
            return Err(until);
        }
        let counts_for_address = origin.tells_apart && rule.per_address > 0 && !is_known;
        if counts_for_address {
            self.count_address(pair.1, rule.per_address, now)?;
        }
        let before = if rule.lock.is_forgotten(it.failures, now) { 0 } else { it.failures.count };
        let failures = Failures { count: before.saturating_add(1), last: now };
        all.insert(pair.clone(), Pair { failures, is_known });
        self.is_changed.store(true, Ordering::Relaxed);
        Ok(Attempt {
            pair,
            tries_left: rule.lock.tries_left(failures.count),
            locks_until: rule.lock.locked_until(failures, now),
            counts_for_address,
        })
    }

    /// The accounts that are locked for some address now.
    pub fn locked(&self, rule: LockRule, now: DateTime) -> BTreeSet<String> {
        let all = self.pairs.lock();
        let locked = all.iter().filter(|it| rule.locked_until(it.1.failures, now).is_some());
        locked.map(|it| it.0.0.clone()).collect()
    }

    fn count_address(&self, address: Network, most: u32, now: DateTime) -> Result<(), DateTime> {
        let mut counts = self.addresses.lock();
        let seconds = stamp::seconds(now);
        let mut counted = counts.count(address, most, seconds);
        if counted == Counted::NoRoom {
            // A flood of addresses locks out nobody.
            counts.clear();
            counted = counts.count(address, most, seconds);
        }
        if counted == Counted::Limit {
            let left = SignedDuration::from_secs(seconds_left(seconds).into());
            return Err(now.checked_add(left).unwrap_or(now));
        }
        Ok(())
    }

    /// The try was right: the failures of the account before it are forgotten, and its address is known.
    pub fn succeeded(&self, attempt: &Attempt, now: DateTime) {
        let known = Pair { failures: Failures { count: 0, last: now }, is_known: true };
        self.pairs.lock().insert(attempt.pair.clone(), known);
        self.is_changed.store(true, Ordering::Relaxed);
        self.undo_address(attempt, now);
    }

    /// The try was neither right nor wrong.
    pub fn undo(&self, attempt: &Attempt, now: DateTime) {
        if let Some(it) = self.pairs.lock().get_mut(&attempt.pair) {
            it.failures.count = it.failures.count.saturating_sub(1);
        }
        self.undo_address(attempt, now);
    }

    fn undo_address(&self, attempt: &Attempt, now: DateTime) {
        if attempt.counts_for_address {
            self.addresses.lock().undo(&attempt.pair.1, stamp::seconds(now));
        }
    }

    /// What the disk holds for the next start, if it changed; names that no account has are left out.
    pub fn to_store(&self, is_account: impl Fn(&str) -> bool) -> Option<Vec<StoredFailures>> {
        if !self.is_changed.swap(false, Ordering::Relaxed) {
            return None;
        }
        let all = self.pairs.lock();
        let of_accounts = all.iter().filter(|it| is_account(&it.0.0));
        let mut rows: Vec<StoredFailures> = of_accounts
            .map(|((account, network), it)| StoredFailures {
                account: account.clone(),
                network: network.to_string(),
                count: it.failures.count,
                last: it.failures.last,
                is_known: it.is_known,
            })
            .collect();
        rows.sort_unstable();
        Some(rows)
    }

    /// Takes up what the disk held at the start.
    pub fn restore(&self, rows: Vec<StoredFailures>) {
        let read = |it: StoredFailures| {
            let failures = Failures { count: it.count, last: it.last };
            let pair = (it.account, it.network.parse().ok()?);
            Some((pair, Pair { failures, is_known: it.is_known }))
        };
        self.pairs.lock().extend(rows.into_iter().filter_map(read));
    }
}

fn is_over(since: DateTime, span: SignedDuration, now: DateTime) -> bool {
    since.checked_add(span).is_ok_and(|it| it < now)
}

/// Drops pairs that say nothing any more, and under a flood the ones that failed longest ago.
fn make_room(all: &mut HashMap<(String, Network), Pair>, rule: LockRule, now: DateTime) {
    if all.len() < MOST_PAIRS {
        return;
    }
    all.retain(|_, it| {
        let life_is_over = is_over(it.failures.last, KNOWN_ADDRESS_LIFE, now);
        if it.is_known { !life_is_over } else { !rule.is_forgotten(it.failures, now) }
    });
    if all.len() < MOST_PAIRS {
        return;
    }
    let mut times: Vec<DateTime> = all.values().map(|it| it.failures.last).collect();
    let (_, middle, _) = times.select_nth_unstable(MOST_PAIRS / 2);
    let middle = *middle;
    all.retain(|_, it| it.failures.last > middle);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NOON: DateTime = date(2026, 3, 1).at(12, 0, 0, 0);

    fn rule(per_address: u32) -> SignInRule {
        SignInRule { lock: LockRule { tries: 2, minutes: 15 }, per_address }
    }

    fn at(n: u32) -> Origin {
        Origin { address: IpAddr::V4((0x0a00_0000 + n).into()), tells_apart: true }
    }

    #[test]
    fn a_pair_is_locked_alone_and_a_right_password_ends_the_count() {
        let failures = SignInFailures::default();
        let first = failures.begin("a", at(1), rule(0), NOON).expect("a try");
        assert_eq!((first.tries_left, first.locks_until), (1, None));
        let second = failures.begin("a", at(1), rule(0), NOON).expect("a try");
        assert_eq!(second.tries_left, 0);
        assert_eq!(failures.locked(rule(0).lock, NOON), BTreeSet::from(["a".to_owned()]));
        let until = date(2026, 3, 1).at(12, 15, 0, 0);
        assert!(failures.locked(rule(0).lock, until).is_empty());
        assert_eq!(second.locks_until, Some(until));
        assert_eq!(failures.begin("a", at(1), rule(0), NOON).unwrap_err(), until);
        assert!(
            failures.begin("b", at(1), rule(0), NOON).is_ok()
                && failures.begin("a", at(2), rule(0), NOON).is_ok()
        );
        let later = date(2026, 3, 1).at(12, 15, 1, 0);
        let third = failures.begin("a", at(1), rule(0), later).expect("the lock is over");
        failures.succeeded(&third, later);
        assert_eq!(failures.begin("a", at(1), rule(0), later).expect("a try").tries_left, 1);
    }

    #[test]
    fn many_pairs_and_addresses_are_bounded() {
        let failures = SignInFailures::default();
        for n in 0..3 * MOST_PAIRS as u32 {
            drop(failures.begin("a", at(n), rule(9), NOON));
        }
        assert!(failures.pairs.lock().len() <= MOST_PAIRS + 1);
        assert!(failures.addresses.lock().keys() <= MOST_PAIRS + 1);
    }

    #[test]
    fn one_password_for_many_accounts_is_stopped_and_who_is_known_there_is_not() {
        let failures = SignInFailures::default();
        let known = failures.begin("known", at(1), rule(3), NOON).expect("a try");
        failures.succeeded(&known, NOON);
        for name in ["a", "b", "c"] {
            assert!(failures.begin(name, at(1), rule(3), NOON).is_ok());
        }
        let until = date(2026, 3, 1).at(13, 0, 0, 0);
        assert_eq!(failures.begin("d", at(1), rule(3), NOON).unwrap_err(), until);
        assert!(failures.begin("known", at(1), rule(3), NOON).is_ok(), "known there");
        assert!(failures.begin("d", at(2), rule(3), NOON).is_ok(), "another address");
        let later = date(2026, 3, 1).at(13, 0, 1, 0);
        assert!(failures.begin("d", at(1), rule(3), later).is_ok(), "another hour");
        let nobody = Origin { tells_apart: false, ..at(3) };
        for name in ["a", "b", "c", "d", "e"] {
            assert!(failures.begin(name, nobody, rule(3), NOON).is_ok(), "an address of many");
        }
    }

    #[test]
    fn what_is_stored_counts_on() {
        let failures = SignInFailures::default();
        failures.begin("a", at(1), rule(0), NOON).expect("a try");
        failures.begin("nobody", at(1), rule(0), NOON).expect("a try");
        let rows = failures.to_store(|it| it == "a").expect("they changed");
        assert_eq!(failures.to_store(|_| true), None);
        assert_eq!(rows.len(), 1);
        let again = SignInFailures::default();
        again.restore(rows);
        assert_eq!(again.begin("a", at(1), rule(0), NOON).expect("a try").tries_left, 0);
        assert!(again.begin("a", at(1), rule(0), NOON).is_err());
    }
}
