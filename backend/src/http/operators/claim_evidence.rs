//! The evidence beside a claim or a device, from memory: from where the current terminal registered, how it last proved
//! itself, further attempts, and flags that an operator should look at.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use nengce_shared::api::claim::ClaimRow;
use nengce_shared::api::unit::DeviceRow;

use crate::clock;
use crate::http::state::AppState;
use crate::network::Network;
use crate::store::queries::claims::Found;
use crate::store::registry::old_secret::Generation;
use crate::store::registry::registrations::{Registrant, Registrations};

/// Rows with everything that memory adds.
pub fn complete(state: &AppState, found: Vec<Found>) -> Vec<ClaimRow> {
    let attempts: HashMap<u64, (u64, String)> = {
        let claims = state.store.claims();
        let told = claims.iter().map(|claim| {
            let id = u64::try_from(claim.claim_id).unwrap_or(0);
            (id, (claim.attempts, clock::text(claim.last_at)))
        });
        told.collect()
    };
    let registry = state.store.registry();
    let addresses = enterprises_by_address(&registry.registrations);
    let mut rows = Vec::with_capacity(found.len());
    for Found { mut row, from, unit_region } in found {
        if let Some((count, last_at)) = attempts.get(&row.claim_id) {
            row.attempts = *count;
            row.last_at.clone_from(last_at);
        }
        let known = registry.registrations.get(&row.enterprise_code);
        row.flags = flags(state, &registry.registrations, &addresses, &row, &from);
        if unit_region.is_some_and(|it| !row.region.is_empty() && it != row.region) {
            row.flags.push("region_differs".to_owned());
        }
        if let (Some(device), Some(known)) = (&mut row.device, known) {
            device.registrant = (&known.from).into();
            known.proof.as_str().clone_into(&mut device.proof);
            device.proved_at = clock::text(known.proved_at);
            // The disk learns of an upload some time later.
            let seen = registry.device(&device.device_id).and_then(|it| it.last_seen);
            device.last_seen = seen.map(clock::text).or(device.last_seen.take());
        }
        rows.push(row);
    }
    rows
}

/// Enterprises whose terminals registered from an address that tells clients apart.
fn enterprises_by_address(all: &Registrations) -> HashMap<IpAddr, HashSet<&str>> {
    let mut found: HashMap<IpAddr, HashSet<&str>> = HashMap::new();
    for it in all.iter() {
        if let Some(address) = it.from.proven_address() {
            found.entry(address).or_default().insert(&it.enterprise_code);
        }
    }
    found
}

fn flags(
    state: &AppState,
    all: &Registrations,
    addresses: &HashMap<IpAddr, HashSet<&str>>,
    row: &ClaimRow,
    from: &Registrant,
) -> Vec<String> {
    let code = row.enterprise_code.as_str();
    let known = all.get(code);
    let config = &state.config;
    let certificate = from.certificate.as_deref();
    let address = from.proven_address();
    let stands = known.and_then(|it| it.from.proven_address());
    let is_near = |a: IpAddr, b: IpAddr| {
        let bits = if a.is_ipv4() {
            config.registration_network_prefix_ipv4_bits
        } else {
            config.registration_network_prefix_ipv6_bits
        };
        Network::of(a, bits).contains(b)
    };
    let others = address.and_then(|it| addresses.get(&it));
    [
        ("certificate_of_another", certificate.is_some_and(|it| all.is_of_another(it, code))),
        ("address_of_another", others.is_some_and(|it| it.iter().any(|it| *it != code))),
        ("address_seen", stands.zip(address).is_some_and(|(a, b)| is_near(a, b))),
        ("profile_differs", known.is_some_and(|it| it.from.profile != from.profile)),
        ("no_address", address.is_none()),
        ("no_device", row.device.is_none()),
    ]
    .into_iter()
    .filter(|it| it.1)
    .map(|it| it.0.to_owned())
    .collect()
}

/// How devices' last registrations were proved, and how far the rotation of their secrets has come; to administrators also
/// where they came from, and who else claims the place.
pub fn describe(state: &AppState, rows: &mut [DeviceRow], is_administrator: bool) {
    let open = state.store.claims().open_by_enterprise();
    let (registry, now) = (state.store.registry(), state.clock.now());
    for row in rows {
        // The disk learns of an upload some time later.
        let seen = registry.device(&row.device_id).and_then(|it| it.last_seen);
        row.last_seen = seen.map(clock::text).or(row.last_seen.take());
        let Some(known) = registry.registrations.get(&row.enterprise_code) else {
            continue;
        };
        match known.generation_of(&row.device_id, now) {
            None => {}
            Some(Generation::Old) => {
                let until = known.accepted_old(now).map(|it| clock::text(it.accepted_until));
                row.accepted_until = until;
            }
            Some(Generation::Current) => {
                row.proof = Some(known.proof.as_str().to_owned());
                row.proved_at = Some(clock::text(known.proved_at));
                row.rotation_asked_at = known.rotation_asked.as_ref().map(|it| clock::text(it.at));
                if is_administrator {
                    row.registrant = Some((&known.from).into());
                    row.open_claims = Some(open.get(&row.enterprise_code).copied().unwrap_or(0));
                }
            }
        }
    }
}
