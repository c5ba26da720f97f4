//! What a change of an account was, for the audit log: the fields that differ, before and after. Secrets are not named.

use serde_json::{Map, Value, json};

use super::account::Account;
use crate::clock;
use crate::store::audit::scope::ChangeNote;

/// What is told of an account.
fn facts(it: &Account) -> Map<String, Value> {
    let factor = match &it.second_factor {
        None => "none",
        Some(it) if it.confirmed => "set_up",
        Some(_) => "unconfirmed",
    };
    let facts = json!({
        "display_name": it.display_name,
        "roles": it.roles,
        "districts": it.districts,
        "units": it.units,
        "state": it.state.as_str(),
        "second_factor": factor,
        "password": if it.password_hash.is_some() { "set" } else { "none" },
        "provider_identity": it.provider_identity.as_ref().map(|it| {
            json!({"issuer": it.issuer, "subject": it.subject, "second_factor": it.second_factor})
        }),
        "invited_until": it.invitation.as_ref().map(|it| clock::text(it.until)),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}

/// The change of one account; `None` where its person signed in and nothing else happened.
pub(super) fn note(before: Option<&Account>, after: &Account) -> Option<ChangeNote> {
    let object = after.name.clone();
    let mut new = facts(after);
    let Some(before) = before else {
        return Some(ChangeNote { object, ..ChangeNote::after(new.into()) });
    };
    let mut old = facts(before);
    let secrets = |it: &Account| {
        let factor = it.second_factor.as_ref().map(|it| it.secret.clone());
        (it.password_hash.clone(), factor, it.invitation.clone())
    };
    if new == old && secrets(before) == secrets(after) {
        return None;
    }
    let password_changed = before.password_hash != after.password_hash;
    let same: Vec<String> =
        new.iter().filter(|(name, it)| old.get(*name) == Some(it)).map(|it| it.0.clone()).collect();
    for name in same {
        old.remove(&name);
        new.remove(&name);
    }
    if password_changed {
        new.insert("password".to_owned(), "changed".into());
    }
    Some(ChangeNote { object, before: Some(old.into()), after: Some(new.into()), reason: None })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use nengce_shared::access::role::Role;

    use super::*;

    #[test]
    fn a_change_names_what_differs_and_no_secret() {
        let now = date(2026, 1, 2).at(3, 4, 5, 0);
        let before = Account::new("zheng".to_owned(), vec![Role::Inspector], now);
        let made = note(None, &before).expect("it is new");
        assert_eq!(made.after.expect("facts")["roles"], json!(["inspector"]));

        let signed_in = Account { last_sign_in_at: Some(now), ..before.clone() };
        assert!(note(Some(&before), &signed_in).is_none());

        let hash = Some("$argon2id$secret".to_owned());
        let after = Account { password_hash: hash, units: vec!["U".to_owned()], ..before.clone() };
        let changed = note(Some(&before), &after).expect("it changed");
        assert_eq!(changed.before, Some(json!({"password": "none", "units": []})));
        assert_eq!(changed.after, Some(json!({"password": "changed", "units": ["U"]})));
    }
}
