//! Stores a registration without a proof as a claim. The answer does not reveal whether the claim was stored.

use axum::response::Response;
use nengce_messages::{Problem, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::applicant::{Applicant, registrant};
use super::establish::New;
use crate::http::state::AppState;
use crate::http::terminal::answer;
use crate::store::registry::claim_limits::{Admission, ClaimLimits};
use crate::store::registry::claims::{Claim, ClaimState, Claimant};

/// Counts a new registration or claim against the limits by address. Registrations by an administrator
/// or of a platform below do not count.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
pub fn count(state: &AppState, applicant: &Applicant, new: &New) -> Result<(), Response> {
    if applicant.is_administrator || applicant.below.is_some() {
        return Ok(());
    }
    let config = &state.config;
    let taken = state.registrations.take(
        new.from.address,
        stamp::seconds(new.now),
        config.max_registrations_per_address_per_hour,
        config.max_registrations_per_hour,
    );
    taken.map_err(|wait| {
        metrics::counter!("nengce_registrations_limited_total").increment(1);
        answer::later(ProblemCode::RateLimited, wait)
    })
}

/// Stores a claim, or counts another attempt of a stored one. The answer is the same in both cases.
pub async fn claim(state: &AppState, applicant: &Applicant, new: New) -> Response {
    let claimant = Claimant::new(&new.enterprise_code, &new.from);
    let (now, config) = (new.now, &state.config);
    let again = state.store.claims().attempt(&claimant, now, config.claim_write_interval_minutes);
    metrics::counter!("nengce_claims_attempted_total").increment(1);
    let done = match again {
        Some(attempt) if !attempt.is_to_be_written => Ok(()),
        Some(_) => {
            let write = move |write: &mut crate::store::change::Transaction<'_>| {
                let known = write.claim_of(&claimant);
                known.map_or(Ok(0), |it| write.put_claim(it)).map(drop)
            };
            state.store.write(write).await
        }
        None => {
            if let Err(refusal) = count(state, applicant, &new) {
                return refusal;
            }
            let limits = ClaimLimits {
                of_enterprise: config.max_claims_per_enterprise,
                of_origin: config.max_claims_per_enterprise_and_network,
                from_address: config.max_claims_per_address,
                in_all: config.max_claims,
            };
            let place = state.store.claims().admit(&claimant, limits);
            match place {
                Admission::Free => store(state, new, claimant, None).await,
                Admission::InPlaceOf(other) => store(state, new, claimant, Some(other)).await,
                Admission::Full => {
                    metrics::counter!("nengce_claims_not_kept_total").increment(1);
                    Ok(())
                }
            }
        }
    };
    match done {
        Ok(()) => {
            answer::refused(&Problem::new("enterpriseCode", ProblemCode::TerminalInPlace, ""))
        }
        Err(error) => answer::failed(&error),
    }
}

async fn store(
    state: &AppState,
    new: New,
    claimant: Claimant,
    in_place_of: Option<i32>,
) -> crate::store::Result<()> {
    let region = new.region.unwrap_or_default();
    let claim = Claim::of(&new.enterprise_code, new.from, region, new.now);
    tracing::info!(
        enterprise = claim.enterprise_code, profile = claim.from.profile,
        address = ?claim.from.address, "a registration waits for an operator"
    );
    state
        .store
        .write(move |write| {
            if let Some(other) = in_place_of {
                write.give_way(other, claim.last_at)?;
            }
            // The same claimant may have sent two requests at the same time.
            let kept = match write.claim_of(&claimant) {
                Some(known) if known.state != ClaimState::Expired => {
                    Claim { attempts: known.attempts + 1, last_at: claim.last_at, ..known }
                }
                _ => claim,
            };
            write.put_claim(kept).map(drop)
        })
        .await
}

/// Stores a claim of an applicant who knows no secret of the registered terminal.
pub async fn claim_of(
    state: &AppState,
    applicant: &Applicant,
    enterprise: &CreditCode,
    region: Option<String>,
) -> Response {
    let new = New {
        enterprise_code: enterprise.as_str().to_owned(),
        region,
        from: registrant(state, &applicant.client),
        profile: state.profile,
        now: state.clock.now(),
        code: None,
        upload_time: None,
        below: None,
    };
    claim(state, applicant, new).await
}
