//! Warnings about who reaches the server, what it publishes, and which limits are off.

use super::warning::Warning;
use crate::config::Config;
use crate::network::Network;

/// A network of fewer bits than these holds whoever likes to be in it.
const LEAST_PREFIX_BITS: u8 = 8;

pub(super) fn of(config: &Config) -> Vec<Warning> {
    let mut found = proxies(config);
    found.extend(openness(config));
    found.extend(limits(config));
    found
}

fn proxies(config: &Config) -> Vec<Warning> {
    let mut found = Vec::new();
    let names_proxy = config.trusted_proxies.iter().any(|it| !it.is_empty());
    let ends_here = config.speaks_tls();
    if config.tls_ends_in_front && !names_proxy {
        found.push(Warning::new(
            "no_trusted_proxy",
            "trusted_proxies",
            "TLS ends in front and no proxy is named: all clients count as one address, so that limits by address hit \
             everybody at once",
            "name the proxy's address",
        ));
    }
    if config.tls_ends_in_front && !ends_here && !config.listen.ip().is_loopback() {
        found.push(Warning::new(
            "plain_http_off_loopback",
            "listen",
            format!("whoever reaches {} speaks plain HTTP past the proxy", config.listen),
            "listen on 127.0.0.1, or let the firewall admit the proxy alone",
        ));
    }
    if config.public_address.starts_with("https://") && !ends_here && !config.tls_ends_in_front {
        found.push(Warning::new(
            "https_not_stated",
            "tls_ends_in_front",
            "public_address is HTTPS and the server does not know: cookies are sent by plain HTTP too, and browsers are \
             not held to HTTPS",
            "set tls_ends_in_front = true and trusted_proxies",
        ));
    }
    if config.is_told_certificates() && config.tls_client_authorities.as_os_str().is_empty() {
        found.push(Warning::new(
            "passed_certificates_unchecked",
            "tls_client_authorities",
            "the certificates that the proxy passes on are believed without looking at who issued them",
            "name the authorities",
        ));
    }
    for (key, networks) in [
        ("trusted_proxies", &config.trusted_proxies),
        ("unbounded_connections_from", &config.unbounded_connections_from),
    ] {
        let is_wide = |it: &&String| {
            it.parse::<Network>().is_ok_and(|it| !it.is_loopback() && it.bits() < LEAST_PREFIX_BITS)
        };
        if let Some(wide) = networks.iter().find(is_wide) {
            found.push(Warning::new(
                "network_of_everybody",
                key,
                format!("{wide} holds strangers"),
                "name the smallest network that will do",
            ));
        }
    }
    found
}

fn openness(config: &Config) -> Vec<Warning> {
    let mut found = Vec::new();
    if !config.demo && !config.public_reads.is_empty() {
        found.push(Warning::new(
            "public_reads",
            "public_reads",
            format!(
                "whoever reaches the server reads {} of real enterprises without signing in",
                config.public_reads.join(", ")
            ),
            "empty it, and give accounts",
        ));
    }
    if config.demo {
        found.push(Warning::new(
            "demo",
            "demo",
            "every page says that the data are invented, and accounts of the demo take no password",
            "remove it from a server with real data",
        ));
    }
    if config.replacement_window_days == 0 && !config.demo {
        found.push(Warning::new(
            "peers_can_be_probed",
            "replacement_window_days",
            "an enterprise may change its own values of closed years at any time, and learns another's by moving its own \
             across the border of two groups of peers",
            "30, or as many days as enterprises need to correct a year",
        ));
    }
    if config.auto_approve_devices {
        found.push(Warning::new(
            "auto_approve",
            "auto_approve_devices",
            "the readings of whoever registers count at once",
            "approve terminals by nengce device approve, or on the page Terminals",
        ));
    }
    if config.registration_proofs.iter().any(|it| it == "network") {
        found.push(Warning::new(
            "network_proof",
            "registration_proofs",
            "a neighbour in the network of an enterprise takes over its terminal",
            "take network off the list",
        ));
    }
    found
}

fn limits(config: &Config) -> Vec<Warning> {
    macro_rules! off {
        ($($key:ident)*) => { [$((stringify!($key), config.$key == 0)),*] };
    }
    let limits = off! {
        max_registrations_per_address_per_hour
        max_registrations_per_hour
        max_bytes_in_flight_per_address
        max_connections_per_address
        sign_in_failures_per_address_per_hour
        max_oidc_sign_ins_per_address_per_minute
        max_requests_per_account_per_minute
        max_requests_per_address_per_minute
        token_failure_delay_ms
    };
    let warning = |key| {
        Warning::new("limit_off", key, "this limit is off", "set it, or have the gateway limit")
    };
    limits.into_iter().filter(|it| it.1).map(|it| warning(it.0)).collect()
}
