//! Adds to each operation of the API document the statuses that every operation of its kind may answer. What a handler
//! describes itself is left as it is.

use nengce_shared::problem::MEDIA_TYPE;
use serde_json::{Map, Value, json};

use crate::http::content::table;

const BAD_HEAD: (&str, &str) = ("400", "a parameter, the body or the Host header is not valid");

const NOT_SIGNED_IN: (&str, &str) = ("401", "neither signed in nor a token that is known");
const NOT_ALLOWED: (&str, &str) = ("403", "the account or the token may not do this");
const TOO_MANY: (&str, &str) = ("429", "too many requests; Retry-After");

/// Every response has a description, which the specification asks for.
fn named(operation: &mut Value) {
    let responses = operation["responses"].as_object_mut();
    for (status, response) in responses.into_iter().flatten() {
        if response["description"].as_str().is_none_or(str::is_empty) {
            let words = if status.starts_with('2') { "the answer" } else { "a problem" };
            response["description"] = Value::from(words);
        }
    }
}

pub(super) fn complete(document: &mut Value) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, item) in paths {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        for (method, operation) in item {
            if path.starts_with("/api/") {
                of_api(path, method, operation);
            } else if operation["tags"][0].as_str().is_some_and(|it| it.starts_with("terminal")) {
                of_terminal(operation);
            } else {
                let is_closed = operation["security"].is_array();
                for (applies, status, words) in [
                    (true, BAD_HEAD.0, BAD_HEAD.1),
                    (is_closed, NOT_SIGNED_IN.0, NOT_SIGNED_IN.1),
                    (is_closed, NOT_ALLOWED.0, NOT_ALLOWED.1),
                    (true, TOO_MANY.0, TOO_MANY.1),
                ] {
                    if applies {
                        add(operation, status, words, Some(MEDIA_TYPE));
                    }
                }
            }
            named(operation);
        }
    }
}

/// Problems as `application/problem+json`.
fn of_api(path: &str, method: &str, operation: &mut Value) {
    let writes = method != "get";
    let has_body = operation["requestBody"].is_object();
    let has_format = ["text/csv", "application/json"]
        .iter()
        .any(|it| !operation["responses"]["200"]["content"][*it].is_null());
    let is_closed = operation["security"].is_array();
    let statuses: [(bool, &str, &str); 13] = [
        (true, BAD_HEAD.0, BAD_HEAD.1),
        (is_closed, NOT_SIGNED_IN.0, NOT_SIGNED_IN.1),
        (is_closed, NOT_ALLOWED.0, NOT_ALLOWED.1),
        (
            path.contains('{') || path.ends_with("/decomposition"),
            "404",
            "there is no such thing, or nothing to answer with",
        ),
        (has_format && !writes, "406", "none of the accepted formats can be given"),
        (has_body, "408", "the body came too slowly"),
        (writes, "409", "it conflicts with the present state"),
        (has_body, "413", "over a size limit"),
        (has_body, "415", "the media type or the encoding is not supported"),
        (has_body, "422", "the body is readable and not valid"),
        (true, TOO_MANY.0, TOO_MANY.1),
        (true, "503", "overloaded, or the store is reopening; Retry-After"),
        (writes, "507", "the disk is full"),
    ];
    for (applies, status, words) in statuses {
        if applies {
            add(operation, status, words, Some(MEDIA_TYPE));
        }
    }
    let formats: Vec<String> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|it| it["name"] == "format")
        .flat_map(|it| it["schema"]["enum"].as_array().into_iter().flatten())
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect();
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    if let Some(ok) = responses.get_mut("200") {
        for format in formats {
            let media = match format.as_str() {
                "csv" => "text/csv",
                "xlsx" => table::XLSX,
                "parquet" => table::PARQUET,
                "ndjson" => "application/x-ndjson",
                _ => continue,
            };
            if ok["content"][media].is_null() {
                ok["content"][media] = json!({});
            }
        }
    }
    for (status, response) in responses.iter_mut() {
        if status.starts_with(['4', '5']) {
            response["content"] = problem();
        }
    }
}

/// Refusals in the protocol's shape; most are HTTP 200.
fn of_terminal(operation: &mut Value) {
    for (status, words) in [
        ("400", "the Host header is missing, doubled or not valid"),
        ("404", "there is no such address"),
        ("408", "the body came too slowly; nothing stored; Retry-After"),
        ("413", "over a size limit; Retry-After"),
        ("415", "unknown Content-Encoding or character set"),
        ("429", "too many requests; Retry-After"),
        ("503", "overloaded; nothing stored; Retry-After"),
        ("507", "the disk is full; nothing stored"),
    ] {
        add(operation, status, words, None);
    }
}

fn add(operation: &mut Value, status: &str, words: &str, media: Option<&str>) {
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    if responses.contains_key(status) {
        return;
    }
    let mut response = json!({"description": words});
    if media.is_some() {
        response["content"] = problem();
    }
    responses.insert(status.to_owned(), response);
    responses.sort_keys();
}

fn problem() -> Value {
    let schema = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
    Value::Object(Map::from_iter([(MEDIA_TYPE.to_owned(), schema)]))
}
