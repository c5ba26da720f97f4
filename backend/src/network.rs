//! IP networks as the configuration writes them: `10.0.0.0/8`, or one address. Plain values, no sockets.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use anyhow::{Result, anyhow, bail};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// The network of an address with so many leading bits, at most all of them.
    pub fn of(address: IpAddr, bits: u8) -> Self {
        let address = address.to_canonical();
        let bits = bits.min(width(address));
        Self { address: masked(address, bits), bits }
    }

    /// What limits count as one client: an address, or the 64 bits that one customer has of IPv6.
    pub fn of_client(address: IpAddr) -> Self {
        let bits = if address.to_canonical().is_ipv4() { 32 } else { 64 };
        Self::of(address, bits)
    }

    /// Leading bits that all its addresses share.
    pub fn bits(&self) -> u8 {
        self.bits
    }

    pub fn is_loopback(&self) -> bool {
        self.address.is_loopback()
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && masked(address, self.bits) == self.address
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            IpAddr::V4((it.to_bits() & mask).into())
        }
        IpAddr::V6(it) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            IpAddr::V6((it.to_bits() & mask).into())
        }
    }
}

impl FromStr for Network {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let unreadable = || anyhow!("{text} is not an IP address or a network such as 10.0.0.0/8");
        let address: IpAddr = address.trim().parse().map_err(|_| unreadable())?;
        let address = address.to_canonical();
        let bits = match bits {
            Some(it) => it.trim().parse().map_err(|_| unreadable())?,
            None => width(address),
        };
        if bits > width(address) {
            bail!("{text}: a prefix has at most {} bits here", width(address));
        }
        Ok(Self::of(address, bits))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_lies_in_its_network_alone() {
        assert!(network("10.1.0.0/16").contains(address("10.1.255.3")));
        assert!(network("10.1.0.0/16").contains(address("::ffff:10.1.2.3")));
        assert!(!network("10.1.0.0/16").contains(address("10.2.0.1")));
        assert!(network("0.0.0.0/0").contains(address("203.0.113.9")));
        assert!(!network("0.0.0.0/0").contains(address("2001:db8::1")));
        assert!(network("2001:db8::/64").contains(address("2001:db8::9:1")));
        assert!(!network("2001:db8::/64").contains(address("2001:db8:0:1::1")));
        assert!(!network("192.0.2.7").contains(address("192.0.2.8")));
    }

    #[test]
    fn what_is_no_network_is_said() {
        for text in ["", "10.0.0.0/33", "10.0.0.0/x", "nginx", "2001:db8::/129"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
