//! The page `/api/docs` shows the API document to read and try, without outside assets. The page is written here; its
//! script only fills in answers.

use serde_json::Value;

/// Fields of an object; none of anything else.
fn fields(it: &Value) -> impl Iterator<Item = (&String, &Value)> {
    it.as_object().into_iter().flatten()
}

fn text(it: &Value) -> String {
    let text = it.as_str().unwrap_or_default();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The whole page.
pub(super) fn page(document: &Value) -> String {
    let (mut contents, mut sections) = (String::new(), String::new());
    for (path, item) in fields(&document["paths"]) {
        for (method, operation) in fields(item) {
            let id = format!("{method}{}", path.replace(['/', '{', '}'], "-"));
            let method = method.to_uppercase();
            contents += &format!("<li><a href=\"#{id}\"><b>{method}</b> {path}</a></li>");
            sections += &format!(
                "<section id=\"{id}\"><h2><b>{method}</b> <code>{path}</code></h2><p>{} {}</p>\
                 {}<pre class=\"answer\" hidden tabindex=\"0\"></pre><dl>{}</dl></section>",
                text(&operation["summary"]),
                text(&operation["description"]),
                form(&method, operation),
                responses(document, operation),
            );
        }
    }
    let (about, version) =
        (text(&document["info"]["description"]), text(&document["info"]["version"]));
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>能测 API</title><link rel=\"stylesheet\" href=\"/api/docs.css\">\
         <header><h1>能测 Nengce API {version}</h1><p>{about}</p>\
         <p><a href=\"/api/openapi.json\">OpenAPI 3.1</a></p></header>\
         <nav aria-label=\"Endpoints\"><ul>{contents}</ul></nav><main>{sections}</main><script src=\"/api/docs.js\"></script></html>"
    )
}

/// A field for each parameter; a GET can be tried.
fn form(method: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
        let required = if parameter["required"] == true { " required" } else { "" };
        let (name, place, about) =
            (text(&parameter["name"]), text(&parameter["in"]), text(&parameter["description"]));
        format!(
            "<label><span><code>{name}</code> <i>{place}</i> {about}</span>\
             <input name=\"{name}\" data-in=\"{place}\" autocomplete=\"off\"{required}></label>"
        )
    });
    let button = if method == "GET" { "<button>GET</button>" } else { "" };
    format!("<form data-method=\"{method}\">{}{button}</form>", parameters.collect::<String>())
}

fn responses(document: &Value, operation: &Value) -> String {
    let one = |(status, response): (&String, &Value)| {
        let schema = &response["content"]["application/json"]["schema"];
        let outline = outline(document, schema, 1, &mut Vec::new());
        let schema = match schema.is_null() {
            true => String::new(),
            false => format!(
                "<details><summary>Schema</summary><pre>{}</pre></details>",
                text(&Value::String(outline))
            ),
        };
        format!("<dt>{status}</dt><dd>{}{schema}</dd>", text(&response["description"]))
    };
    fields(&operation["responses"]).map(one).collect()
}

/// A schema as an indented outline. `open` holds the shapes around it: a shape inside itself is named, not repeated.
fn outline<'a>(
    document: &'a Value,
    schema: &'a Value,
    depth: usize,
    open: &mut Vec<&'a str>,
) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        if open.contains(&name) {
            return name.to_owned();
        }
        open.push(name);
        let text = outline(document, &document["components"]["schemas"][name], depth, open);
        open.pop();
        return text;
    }
    if let Some(choices) = ["oneOf", "anyOf", "allOf"].iter().find_map(|it| schema[*it].as_array())
    {
        let one = choices.iter().find(|it| it["type"] != "null");
        let one = one.map_or(String::new(), |it| outline(document, it, depth, open));
        let is_optional = choices.iter().any(|it| it["type"] == "null");
        return one + if is_optional { " | null" } else { "" };
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    if schema["items"].is_object() {
        return format!("[ {} ]", outline(document, &schema["items"], depth, open));
    }
    if !schema["properties"].is_object() {
        return match &schema["type"] {
            Value::String(one) => one.clone(),
            Value::Array(all) => {
                all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
            }
            _ => "any".to_owned(),
        };
    }
    let (indent, end) = ("  ".repeat(depth), "  ".repeat(depth - 1));
    let line = |(name, field): (&'a String, &'a Value)| {
        let about = field["description"].as_str().and_then(|it| it.lines().next());
        let about = about.map_or(String::new(), |it| format!("   — {it}"));
        format!("{indent}{name}: {}{about}\n", outline(document, field, depth + 1, open))
    };
    let lines: String = fields(&schema["properties"]).map(line).collect();
    format!("{{\n{lines}{end}}}")
}

#[cfg(test)]
mod tests {
    use crate::config::profile_bindings::ProfileBinding;

    #[test]
    fn the_page_lists_operations_fields_and_nothing_from_outside() {
        let page = super::page(&crate::http::router::document(&[ProfileBinding::default()]));
        for part in
            ["/api/v1/units/{code}/energy", "/uploadEnergyData", "total_tce", "data-in=\"path\""]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
