//! The applicant of a registration: the certificate and the address of the connection, and the headers of the request.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header;
use nengce_messages::Problem;
use nengce_messages::profile::anhui::Certificate;
use nengce_shared::problem::ProblemCode;

use crate::http::access::auth::{Identity, identify};
use crate::http::access::below_platform::BelowPlatform;
use crate::http::state::AppState;
use crate::http::transport::client_address::ClientAddress;
use crate::store::registry::registrations::Registrant;

/// The header of a one-time code, which may also stand in the field `registrationCode`.
const CODE_HEADER: &str = "x-registration-code";
/// Letters of a certificate's subject that are kept.
const SUBJECT_LENGTH: usize = 200;

/// The client that opened the connection.
#[derive(Debug, Clone, Default)]
pub struct Client {
    pub certificate: Option<Arc<Certificate>>,
    pub address: ClientAddress,
}

impl Client {
    pub fn of(state: &AppState, request: &Request) -> Self {
        Self {
            certificate: request.extensions().get::<Arc<Certificate>>().cloned(),
            address: state.proxies.client(request.extensions(), request.headers()),
        }
    }
}

/// The client and the headers of a registration.
pub struct Applicant {
    pub client: Client,
    pub code: Option<String>,
    pub is_administrator: bool,
    /// A platform below that registers one of its units.
    pub below: Option<BelowPlatform>,
}

impl Applicant {
    pub async fn of(state: &AppState, request: Request) -> (Self, Request) {
        let client = Client::of(state, &request);
        let (parts, body) = request.into_parts();
        let code = parts.headers.get(CODE_HEADER);
        let code = code.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let identity = match parts.headers.contains_key(header::AUTHORIZATION) {
            true => identify(state, &parts.headers, &parts.extensions).await.ok(),
            false => None,
        };
        let is_administrator = matches!(identity, Some(Identity::Admin(_)));
        let below = identity.and_then(BelowPlatform::of);
        let applicant = Self { client, code, is_administrator, below };
        (applicant, Request::from_parts(parts, body))
    }
}

/// The origin of a registration in the form in which it is stored.
pub fn registrant(state: &AppState, client: &Client) -> Registrant {
    let certificate = client.certificate.as_deref();
    Registrant {
        profile: state.profile.name.to_owned(),
        address: client.address.ip,
        address_proves: client.address.proves,
        certificate: certificate.map(|it| it.fingerprint.clone()),
        subject: certificate.map(|certificate| {
            let plain = certificate.names.join(", ");
            let plain = plain.chars().filter(|it| !it.is_control());
            plain.take(SUBJECT_LENGTH).collect()
        }),
    }
}

/// The defect of a registration without a certificate in a profile that requires one.
pub fn no_certificate() -> Problem {
    Problem::new("", ProblemCode::CertificateMismatch, "")
        .hint("连接没有客户端证书", "the connection has no client certificate")
}
