//! The terminals' part of the API document: shows each profile's operations at the address where the configuration
//! binds it.

use nengce_core::ingest::profile::{Proof, shandong, yunnan};
use serde_json::{Map, Value};

use crate::config::profile_bindings::ProfileBinding;

/// Takes the operations of terminals out and puts those back that are bound on the server's own listener.
pub fn place(document: &mut Value, bindings: &[ProfileBinding]) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    let described: Map<String, Value> = std::mem::take(paths);
    let is_of_terminal = |it: &Value| {
        let tag = it["post"]["tags"][0].as_str();
        tag.is_some_and(|it| it.starts_with("terminal"))
    };
    let (terminals, others): (Vec<_>, Vec<_>) =
        described.into_iter().partition(|(_, it)| is_of_terminal(it));
    paths.extend(others);
    for binding in bindings.iter().filter(|it| it.listen.is_none()) {
        for (path, item) in &terminals {
            let Some(rest) = rest_of(binding.profile.proof, path, &terminals) else {
                continue;
            };
            let mut item = item.clone();
            let tag = match binding.profile.name {
                "national" => "terminal".to_owned(),
                name => format!("terminal: {name}"),
            };
            if let Some(id) = item["post"]["operationId"].as_str() {
                item["post"]["operationId"] = Value::from(match binding.profile.name {
                    "national" => id.to_owned(),
                    name => format!("{name}_{id}"),
                });
            }
            item["post"]["tags"] = Value::from(vec![tag]);
            paths.insert(format!("{}{rest}", binding.prefix), item);
        }
    }
    paths.sort_keys();
}

/// The rest of a described path after the prefix of its profile.
fn rest_of<'a>(proof: Proof, path: &'a str, all: &[(String, Value)]) -> Option<&'a str> {
    let yunnan = path.strip_prefix(yunnan::YUNNAN.prefix);
    let shandong = path.strip_prefix(shandong::SHANDONG.prefix);
    match (proof, yunnan, shandong) {
        (Proof::AccessKey, rest, _) => rest,
        (_, Some(_), _) => None,
        (Proof::SecretKey, _, Some(rest)) => Some(rest),
        // A national message, unless the province has its own in its place.
        (Proof::SecretKey, _, None) => {
            let own = format!("{}{path}", shandong::SHANDONG.prefix);
            (!all.iter().any(|(it, _)| *it == own)).then_some(path)
        }
        (_, _, shandong) => shandong.is_none().then_some(path),
    }
}
