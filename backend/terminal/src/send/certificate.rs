//! Until when the certificate that the terminal shows to a centre holds.

use std::path::Path;

use x509_parser::pem::Pem;

/// The last second of the first certificate of a PEM file, in seconds of UTC since 1970; none where it cannot be read.
pub(crate) fn ends_at(file: &Path) -> Option<i64> {
    let bytes = std::fs::read(file).ok()?;
    let first = Pem::iter_from_buffer(&bytes).next()?.ok()?;
    Some(first.parse_x509().ok()?.validity().not_after.timestamp())
}

#[cfg(test)]
mod tests {
    use super::ends_at;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIBfDCCASGgAwIBAgIUVMy64cQzHekveM1ryD0rD6soRm8wCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIdGVybWluYWwwHhcNMjYxMTI4MTAyMzU1WhcNMzYxMTI1MTAy
MzU1WjATMREwDwYDVQQDDAh0ZXJtaW5hbDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABFm3v878vSO0vsYNfe2Jb4FTd3tIvk8ssk/Th7/eIr+ndIv0bf5vr/rHDpHw
q6OExz0sVjobjJQjW9vKccqCHrWjUzBRMB0GA1UdDgQWBBQlcRh1JBUswZ0sMmoM
gm9bBaYuYTAfBgNVHSMEGDAWgBQlcRh1JBUswZ0sMmoMgm9bBaYuYTAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCLeanH1usprRiSuLmKpACbdQsH
MryPyXuwc2Gc56rw3gIhAL8A5qZ9aJwitt3f8Mw+h2A0JNHzg/yOjCrjZ0Im+7xj
-----END CERTIFICATE-----
";

    #[test]
    fn the_end_of_a_certificate_and_of_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let (good, bad) = (folder.path().join("client.pem"), folder.path().join("other.pem"));
        std::fs::write(&good, CERTIFICATE).expect("written");
        std::fs::write(&bad, "no certificate").expect("written");
        assert_eq!(ends_at(&good), Some(2_111_221_435));
        assert_eq!((ends_at(&bad), ends_at(folder.path())), (None, None));
    }
}
