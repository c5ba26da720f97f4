//! Names with content hashes, and an index.html that uses them. Pure.
use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::bind::{Bound, LINK, MODULE, SCRIPT};
use crate::files::{Files, sha256_hex};

pub const PLACEHOLDER: &str = "<!-- nengce:script -->";

/// `styles/nengce.css` → `styles/nengce-0123456789abcdef.css`.
pub fn hashed_name(path: &str, content: &[u8]) -> String {
    let hash = &sha256_hex(content)[..16];
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(f, n)| (f, n));
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let mut name = String::new();
    if !folder.is_empty() {
        name = format!("{folder}/");
    }
    name.push_str(&format!("{stem}-{hash}"));
    if !extension.is_empty() {
        name.push_str(&format!(".{extension}"));
    }
    name
}

/// Renames the files that index.html refers to, adds the program, and fills in the placeholder. All other files of
/// `public/` keep their names.
pub fn lay_out(mut files: Files, bound: Bound) -> Result<Files> {
    let index = files.remove("index.html").context("public/index.html is missing")?;
    let mut index = String::from_utf8(index).context("public/index.html is not UTF-8")?;
    for path in referenced(&index) {
        let Some(content) = files.remove(&path) else {
            bail!("public/index.html refers to /{path}, which public/ does not hold");
        };
        let hashed = hashed_name(&path, &content);
        index = index.replace(&format!("\"/{path}\""), &format!("\"/{hashed}\""));
        files.insert(hashed, content);
    }
    let bound = Named::of(bound);
    let (script, wasm) = (&bound.script.0, &bound.wasm.0);
    // The script is a file of its own, since the server's content policy forbids inline scripts.
    let start = start(script, wasm, &bound.needs)?.into_bytes();
    let start_name = hashed_name("start.js", &start);
    index = fill_in(&index, script, wasm, &start_name)?;
    files.insert(start_name, start);
    files.extend([bound.script, bound.wasm, bound.link]);
    files.extend(bound.pages);
    files.extend(bound.snippets);
    files.insert("index.html".to_owned(), index.into_bytes());
    Ok(files)
}

/// First segment of a page's address → the module that `frontend/src/pages/lazy.rs` puts the page in.
pub const MODULES: [(&str, &str); 23] = [
    ("", "overview"),
    ("dual-control", "overview"),
    ("intensity", "analysis"),
    ("benchmarks", "analysis"),
    ("targets", "units"),
    ("programmes", "units"),
    ("cases", "supervision"),
    ("credit-list", "supervision"),
    ("document-templates", "supervision"),
    ("units", "units"),
    ("uploads", "units"),
    ("quality", "data"),
    ("submissions", "data"),
    ("import", "data"),
    ("operation", "data"),
    ("link", "operator"),
    ("home", "account"),
    ("audit", "account"),
    ("sign-in", "account"),
    ("invitation", "account"),
    ("account", "account"),
    ("accounts", "account"),
    ("terminals", "operator"),
];

/// The script that starts the program and at the same time loads what the page of the address needs.
fn start(script: &str, wasm: &str, needs: &BTreeMap<String, Vec<String>>) -> Result<String> {
    let modules: BTreeMap<_, _> = MODULES
        .iter()
        .filter_map(|(page, module)| needs.get(*module).map(|files| (*page, files)))
        .collect();
    let modules = serde_json::to_string(&modules)?;
    Ok(format!(
        "import init from \"/{script}\";\n\
         const needs = {modules};\n\
         for (const file of needs[location.pathname.split(\"/\")[1]] ?? []) {{\n  \
         const link = document.createElement(\"link\");\n  \
         Object.assign(link, {{ rel: \"preload\", as: \"fetch\", crossOrigin: \"anonymous\", href: `/${{file}}` }});\n  \
         document.head.append(link);\n}}\n\
         init({{ module_or_path: \"/{wasm}\" }});\n"
    ))
}

/// The program's files under names with content hashes, which they call each other by.
struct Named {
    script: (String, Vec<u8>),
    wasm: (String, Vec<u8>),
    link: (String, Vec<u8>),
    pages: Vec<(String, Vec<u8>)>,
    needs: BTreeMap<String, Vec<String>>,
    snippets: Vec<(String, Vec<u8>)>,
}

impl Named {
    fn of(bound: Bound) -> Self {
        let mut link = String::from_utf8_lossy(&bound.link).into_owned();
        let mut pages = Vec::new();
        let mut needs = bound.needs;
        for (name, content) in bound.pages {
            let hashed = hashed_name(&name, &content);
            link = link.replace(&format!("\"./{name}\""), &format!("\"./{hashed}\""));
            for file in needs.values_mut().flatten().filter(|it| **it == name) {
                file.clone_from(&hashed);
            }
            pages.push((hashed, content));
        }
        let mut script = String::from_utf8_lossy(&bound.script).into_owned();
        // The two scripts import each other, so both names carry the hash of both.
        let both = [script.as_bytes(), link.as_bytes()].concat();
        let script_name = hashed_name(SCRIPT, &both);
        let link_name = hashed_name(LINK, &both);
        // The name is replaced only where the file is fetched, because the module refers to its imports by the first
        // name.
        for quote in ['"', '\''] {
            script = script.replace(
                &format!("from {quote}./{LINK}{quote}"),
                &format!("from {quote}./{link_name}{quote}"),
            );
        }
        link = link.replace(SCRIPT, &script_name);
        Self {
            script: (script_name, script.into_bytes()),
            wasm: (hashed_name(MODULE, &bound.wasm), bound.wasm),
            link: (link_name, link.into_bytes()),
            pages,
            needs,
            snippets: bound.snippets,
        }
    }
}

fn fill_in(index: &str, script: &str, wasm: &str, start: &str) -> Result<String> {
    if index.matches(PLACEHOLDER).count() != 1 {
        bail!("public/index.html must hold {PLACEHOLDER} exactly once");
    }
    let tags = format!(
        "<link rel=\"modulepreload\" href=\"/{script}\">\n    \
         <link rel=\"preload\" href=\"/{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
         <script type=\"module\" src=\"/{start}\"></script>"
    );
    Ok(index.replace(PLACEHOLDER, &tags))
}

/// Files named by `href="/…"` or `src="/…"`, each once; links to pages (no extension) are not files.
pub fn referenced(index: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href=\"/", "src=\"/"] {
        for rest in index.split(attribute).skip(1) {
            let path = rest.split('"').next().unwrap_or_default();
            let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
            if is_file
                && !path.starts_with('/')
                && !path.contains(['?', '#'])
                && !found.iter().any(|f| f == path)
            {
                found.push(path.to_owned());
            }
        }
    }
    found
}
