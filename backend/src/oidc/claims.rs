//! What claims of the provider mean here: which roles, districts and units they name. Plain values, no requests.

use nengce_shared::access::role::Role;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::config::oidc::role_of_value;

/// A person whom the provider vouches for.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub issuer: String,
    /// The provider's own name of the person, which it never gives to another.
    pub subject: String,
    /// The name to be shown.
    pub name: Option<String>,
    /// The provider says by `acr` or `amr` that it asked for a second factor.
    pub second_factor: bool,
    /// The claims that no standard names.
    pub claims: Map<String, Value>,
}

/// What the claims of a person name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub roles: Vec<Role>,
    pub districts: Vec<String>,
    pub units: Vec<String>,
}

/// The texts of a claim. A name with dots leads into objects where no claim has the whole name: `realm_access.roles`.
fn texts(claims: &Map<String, Value>, name: &str) -> Vec<String> {
    let into = || {
        let mut parts = name.split('.');
        let first = claims.get(parts.next()?)?;
        parts.try_fold(first, |at, part| at.get(part))
    };
    match claims.get(name).or_else(into) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

impl Named {
    /// Values of the claim that the table does not hold mean nothing here.
    pub fn of(person: &Person, config: &Config) -> Self {
        let values = texts(&person.claims, &config.oidc_roles_claim);
        let table = config.oidc_roles.iter().filter_map(|it| role_of_value(it));
        let named = table.filter(|(value, _)| values.iter().any(|it| it == value));
        let mut roles: Vec<Role> = named.map(|it| it.1).collect();
        roles.sort_unstable();
        roles.dedup();
        Self {
            roles,
            districts: texts(&person.claims, &config.oidc_districts_claim),
            units: texts(&person.claims, &config.oidc_units_claim),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_a_claim_become_roles_by_the_table_alone() {
        let table = ["nc=inspect=inspector", "nc-policy=policymaker", "twice=inspector"];
        let config = Config {
            oidc_roles: table.map(str::to_owned).to_vec(),
            oidc_roles_claim: "realm_access.roles".to_owned(),
            oidc_units_claim: "units".to_owned(),
            ..Config::default()
        };
        let named = |claims: Value| {
            let claims = claims.as_object().cloned().expect("an object");
            let (issuer, subject) = (String::new(), String::new());
            let person = Person { issuer, subject, name: None, second_factor: false, claims };
            Named::of(&person, &config)
        };
        let found = named(json!({
            "realm_access": {"roles": ["nc=inspect", "twice", "auditor", 3]}, "units": "A"
        }));
        assert_eq!(found.roles, [Role::Inspector]);
        assert_eq!((found.districts, found.units), (vec![], vec!["A".to_owned()]));
        assert_eq!(named(json!({"realm_access.roles": "nc-policy"})).roles, [Role::Policymaker]);
        for nothing in [json!({}), json!({"realm_access": "nc-policy"}), json!({"realm_access": 1})]
        {
            assert!(named(nothing).roles.is_empty());
        }
    }
}
