//! Until when the certificate that the terminal shows to a centre holds.

use std::path::Path;

use x509_parser::pem::Pem;

/// The last second of the first certificate of a PEM file, in seconds of UTC since 1970; none where it cannot be read.
pub(crate) fn ends_at(file: &Path) -> Option<i64> {
    let bytes = std::fs::read(file).ok()?;
    let first = Pem::iter_from_buffer(&bytes).next()?.ok()?;
    Some(first.parse_x509().ok()?.validity().not_after.timestamp())
}
