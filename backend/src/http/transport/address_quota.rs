//! Bounds what one client address (for IPv6: its network) may hold of a scarce resource, such as files under way or
//! bytes of answers.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::network::Network;

#[derive(Debug)]
pub struct AddressQuota {
    /// 0: any number.
    most: usize,
    held: Mutex<HashMap<Network, usize>>,
}

/// What one holder has of it; given back when it is dropped.
#[derive(Debug)]
pub struct QuotaShare {
    of: Arc<AddressQuota>,
    client: Option<Network>,
    held: usize,
}

impl AddressQuota {
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, held: Mutex::default() })
    }

    /// A holder that has nothing yet; without an address it counts for nobody.
    pub fn of(self: &Arc<Self>, address: Option<IpAddr>) -> QuotaShare {
        let client = address.filter(|_| self.most > 0).map(Network::of_client);
        QuotaShare { of: Arc::clone(self), client, held: 0 }
    }

    /// One place; `None` where the address holds as many as it may.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Option<QuotaShare> {
        let mut place = self.of(address);
        place.take(1).then_some(place)
    }

    #[cfg(test)]
    pub fn clients(&self) -> usize {
        self.held.lock().unwrap().len()
    }
}

impl QuotaShare {
    /// Takes so much more, unless that is more than the client may hold.
    pub fn take(&mut self, more: usize) -> bool {
        let Some(client) = self.client else { return true };
        let mut all = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = all.get(&client).copied().unwrap_or(0).saturating_add(more);
        if held > self.of.most {
            return false;
        }
        all.insert(client, held);
        self.held += more;
        true
    }
}

impl Drop for QuotaShare {
    fn drop(&mut self) {
        let Some(client) = self.client.filter(|_| self.held > 0) else { return };
        let mut all = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = all.get_mut(&client) {
            *held = held.saturating_sub(self.held);
            if *held == 0 {
                all.remove(&client);
            }
        }
    }
}
