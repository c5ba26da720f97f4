//! Where the server listens, whether TLS ends in it or in front of it, and which addresses terminals are given.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use nengce_messages::profile::Proof;

use super::Config;
use super::profile_bindings::{self, ProfileBinding};

impl Config {
    /// Whether the server itself speaks TLS.
    pub fn speaks_tls(&self) -> bool {
        !self.tls_certificate.as_os_str().is_empty()
    }

    /// Whether a trusted proxy passes on the certificates of clients.
    pub fn is_told_certificates(&self) -> bool {
        !self.client_certificate_header.is_empty()
            && self.trusted_proxies.iter().any(|it| !it.is_empty())
    }

    pub(super) fn check_listeners(&self) -> Result<()> {
        if self.speaks_tls() == self.tls_key.as_os_str().is_empty() {
            bail!("tls_certificate and tls_key go together: one of them is empty");
        }
        let bindings = profile_bindings::parse(&self.profiles)?;
        for binding in &bindings {
            let asks = binding.profile.proof == Proof::Certificate;
            let hears = self.speaks_tls() && !self.tls_client_authorities.as_os_str().is_empty();
            if asks && !hears && !self.is_told_certificates() {
                bail!(
                    "profiles: {binding} needs tls_certificate, tls_key and tls_client_authorities, or a proxy that passes \
                     certificates on: trusted_proxies and client_certificate_header"
                );
            }
        }
        let listeners = bindings.iter().filter_map(|it| it.listen);
        for listen in std::iter::once(self.listen).chain(listeners) {
            if !listen.ip().is_loopback() && !self.speaks_tls() && !self.tls_ends_in_front {
                bail!(
                    "{listen} is not a loopback address and the server speaks plain HTTP: set tls_certificate and tls_key, \
                     or put TLS in front of it and set tls_ends_in_front = true"
                );
            }
        }
        if self.access_key_minutes == 0 {
            bail!("access_key_minutes: 0 would give keys that nothing can be done with");
        }
        Ok(())
    }

    /// The address terminals are told.
    pub fn public_address(&self) -> String {
        if self.public_address.is_empty() {
            format!("{}://{}", self.scheme(), self.listen)
        } else {
            self.public_address.trim_end_matches('/').to_owned()
        }
    }

    fn scheme(&self) -> &'static str {
        if self.speaks_tls() { "https" } else { "http" }
    }

    /// The address terminals are told for a profile: that of its listener, and its prefix.
    pub fn address_of(&self, binding: &ProfileBinding, bound: Option<SocketAddr>) -> String {
        let server = self.public_address();
        let base = match bound {
            None => server,
            Some(bound) if self.public_address.is_empty() => {
                format!("{}://{bound}", self.scheme())
            }
            // The host that terminals know, at the listener's port.
            Some(bound) => {
                let (scheme, rest) = server.split_once("://").unwrap_or((self.scheme(), &server));
                let authority = rest.split('/').next().unwrap_or(rest);
                let host = match authority.rsplit_once(':') {
                    Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
                    _ => authority,
                };
                format!("{scheme}://{host}:{}", bound.port())
            }
        };
        format!("{base}{}", binding.prefix)
    }
}
