//! Delays invalid tokens by address: beyond a number per minute each answer waits, and only so many answers wait at
//! once. A valid token is never delayed by failures of another address, nor by failures that are over.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::network::Network;

/// Addresses remembered at once; failures of more are counted as of one address.
const MOST_ADDRESSES: usize = 4_096;
/// Of the failures beyond the limit one in so many is logged.
const LOGGED_OF: u32 = 100;

#[derive(Debug, Clone, Copy, Default)]
struct Failed {
    minute: u64,
    count: u32,
    waiting: u32,
}

/// What an address may.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// TokenFailures a minute that are answered at once.
    pub per_minute: u32,
    /// Answers that wait at once.
    pub waiting: u32,
}

#[derive(Debug)]
pub struct TokenFailures {
    started: Instant,
    by_address: Mutex<HashMap<Network, Failed>>,
}

impl Default for TokenFailures {
    fn default() -> Self {
        Self { started: Instant::now(), by_address: Mutex::default() }
    }
}

/// The place of a token of an address that had too many failures: held while it is looked at, and while the answer
/// waits if it was not valid.
#[derive(Debug)]
pub struct Waiting {
    of: Arc<TokenFailures>,
    client: Network,
}

/// As many answers to the address wait as may: no further token of it is looked at.
#[derive(Debug, PartialEq, Eq)]
pub struct TooMany;

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(it) = self.of.lock().get_mut(&self.client) {
            it.waiting = it.waiting.saturating_sub(1);
        }
    }
}

impl TokenFailures {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Network, Failed>> {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn minute(&self) -> u64 {
        self.started.elapsed().as_secs() / 60
    }

    /// Before a token is looked at: nothing below the limit, beyond it a place among those that wait.
    pub fn enter(
        self: &Arc<Self>,
        address: IpAddr,
        limits: Limits,
    ) -> Result<Option<Waiting>, TooMany> {
        self.enter_at(address, limits, self.minute())
    }

    fn enter_at(
        self: &Arc<Self>,
        address: IpAddr,
        limits: Limits,
        minute: u64,
    ) -> Result<Option<Waiting>, TooMany> {
        let client = Network::of_client(address);
        let mut all = self.lock();
        let Some(it) = all.get_mut(&client) else {
            return Ok(None);
        };
        if it.minute != minute || it.count < limits.per_minute {
            return Ok(None);
        }
        if it.waiting >= limits.waiting {
            return Err(TooMany);
        }
        it.waiting += 1;
        Ok(Some(Waiting { of: Arc::clone(self), client }))
    }

    /// Counts a token that was not valid: how many of this minute, and whether the log tells of it.
    pub fn count(&self, address: IpAddr, limits: Limits) -> (u32, bool) {
        self.count_at(address, limits, self.minute())
    }

    fn count_at(&self, address: IpAddr, limits: Limits, minute: u64) -> (u32, bool) {
        let mut all = self.lock();
        if all.len() >= MOST_ADDRESSES {
            all.retain(|_, it| it.minute == minute || it.waiting > 0);
        }
        let client = Network::of_client(address);
        let is_known = all.contains_key(&client) || all.len() < MOST_ADDRESSES;
        let client = match address {
            _ if is_known => client,
            IpAddr::V4(_) => Network::of_client(Ipv4Addr::UNSPECIFIED.into()),
            IpAddr::V6(_) => Network::of_client(Ipv6Addr::UNSPECIFIED.into()),
        };
        let it = all.entry(client).or_default();
        if it.minute != minute {
            it.minute = minute;
            it.count = 0;
        }
        it.count = it.count.saturating_add(1);
        let told = it.count <= limits.per_minute || it.count.is_multiple_of(LOGGED_OF);
        (it.count, told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u32) -> IpAddr {
        std::net::Ipv4Addr::from_bits(0xc000_0200 + last).into()
    }

    const LIMITS: Limits = Limits { per_minute: 3, waiting: 2 };

    #[test]
    fn answers_wait_beyond_the_limit_and_only_so_many() {
        let all = Arc::new(TokenFailures::default());
        for n in 1..=3 {
            assert!(matches!(all.enter_at(address(1), LIMITS, 7), Ok(None)));
            assert_eq!(all.count_at(address(1), LIMITS, 7), (n, true));
        }
        let held: Vec<_> =
            (0..2).map(|_| all.enter_at(address(1), LIMITS, 7).expect("a place")).collect();
        assert!(held.iter().all(Option::is_some));
        assert_eq!(all.enter_at(address(1), LIMITS, 7).unwrap_err(), TooMany);
        let other = all.enter_at(address(2), LIMITS, 7);
        assert!(matches!(other, Ok(None)), "another address is free");
        drop(held);
        assert!(matches!(all.enter_at(address(1), LIMITS, 7), Ok(Some(_))));
        let fresh = all.enter_at(address(1), LIMITS, 8);
        assert!(matches!(fresh, Ok(None)), "failures that are over hold nothing up");
        assert_eq!(all.count_at(address(1), LIMITS, 8).0, 1);
    }

    #[test]
    fn memory_is_bounded_and_the_log_is_not_filled() {
        let all = Arc::new(TokenFailures::default());
        for n in 0..3 * MOST_ADDRESSES as u32 {
            all.count_at(address(n), LIMITS, 7);
        }
        assert!(all.lock().len() <= MOST_ADDRESSES + 1);
        let told = (0..1_000).filter(|_| all.count_at(address(1), LIMITS, 7).1).count();
        assert!(told < 20, "{told}");
    }

    #[test]
    fn neighbours_of_ipv6_count_as_one_and_of_ipv4_each() {
        let read = |it: &str| Network::of_client(it.parse().unwrap());
        assert_eq!(read("2001:db8:1:2::1"), read("2001:db8:1:2:ffff::9"));
        assert_ne!(read("2001:db8:1:2::1"), read("2001:db8:1:3::1"));
        assert_ne!(read("192.0.2.1"), read("192.0.2.2"));
    }
}
