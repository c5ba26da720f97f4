//! Decides who gets the device of an enterprise: the first that registers, a terminal with a proof, the holder of a
//! one-time code, or a claimant that an operator confirmed. Any other registration becomes a claim and changes nothing.

use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_messages::profile::Proof;
use nengce_messages::{Problem, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::applicant::{Applicant, Client, no_certificate, registrant};
use super::claim::{claim, count};
use super::establish::{self, New, Standing, key_kind};
use super::{proof, rotation};
use crate::http::state::AppState;
use crate::http::terminal::answer;
use crate::store::link::below_units;
use crate::store::registry::claims::Claimant;
use crate::store::registry::registrations::{ProvedBy, Registrant, Registration};

/// Seconds after which a registration may be repeated when too many devices wait for approval.
const FULL_SECONDS: u32 = 3_600;
/// A repeated proof of the same kind is written once in this many hours.
const PROOF_WRITTEN_HOURS: i64 = 24;
/// The content of a registration message.
pub struct Application {
    pub enterprise: CreditCode,
    /// `None` if a later message of the profile names it.
    pub region: Option<String>,
    /// Secrets that only the registered terminal was given: its device id and its key.
    pub secrets: Vec<String>,
    pub code: Option<String>,
    /// The terminal asks for a new secret.
    pub asks_new_secret: bool,
}

/// Admits a registration; `Err` is the refusal.
pub async fn admit(
    state: &AppState,
    applicant: &Applicant,
    application: Application,
) -> Result<Standing, Response> {
    let enterprise = application.enterprise.as_str();
    let from = registrant(state, &applicant.client);
    check_certificate(state, &application, &applicant.client)?;
    let code = application.code.clone().or_else(|| applicant.code.clone());
    let now = state.clock.now();
    let mut new = New {
        enterprise_code: enterprise.to_owned(),
        region: application.region.clone(),
        from,
        profile: state.profile,
        now,
        code: None,
        upload_time: None,
        below: applicant.below.as_ref().map(|it| it.token.clone()),
    };
    check_regions(applicant, application.region.as_deref())?;
    let is_of_below = is_of_below(state, applicant, enterprise).await?;
    if let Some(code) = code.filter(|it| !it.trim().is_empty()) {
        return with_code(state, new, &code).await;
    }
    // Another registration may be written between this check and the write, so the check is repeated then.
    for _ in 0..3 {
        let (known, proved) = look(state, applicant, &application, &new);
        let proved =
            proved.or_else(|| (known.is_some() && is_of_below).then_some(ProvedBy::Platform));
        let claimant = Claimant::new(enterprise, &new.from);
        let confirmed = state
            .store
            .claims()
            .get(&claimant)
            .is_some_and(|it| it.is_picked_up_by(&new.from, now));
        let done = match (known, proved) {
            (Some(known), Some(proof)) if !confirmed || proof.is_strong() => {
                if !rotation::is_due(state, &known, proof, application.asks_new_secret, now) {
                    return given(state, known, proof, &new.from, now).await;
                }
                count(state, applicant, &new)?;
                rotation::rotated(state, new.clone(), known.device_id, proof).await
            }
            _ if confirmed => establish::picked_up(state, new.clone()).await,
            (Some(_), _) => return Err(claim(state, applicant, new).await),
            (None, _) if !may_be_first(state, &new) => {
                return Err(claim(state, applicant, new).await);
            }
            (None, _) => {
                count(state, applicant, &new)?;
                check_room(state, applicant)?;
                establish::first(state, new.clone()).await
            }
        };
        match done {
            Ok(Some(standing)) => return Ok(standing),
            Ok(None) => new.now = state.clock.now(),
            Err(error) => return Err(answer::failed(&error)),
        }
    }
    Err(answer::later(ProblemCode::Overloaded, 2))
}

/// The current registration of the enterprise and the applicant's proof. A lapsed registration counts as none.
fn look(
    state: &AppState,
    applicant: &Applicant,
    application: &Application,
    new: &New,
) -> (Option<Registration>, Option<ProvedBy>) {
    let registry = state.store.registry();
    let enterprise = &application.enterprise;
    let Some(known) = registry.registrations.get(enterprise.as_str()) else {
        return (None, None);
    };
    let keys = rotation::secrets(&registry, known, state.profile.proof, new.now);
    let shown = proof::Shown {
        enterprise,
        from: &new.from,
        certificate: applicant.client.certificate.as_deref(),
        secrets: &application.secrets,
    };
    let proved = proof::of(&state.config, state.profile, known, &keys, &shown);
    let lifetime = state.config.pending_lifetime();
    if proved.is_none() && registry.is_lapsed(known, new.now, lifetime) {
        return (None, None);
    }
    (Some(known.clone()), proved)
}

/// Whether the applicant may register without a proof: no one-time code is open for the enterprise, and the certificate is
/// not bound to another enterprise.
fn may_be_first(state: &AppState, new: &New) -> bool {
    let registry = state.store.registry();
    let code = &new.enterprise_code;
    registry.codes.get(code, new.now).is_none()
        && !proof::is_bound_elsewhere(&registry.registrations, code, &new.from)
}

/// Refuses a platform below that names a region which is not its own.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
fn check_regions(applicant: &Applicant, region: Option<&str>) -> Result<(), Response> {
    match (&applicant.below, region) {
        (Some(below), Some(region)) if !below.covers(region) => {
            let problem = Problem::new("region", ProblemCode::Forbidden, region);
            Err(answer::refused(&problem.hint(
                format!("令牌 {} 的区划是 {}", below.token, below.regions.join("、")),
                format!("the token {} is for {}", below.token, below.regions.join(", ")),
            )))
        }
        _ => Ok(()),
    }
}

/// Whether the platform below that applies registered this unit itself.
async fn is_of_below(
    state: &AppState,
    applicant: &Applicant,
    enterprise: &str,
) -> Result<bool, Response> {
    let Some(below) = applicant.below.clone() else { return Ok(false) };
    let Some(unit) = state.store.registry().unit_by_code(enterprise).map(|it| it.unit_id) else {
        return Ok(false);
    };
    let found = state.store.read(move |conn| below_units::is_of(conn, unit, &below.token)).await;
    found.map_err(|error| answer::failed(&error))
}

/// Checks that another device may wait for approval.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
fn check_room(state: &AppState, applicant: &Applicant) -> Result<(), Response> {
    let (config, now) = (&state.config, state.clock.now());
    let waiting = || {
        let registry = state.store.registry();
        registry.pending_count(now, config.pending_lifetime())
    };
    let is_exempt = applicant.is_administrator || applicant.below.is_some();
    if is_exempt || waiting() < config.max_pending_devices {
        return Ok(());
    }
    metrics::counter!("nengce_registrations_limited_total").increment(1);
    Err(answer::later(ProblemCode::RateLimited, FULL_SECONDS))
}

/// Checks the client certificate in the profile that requires one: the certificate may not name another enterprise.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
fn check_certificate(
    state: &AppState,
    application: &Application,
    client: &Client,
) -> Result<(), Response> {
    if state.profile.proof != Proof::Certificate {
        return Ok(());
    }
    let Some(certificate) = client.certificate.as_deref() else {
        return Err(answer::refused(&no_certificate()));
    };
    certificate
        .check(&application.enterprise, Some(&certificate.fingerprint))
        .map_err(|it| answer::refused(&it))
}

/// Answers the registered terminal with the device and key that it already has, and records its proof.
async fn given(
    state: &AppState,
    known: Registration,
    proof: ProvedBy,
    from: &Registrant,
    now: DateTime,
) -> Result<Standing, Response> {
    let mut proved = Registration { proof, proved_at: now, ..known.clone() };
    // A strong proof from another address replaces the known address; a proof by network alone does not.
    if proof.is_strong() {
        if from.address.is_some() && (from.address_proves || !known.from.address_proves) {
            proved.from.address = from.address;
            proved.from.address_proves = from.address_proves;
        }
        if from.certificate.is_some() {
            proved.from.certificate.clone_from(&from.certificate);
            proved.from.subject.clone_from(&from.subject);
        }
    }
    let written = known.proved_at.saturating_add(PROOF_WRITTEN_HOURS.hours());
    let unchanged = proved.from == known.from && proved.proof == known.proof;
    if !unchanged || now >= written || now < known.proved_at {
        let done = state
            .store
            .write(move |write| {
                let now = write.registration(&proved.enterprise_code);
                match now.filter(|it| it.device_id == proved.device_id) {
                    // A rotation may have been asked for, or have ended, since the proof was looked at.
                    Some(Registration { old, rotation_asked, .. }) => {
                        write.update_registration(Registration { old, rotation_asked, ..proved })
                    }
                    None => Ok(()),
                }
            })
            .await;
        if let Err(error) = done {
            return Err(answer::failed(&error));
        }
    }
    let registry = state.store.registry();
    let device = registry.device(&known.device_id);
    let key = key_kind(state.profile.proof)
        .and_then(|kind| registry.credentials.get(&known.enterprise_code, kind));
    Ok(Standing {
        upload_time: device.map_or_else(String::new, |it| it.upload_time.clone()),
        key: key.map(str::to_owned),
        device_id: known.device_id,
    })
}

/// Registers a terminal with a one-time code.
async fn with_code(state: &AppState, mut new: New, code: &str) -> Result<Standing, Response> {
    let wrong = || {
        answer::refused(&Problem::new("registrationCode", ProblemCode::CredentialWrong, "").hint(
            "登记码不正确、已使用或已过期",
            "the registration code is not right, was used or has expired",
        ))
    };
    let expected = {
        let registry = state.store.registry();
        let code = registry.codes.get(&new.enterprise_code, new.now);
        code.map(|it| it.hash.clone())
    };
    let Some(expected) = expected else {
        return Err(wrong());
    };
    let is_right = proof::hash_of_code(&new.enterprise_code, code) == expected;
    let guess = state.registrations.guess(
        &new.enterprise_code,
        &new.from,
        stamp::seconds(new.now),
        state.config.max_code_guesses_per_hour,
        is_right,
    );
    if let Err(wait) = guess {
        return Err(answer::later(ProblemCode::RateLimited, wait));
    }
    if !is_right {
        return Err(wrong());
    }
    new.code = Some(expected);
    match rotation::with_code(state, new).await {
        Ok(Some(standing)) => Ok(standing),
        Ok(None) => Err(wrong()),
        Err(error) => Err(answer::failed(&error)),
    }
}
