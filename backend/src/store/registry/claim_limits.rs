//! Bounds how many claims may wait, and decides which one gives way to a new one.

use crate::network::Network;
use crate::store::registry::claims::{Claim, ClaimState, Claimant, Claims};

/// How many claims may wait.
#[derive(Debug, Clone, Copy)]
pub struct ClaimLimits {
    pub of_enterprise: u32,
    /// Of one enterprise from one certificate or network.
    pub of_origin: u32,
    pub from_address: u32,
    pub in_all: u32,
}

/// Whether a new claim may wait, and in place of which other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Free,
    /// In place of this claim.
    InPlaceOf(i32),
    Full,
}

/// Whom a claim comes from, however many profiles and addresses it uses.
#[derive(PartialEq, Eq)]
enum Origin<'a> {
    Certificate(&'a str),
    Network(Option<Network>),
}

impl Claimant {
    fn origin(&self) -> Origin<'_> {
        match &self.certificate {
            Some(it) => Origin::Certificate(it),
            None => Origin::Network(self.address.map(Network::of_client)),
        }
    }
}

impl Claims {
    /// Whether a new claim may wait, and in place of which other. If its enterprise has enough claims, the claim with the
    /// oldest last attempt gives way, unless it has a certificate: otherwise strangers could keep the terminal itself away.
    pub fn admit(&self, claimant: &Claimant, limits: ClaimLimits) -> Admission {
        let (mut all, mut same_enterprise, mut same_address, mut same_origin) = (0, 0, 0, 0);
        let client = claimant.address.map(Network::of_client);
        let mut oldest: Option<&Claim> = None;
        #[expect(clippy::iter_over_hash_type, reason = "counts and the oldest by a total order")]
        for (by, it) in &self.by_claimant {
            if it.state != ClaimState::Pending {
                continue;
            }
            all += 1;
            same_address += u32::from(by.address.map(Network::of_client) == client);
            if by.enterprise_code != claimant.enterprise_code {
                continue;
            }
            same_enterprise += 1;
            same_origin += u32::from(by.origin() == claimant.origin());
            let age = |it: &Claim| (it.last_at, it.claim_id);
            if by.certificate.is_none() && oldest.is_none_or(|other| age(it) < age(other)) {
                oldest = Some(it);
            }
        }
        if same_origin >= limits.of_origin || same_address >= limits.from_address {
            return Admission::Full;
        }
        if same_enterprise >= limits.of_enterprise {
            return oldest.map_or(Admission::Full, |it| Admission::InPlaceOf(it.claim_id));
        }
        if all < limits.in_all { Admission::Free } else { Admission::Full }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{DateTime, datetime};

    use super::*;
    use crate::store::registry::registrations::Registrant;

    const NOW: DateTime = datetime(2026, 3, 1, 12, 0, 0, 0);

    fn claim(enterprise: &str, address: &str) -> Claim {
        let from = Registrant::example("national", address, true);
        Claim::of(enterprise, from, "120112".to_owned(), NOW)
    }

    #[test]
    fn as_many_wait_as_there_is_room_for() {
        let mut claims = Claims::default();
        for at in 1..=3 {
            claims.put(claim("a", &format!("203.0.113.{at}")));
        }
        let limits = |of_enterprise, from_address, in_all| ClaimLimits {
            of_enterprise,
            of_origin: 1,
            from_address,
            in_all,
        };
        let same = claim("a", "203.0.113.9").claimant();
        let other = claim("b", "203.0.113.1").claimant();
        assert_eq!(claims.admit(&same, limits(4, 1, 4)), Admission::Free);
        assert_eq!(claims.admit(&other, limits(9, 1, 9)), Admission::Full, "address");
        assert_eq!(claims.admit(&other, limits(9, 9, 3)), Admission::Full, "in all");
    }

    #[test]
    fn where_an_enterprise_has_enough_the_one_not_seen_for_longest_gives_way() {
        let mut claims = Claims::default();
        let limits = ClaimLimits { of_enterprise: 3, of_origin: 1, from_address: 9, in_all: 9 };
        for at in 1..=3 {
            claims.put(Claim {
                claim_id: at,
                last_at: NOW.saturating_sub(i64::from(at).minutes()),
                ..claim("a", &format!("203.0.113.{at}"))
            });
        }
        let new = claim("a", "203.0.113.9").claimant();
        assert_eq!(claims.admit(&new, limits), Admission::InPlaceOf(3));
        let mut with_certificate = claim("a", "203.0.113.3");
        claims.by_claimant.remove(&with_certificate.claimant());
        with_certificate.from.certificate = Some("ab".to_owned());
        with_certificate.last_at = DateTime::default();
        claims.put(with_certificate.clone());
        assert_eq!(claims.admit(&new, limits), Admission::InPlaceOf(2));
        // Another profile or address of one origin is not another claimant.
        let mut again = claim("a", "203.0.113.2");
        again.from.profile = "yunnan".to_owned();
        assert_eq!(claims.admit(&again.claimant(), limits), Admission::Full);
        with_certificate.from.address = None;
        assert_eq!(claims.admit(&with_certificate.claimant(), limits), Admission::Full);
        claims.put(Claim { claim_id: 1, ..claim("b", "2001:db8::1") });
        let near = claim("b", "2001:db8::2").claimant();
        assert_eq!(claims.admit(&near, limits), Admission::Full, "one /64");
    }
}
