//! Who speaks: the device, that it belongs to the credit code it names, and that it is not too fast.

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use nengce_core::ingest::profile::Proof;
use nengce_core::ingest::profile::anhui::Certificate;
use nengce_core::ingest::{Defect, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::answer;
use crate::http::state::AppState;
use crate::store::credentials::Kind;
use crate::store::registry::{DeviceState, Registry, UnitEntry};

pub struct Sender {
    pub device_id: String,
    pub unit: UnitEntry,
    pub upload_time: String,
}

/// The certificate that the connection was opened with.
pub fn peer(request: &Request) -> Option<Arc<Certificate>> {
    request.extensions().get::<Arc<Certificate>>().cloned()
}

/// What an enterprise proves itself with once it has it; a weaker profile would let others speak for it.
fn proof(registry: &Registry, enterprise: &str) -> Proof {
    [
        (Kind::Certificate, Proof::Certificate),
        (Kind::Password, Proof::AccessKey),
        (Kind::SecretKey, Proof::SecretKey),
    ]
    .into_iter()
    .find(|(kind, _)| registry.credentials.get(enterprise, *kind).is_some())
    .map_or(Proof::DeviceId, |it| it.1)
}

/// Whether an enterprise speaks this profile, and its certificate is its own.
pub fn may_speak(
    state: &AppState,
    registry: &Registry,
    enterprise: &CreditCode,
    peer: Option<&Certificate>,
) -> Result<(), Defect> {
    let proof = proof(registry, enterprise.as_str());
    let approved = registry
        .unit_by_code(enterprise.as_str())
        .and_then(|it| registry.device_of_unit(it.unit_id))
        .is_some_and(|it| it.state == DeviceState::Approved);
    let settled = approved || proof != Proof::DeviceId;
    if settled && proof != state.profile.proof {
        return Err(Defect::new(
            "enterpriseCode",
            ProblemCode::Forbidden,
            enterprise.as_str(),
        )
        .hint(
            "该企业按另一省的规约接入，变更请联系节能中心",
            "the enterprise is connected by another profile; ask the energy centre to change it",
        ));
    }
    if state.profile.proof != Proof::Certificate {
        return Ok(());
    }
    let Some(peer) = peer else {
        return Err(Defect::new("", ProblemCode::CertificateMismatch, "").hint(
            "连接没有客户端证书",
            "the connection has no client certificate",
        ));
    };
    // The first registration binds a certificate whose names say nothing.
    let bound = registry
        .credentials
        .get(enterprise.as_str(), Kind::Certificate);
    peer.check(enterprise, bound.or(Some(&peer.fingerprint)))
}

/// Finds the sender, or gives the answer that refuses it.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
pub fn check(
    state: &AppState,
    device_id: &str,
    enterprise: Option<&CreditCode>,
    peer: Option<&Certificate>,
) -> Result<Sender, Response> {
    let refuse = |code, hint_zh: &str, hint_en: &str| {
        Err(answer::refused(
            &Defect::new("deviceId", code, device_id).hint(hint_zh, hint_en),
        ))
    };
    let now = stamp::seconds(state.clock.now());
    if let Err(wait) = state.rates.take(
        device_id,
        now,
        state.config.max_requests_per_device_per_minute,
    ) {
        return Err(answer::later(ProblemCode::RateLimited, wait));
    }
    let registry = state.store.registry();
    let Some(device) = registry.device(device_id) else {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "先调用 /register",
            "call /register first",
        );
    };
    let Some(unit) = registry.unit(device.unit_id) else {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "先调用 /register",
            "call /register first",
        );
    };
    if enterprise.is_some_and(|it| it.as_str() != unit.enterprise_code) {
        return Err(answer::refused(&Defect::new(
            "deviceId",
            ProblemCode::EntryDeviceMismatch,
            "",
        )));
    }
    if proof(&registry, &unit.enterprise_code) != state.profile.proof {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "未按本规约注册",
            "it is not registered in this profile",
        );
    }
    if state.profile.proof == Proof::Certificate
        && let Ok(code) = CreditCode::parse(&unit.enterprise_code)
        && let Err(defect) = may_speak(state, &registry, &code, peer)
    {
        return Err(answer::refused(&defect));
    }
    if device.state == DeviceState::Revoked {
        return refuse(
            ProblemCode::Forbidden,
            "终端已被停用，联系节能中心",
            "the device was revoked; ask the energy centre",
        );
    }
    Ok(Sender {
        device_id: device.device_id.clone(),
        unit: unit.clone(),
        upload_time: device.upload_time.clone(),
    })
}
