//! Checks that every listener makes before it answers: the number of connections of the address, and a place to record
//! failures.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use anyhow::{Context, Result};
use nengce_shared::api::connection_failure::ConnectionFailureReason;

use super::address_quota::{AddressQuota, QuotaShare};
use super::client_address::Proxies;
use super::client_hello::ClientHello;
use super::connection_failures::ConnectionFailures;
use crate::clock::Clock;
use crate::config::Config;
use crate::network::Network;

pub struct ConnectionLimits {
    pub failures: ConnectionFailures,
    clock: Clock,
    /// Open connections.
    connections: Arc<AddressQuota>,
    unbounded: Vec<Network>,
}

impl ConnectionLimits {
    pub fn of(config: &Config, proxies: &Proxies, clock: Clock) -> Result<Self> {
        let mut unbounded: Vec<Network> = Vec::new();
        for it in &config.unbounded_connections_from {
            if !it.is_empty() {
                unbounded.push(it.parse().context("unbounded_connections_from")?);
            }
        }
        unbounded.extend(proxies.trusted());
        // A proxy in front that nobody named holds the connections of all.
        let nameless = config.tls_ends_in_front && proxies.trusted().is_empty();
        Ok(Self {
            failures: ConnectionFailures::new(config.max_connection_failures_kept),
            clock,
            connections: AddressQuota::new(if nameless {
                0
            } else {
                config.max_connections_per_address
            }),
            unbounded,
        })
    }

    pub fn failed(
        &self,
        peer: IpAddr,
        listener: SocketAddr,
        reason: ConnectionFailureReason,
        offered: Option<ClientHello>,
    ) {
        let now = self.clock.now();
        self.failures.record(peer, listener, reason, offered, now);
    }

    /// `None` where the address holds as many connections as it may.
    pub fn enter(&self, peer: IpAddr) -> Option<QuotaShare> {
        let is_bounded = !self.unbounded.iter().any(|it| it.contains(peer));
        self.connections.enter(is_bounded.then_some(peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(config: Config) -> Arc<ConnectionLimits> {
        let proxies = Proxies::of(&config).unwrap();
        let clock = Clock::new(&config.time_zone).unwrap();
        Arc::new(ConnectionLimits::of(&config, &proxies, clock).unwrap())
    }

    #[test]
    fn an_address_holds_so_many_connections_and_no_more() {
        let limits = limits(Config {
            max_connections_per_address: 2,
            trusted_proxies: vec!["10.9.0.0/16".to_owned()],
            ..Config::default()
        });
        let enter = |it: &str| limits.enter(it.parse().unwrap());
        let first = enter("10.0.0.1");
        let second = enter("10.0.0.1");
        assert!(first.is_some() && second.is_some());
        assert!(enter("10.0.0.1").is_none());
        assert!(enter("::ffff:10.0.0.1").is_none(), "the same address");
        assert!(enter("10.0.0.2").is_some());
        drop(first);
        let third = enter("10.0.0.1");
        assert!(third.is_some());
        let hosts = [enter("2001:db8::1"), enter("2001:db8::2")];
        assert!(enter("2001:db8::3").is_none(), "one host's network");
        let free: Vec<_> =
            (0..9).flat_map(|_| [enter("127.0.0.1"), enter("::1"), enter("10.9.1.1")]).collect();
        assert!(free.iter().all(Option::is_some), "this machine and the proxies");
        drop((second, third, hosts, free));
        assert_eq!(limits.connections.clients(), 0);
    }

    #[test]
    fn a_proxy_that_nobody_named_is_not_bounded() {
        let limits = limits(Config {
            max_connections_per_address: 1,
            tls_ends_in_front: true,
            ..Config::default()
        });
        let places: Vec<_> = (0..5).map(|_| limits.enter([10, 0, 0, 1].into())).collect();
        assert!(places.iter().all(Option::is_some));
    }
}
