//! `/api/v1/claims…`: registrations that wait for an operator because the enterprise has a terminal already, and the
//! one-time codes of devices. Only administrators may use these addresses.

use super::common::PageInfo;
use super::wire;

wire! {
/// A page of the claims (`GET /api/v1/claims`).
pub struct ClaimList {
    /// The claims of the page, newest first.
    pub rows: Vec<ClaimRow>,
    /// The place of the page.
    pub page: PageInfo,
    /// The number of open claims, whatever the filter.
    pub open: u64,
    /// Hours within which a confirmed claimant has to register again.
    pub pickup_hours: u32,
    /// The proofs in force, as configured: `certificate`, `secret`, `address`, `network`.
    pub proofs: Vec<String>,
}
/// A claim: a registration without proof for an enterprise that has a terminal already.
pub struct ClaimRow {
    /// The number of the claim.
    pub claim_id: u64,
    /// The credit code that the claimant registered for.
    pub enterprise_code: String,
    /// Empty where no unit has the code yet.
    pub unit_name: String,
    /// `pending`, `confirmed`, `refused` or `expired`.
    pub state: String,
    /// The origin of the claim.
    pub claimant: Registrant,
    /// The district that the claimant stated, GB/T 2260; empty where it stated none.
    pub region: String,
    /// When it registered first, local time `YYYY-MM-DD HH:MM:SS`.
    pub first_at: String,
    /// When it registered last, local time.
    pub last_at: String,
    /// How often the claimant has registered without a proof.
    pub attempts: u64,
    /// Circumstances for the operator's decision: `certificate_of_another` (bound to another enterprise),
    /// `address_of_another` (terminals of other enterprises registered from it), `address_seen` (the present terminal
    /// came from the same network), `profile_differs`, `region_differs`, `no_address` (a proxy hides it), `no_device`.
    pub flags: Vec<String>,
    /// When the claim was decided, local time; null while it is open.
    pub decided_at: Option<String>,
    /// The operator who decided it; null where none did.
    pub decided_by: Option<String>,
    /// The reason of the decision; null without one.
    pub reason: Option<String>,
    /// Of a confirmed claim: until when the claimant has to register again, local time; else null.
    pub pickup_until: Option<String>,
    /// When the claimant registered again, local time; null while it has not.
    pub picked_up_at: Option<String>,
    /// The device that the claimant received then; null before.
    pub given_device_id: Option<String>,
    /// The present terminal; `None` where the enterprise has none.
    pub device: Option<StandingDevice>,
}
/// The origin of a registration.
pub struct Registrant {
    /// `national`, `shandong`, `yunnan` or `anhui`.
    pub profile: String,
    /// The address that it came from. Null where it is not known: behind a proxy that is not trusted, or registered
    /// before addresses were stored.
    pub address: Option<String>,
    /// The SHA-256 of the client certificate; null without one.
    pub certificate: Option<String>,
    /// The subject of the client certificate; null without one.
    pub subject: Option<String>,
}
/// The terminal that sends for the enterprise now.
pub struct StandingDevice {
    /// The device id.
    pub device_id: String,
    /// `pending`, `approved` or `revoked`.
    pub state: String,
    /// The origin of its last registration.
    pub registrant: Registrant,
    /// The proof of its last registration: `first`, `certificate`, `secret`, `address`, `network`, `code` or `operator`
    /// (a confirmed claim).
    pub proof: String,
    /// When it proved itself last, local time.
    pub proved_at: String,
    /// When it registered first, local time.
    pub registered_at: String,
    /// When it was approved, local time; null where it never was.
    pub approved_at: Option<String>,
    /// Who approved it; null where nobody did.
    pub approved_by: Option<String>,
    /// When it last sent something, local time; null where it never did.
    pub last_seen: Option<String>,
    /// The number of uploads in the last seven days.
    pub uploads: u64,
    /// New values that it brought in the last seven days.
    pub readings_stored: u64,
    /// Entries of it that were rejected in the last seven days.
    pub entries_rejected: u64,
}
/// `POST /api/v1/claims/{claim_id}/confirm` and `/refuse`; the answer is the claim. A refusal needs a reason.
pub struct ClaimDecision {
    /// The reason, at most 200 characters; a confirmation may go without one.
    pub reason: Option<String>,
}
/// A one-time code of an enterprise (`POST /api/v1/devices/{device_id}/code`), shown this once; only its hash is kept.
pub struct RegistrationCode {
    /// The device that the new one replaces.
    pub device_id: String,
    /// The credit code of the enterprise.
    pub enterprise_code: String,
    /// Twelve characters in groups of four; case and hyphens do not matter.
    pub code: String,
    /// Until when the code is valid, local time `YYYY-MM-DD HH:MM:SS`.
    pub expires_at: String,
}
}
