//! The address of whoever sent a request: the one place that decides it, for registrations, limits and logs.
//! Behind a proxy only what a trusted one writes into `X-Forwarded-For` counts.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result};
use axum::http::{Extensions, HeaderMap};

use crate::config::Config;
use crate::network::Network;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of the connection; the listener lays it on every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Which proxies stand in front.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    trusted: Vec<Network>,
    /// Some proxy stands in front, so that an untrusted peer is it, not the client.
    in_front: bool,
}

impl Proxies {
    pub fn of(config: &Config) -> Result<Self> {
        let trusted = config
            .trusted_proxies
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| it.parse().context("trusted_proxies"))
            .collect::<Result<_>>()?;
        Ok(Self { trusted, in_front: config.tls_ends_in_front })
    }

    pub fn trusted(&self) -> &[Network] {
        &self.trusted
    }

    /// Whether a request came straight from a trusted proxy.
    pub fn sent(&self, extensions: &Extensions) -> bool {
        let peer = extensions.get::<Peer>();
        peer.is_some_and(|it| self.trusts(it.0.ip().to_canonical()))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|it| it.contains(address))
    }

    /// The client of a request.
    pub fn client(&self, extensions: &Extensions, headers: &HeaderMap) -> ClientAddress {
        let Some(Peer(peer)) = extensions.get::<Peer>() else {
            return ClientAddress::default();
        };
        self.behind(peer.ip().to_canonical(), headers)
    }

    fn behind(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        if !self.trusts(peer) {
            return ClientAddress { ip: Some(peer), proves: !self.in_front && !peer.is_loopback() };
        }
        // Each proxy appends the address it was called from; addresses before the first untrusted one are only claimed by it.
        let named: Option<Vec<&str>> =
            headers.get_all(FORWARDED_FOR).iter().map(|it| it.to_str().ok()).collect();
        let ip = named.and_then(|lines| {
            lines
                .iter()
                .rev()
                .flat_map(|it| it.rsplit(','))
                .map(|it| it.trim().parse::<IpAddr>().ok().map(|it| it.to_canonical()))
                .find(|it| it.is_none_or(|it| !self.trusts(it)))
                .flatten()
        });
        ClientAddress { ip, proves: ip.is_some_and(|it| !it.is_loopback()) }
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClientAddress {
    /// None where a trusted proxy names none.
    pub ip: Option<IpAddr>,
    /// Whether it tells one client from another: neither this machine nor a proxy that speaks for many.
    pub proves: bool,
}

impl ClientAddress {
    /// The address where it may serve as a proof.
    pub fn proven(&self) -> Option<IpAddr> {
        self.ip.filter(|_| self.proves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(proxies: &Proxies, peer: &str, forwarded: &[&str], ip: Option<&str>, proves: bool) {
        let mut headers = HeaderMap::new();
        for it in forwarded {
            headers.append(FORWARDED_FOR, it.parse().unwrap());
        }
        let found = proxies.behind(peer.parse().unwrap(), &headers);
        let ip = ip.map(|it| it.parse().unwrap());
        assert_eq!(found, ClientAddress { ip, proves }, "{peer} {forwarded:?}");
    }

    #[test]
    fn without_a_proxy_the_peer_is_the_client_and_its_words_are_not_read() {
        let none = Proxies::default();
        check(&none, "203.0.113.7", &[], Some("203.0.113.7"), true);
        let forged = ["198.51.100.1"];
        check(&none, "203.0.113.7", &forged, Some("203.0.113.7"), true);
        check(&none, "127.0.0.1", &forged, Some("127.0.0.1"), false);
        check(&none, "127.9.9.9", &[], Some("127.9.9.9"), false);
        check(&none, "::1", &[], Some("::1"), false);
    }

    #[test]
    fn a_proxy_that_is_not_trusted_proves_nothing() {
        let in_front = Proxies { trusted: Vec::new(), in_front: true };
        check(&in_front, "10.0.0.2", &["203.0.113.7"], Some("10.0.0.2"), false);
    }

    #[test]
    fn behind_trusted_proxies_the_last_untrusted_address_is_the_client() {
        let proxies = Proxies {
            trusted: vec!["10.0.0.0/24".parse().unwrap(), "127.0.0.1".parse().unwrap()],
            in_front: true,
        };
        let client = Some("203.0.113.7");
        check(&proxies, "10.0.0.2", &["203.0.113.7"], client, true);
        check(&proxies, "127.0.0.1", &["203.0.113.7"], client, true);
        // What the client itself wrote stands to the left, and is not believed.
        check(&proxies, "10.0.0.2", &["198.51.100.1, 203.0.113.7"], client, true);
        check(&proxies, "10.0.0.2", &["198.51.100.1", "203.0.113.7, 10.0.0.9"], client, true);
        check(&proxies, "10.0.0.2", &["198.51.100.1, nonsense"], None, false);
        check(&proxies, "10.0.0.2", &[], None, false);
        check(&proxies, "10.0.0.2", &["127.0.0.5"], Some("127.0.0.5"), false);
        // A peer that is no proxy may write what it likes.
        check(&proxies, "192.0.2.1", &["203.0.113.7"], Some("192.0.2.1"), false);
    }
}
