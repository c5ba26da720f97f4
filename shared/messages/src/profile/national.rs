//! The national series NECC-NHJC-04 (later GB/T 37947) as real clients speak it: `valid` as bool, 0/1 or text.

use super::{Profile, Proof};
use crate::scalar::Scalar;

/// The national protocol.
pub const NATIONAL: Profile = Profile {
    name: "national",
    prefix: "",
    valid,
    valid_may_be_absent: true,
    proof: Proof::DeviceId,
};

pub(super) fn valid(scalar: &Scalar<'_>) -> Option<bool> {
    match scalar {
        Scalar::Flag(it) => Some(*it),
        Scalar::Number(1.0) => Some(true),
        Scalar::Number(0.0) => Some(false),
        Scalar::Text(it) => match it.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "y" | "yes" => Some(true),
            "false" | "0" | "n" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
