//! Holds the profile of Anhui (the national messages over mutual TLS), and decides to which enterprise a certificate
//! belongs.

use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::national::valid;
use super::{Profile, Proof};
use crate::Problem;

/// Anhui: the national messages over mutual TLS.
///
/// Found in a public client of the province: HTTPS with a client certificate, national messages inside. Inferred: how a
/// certificate names its enterprise. Here its subject or an alternative name that holds a credit code decides; one without
/// is bound by its fingerprint to the enterprise that first registers with it.
pub const ANHUI: Profile = Profile {
    name: "anhui",
    prefix: "",
    valid,
    valid_may_be_absent: true,
    proof: Proof::Certificate,
};

/// The client certificate of a connection, issued by a trusted authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of it, hexadecimal.
    pub fingerprint: String,
    /// The texts of its subject and alternative names.
    pub names: Vec<String>,
}

impl Certificate {
    /// The credit codes that its names hold.
    pub fn enterprises(&self) -> impl Iterator<Item = CreditCode> {
        self.names
            .iter()
            .flat_map(|it| it.split(|c: char| !c.is_ascii_alphanumeric()))
            .filter_map(|it| CreditCode::parse(it).ok())
    }

    /// Checks that the certificate may send for an enterprise. `bound` is the fingerprint that is stored for the
    /// enterprise.
    pub fn check(&self, enterprise: &CreditCode, bound: Option<&str>) -> Result<(), Problem> {
        let mut named = self.enterprises().peekable();
        let belongs = if named.peek().is_some() {
            named.any(|it| it == *enterprise)
        } else {
            bound.is_some_and(|it| it == self.fingerprint)
        };
        if belongs {
            return Ok(());
        }
        Err(Problem::new("enterpriseCode", ProblemCode::CertificateMismatch, enterprise.as_str())
            .hint(
                format!("证书 {}…", &self.fingerprint[..16.min(self.fingerprint.len())]),
                format!("certificate {}…", &self.fingerprint[..16.min(self.fingerprint.len())]),
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> CreditCode {
        CreditCode::parse(text).unwrap()
    }

    fn certificate(name: &str) -> Certificate {
        Certificate { fingerprint: "ab".repeat(32), names: vec![name.to_owned()] }
    }

    #[test]
    fn a_name_with_a_credit_code_decides() {
        let it = certificate("CN=911201120000000191, O=示例水泥");
        assert_eq!(it.check(&code("911201120000000191"), None), Ok(()));
        let other = code("91120110MA06ABCDX2");
        let refused = it.check(&other, Some(&it.fingerprint)).unwrap_err();
        assert_eq!(refused.code, ProblemCode::CertificateMismatch);
    }

    #[test]
    fn without_a_code_the_fingerprint_decides() {
        let it = certificate("CN=terminal 7");
        let enterprise = code("911201120000000191");
        assert_eq!(it.check(&enterprise, Some(&it.fingerprint)), Ok(()));
        assert!(it.check(&enterprise, Some("cd")).is_err());
        assert!(it.check(&enterprise, None).is_err());
    }
}
