//! `/api/v1/claims…`: registrations that wait for an operator because the enterprise has a terminal already, and the
//! one-time codes of devices. Only administrators may use these addresses.

use super::common::PageInfo;
use super::wire;

wire! {
/// `GET /api/v1/claims`: newest first.
pub struct ClaimList {
    pub rows: Vec<ClaimRow>,
    pub page: PageInfo,
    /// The number of open claims, whatever the filter.
    pub open: u64,
    /// Hours within which a confirmed claimant has to register again.
    pub pickup_hours: u32,
    /// The proofs in force, as configured: `certificate`, `secret`, `address`, `network`.
    pub proofs: Vec<String>,
}
pub struct ClaimRow {
    pub claim_id: u64,
    pub enterprise_code: String,
    /// Empty where no unit has the code yet.
    pub unit_name: String,
    /// `pending`, `confirmed`, `refused` or `expired`.
    pub state: String,
    pub claimant: Registrant,
    /// The region that the claimant named.
    pub region: String,
    pub first_at: String,
    pub last_at: String,
    /// How often the claimant has registered without a proof.
    pub attempts: u64,
    /// Circumstances for the operator's decision: `certificate_of_another` (bound to another enterprise),
    /// `address_of_another` (terminals of other enterprises registered from it), `address_seen` (the present terminal
    /// came from the same network), `profile_differs`, `region_differs`, `no_address` (a proxy hides it), `no_device`.
    pub flags: Vec<String>,
    pub decided_at: Option<String>,
    pub decided_by: Option<String>,
    pub reason: Option<String>,
    /// Of a confirmed claim: until when the claimant has to register again, and when it did.
    pub pickup_until: Option<String>,
    pub picked_up_at: Option<String>,
    /// The device that the claimant received then.
    pub given_device_id: Option<String>,
    /// The present terminal; `None` where the enterprise has none.
    pub device: Option<StandingDevice>,
}
/// The origin of a registration.
pub struct Registrant {
    /// `national`, `shandong`, `yunnan` or `anhui`.
    pub profile: String,
    /// `None` where the address is not known: behind a proxy that is not trusted, or registered before addresses were
    /// stored.
    pub address: Option<String>,
    /// SHA-256 of the client certificate, and its subject.
    pub certificate: Option<String>,
    pub subject: Option<String>,
}
/// The terminal that sends for the enterprise now.
pub struct StandingDevice {
    pub device_id: String,
    /// `pending`, `approved` or `revoked`.
    pub state: String,
    pub registrant: Registrant,
    /// The proof of its last registration: `first`, `certificate`, `secret`, `address`, `network`, `code` or `operator`
    /// (a confirmed claim).
    pub proof: String,
    pub proved_at: String,
    pub registered_at: String,
    pub approved_at: Option<String>,
    pub approved_by: Option<String>,
    pub last_seen: Option<String>,
    /// The number of uploads in the last seven days.
    pub uploads: u64,
    pub readings_stored: u64,
    pub entries_rejected: u64,
}
/// `POST /api/v1/claims/{claim_id}/confirm` and `/refuse`; the answer is the claim. A refusal needs a reason.
pub struct ClaimDecision {
    pub reason: Option<String>,
}
/// `POST /api/v1/devices/{device_id}/code`: shown this once; only its hash is kept.
pub struct RegistrationCode {
    pub device_id: String,
    pub enterprise_code: String,
    /// Twelve characters in groups of four; case and hyphens do not matter.
    pub code: String,
    pub expires_at: String,
}
}
