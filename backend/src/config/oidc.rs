//! Checks the keys of the sign-in at a provider, and reads its table of roles.

use anyhow::{Context, Result, bail, ensure};
use nengce_shared::access::role::Role;
use openidconnect::url::{Host, Url};

use super::Config;

/// Whether what is sent to an address can be read by nobody on the way: HTTPS, or this machine.
pub fn is_protected(address: &Url) -> bool {
    let is_local = match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        None => false,
    };
    address.scheme() == "https" || (address.scheme() == "http" && is_local)
}

/// `VALUE=role` of `oidc_roles`; the last `=` divides.
pub fn role_of_value(line: &str) -> Option<(&str, Role)> {
    let (value, role) = line.rsplit_once('=')?;
    let value = value.trim();
    Some((value, Role::parse(role.trim())?)).filter(|_| !value.is_empty())
}

/// An address without a query that is HTTPS or on this machine.
fn address(key: &str, text: &str) -> Result<Url> {
    let it = Url::parse(text).with_context(|| format!("{key}: {text} is not an address"))?;
    ensure!(is_protected(&it), "{key}: {text} is not HTTPS; plain HTTP is for this machine alone");
    ensure!(it.query().is_none() && it.fragment().is_none(), "{key}: {text} has a query");
    Ok(it)
}

impl Config {
    pub(super) fn check_credit_push(&self) -> Result<()> {
        if self.credit_push_address.is_empty() {
            ensure!(
                self.credit_push_token.is_empty(),
                "credit_push_token: credit_push_address names no platform"
            );
            return Ok(());
        }
        address("credit_push_address", &self.credit_push_address).map(drop)
    }

    pub(super) fn check_oidc(&self) -> Result<()> {
        if self.oidc_issuer.is_empty() {
            ensure!(
                self.oidc_client_id.is_empty() && self.oidc_client_secret.is_empty(),
                "oidc_client_id, oidc_client_secret: oidc_issuer names no provider"
            );
            return Ok(());
        }
        address("oidc_issuer", &self.oidc_issuer)?;
        let base = address("oidc_redirect_base", &self.oidc_redirect_base)?;
        ensure!(
            base.path() == "/",
            "oidc_redirect_base: {} has a path; name the address that browsers reach this server at",
            self.oidc_redirect_base
        );
        for (key, is_empty) in [
            ("oidc_client_id", self.oidc_client_id.is_empty()),
            ("oidc_client_secret_file", self.oidc_client_secret.is_empty()),
            ("oidc_roles_claim", self.oidc_roles_claim.is_empty()),
            ("oidc_roles", self.oidc_roles.is_empty()),
            ("oidc_label_zh", self.oidc_label_zh.is_empty()),
            ("oidc_label_en", self.oidc_label_en.is_empty()),
            ("oidc_timeout_seconds", self.oidc_timeout_seconds == 0),
            ("oidc_tries", self.oidc_tries == 0),
            ("oidc_sign_in_minutes", self.oidc_sign_in_minutes == 0),
            ("max_oidc_sign_ins", self.max_oidc_sign_ins == 0),
            ("max_oidc_answer_bytes", self.max_oidc_answer_bytes == 0),
        ] {
            ensure!(!is_empty, "{key}: nobody could sign in at the provider without it");
        }
        self.check_oidc_roles()
    }

    /// Every line names a role, and the provider proves a second factor for each role that needs one.
    fn check_oidc_roles(&self) -> Result<()> {
        let proves_factor = !(self.oidc_acr_values.is_empty() && self.oidc_amr_values.is_empty());
        for line in &self.oidc_roles {
            let Some((_, role)) = role_of_value(line) else {
                bail!("oidc_roles: {line} is not VALUE=role with a role of this platform");
            };
            ensure!(
                proves_factor || !self.needs_second_factor(role),
                "oidc_roles: {line} gives a role of second_factor_roles, and nothing says how the provider proves a second \
                 factor: name the values of acr in oidc_acr_values, or those of amr in oidc_amr_values, that it sends after \
                 asking for one; or keep {} in accounts with a password",
                role.as_str()
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_may_be_spoken_to_without_tls() {
        let protected = |it: &str| is_protected(&Url::parse(it).expect("an address"));
        for it in ["https://a", "http://127.0.0.1:1", "http://localhost", "http://[::1]/x"] {
            assert!(protected(it), "{it}");
        }
        for it in ["http://a", "http://10.0.0.1", "http://localhost.a", "ftp://127.0.0.1"] {
            assert!(!protected(it), "{it}");
        }
    }

    #[test]
    fn a_line_of_the_table_names_a_value_and_a_role() {
        assert_eq!(role_of_value("a=b=auditor"), Some(("a=b", Role::Auditor)));
        for wrong in ["auditor", "=auditor", "a=", "a=king"] {
            assert_eq!(role_of_value(wrong), None, "{wrong}");
        }
    }

    fn config() -> Config {
        let text = str::to_owned;
        Config {
            oidc_issuer: text("https://sso.example/realms/city"),
            oidc_client_id: text("nengce"),
            oidc_client_secret: text("secret"),
            oidc_redirect_base: text("https://nengce.example"),
            oidc_roles: vec![text("nc-inspect=inspector")],
            ..Config::default()
        }
    }

    /// Changes a configuration that is right otherwise.
    fn refused(change: impl FnOnce(&mut Config)) -> String {
        let mut it = config();
        change(&mut it);
        it.check_oidc().expect_err("it is refused").to_string()
    }

    #[test]
    fn a_provider_is_spoken_to_by_https_and_needs_its_keys() {
        assert!(config().check_oidc().is_ok() && Config::default().check_oidc().is_ok());
        let plain = "http://sso.example".to_owned();
        assert!(refused(|it| it.oidc_issuer = plain.clone()).contains("oidc_issuer"));
        assert!(refused(|it| it.oidc_redirect_base = plain).contains("oidc_redirect_base"));
        let path = "https://nengce.example/x".to_owned();
        assert!(refused(|it| it.oidc_redirect_base = path).contains("path"));
        assert!(refused(|it| it.oidc_client_secret.clear()).contains("oidc_client_secret"));
        assert!(refused(|it| it.oidc_roles.clear()).contains("oidc_roles"));
        assert!(refused(|it| it.oidc_roles.push("a=king".to_owned())).contains("a=king"));
        assert!(refused(|it| it.oidc_issuer.clear()).contains("oidc_issuer"));
    }

    #[test]
    fn an_administrator_comes_from_a_provider_that_proves_a_second_factor_alone() {
        let line = "nc-audit=auditor".to_owned();
        assert!(refused(|it| it.oidc_roles.push(line.clone())).contains("oidc_acr_values"));
        let mut proving = config();
        proving.oidc_roles.push(line);
        proving.oidc_amr_values.push("otp".to_owned());
        assert!(proving.check_oidc().is_ok());
    }
}
