//! One claim: who registers without a proof for an enterprise that already has a terminal, and what became of it.

use std::net::IpAddr;

use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::store::registry::registrations::Registrant;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    Pending,
    /// The claimant gets a device when it registers again in time.
    Confirmed,
    Refused,
    /// No operator decided it in time, the claimant did not pick up its device, or another claim was confirmed.
    Expired,
}

impl ClaimState {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Confirmed, Self::Refused, Self::Expired];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }

    pub(super) fn parse(text: &str) -> Self {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == text);
        known.unwrap_or(Self::Expired)
    }
}

/// Who claims. Each claimant has at most one open claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claimant {
    pub enterprise_code: String,
    pub profile: String,
    pub address: Option<IpAddr>,
    pub certificate: Option<String>,
}

impl Claimant {
    pub fn new(enterprise_code: &str, from: &Registrant) -> Self {
        Self {
            enterprise_code: enterprise_code.to_owned(),
            profile: from.profile.clone(),
            address: from.address,
            certificate: from.certificate.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// 0 asks for a new one.
    pub claim_id: i32,
    pub enterprise_code: String,
    pub from: Registrant,
    /// The district that the claimant stated.
    pub region: String,
    pub first_at: DateTime,
    pub last_at: DateTime,
    pub attempts: u64,
    pub state: ClaimState,
    pub decided_at: Option<DateTime>,
    pub decided_by: Option<String>,
    pub reason: Option<String>,
    pub pickup_until: Option<DateTime>,
    pub picked_up_at: Option<DateTime>,
    pub given_device_id: Option<String>,
    /// When its attempts were last written.
    pub written_at: DateTime,
}

impl Claim {
    pub fn of(enterprise_code: &str, from: Registrant, region: String, now: DateTime) -> Self {
        Self {
            claim_id: 0,
            enterprise_code: enterprise_code.to_owned(),
            from,
            region,
            first_at: now,
            last_at: now,
            attempts: 1,
            state: ClaimState::Pending,
            decided_at: None,
            decided_by: None,
            reason: None,
            pickup_until: None,
            picked_up_at: None,
            given_device_id: None,
            written_at: now,
        }
    }

    pub fn claimant(&self) -> Claimant {
        Claimant::new(&self.enterprise_code, &self.from)
    }

    /// Whether this registrant may take the device now. An address that many clients share identifies none of them.
    pub fn is_picked_up_by(&self, from: &Registrant, now: DateTime) -> bool {
        from.is_told_apart() && self.is_to_pick_up(now)
    }

    /// Whether the claimant may take its device now.
    fn is_to_pick_up(&self, now: DateTime) -> bool {
        self.state == ClaimState::Confirmed
            && self.from.is_told_apart()
            && self.picked_up_at.is_none()
            && self.pickup_until.is_some_and(|it| now <= it)
    }

    /// Whether its time is over because it was not decided, not picked up, or refused long ago.
    pub(crate) fn is_over(&self, now: DateTime, days: u32) -> bool {
        let before = now.saturating_sub(i64::from(days).days());
        match self.state {
            ClaimState::Pending => self.last_at < before,
            ClaimState::Confirmed => !self.is_to_pick_up(now),
            ClaimState::Refused => self.decided_at.is_none_or(|it| it < before),
            ClaimState::Expired => true,
        }
    }
}
