//! Bounds the bytes of messages that the server holds at once, from the first byte of a body to its answer. Messages
//! beyond the bound are answered 503, so memory stays bounded however many terminals send.

use std::net::IpAddr;
use std::sync::Arc;

use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::transport::address_quota::{AddressQuota, QuotaShare};

/// Bytes are counted in pieces of so many.
const PERMIT_BYTES: usize = 1_024;

#[derive(Clone)]
pub struct MessageBudget {
    pieces: Arc<Semaphore>,
    /// How many pieces there are.
    most: usize,
    /// Bytes of one client.
    by_client: Arc<AddressQuota>,
    /// Bodies unpacked at once: each may grow to the limit before it is counted.
    unpacking: Arc<Semaphore>,
}

/// What one message holds; given back when its answer is made.
pub struct MemoryPermit {
    permit: Option<OwnedSemaphorePermit>,
    of_client: QuotaShare,
    bytes: usize,
}

impl MessageBudget {
    pub fn new(bytes: usize, bytes_per_client: usize) -> Self {
        let pieces = (bytes / PERMIT_BYTES).clamp(1, Semaphore::MAX_PERMITS);
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            pieces: Arc::new(Semaphore::new(pieces)),
            most: pieces,
            by_client: AddressQuota::new(bytes_per_client),
            unpacking: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Bytes that messages hold now, in whole pieces.
    pub fn bytes_held(&self) -> usize {
        self.most.saturating_sub(self.pieces.available_permits()) * PERMIT_BYTES
    }

    /// A message that holds nothing yet, of an address that tells one client from another, if it does.
    pub fn of(&self, address: Option<IpAddr>) -> MemoryPermit {
        MemoryPermit { permit: None, of_client: self.by_client.of(address), bytes: 0 }
    }

    /// Counts more bytes of a message.
    pub fn take(&self, held: &mut MemoryPermit, bytes: usize) -> Result<(), Problem> {
        let full = || Problem::new("body", ProblemCode::Overloaded, "");
        if !held.of_client.take(bytes) {
            return Err(full());
        }
        held.bytes += bytes;
        let have = held.permit.as_ref().map_or(0, |it| it.num_permits());
        let need = held.bytes.div_ceil(PERMIT_BYTES).saturating_sub(have);
        let need = u32::try_from(need).unwrap_or(u32::MAX);
        if need == 0 {
            return Ok(());
        }
        let more = Arc::clone(&self.pieces).try_acquire_many_owned(need).map_err(|_| full())?;
        match &mut held.permit {
            Some(permit) => permit.merge(more),
            None => held.permit = Some(more),
        }
        Ok(())
    }

    /// Waits for a turn to unpack.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.unpacking).acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_not_given_twice_and_comes_back() {
        let budget = MessageBudget::new(10 * PERMIT_BYTES, 0);
        let (mut one, mut other) = (budget.of(None), budget.of(None));
        budget.take(&mut one, 3 * PERMIT_BYTES + 1).expect("room");
        budget.take(&mut one, PERMIT_BYTES - 1).expect("room in the piece");
        budget.take(&mut other, 6 * PERMIT_BYTES).expect("just enough");
        let refused = budget.take(&mut other, 1).map_err(|it| it.code);
        assert_eq!(refused, Err(ProblemCode::Overloaded));
        drop(one);
        budget.take(&mut other, PERMIT_BYTES).expect("room again");
    }

    #[test]
    fn one_client_leaves_room_to_others() {
        let budget = MessageBudget::new(10 * PERMIT_BYTES, 5 * PERMIT_BYTES);
        let of = |it: &str| budget.of(Some(it.parse().expect("an address")));
        let (mut one, mut again) = (of("203.0.113.1"), of("203.0.113.1"));
        budget.take(&mut one, 4 * PERMIT_BYTES).expect("room");
        let refused = budget.take(&mut again, 2 * PERMIT_BYTES).map_err(|it| it.code);
        assert_eq!(refused, Err(ProblemCode::Overloaded));
        budget.take(&mut of("203.0.113.2"), 5 * PERMIT_BYTES).expect("another's room");
        budget.take(&mut budget.of(None), 6 * PERMIT_BYTES).expect("nobody's own");
        drop(one);
        budget.take(&mut again, 5 * PERMIT_BYTES).expect("room again");
    }
}
