//! Finds the proof that a registration comes from the enterprise's registered terminal. The function is pure.

use nengce_messages::profile::anhui::Certificate;
use nengce_messages::profile::{Profile, Proof};
use nengce_shared::credit_code::CreditCode;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::http::access::auth::same;
use crate::network::Network;
use crate::store::registry::registrations::{ProvedBy, Registrant, Registration, Registrations};

/// The facts of a registration from which a proof may follow.
pub struct Shown<'a> {
    pub enterprise: &'a CreditCode,
    pub from: &'a Registrant,
    pub certificate: Option<&'a Certificate>,
    pub secrets: &'a [String],
}

/// The strongest proof of the registration; `keys` are the secrets of the registered terminal beside its device id.
pub fn of(
    config: &Config,
    profile: &Profile,
    known: &Registration,
    keys: &[&str],
    shown: &Shown<'_>,
) -> Option<ProvedBy> {
    // A registration by another province's profile is a new binding, which an operator decides.
    if known.from.profile != profile.name {
        return None;
    }
    let is_taken = |proof: &str| config.registration_proofs.iter().any(|it| it == proof);
    if is_taken("certificate") && has_certificate(known, shown) {
        return Some(ProvedBy::Certificate);
    }
    // In the profile that requires certificates, only a certificate is a proof.
    if profile.proof == Proof::Certificate {
        return None;
    }
    let secrets = std::iter::once(known.device_id.as_str()).chain(keys.iter().copied());
    let is_known = |it: &String| secrets.clone().any(|known| !known.is_empty() && same(known, it));
    if is_taken("secret") && shown.secrets.iter().any(is_known) {
        return Some(ProvedBy::Secret);
    }
    let (stands, comes) = (known.from.proven_address()?, shown.from.proven_address()?);
    if is_taken("address") && stands == comes {
        return Some(ProvedBy::Address);
    }
    let bits = if stands.is_ipv4() {
        config.registration_network_prefix_ipv4_bits
    } else {
        config.registration_network_prefix_ipv6_bits
    };
    (is_taken("network") && Network::of(stands, bits).contains(comes)).then_some(ProvedBy::Network)
}

/// Whether the certificate is the registered one, or names the enterprise.
fn has_certificate(known: &Registration, shown: &Shown<'_>) -> bool {
    let Some(certificate) = shown.certificate else {
        return false;
    };
    let is_named = certificate.enterprises().any(|it| it == *shown.enterprise);
    let bound = known.from.certificate.as_deref();
    is_named || bound == Some(certificate.fingerprint.as_str())
}

/// Whether the certificate is already bound to another enterprise; an operator decides on a second one.
pub fn is_bound_elsewhere(all: &Registrations, enterprise_code: &str, from: &Registrant) -> bool {
    from.certificate.as_deref().is_some_and(|it| all.is_of_another(it, enterprise_code))
}

/// The letters and digits of a one-time code, without those that look alike.
pub const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code, in groups of four.
pub const CODE_LENGTH: usize = 12;

/// The stored hash of a code and its enterprise. Letter case, hyphens and spaces of the code do not matter.
pub fn hash_of_code(enterprise_code: &str, code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(|it| it.is_ascii_alphanumeric())
        .take(CODE_LENGTH + 1)
        .map(|it| match it.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            it => it,
        })
        .collect();
    const_hex::encode(Sha256::digest(format!("{enterprise_code}:{plain}")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::DateTime;
    use nengce_messages::profile;

    use super::*;

    const ENTERPRISE: &str = "911201120000000191";

    fn from(profile: &str, address: &str, proves: bool) -> Registrant {
        Registrant::example(profile, address, proves)
    }

    fn known(from: Registrant) -> Registration {
        Registration {
            enterprise_code: ENTERPRISE.to_owned(),
            device_id: "the device".to_owned(),
            from,
            registered_at: DateTime::default(),
            proof: ProvedBy::First,
            proved_at: DateTime::default(),
            old: None,
            rotation_asked: None,
        }
    }

    fn config(proofs: &[&str]) -> Config {
        Config {
            registration_proofs: proofs.iter().map(|it| (*it).to_owned()).collect(),
            ..Config::default()
        }
    }

    #[track_caller]
    fn check(
        proofs: &[&str],
        known: &Registration,
        comes: &Registrant,
        secrets: &[&str],
        expected: Option<ProvedBy>,
    ) {
        let enterprise = CreditCode::parse(ENTERPRISE).unwrap();
        let secrets: Vec<String> = secrets.iter().map(|it| (*it).to_owned()).collect();
        let shown =
            Shown { enterprise: &enterprise, from: comes, certificate: None, secrets: &secrets };
        let speaks = profile::by_name(&comes.profile).unwrap();
        let found = of(&config(proofs), speaks, known, &["the key"], &shown);
        assert_eq!(found, expected, "{proofs:?} {comes:?} {secrets:?}");
    }

    #[test]
    fn an_address_proves_where_it_tells_one_client_from_another() {
        let place = known(from("national", "203.0.113.7", true));
        let all = ["certificate", "secret", "address", "network"];
        let same = from("national", "203.0.113.7", true);
        check(&all, &place, &same, &[], Some(ProvedBy::Address));
        check(&["secret"], &place, &same, &[], None);
        let near = from("national", "203.0.113.200", true);
        check(&all, &place, &near, &[], Some(ProvedBy::Network));
        check(&["address"], &place, &near, &[], None);
        check(&all, &place, &from("national", "203.0.114.7", true), &[], None);
        // The address of a proxy or of this machine is shared by all clients.
        let hidden = from("national", "203.0.113.7", false);
        check(&all, &place, &hidden, &[], None);
        check(&all, &known(hidden), &same, &[], None);
        let loopback = from("national", "127.0.0.1", false);
        check(&all, &known(loopback.clone()), &loopback, &[], None);
        let nowhere = from("national", "", false);
        check(&all, &known(nowhere.clone()), &nowhere, &[], None);
    }

    #[test]
    fn a_secret_proves_in_its_own_profile() {
        let place = known(from("shandong", "203.0.113.7", true));
        let comes = from("shandong", "198.51.100.1", true);
        let all = ["secret", "address", "network"];
        check(&all, &place, &comes, &["the device"], Some(ProvedBy::Secret));
        check(&all, &place, &comes, &["x", "the key"], Some(ProvedBy::Secret));
        check(&all, &place, &comes, &["another", ""], None);
        check(&["address"], &place, &comes, &["the device"], None);
        let elsewhere = from("national", "203.0.113.7", true);
        check(&all, &place, &elsewhere, &["the device"], None);
        let unapplied = Registration { device_id: String::new(), ..place };
        check(&all, &unapplied, &comes, &[""], None);
    }

    #[test]
    fn only_the_certificate_proves_where_connections_show_one() {
        let mut place = known(from("anhui", "203.0.113.7", true));
        place.from.certificate = Some("ab".to_owned());
        let all = ["certificate", "secret", "address", "network"];
        check(&all, &place, &place.from, &["the device"], None);
        let enterprise = CreditCode::parse(ENTERPRISE).unwrap();
        let proved = |fingerprint: &str, name: &str, proofs: &[&str]| {
            let certificate =
                Certificate { fingerprint: fingerprint.to_owned(), names: vec![name.to_owned()] };
            let shown = Shown {
                enterprise: &enterprise,
                from: &place.from,
                certificate: Some(&certificate),
                secrets: &[],
            };
            let anhui = profile::by_name("anhui").unwrap();
            of(&config(proofs), anhui, &place, &[], &shown)
        };
        assert_eq!(proved("ab", "", &all), Some(ProvedBy::Certificate));
        assert_eq!(proved("cd", "", &all), None);
        let renewed = format!("CN={ENTERPRISE}");
        assert_eq!(proved("cd", &renewed, &all), Some(ProvedBy::Certificate));
        assert_eq!(proved("ab", "", &["secret"]), None);
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let hash = hash_of_code(ENTERPRISE, "0123-ABCD-1XYZ");
        for text in ["0123ABCD1XYZ", "o123 abcd-lxyz", " 0123-abcd-Ixyz "] {
            assert_eq!(hash_of_code(ENTERPRISE, text), hash, "{text}");
        }
        assert_ne!(hash_of_code(ENTERPRISE, "0123-ABCD-1XYZ0"), hash);
        assert_ne!(hash_of_code("91120110MA06ABCDX2", "0123-ABCD-1XYZ"), hash);
    }
}
