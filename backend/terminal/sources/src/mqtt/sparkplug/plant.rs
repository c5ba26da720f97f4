//! The nodes and devices that addresses name, and what was heard of each. Only they are kept, so that memory is bounded
//! by the addresses and by what their BIRTHs name.
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use super::device::Device;
use super::name::{Kind, Name, Place};
use super::payload::Payload;
use crate::error::Problem;
use crate::measured::Measured;

/// Between two requests to the same node.
const BETWEEN_REQUESTS: Duration = Duration::from_secs(60);

/// What is known.
#[derive(Debug, Default)]
pub(crate) struct Plant {
    devices: BTreeMap<Place, Device>,
    wanted: BTreeSet<Name>,
    asked: BTreeMap<Place, Instant>,
}

impl Plant {
    /// Keeps a metric from now on; gives the topics that tell of it.
    pub(crate) fn watch(&mut self, name: &Name) -> Vec<String> {
        if self.wanted.insert(name.clone()) {
            self.devices.entry(name.place.clone()).or_default();
            self.devices.entry(name.place.of_node()).or_default();
        }
        name.place.topics()
    }

    /// Takes a message.
    pub(crate) fn take(&mut self, topic: &str, message: &[u8]) {
        let Some((place, kind)) = Place::of_topic(topic) else { return };
        let Some(device) = self.devices.get_mut(&place) else { return };
        let Ok(payload) = Payload::parse(message) else {
            device.breaks();
            return;
        };
        let is_node = place.device.is_none();
        match kind {
            Kind::Data => {
                let wanted = &self.wanted;
                device.told(&payload, |metric| {
                    wanted.contains(&Name { place: place.clone(), metric: metric.to_owned() })
                });
            }
            Kind::Birth => {
                device.born(payload);
                if is_node {
                    self.end_devices(&place, "NBIRTH");
                }
            }
            Kind::Death if is_node => {
                if device.is_of_session(&payload) {
                    device.dies("NDEATH");
                    self.end_devices(&place, "NDEATH");
                }
            }
            Kind::Death => device.dies("DDEATH"),
        }
    }

    /// With its node every device ends; after its birth each is born again.
    fn end_devices(&mut self, node: &Place, by: &'static str) {
        for (place, device) in &mut self.devices {
            if place.device.is_some() && place.of_node() == *node {
                device.dies(by);
            }
        }
    }

    /// The broker is gone.
    pub(crate) fn lost(&mut self) {
        self.devices.values_mut().for_each(Device::lost);
        self.asked.clear();
    }

    /// Where to ask for a new BIRTH now.
    pub(crate) fn requests(&mut self) -> Vec<String> {
        let now = Instant::now();
        let mut topics = BTreeSet::new();
        for Name { place, .. } in &self.wanted {
            let node = place.of_node();
            let lacks = self.devices.get(place).is_some_and(Device::lacks_birth);
            let is_recent = |it: &Instant| now.duration_since(*it) < BETWEEN_REQUESTS;
            if lacks && !self.asked.get(&node).is_some_and(is_recent) {
                topics.insert(node.command());
                self.asked.insert(node, now);
            }
        }
        topics.into_iter().collect()
    }

    /// Whether there is an answer already.
    pub(crate) fn has(&self, name: &Name) -> bool {
        self.devices.get(&name.place).is_some_and(|it| it.has(&name.metric))
    }

    /// The value of a metric.
    pub(crate) fn value(
        &self,
        name: &Name,
        most: Duration,
        utc_offset_minutes: i32,
    ) -> Result<Measured, (Problem, String)> {
        let device = self.devices.get(&name.place);
        let device = device.ok_or_else(|| (Problem::Missing, "no message yet".to_owned()))?;
        device.value(&name.metric, most, utc_offset_minutes)
    }
}
