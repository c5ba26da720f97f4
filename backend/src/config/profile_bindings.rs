//! Where each province's profile is spoken: `name`, `name:/prefix`, `name@address:port`, or both, as the configuration
//! lists them. Nothing of HTTP here.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use anyhow::{Result, anyhow, bail};
use nengce_messages::profile::{self, Profile, Proof};

use super::nearest;

/// One entry of `profiles`.
#[derive(Debug, Clone)]
pub struct ProfileBinding {
    pub profile: &'static Profile,
    /// Empty or `/path` without a slash at its end.
    pub prefix: String,
    /// A listener of its own; else the server's.
    pub listen: Option<SocketAddr>,
}

impl Default for ProfileBinding {
    fn default() -> Self {
        Self { profile: &profile::national::NATIONAL, prefix: String::new(), listen: None }
    }
}

impl FromStr for ProfileBinding {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (rest, listen) = match text.split_once('@') {
            Some((rest, address)) => {
                let address = address
                    .parse()
                    .map_err(|_| anyhow!("profiles: {address} of {text} is not ADDRESS:PORT"))?;
                (rest, Some(address))
            }
            None => (text, None),
        };
        let (name, prefix) = match rest.split_once(':') {
            Some((name, prefix)) => (name.trim(), Some(prefix.trim())),
            None => (rest.trim(), None),
        };
        let Some(profile) = profile::by_name(name) else {
            let known = profile::ALL.map(|it| it.name);
            let nearest = nearest(name, known).unwrap_or_default();
            bail!("profiles: there is no profile {name}; the nearest valid one is {nearest}");
        };
        let prefix = prefix.unwrap_or(profile.prefix).trim_end_matches('/');
        let plain = |it: char| it.is_ascii_alphanumeric() || "/-_.".contains(it);
        if !prefix.is_empty() && (!prefix.starts_with('/') || !prefix.chars().all(plain)) {
            bail!("profiles: {prefix} of {text} is not a path such as /enterprise");
        }
        if prefix == "/api" || prefix.starts_with("/api/") {
            bail!("profiles: {prefix} of {text} belongs to the portal");
        }
        Ok(Self { profile, prefix: prefix.to_owned(), listen })
    }
}

impl fmt::Display for ProfileBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.profile.name)?;
        if !self.prefix.is_empty() {
            write!(f, ":{}", self.prefix)?;
        }
        self.listen.map_or(Ok(()), |it| write!(f, "@{it}"))
    }
}

/// The whole list; two profiles in one place are an error.
pub fn parse(list: &[String]) -> Result<Vec<ProfileBinding>> {
    let bindings: Vec<ProfileBinding> = list.iter().map(|it| it.parse()).collect::<Result<_>>()?;
    for (at, one) in bindings.iter().enumerate() {
        if let Some(other) =
            bindings[..at].iter().find(|it| it.prefix == one.prefix && it.listen == one.listen)
        {
            bail!("profiles: {one} and {other} have the same place");
        }
        if one.profile.proof == Proof::Certificate && one.listen.is_none() {
            bail!(
                "profiles: {} asks each connection for a certificate and needs a listener of its own: {}@0.0.0.0:8443",
                one.profile.name,
                one.profile.name
            );
        }
    }
    Ok(bindings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &[&str]) -> Result<Vec<ProfileBinding>> {
        parse(&text.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn places_are_read_and_written() {
        let bindings =
            list(&["national", "shandong", "yunnan:/yn/", "anhui@127.0.0.1:8443"]).unwrap();
        let shown: Vec<_> = bindings.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            ["national", "shandong:/enterprise", "yunnan:/yn", "anhui@127.0.0.1:8443"]
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, word) in [
            (&["shangdong"][..], "shandong"),
            (&["anhui"][..], "listener of its own"),
            (&["yunnan:/x", "shandong:/x"][..], "same place"),
            (&["yunnan:/api/v1"][..], "portal"),
            (&["yunnan@8443"][..], "ADDRESS:PORT"),
            (&["yunnan:yn"][..], "not a path"),
        ] {
            let error = list(text).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
