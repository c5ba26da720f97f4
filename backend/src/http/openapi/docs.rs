//! `GET /api/docs`: the OpenAPI document as one page to read and try, without outside assets.
//! The page is written here from the document; its script only fills in answers.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use serde_json::{Map, Value};

use super::document::document;
use crate::http::state::AppState;

const STYLE: &str = include_str!("docs.css");
const SCRIPT: &str = include_str!("docs.js");

pub async fn get_docs(State(state): State<AppState>) -> Html<String> {
    Html(state.api_document.page(|operations, it| page(&document(operations, it))).to_owned())
}

pub async fn get_style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

pub async fn get_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The whole page.
pub fn page(document: &Value) -> String {
    let empty = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let (mut contents, mut body) = (String::new(), String::new());
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap_or(&empty) {
            let id = format!("{method}{}", path.replace(['/', '{', '}'], "-"));
            let (method, path) = (method.to_uppercase(), escaped(path));
            write!(contents, "<li><a href=\"#{id}\"><b>{method}</b> {path}</a></li>").ok();
            write!(body, "<section id=\"{id}\"><h2><b>{method}</b> <code>{path}</code></h2>").ok();
            section(&mut body, document, &method, operation);
            body.push_str("</section>");
        }
    }
    let about = escaped(document["info"]["description"].as_str().unwrap_or_default());
    let version = escaped(document["info"]["version"].as_str().unwrap_or_default());
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>能测 API</title><link rel=\"stylesheet\" href=\"/api/docs.css\">\
         <header><h1>能测 Nengce API {version}</h1><p>{about}</p>\
         <p><a href=\"/api/openapi.json\">OpenAPI 3.1</a></p></header>\
         <nav aria-label=\"Endpoints\"><ul>{contents}</ul></nav><main>{body}</main><script src=\"/api/docs.js\"></script></html>"
    )
}

fn section(body: &mut String, document: &Value, method: &str, operation: &Value) {
    let words = |key: &str| escaped(operation[key].as_str().unwrap_or_default());
    write!(body, "<p>{} {}</p>", words("summary"), words("description")).ok();
    let nothing = Vec::new();
    let parameters = operation["parameters"].as_array().unwrap_or(&nothing);
    write!(body, "<form data-method=\"{method}\">").ok();
    for it in parameters {
        let text = |key: &str| escaped(it[key].as_str().unwrap_or_default());
        let required = if it["required"] == true { " required" } else { "" };
        let (name, place) = (text("name"), text("in"));
        write!(
            body,
            "<label><span><code>{name}</code> <i>{place}</i> {}</span>\
             <input name=\"{name}\" data-in=\"{place}\" autocomplete=\"off\"{required}></label>",
            text("description")
        )
        .ok();
    }
    if method == "GET" {
        body.push_str("<button>GET</button>");
    }
    body.push_str("</form><pre class=\"answer\" hidden tabindex=\"0\"></pre>");
    responses(body, document, operation);
}

fn responses(body: &mut String, document: &Value, operation: &Value) {
    let empty = Map::new();
    body.push_str("<dl>");
    for (status, response) in operation["responses"].as_object().unwrap_or(&empty) {
        let words = escaped(response["description"].as_str().unwrap_or_default());
        write!(body, "<dt>{}</dt><dd>{words}", escaped(status)).ok();
        let schema = &response["content"]["application/json"]["schema"];
        if !schema.is_null() {
            let mut text = String::new();
            outline(&mut text, document, schema, 0, &mut Vec::new());
            write!(
                body,
                "<details><summary>Schema</summary><pre>{}</pre></details>",
                escaped(&text)
            )
            .ok();
        }
        body.push_str("</dd>");
    }
    body.push_str("</dl>");
}

/// A schema as an indented outline; a shape inside itself is named, not repeated.
fn outline(
    text: &mut String,
    document: &Value,
    schema: &Value,
    depth: usize,
    open: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        if open.iter().any(|it| it == name) {
            text.push_str(name);
            return;
        }
        open.push(name.to_owned());
        outline(text, document, &document["components"]["schemas"][name], depth, open);
        open.pop();
        return;
    }
    if let Some(choices) =
        schema["oneOf"].as_array().or(schema["anyOf"].as_array()).or(schema["allOf"].as_array())
    {
        let optional = choices.iter().any(|it| it["type"] == "null");
        if let Some(one) = choices.iter().find(|it| it["type"] != "null") {
            outline(text, document, one, depth, open);
        }
        text.push_str(if optional { " | null" } else { "" });
        return;
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(Value::to_string).collect();
        text.push_str(&words.join(" | "));
        return;
    }
    if schema["items"].is_object() {
        text.push_str("[ ");
        outline(text, document, &schema["items"], depth, open);
        text.push_str(" ]");
        return;
    }
    let Some(fields) = schema["properties"].as_object() else {
        text.push_str(&kind(&schema["type"]));
        return;
    };
    text.push_str("{\n");
    for (name, field) in fields {
        write!(text, "{}{name}: ", "  ".repeat(depth + 1)).ok();
        outline(text, document, field, depth + 1, open);
        match field["description"].as_str().and_then(|it| it.lines().next()) {
            Some(words) => {
                writeln!(text, "   — {words}").ok();
            }
            None => text.push('\n'),
        }
    }
    write!(text, "{}}}", "  ".repeat(depth)).ok();
}

fn kind(it: &Value) -> String {
    match it {
        Value::String(one) => one.clone(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "any".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::profile_bindings::ProfileBinding;

    #[test]
    fn the_page_lists_operations_fields_and_nothing_from_outside() {
        let document = serde_json::to_value(crate::http::openapi::document::document(
            crate::http::router::described(),
            &[ProfileBinding::default()],
        ))
        .unwrap();
        let page = super::page(&document);
        for part in
            ["/api/v1/units/{code}/energy", "/uploadEnergyData", "total_tce", "data-in=\"path\""]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
