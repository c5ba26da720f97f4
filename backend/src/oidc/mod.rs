//! Sign-in at the provider of an organisation (OpenID Connect): the authorization code flow with PKCE. Who a person is
//! comes from the verified ID token alone; what the person may do here is decided in `claims.rs` and by the accounts.

pub mod claims;
mod discovery;
pub mod error;
mod id_token;
mod sign_ins;

use std::borrow::Cow;

use anyhow::{Context, Result};
use openidconnect::core::CoreResponseType;
use openidconnect::url::form_urlencoded;
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret,
    CsrfToken, LogoutRequest, Nonce, PkceCodeChallenge, PostLogoutRedirectUrl, RedirectUrl, Scope,
};

use self::claims::Person;
use self::discovery::Discovery;
use self::error::OidcError;
use self::id_token::{PartyConfig, RelyingParty, Verification};
use self::sign_ins::{SignIn, SignIns};
use crate::config::Config;
use crate::config::oidc::is_protected;

/// The page to which the provider sends the browser back.
const RETURN_PATH: &str = "/sign-in";
/// Characters of an error of the provider that are passed on.
const ERROR_LENGTH: usize = 200;

/// The provider, and the sign-ins at it that are under way.
pub struct Oidc {
    config: PartyConfig,
    discovery: Discovery,
    sign_ins: SignIns,
}

impl Oidc {
    /// `None` where the configuration names no provider. Nothing is sent before somebody signs in.
    pub fn of(config: &Config) -> Result<Option<Self>> {
        if config.oidc_issuer.is_empty() {
            return Ok(None);
        }
        let base = config.oidc_redirect_base.trim_end_matches('/');
        let return_address =
            RedirectUrl::new(format!("{base}{RETURN_PATH}")).context("oidc_redirect_base")?;
        let kept = PartyConfig {
            client_id: ClientId::new(config.oidc_client_id.clone()),
            client_secret: ClientSecret::new(config.oidc_client_secret.clone()),
            return_address,
            scopes: config.oidc_scopes.clone(),
            acr_values: config.oidc_acr_values.clone(),
            amr_values: config.oidc_amr_values.clone(),
            clock_skew_seconds: config.oidc_clock_skew_seconds,
        };
        let sign_ins = SignIns::new(config.oidc_sign_in_minutes, config.max_oidc_sign_ins);
        Ok(Some(Self { config: kept, discovery: Discovery::of(config)?, sign_ins }))
    }

    /// Begins a sign-in: the address that the browser goes to. `browser` is a secret that only this browser keeps; `now`
    /// is in seconds.
    pub async fn begin(&self, browser: &str, now: i64) -> Result<String, OidcError> {
        let metadata = self.discovery.metadata().await?;
        let party = RelyingParty::of(&metadata, &self.config);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = party
            .0
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_redirect_uri(Cow::Borrowed(&self.config.return_address))
            .set_pkce_challenge(challenge)
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new));
        for value in &self.config.acr_values {
            request =
                request.add_auth_context_value(AuthenticationContextClass::new(value.clone()));
        }
        let (address, state, nonce) = request.url();
        if !is_protected(&address) {
            let what = format!("authorization_endpoint {address} is not HTTPS");
            return Err(OidcError::Unavailable(what));
        }
        let sign_in = SignIn { nonce, verifier, browser: sign_ins::digest(browser), begun: now };
        self.sign_ins.keep(state.secret(), sign_in);
        Ok(address.into())
    }

    /// Who came back from the provider, by the query of the address that it sent the browser to. A sign-in can be
    /// finished once, by the browser that began it.
    pub async fn finish(&self, query: &str, browser: &str, now: i64) -> Result<Person, OidcError> {
        let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> =
            form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).collect();
        let value = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.as_ref());
        let sign_in = value("state").and_then(|it| self.sign_ins.take(it, browser, now));
        let sign_in = sign_in.ok_or(OidcError::NotUnderWay)?;
        if let Some(error) = value("error") {
            let why = format!("{error} {}", value("error_description").unwrap_or_default());
            return Err(OidcError::Refused(why.trim().chars().take(ERROR_LENGTH).collect()));
        }
        let issuer = self.discovery.issuer();
        if value("iss").is_some_and(|it| it != issuer.as_str()) {
            return Err(OidcError::Refused("iss names another provider".to_owned()));
        }
        let code = value("code").ok_or_else(|| OidcError::Refused("code is missing".to_owned()))?;
        let metadata = self.discovery.metadata().await?;
        let party = RelyingParty::of(&metadata, &self.config);
        let code = AuthorizationCode::new(code.to_owned());
        let return_address = &self.config.return_address;
        let token =
            party.exchange(code, sign_in.verifier, return_address, self.discovery.http()).await?;
        let verified = party.verify(&token, &sign_in.nonce, &self.config, now);
        let claims = match verified {
            Ok(claims) => claims,
            // The provider may have changed its keys since they were fetched.
            Err(Verification::UnknownKey) => {
                let metadata = self.discovery.renewed().await?;
                let party = RelyingParty::of(&metadata, &self.config);
                party.verify(&token, &sign_in.nonce, &self.config, now).map_err(OidcError::from)?
            }
            Err(it) => return Err(it.into()),
        };
        Ok(id_token::person(issuer.as_str(), &claims, &self.config))
    }

    /// The address at which the browser signs out at the provider too; `None` while it is not known.
    pub fn sign_out_address(&self) -> Option<String> {
        let metadata = self.discovery.known()?;
        let endpoint = metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(self.config.return_address.to_string()).ok()?;
        let request = LogoutRequest::from(endpoint)
            .set_client_id(self.config.client_id.clone())
            .set_post_logout_redirect_uri(back);
        let address = request.http_get_url();
        is_protected(&address).then(|| address.into())
    }
}
