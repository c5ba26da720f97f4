//! The API document describes each parameter that it names, and its references resolve.

use super::texts::PARAMETERS;
use crate::config::profile_bindings::{ProfileBinding, parse};
use crate::http::router::{document, views};

#[test]
fn every_parameter_is_described_and_every_reference_leads_somewhere() {
    for it in views() {
        for name in &it.parameters {
            assert!(PARAMETERS.iter().any(|(known, _)| known == name), "{}: {name}", it.path);
        }
    }
    let json = document(&[ProfileBinding::default()]);
    assert_eq!(json["openapi"], "3.1.0");
    let text = json.to_string();
    let schemas = json["components"]["schemas"].as_object().unwrap();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(schemas.contains_key(name), "{name} is referred to and not there");
    }
}

#[test]
fn terminals_paths_are_those_that_are_mounted() {
    let paths = |list: &[&str]| {
        let list: Vec<_> = list.iter().map(|it| (*it).to_owned()).collect();
        let document = document(&parse(&list).unwrap());
        let paths = document["paths"].as_object().unwrap().keys();
        let of_terminals = paths.filter(|it| !it.starts_with("/api/"));
        let found: Vec<String> = of_terminals.cloned().collect();
        found
    };
    let national = paths(&["national"]);
    assert!(national.contains(&"/register".to_owned()));
    assert!(
        !national.iter().any(|it| it.starts_with("/YNEnergy") || it.starts_with("/enterprise"))
    );
    let others = paths(&["shandong:/sd", "yunnan", "anhui@127.0.0.1:8443"]);
    for path in ["/sd/register", "/sd/uploadEnergyData", "/YNEnergy/requestAK"] {
        assert!(others.contains(&path.to_owned()), "{path}: {others:?}");
    }
    assert!(!others.contains(&"/register".to_owned()), "{others:?}");
}

#[test]
fn operations_have_ids_of_their_own_and_the_statuses_of_their_kind() {
    let list = ["national", "shandong", "yunnan"].map(str::to_owned);
    let document = document(&parse(&list).unwrap());
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().map(str::to_owned);
            assert!(id.is_none_or(|it| ids.insert(it)), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            let has = |status: &str| responses.contains_key(status);
            if path.starts_with("/api/") && operation.get("security").is_some() {
                assert!(has("401") && has("403"), "{method} {path}");
            }
            if path.starts_with("/api/") {
                assert!(has("503") && has("400"), "{method} {path}");
                assert!(has("404") || !path.contains('{'), "{method} {path}");
            }
            for (status, response) in responses {
                let content = &response["content"];
                if path.starts_with("/api/") && status.starts_with(['4', '5']) {
                    let problem = &content["application/problem+json"]["schema"]["$ref"];
                    assert_eq!(problem, "#/components/schemas/Problem", "{method} {path} {status}");
                }
            }
        }
    }
}
