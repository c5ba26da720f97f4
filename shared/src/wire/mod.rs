//! How values are written, on the wire and on screen: JSON, words of closed lists, languages, numbers, masked secrets.

pub mod json;
pub mod lang;
pub mod mask;
pub mod number;
mod rounding;
mod string_serde;
mod wire_enum;
