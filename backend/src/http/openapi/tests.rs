//! The document describes every parameter it names, and its references lead somewhere.

use super::*;

#[test]
fn every_parameter_is_described_and_every_reference_leads_somewhere() {
    for it in questions() {
        for name in &it.known {
            assert!(
                PARAMETERS.iter().any(|(known, _)| known == name),
                "{}: {name}",
                it.path
            );
        }
    }
    let json: serde_json::Value = serde_json::from_str(&document().to_json().unwrap()).unwrap();
    assert_eq!(json["openapi"], "3.1.0");
    let text = json.to_string();
    let schemas = json["components"]["schemas"].as_object().unwrap();
    for name in text
        .split("#/components/schemas/")
        .skip(1)
        .filter_map(|it| it.split('"').next())
    {
        assert!(
            schemas.contains_key(name),
            "{name} is referred to and not there"
        );
    }
}
