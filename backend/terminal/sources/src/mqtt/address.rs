//! Addresses of a broker: `TOPIC[#PATH[@PATH OF ITS TIME]]`, or a metric of Sparkplug B.
use crate::address::AddressError;
use crate::json;
use crate::mqtt::sparkplug::Name;

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    Json(json::Address),
    Metric(Name),
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if Name::is_meant(text) {
            return Name::parse(text).map(Self::Metric);
        }
        let address = json::Address::parse(text)?;
        if address.head.contains('+') {
            let (zh, en) = ("主题不能含通配符", "a topic has no wildcards here");
            return Err(AddressError::new(text, zh, en));
        }
        Ok(Self::Json(address))
    }
}

/// Whether an address is well written.
pub(crate) fn check(text: &str) -> Result<(), AddressError> {
    Address::parse(text).map(drop)
}
