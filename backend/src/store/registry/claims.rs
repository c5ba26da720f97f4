//! Claims: registrations without a proof, of enterprises that already have a terminal. The disk has all of them; memory
//! has those that may still be decided, picked up or repeated, so that a stranger who repeats a claim writes nothing.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
pub use crate::store::registry::claim::{Claim, ClaimState, Claimant};
use crate::store::registry::registrations::{Registrant, moment};

/// The outcome of a further attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    pub state: ClaimState,
    pub is_to_be_written: bool,
}

#[derive(Debug, Default)]
pub struct Claims {
    pub(crate) by_claimant: HashMap<Claimant, Claim>,
}

impl Claims {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut it = Self::default();
        each(conn, include_str!("sql/claims_load.sql"), [], |row| {
            let state: String = row.get(11)?;
            let last_at = moment(row.get(9)?).unwrap_or_default();
            it.put(Claim {
                claim_id: row.get(0)?,
                enterprise_code: row.get(1)?,
                from: Registrant::read(row, 2)?,
                region: row.get(7)?,
                first_at: moment(row.get(8)?).unwrap_or_default(),
                last_at,
                attempts: row.get(10)?,
                state: ClaimState::parse(&state),
                decided_at: moment(row.get(12)?),
                decided_by: row.get(13)?,
                reason: row.get(14)?,
                pickup_until: moment(row.get(15)?),
                picked_up_at: moment(row.get(16)?),
                given_device_id: row.get(17)?,
                written_at: last_at,
            });
            Ok(())
        })?;
        Ok(it)
    }

    pub fn get(&self, claimant: &Claimant) -> Option<&Claim> {
        self.by_claimant.get(claimant)
    }

    pub fn by_id(&self, claim_id: i32) -> Option<&Claim> {
        self.by_claimant.values().find(|it| it.claim_id == claim_id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Claim> {
        self.by_claimant.values()
    }

    fn pending(&self) -> impl Iterator<Item = &Claim> {
        self.iter().filter(|it| it.state == ClaimState::Pending)
    }

    /// The number of pending claims of each enterprise.
    pub fn open_by_enterprise(&self) -> HashMap<String, u32> {
        let mut open = HashMap::new();
        for it in self.pending() {
            *open.entry(it.enterprise_code.clone()).or_insert(0) += 1;
        }
        open
    }

    /// Counts a further attempt of a known claim. The count is written to disk at most once in so many minutes.
    pub fn attempt(
        &mut self,
        claimant: &Claimant,
        now: DateTime,
        write_interval_minutes: u32,
    ) -> Option<Attempt> {
        let claim = self.by_claimant.get_mut(claimant)?;
        claim.attempts += 1;
        claim.last_at = claim.last_at.max(now);
        let again = claim.written_at.saturating_add(i64::from(write_interval_minutes).minutes());
        // A clock that was set back does not stop the writing for long.
        let due = now >= again || now < claim.written_at;
        if due {
            claim.written_at = now;
        }
        Some(Attempt { state: claim.state, is_to_be_written: due })
    }

    /// Keeps a claim that may still be decided, picked up or repeated, and removes any other.
    pub fn put(&mut self, it: Claim) {
        let claimant = it.claimant();
        if it.state == ClaimState::Expired || it.picked_up_at.is_some() {
            self.by_claimant.remove(&claimant);
        } else {
            self.by_claimant.insert(claimant, it);
        }
    }

    /// Returns the claims whose time is over and that have to be ended. Refused claims are only removed from memory.
    pub fn take_over_time(&mut self, now: DateTime, days: u32) -> Vec<i32> {
        self.by_claimant.retain(|_, it| it.state != ClaimState::Refused || !it.is_over(now, days));
        self.iter().filter(|it| it.is_over(now, days)).map(|it| it.claim_id).collect()
    }
}

/// Writes a claim; a new one gets its number.
pub(crate) fn write(conn: &Connection, it: &mut Claim) -> Result<()> {
    if it.claim_id == 0 {
        it.claim_id = conn.query_row(include_str!("sql/claim_next.sql"), [], |row| row.get(0))?;
        conn.execute(
            include_str!("sql/claim_insert.sql"),
            params![
                it.claim_id,
                it.enterprise_code,
                it.from.profile,
                it.from.address.map(|it| it.to_string()),
                it.from.address_proves,
                it.from.certificate,
                it.from.subject,
                it.region,
                clock::text(it.first_at),
                clock::text(it.last_at),
                it.attempts,
                it.state.as_str()
            ],
        )?;
        return Ok(());
    }
    conn.execute(
        include_str!("sql/claim_update.sql"),
        params![
            clock::text(it.last_at),
            it.attempts,
            it.state.as_str(),
            it.decided_at.map(clock::text),
            it.decided_by,
            it.reason,
            it.pickup_until.map(clock::text),
            it.picked_up_at.map(clock::text),
            it.given_device_id,
            it.claim_id
        ],
    )?;
    Ok(())
}

/// Deletes expired claims whose last attempt is older than a moment.
pub(crate) fn delete_expired(conn: &Connection, before: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/claims_delete_expired.sql"), params![clock::text(before)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    const NOW: DateTime = datetime(2026, 3, 1, 12, 0, 0, 0);

    fn claim(enterprise: &str, address: &str) -> Claim {
        let from = Registrant::example("national", address, true);
        Claim { claim_id: 1, ..Claim::of(enterprise, from, "120112".to_owned(), NOW) }
    }

    #[test]
    fn attempts_are_counted_and_seldom_written() {
        let mut claims = Claims::default();
        let it = claim("a", "203.0.113.7");
        claims.put(it.clone());
        let mut written = 0;
        for second in 0..1_500 {
            let now = NOW.saturating_add(second.seconds());
            let done = claims.attempt(&it.claimant(), now, 10).unwrap();
            written += u32::from(done.is_to_be_written);
        }
        assert_eq!(written, 2, "25 minutes");
        assert_eq!(claims.get(&it.claimant()).unwrap().attempts, 1_501);
        let unknown = claim("b", "203.0.113.7").claimant();
        assert_eq!(claims.attempt(&unknown, NOW, 10), None);
    }

    #[test]
    fn time_ends_what_nobody_decided_or_picked_up() {
        let mut claims = Claims::default();
        claims.put(claim("waits", "203.0.113.1"));
        claims.put(Claim {
            claim_id: 7,
            state: ClaimState::Confirmed,
            pickup_until: Some(NOW.saturating_add(72.hours())),
            ..claim("confirmed", "203.0.113.1")
        });
        claims.put(Claim {
            state: ClaimState::Refused,
            decided_at: Some(NOW),
            ..claim("refused", "203.0.113.1")
        });
        assert!(claims.take_over_time(NOW, 30).is_empty());
        claims.put(Claim { claim_id: 2, ..claim("another", "203.0.113.1") });
        let later = NOW.saturating_add(4.days());
        assert_eq!(claims.take_over_time(later, 30), [7], "the confirmed one");
        assert_eq!(claims.iter().count(), 4);
        let over = claims.take_over_time(NOW.saturating_add(31.days()), 30);
        assert_eq!(over.len(), 3);
        assert_eq!(claims.iter().count(), 3, "the refused one is forgotten");
    }
}
