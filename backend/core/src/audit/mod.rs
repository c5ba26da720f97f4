//! The audit log as pure functions: the bytes of an event, the hash chain over the entries, signed heads, and the check
//! that names the first broken link.

mod chain;
mod event;
mod head;
mod signature;
#[cfg(test)]
mod tests;
mod verification;

pub use chain::{Algorithm, FIRST_HASH, entry};
pub use event::{Actor, ActorKind, Outcome};
pub use head::signed_by_its_key;
pub use signature::{HeadKey, SEED_DIGITS, SignatureAlgorithm};
pub use verification::{Broken, Verification, Why};
