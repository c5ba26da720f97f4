//! The one command that is ever sent: it asks a node to say again what its metrics are.
use super::wire::{put_bytes, put_field};

const BOOLEAN: u64 = 11;

/// The payload of an NCMD that sets `Node Control/Rebirth`, at a moment in milliseconds since 1970 in UTC.
pub(crate) fn message(now: u64) -> Vec<u8> {
    let mut metric = Vec::new();
    put_bytes(&mut metric, 1, b"Node Control/Rebirth");
    put_field(&mut metric, 3, now);
    put_field(&mut metric, 4, BOOLEAN);
    put_field(&mut metric, 14, 1);
    let mut payload = Vec::new();
    put_field(&mut payload, 1, now);
    put_bytes(&mut payload, 2, &metric);
    payload
}
