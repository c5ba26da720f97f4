//! Bounds registrations and guesses of one-time codes per hour, by address and in all, in hours of the clock and in bounded
//! memory. Only registrations that would be kept are counted, so a terminal that registers again costs nothing.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::hourly_counts::{Counted, HourlyCounts, seconds_left};
use crate::network::Network;
use crate::store::registry::registrations::Registrant;

/// Addresses, and enterprises, that a window counts one by one; further ones wait for the next window.
const MOST_KEYS: usize = 50_000;
/// The prefix of an IPv6 site, and how many of its networks may each use a full limit: the owner of a site can use 65,536
/// networks.
const SITE_BITS: u8 = 48;
const NETWORKS_OF_A_SITE: u32 = 4;
/// Guesses of a code in all, as a multiple of those from one address.
const ADDRESSES_THAT_GUESS: u32 = 10;

/// One address, or one customer's network where addresses are plenty; none: not known.
type Origin = Option<Network>;

#[derive(Debug, Default)]
pub struct RegistrationLimits {
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    in_all: HourlyCounts<()>,
    by_origin: HourlyCounts<Origin>,
    guesses: HourlyCounts<(String, Origin)>,
    guesses_in_all: HourlyCounts<String>,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            in_all: HourlyCounts::new(1),
            by_origin: HourlyCounts::new(MOST_KEYS),
            guesses: HourlyCounts::new(MOST_KEYS),
            guesses_in_all: HourlyCounts::new(MOST_KEYS),
        }
    }
}

fn origin(address: Option<IpAddr>) -> Origin {
    address.map(Network::of_client)
}

fn site(address: Option<IpAddr>) -> Origin {
    let address = address.filter(|it| it.to_canonical().is_ipv6());
    address.map(|it| Network::of(it, SITE_BITS))
}

impl RegistrationLimits {
    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a new enterprise or claim at `now` (seconds); 0 is no limit. `Err` holds the seconds until the next window.
    pub fn take(
        &self,
        address: Option<IpAddr>,
        now: i64,
        per_address: u32,
        in_all: u32,
    ) -> Result<(), u32> {
        let mut window = self.window();
        let wait = seconds_left(now);
        if in_all > 0 && window.in_all.get(&(), now) >= in_all {
            return Err(wait);
        }
        if per_address > 0 {
            let of_site = per_address.saturating_mul(NETWORKS_OF_A_SITE);
            let site = site(address);
            let counts = &mut window.by_origin;
            let mut is_over = |key, most| counts.count(key, most, now) != Counted::Yes;
            if is_over(origin(address), per_address) || site.is_some() && is_over(site, of_site) {
                return Err(wait);
            }
        }
        window.in_all.count((), u32::MAX, now);
        Ok(())
    }

    /// Counts a wrong guess of an enterprise's code. The right code goes through whatever others sent, unless its own
    /// address guessed too often. An address that many clients share counts for none of them.
    pub fn guess(
        &self,
        enterprise: &str,
        from: &Registrant,
        now: i64,
        most: u32,
        is_right: bool,
    ) -> Result<(), u32> {
        let mut window = self.window();
        let wait = seconds_left(now);
        let own = (enterprise.to_owned(), origin(from.address));
        if is_right {
            let guessed = window.guesses.get(&own, now);
            let is_own = from.proven_address().is_some();
            return if is_own && guessed >= most { Err(wait) } else { Ok(()) };
        }
        let all = most.saturating_mul(ADDRESSES_THAT_GUESS);
        if window.guesses.count(own, most, now) != Counted::Yes
            || window.guesses_in_all.count(enterprise.to_owned(), all, now) != Counted::Yes
        {
            return Err(wait);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    fn from(address: &str, proves: bool) -> Registrant {
        Registrant::example("national", address, proves)
    }

    #[test]
    fn an_address_has_its_hour_and_all_have_theirs() {
        let it = RegistrationLimits::default();
        let take = |from: &str, now| it.take(address(from), now, 2, 3);
        assert_eq!(take("203.0.113.1", 3_600), Ok(()));
        assert_eq!(take("203.0.113.1", 3_700), Ok(()));
        assert_eq!(take("203.0.113.1", 3_800), Err(3_400));
        assert_eq!(take("203.0.113.2", 3_800), Ok(()));
        assert_eq!(take("203.0.113.3", 3_800), Err(3_400), "three in all");
        assert_eq!(take("203.0.113.1", 7_200), Ok(()), "the next hour");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_0_is_no_limit() {
        let it = RegistrationLimits::default();
        assert_eq!(it.take(address("2001:db8::1"), 0, 1, 0), Ok(()));
        assert!(it.take(address("2001:db8::2"), 0, 1, 0).is_err());
        assert_eq!(it.take(address("2001:db8:0:1::2"), 0, 1, 0), Ok(()));
        for _ in 0..10_000 {
            assert_eq!(it.take(address("2001:db8::1"), 0, 0, 0), Ok(()));
        }
    }

    #[test]
    fn a_site_of_ipv6_is_not_as_many_addresses_as_it_has_networks() {
        let it = RegistrationLimits::default();
        let take = |from: &str| it.take(address(from), 0, 1, 0).is_ok();
        let networks = (1..=9).filter(|at| take(&format!("2001:db8:0:{at}::1"))).count();
        assert_eq!(networks, 4);
        assert_eq!((0..9).filter(|_| take("2001:db8:1:1::1")).count(), 1);
        assert!(take("2001:db8:1:3::1"), "what one network asks beyond its own is not the site's");
        assert!((1..=9).all(|at| take(&format!("203.0.113.{at}"))), "IPv4 has no such sites");
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let it = RegistrationLimits::default();
        let taken = (0..200_000_u32)
            .filter(|at| it.take(Some(IpAddr::V4((*at).into())), 0, 1, 0).is_ok())
            .count();
        assert_eq!(taken, MOST_KEYS);
        for at in 0..MOST_KEYS + 10 {
            assert_eq!(
                it.guess(&at.to_string(), &from("", false), 0, 1, false).is_ok(),
                at < MOST_KEYS
            );
        }
        assert_eq!(it.window().guesses.keys(), MOST_KEYS);
    }

    #[test]
    fn guesses_are_counted_by_enterprise_and_address() {
        let it = RegistrationLimits::default();
        let try_code = |enterprise: &str, address: &str, is_right| {
            it.guess(enterprise, &from(address, true), 0, 2, is_right)
        };
        let guess = |enterprise: &str, address: &str| try_code(enterprise, address, false);
        assert!(guess("a", "203.0.113.1").is_ok() && guess("a", "203.0.113.1").is_ok());
        assert!(guess("a", "203.0.113.1").is_err());
        assert!(guess("b", "203.0.113.1").is_ok());
        for at in 2..=19 {
            assert!(guess("a", &format!("203.0.113.{at}")).is_ok(), "{at}");
        }
        assert!(guess("a", "203.0.113.20").is_err(), "twenty in all");
        assert!(try_code("a", "203.0.113.30", true).is_ok(), "a right one");
        assert!(try_code("a", "203.0.113.1", true).is_err(), "its own limit");
        let hidden = from("203.0.113.1", false);
        assert!(
            it.guess("a", &hidden, 0, 2, true).is_ok(),
            "the guesses of anybody behind a proxy are not the plant's"
        );
    }
}
