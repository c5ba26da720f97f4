//! The exchange of a code for an ID token, and the verification of this token: signature, issuer, audience, times, nonce.

use std::time::{Duration, UNIX_EPOCH};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClaimsVerificationError, Client, ClientId, ClientSecret,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken, IdTokenClaims,
    IdTokenFields, Nonce, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl,
    RequestTokenError, SignatureVerificationError, StandardErrorResponse, StandardTokenResponse,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::claims::Person;
use super::error::{OidcError, chain};
use crate::https_client::Https;

/// Signatures that are accepted: those that the provider's private key makes, and no other.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What of the configuration sign-ins need.
pub(super) struct PartyConfig {
    pub(super) client_id: ClientId,
    pub(super) client_secret: ClientSecret,
    pub(super) return_address: RedirectUrl,
    pub(super) scopes: Vec<String>,
    pub(super) acr_values: Vec<String>,
    pub(super) amr_values: Vec<String>,
    pub(super) clock_skew_seconds: u32,
}

/// The claims of a token that no standard names, such as roles.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct OtherClaims(Map<String, Value>);

impl AdditionalClaims for OtherClaims {}

pub(super) type Claims = IdTokenClaims<OtherClaims, CoreGenderClaim>;
type Token = IdToken<
    OtherClaims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Refusal = StandardErrorResponse<CoreErrorResponseType>;
type TokenAnswer = StandardTokenResponse<Fields, CoreTokenType>;
type Party = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Refusal,
    TokenAnswer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// This server as the provider's client.
pub(super) struct RelyingParty(pub(super) Party);

/// Why a token proves nothing.
pub(super) enum Verification {
    /// No key of the provider that is known made the signature.
    UnknownKey,
    Failed(String),
}

impl From<Verification> for OidcError {
    fn from(it: Verification) -> Self {
        match it {
            Verification::UnknownKey => Self::Refused("ID token: the key is unknown".to_owned()),
            Verification::Failed(why) => Self::Refused(format!("ID token: {why}")),
        }
    }
}

impl RelyingParty {
    pub(super) fn of(metadata: &ProviderMetadataWithLogout, config: &PartyConfig) -> Self {
        let (id, secret) = (config.client_id.clone(), config.client_secret.clone());
        Self(Client::from_provider_metadata(metadata.clone(), id, Some(secret)))
    }

    pub(super) async fn exchange(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        return_address: &RedirectUrl,
        http: &Https,
    ) -> Result<Token, OidcError> {
        let unavailable = |it: &dyn std::error::Error| OidcError::Unavailable(chain(it));
        let request = self.0.exchange_code(code).map_err(|it| unavailable(&it))?;
        let request = request
            .set_pkce_verifier(verifier)
            .set_redirect_uri(std::borrow::Cow::Borrowed(return_address));
        let answer = request.request_async(http).await.map_err(|error| match &error {
            RequestTokenError::ServerResponse(it) => OidcError::Refused(it.to_string()),
            _ => unavailable(&error),
        })?;
        let missing = || OidcError::Refused("the provider gave no ID token".to_owned());
        answer.id_token().cloned().ok_or_else(missing)
    }

    /// The claims of a token, where it is valid at `now` (seconds).
    pub(super) fn verify(
        &self,
        token: &Token,
        nonce: &Nonce,
        config: &PartyConfig,
        now: i64,
    ) -> Result<Claims, Verification> {
        let skew = i64::from(config.clock_skew_seconds);
        // A token that has just expired is still valid for a server whose clock is behind.
        let earliest = UNIX_EPOCH + Duration::from_secs((now - skew).unsigned_abs());
        let verifier = self
            .0
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || earliest.into())
            .set_issue_time_verifier_fn(move |at| match at.timestamp() > now + skew {
                true => Err(format!("issued in the future, at {at}")),
                false => Ok(()),
            });
        token.claims(&verifier, nonce).cloned().map_err(|error| match error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => Verification::UnknownKey,
            error => Verification::Failed(chain(&error)),
        })
    }
}

/// The person whom verified claims name.
pub(super) fn person(issuer: &str, claims: &Claims, config: &PartyConfig) -> Person {
    let acr = claims.auth_context_ref().map(|it| it.as_str().to_owned());
    let amr = claims.auth_method_refs().into_iter().flatten().map(|it| it.as_str().to_owned());
    let name = claims.name().and_then(|it| it.get(None)).map(|it| it.as_str().to_owned());
    let user_name = claims.preferred_username().map(|it| it.as_str().to_owned());
    Person {
        issuer: issuer.to_owned(),
        subject: claims.subject().as_str().to_owned(),
        name: name.or(user_name),
        second_factor: acr.is_some_and(|it| config.acr_values.contains(&it))
            || amr.into_iter().any(|it| config.amr_values.contains(&it)),
        claims: claims.additional_claims().0.clone(),
    }
}
