//! Addresses of a broker: `TOPIC[#PATH[@PATH OF ITS TIME]]`.
use crate::address::AddressError;
use crate::json::Address;

/// An address whose topic is one topic.
pub(crate) fn check(text: &str) -> Result<Address, AddressError> {
    let address = Address::parse(text)?;
    if address.head.contains('+') {
        let (zh, en) = ("主题不能含通配符", "a topic has no wildcards here");
        return Err(AddressError::new(text, zh, en));
    }
    Ok(address)
}
